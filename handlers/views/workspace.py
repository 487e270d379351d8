"""What staff see first, and a consultation as they see it."""

from collections.abc import Callable, Sequence

from handlers.language import _, in_language, isolate, on_day
from handlers.views import publishing
from handlers.views.actions import (
    Action,
    ListManaged,
    ListMessages,
    ManageConsultation,
    OfferExport,
    OpenMenu,
    OpenTeam,
    OpenWorkspace,
    WriteReport,
)
from handlers.views.authoring import authoring_rows, beginning
from handlers.views.messages import queue_label
from handlers.views.view import (
    Button,
    Rows,
    View,
    headline,
    lines,
    one_a_row,
    page_of,
    paragraphs,
    rows,
    shortened,
    turning,
)
from participation.consultations import Phase
from participation.helping import Queue
from participation.managing import Managed, Stood
from participation.roles import Act
from participation.staff import Staff
from storage.people import Role

LONGEST_LABEL = 48


def workspace(staff: Staff, messages: Queue | None = None) -> View:
    """What can be done, by the person's role."""
    return View(
        lines(f"<b>{_('Workspace')}</b>", role_name(staff.role)),
        rows(
            beginning(staff),
            (Button(_("All consultations"), ListManaged(0)),),
            (Button(queue_label(messages), ListMessages(0)),) if messages else (),
            (Button(_("Team"), OpenTeam(0)),) if staff.may(Act.MANAGE_TEAM) else (),
            (Button(_("Main menu"), OpenMenu(below=False)),),
        ),
    )


def role_name(role: Role | None) -> str:
    """A role in words; ``""`` for a citizen's."""
    match role:
        case Role.ADMINISTRATOR:
            return _("You are an administrator.")
        case Role.OFFICER:
            return _("You are an officer.")
        case Role.ANALYST:
            return _("You are an analyst.")
        case None:
            return ""


def managed(listed: Sequence[Managed], page: int) -> View:
    """All consultations, a button each."""
    first = _("All consultations, drafts first:") if listed else _("There is no consultation yet.")
    return View(*listing(first, listed, page, ManageConsultation, ListManaged))


def listing(
    first: str,
    listed: Sequence[Managed],
    page: int,
    act: Callable[[int], Action],
    turn: Callable[[int], Action],
) -> tuple[str, Rows]:
    """A page of consultations to choose from, in words and buttons: ``act`` on what is tapped."""
    shown, page, count = page_of(listed, page)
    return (
        paragraphs(first, *(lines(heading(one), standing(one)) for one in shown)),
        rows(
            *one_a_row(
                Button(shortened(in_language(one.title), LONGEST_LABEL), act(one.consultation_id))
                for one in shown
            ),
            turning(page, count, turn),
            (Button(_("Workspace"), OpenWorkspace()),),
        ),
    )


def managing(stood: Stood, staff: Staff) -> View:
    """One consultation: how it stands, and what this member of staff may do with it."""
    one = stood.managed
    return View(
        paragraphs(
            lines(heading(one), standing(one)),
            publishing.about(one),
            "" if one.is_draft else numbers(stood),
        ),
        rows(
            *_acts(stood, staff),
            (Button(_("All consultations"), ListManaged(0)),),
        ),
    )


def _acts(stood: Stood, staff: Staff) -> Rows:
    """A button for each act that this consultation and this role allow."""
    one = stood.managed
    may_export = not one.is_draft and staff.may(Act.EXPORT)
    may_report = one.phase is Phase.CLOSED and staff.may(Act.REPORT)
    export = Button(_("Export the answers"), OfferExport(one.consultation_id, identified=False))
    report = Button(_("Report back"), WriteReport(one.consultation_id))
    return rows(
        *authoring_rows(one, staff),
        *publishing.acts(one, author=staff.may(Act.AUTHOR), publish=staff.may(Act.PUBLISH)),
        (export,) if may_export else (),
        (report,) if may_report else (),
    )


def heading(one: Managed) -> str:
    """The title in bold."""
    return headline(one.title)


def standing(one: Managed) -> str:
    """Where it is, in words."""
    match one.phase:
        case None:
            return _("Draft: nobody sees it yet.")
        case Phase.UPCOMING:
            return _("Opens on {first}.").format(first=on_day(one.opens_on))
        case Phase.OPEN:
            return _("Open until the end of {last} (Morocco time).").format(
                last=on_day(one.closes_on)
            )
        case Phase.FINISHING:
            return _("Closed; whoever began in time may still finish.")
        case Phase.CLOSED:
            return _("Closed on {last}.").format(last=on_day(one.closes_on))


def numbers(stood: Stood) -> str:
    """How many began and handed in; those on somebody else's phone apart."""
    return lines(
        _("Begun: {started}. Sent: {submitted}.").format(
            started=isolate(stood.started), submitted=isolate(stood.submitted)
        ),
        _("Of these, sent from somebody else’s phone: {shared}.").format(
            shared=isolate(stood.shared)
        )
        if stood.shared
        else "",
    )
