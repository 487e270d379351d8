"""Opening, extending and closing a consultation: what would happen, then what did."""

from handlers.language import OWN_NAMES, _, escape, in_language, isolate, ngettext, on_day
from handlers.views.actions import (
    BeginAnswering,
    ChooseExtension,
    ChooseMode,
    ChooseWindow,
    ConfirmClosing,
    ConfirmExtension,
    ConfirmOpening,
    ListDocuments,
    OpenConsultation,
    PrepareClosing,
    PrepareExtension,
    PrepareOpening,
    ShareConsultation,
    WriteCardText,
    WriteShortReason,
)
from handlers.views.cards import back_to_card, field_name, writing
from handlers.views.modes import mode_meaning, mode_name, mode_promise
from handlers.views.view import Button, Rows, View, bold, lines, paragraphs, rows, shortened
from participation.cards import LONGEST_REASON, CardText
from participation.consultations import Phase
from participation.lacking import Lack, Lacking
from participation.legal import CONFIRMED
from participation.managing import Managed
from participation.publishing import (
    Closed,
    Closing,
    Extended,
    Extending,
    Notice,
    Opened,
    Prepared,
)

LONGEST_TITLE = 200
LONGEST_LABEL = 60
LONGEST_STAKE = 1500
MOST_LACKS = 15
MORE_DAYS = (7, 14)


def opening(prepared: Prepared) -> View:
    """What an opening would do, or what is missing for it."""
    one = prepared.managed
    return View(
        paragraphs(
            _changed() if prepared.again else "",
            _heading(one),
            lines(
                _days(one),
                _count_days(prepared.days) if prepared.days > 0 else "",
                _reason(one),
            ),
            lines(
                ngettext(
                    "{count} question.", "{count} questions.", prepared.question_count
                ).format(count=isolate(prepared.question_count)),
                ngettext(
                    "{count} document.", "{count} documents.", prepared.document_count
                ).format(count=isolate(prepared.document_count)),
                will_be_told(prepared.told),
            ),
            lines(bold(mode_name(one.mode)), mode_meaning(one.mode)),
            _lacks(prepared),
            _warnings(prepared),
            "" if prepared.lacks else _("Once it is open, its texts and its mode stay so."),
        ),
        rows(
            *_ways_out(prepared),
            ()
            if prepared.lacks
            else (
                Button(
                    _("Confirm the opening"), ConfirmOpening(one.consultation_id, prepared.stamp)
                ),
            ),
            back_to_card(one.consultation_id),
        ),
    )


def opened(done: Opened) -> View:
    """It is open; the link and the poster follow."""
    one = done.managed
    return View(
        paragraphs(
            _heading(one),
            lines(_("The consultation is open."), _days(one), being_told(done.told)),
            _("The link, a text for WhatsApp, a code and a poster will follow here."),
        ),
        rows(back_to_card(one.consultation_id)),
    )


def extension_choice(one: Managed, *, first: str = "") -> View:
    """Until when? Once only."""
    return View(
        paragraphs(
            first,
            _heading(one),
            lines(
                _("Open until the end of {last} (Morocco time).").format(
                    last=on_day(one.closes_on)
                ),
                _("It can be extended once. How many days more?"),
                _("You can also write a number of days or the new last day, like 14/12/2026."),
            ),
        ),
        rows(
            tuple(
                Button(f"+{days}", PrepareExtension(one.consultation_id, days))
                for days in MORE_DAYS
            ),
            back_to_card(one.consultation_id),
        ),
    )


def extending(shown: Extending) -> View:
    """What more time would do."""
    one = shown.managed
    return View(
        paragraphs(
            _changed() if shown.again else "",
            _heading(one),
            lines(
                _("New last day: {last}, instead of {before}.").format(
                    last=on_day(shown.until), before=on_day(one.closes_on)
                ),
                ngettext(
                    "{count} person who began will be told.",
                    "{count} people who began will be told.",
                    shown.told,
                ).format(count=isolate(shown.told)),
                _("There is no second extension."),
            ),
        ),
        rows(
            (
                Button(
                    _("Confirm the extension"),
                    ConfirmExtension(one.consultation_id, shown.until.toordinal(), shown.stamp),
                ),
            ),
            (Button(_("Another day"), ChooseExtension(one.consultation_id)),),
            back_to_card(one.consultation_id),
        ),
    )


def extended(done: Extended) -> View:
    """It was extended."""
    last = on_day(done.managed.closes_on)
    return View(
        paragraphs(
            _heading(done.managed),
            lines(
                _("Extended until the end of {last} (Morocco time).").format(last=last),
                being_told(done.told),
            ),
        ),
        rows(back_to_card(done.managed.consultation_id)),
    )


def closing_reason(one: Managed, *, first: str = "") -> View:
    """Why close before the last day? Asked in writing."""
    return View(
        paragraphs(
            first,
            _heading(one),
            lines(
                _("It was announced until the end of {last}.").format(last=on_day(one.closes_on)),
                _("Write why it has to close now. Staff see the reason."),
                _("At most {count} characters.").format(count=isolate(LONGEST_REASON)),
            ),
        ),
        rows(back_to_card(one.consultation_id)),
    )


def closing(shown: Closing) -> View:
    """What closing now would do."""
    one = shown.managed
    return View(
        paragraphs(
            _changed() if shown.again else "",
            _heading(one),
            lines(
                _("Close it now, instead of at the end of {last}?").format(
                    last=on_day(one.closes_on)
                ),
                answering(shown.answering),
                _("A closed consultation is never opened again."),
            ),
            _("Reason: {reason}").format(reason=isolate(escape(shown.reason))),
        ),
        rows(
            (Button(_("Confirm the closing"), ConfirmClosing(one.consultation_id, shown.stamp)),),
            back_to_card(one.consultation_id),
        ),
    )


def closed(done: Closed) -> View:
    """It is closed."""
    return View(
        paragraphs(
            _heading(done.managed),
            lines(_("The consultation is closed."), answering(done.answering)),
        ),
        rows(back_to_card(done.managed.consultation_id)),
    )


def opening_mail(notice: Notice) -> View:
    """What subscribers receive."""
    one = notice.managed
    return View(
        paragraphs(
            _("The commune asks for your opinion:"),
            _heading(one),
            escape(shortened(in_language(notice.stake), LONGEST_STAKE)),
            lines(
                _("Open until the end of {last} (Morocco time).").format(
                    last=on_day(one.closes_on)
                ),
                mode_promise(one.mode),
            ),
        ),
        rows(
            (Button(_("Fill in the form"), BeginAnswering(one.consultation_id)),),
            (Button(_("Read first"), OpenConsultation(one.consultation_id)),),
        ),
    )


def extension_mail(notice: Notice) -> View:
    """What those receive who began; it does not know who has finished."""
    one = notice.managed
    return View(
        paragraphs(
            _heading(one),
            lines(
                _("Extended until the end of {last} (Morocco time).").format(
                    last=on_day(one.closes_on)
                ),
                _("If you have not sent your answers yet, you have more time."),
            ),
        ),
        rows((Button(_("See the consultation"), OpenConsultation(one.consultation_id)),)),
    )


def closing_mail(notice: Notice) -> View:
    """What those receive who began: a day is left; it does not know who has finished."""
    one = notice.managed
    return View(
        paragraphs(
            _heading(one),
            lines(
                _("The consultation closed today, earlier than announced."),
                _("If you have not sent your answers yet, you can finish within 24 hours."),
            ),
        ),
        rows((Button(_("See the consultation"), OpenConsultation(one.consultation_id)),)),
    )


def acts(one: Managed, *, author: bool, publish: bool) -> Rows:
    """The buttons of a consultation, by where it is and by what the person may do."""
    number = one.consultation_id
    if one.is_draft:
        return rows(
            *(writing(number) if author else ()),
            (Button(_("Open the consultation"), PrepareOpening(number)),) if publish else (),
        )
    if not publish or one.phase is not Phase.OPEN:
        return ()
    extend = (Button(_("Extend"), ChooseExtension(number)),) if not one.extended_from else ()
    return rows(
        (Button(_("Link and poster"), ShareConsultation(number)),),
        (*extend, Button(_("Close now"), PrepareClosing(number))),
    )


def about(one: Managed) -> str:
    """What staff should know of a consultation beside its window."""
    return lines(
        _("Mode: {mode}.").format(mode=isolate(mode_name(one.mode))),
        _("Opened today, it would close at the end of {last}.").format(last=on_day(one.closes_on))
        if one.is_draft
        else "",
        ""
        if one.extended_from is None
        else _("Extended; the last day was {before}.").format(before=on_day(one.extended_from)),
        _reason(one),
        ""
        if one.early_reason is None
        else _("Closed early: {reason}").format(reason=isolate(escape(one.early_reason))),
    )


def will_be_told(count: int) -> str:
    """How many subscribers there are."""
    return ngettext(
        "{count} subscriber will be told.", "{count} subscribers will be told.", count
    ).format(count=isolate(count))


def being_told(count: int) -> str:
    """How many are being told."""
    return ngettext(
        "{count} person is being told.", "{count} people are being told.", count
    ).format(count=isolate(count))


def answering(count: int) -> str:
    """How many have begun and not sent."""
    return ngettext(
        "{count} person has begun and not sent: they may finish for 24 hours.",
        "{count} people have begun and not sent: they may finish for 24 hours.",
        count,
    ).format(count=isolate(count))


def _changed() -> str:
    return _("Something has changed, or time has passed. Please look again, then confirm.")


def _heading(one: Managed) -> str:
    return f"<b>{escape(shortened(in_language(one.title), LONGEST_TITLE)) or '…'}</b>"


def _days(one: Managed) -> str:
    return _("Open until the end of {last} (Morocco time).").format(last=on_day(one.closes_on))


def _count_days(days: int) -> str:
    return ngettext("{count} day, today included.", "{count} days, today included.", days).format(
        count=isolate(days)
    )


def _reason(one: Managed) -> str:
    if not one.short_reason:
        return ""
    return _("Why so short: {reason}").format(reason=isolate(escape(one.short_reason)))


def _lacks(prepared: Prepared) -> str:
    if not prepared.lacks:
        return ""
    listed = (f"• {lack_sentence(one)}" for one in prepared.lacks[:MOST_LACKS])
    return lines(bold(_("Before it can be opened:")), *listed)


def lack_sentence(one: Lack) -> str:
    """What is missing, and what can be done about it."""
    language = isolate(OWN_NAMES.get(one.language or "", ""))
    label = isolate(escape(shortened(in_language(one.label or {}), LONGEST_LABEL)))
    match one.what:
        case Lacking.TITLE:
            return _("The title is missing in {language}.").format(language=language)
        case Lacking.STAKE:
            return _("What is at stake is missing in {language}.").format(language=language)
        case Lacking.CONTACT:
            return _("The contact is missing in {language}.").format(language=language)
        case Lacking.DOCUMENT_TITLE:
            return _("The document {name} has no title in {language}.").format(
                name=isolate(escape(one.name)), language=language
            )
        case Lacking.WINDOW_OVER:
            return _("The last day is past: choose another one.")
        case Lacking.SHORT_REASON:
            return _("Fewer than 10 days need a written reason.")
        case Lacking.NO_QUESTION:
            return _("The form has no question.")
        case Lacking.IDENTIFYING:
            return _(
                "Row {row}, “{question}”: the answer tells who it is. Take the question out of "
                "the form, or choose the mode “Identified”."
            ).format(row=isolate(one.row), question=label)
        case Lacking.IDENTITY_CARD:
            return _(
                "Row {row}, “{question}”: the number of an ID card is never asked here. Take the "
                "question out of the form."
            ).format(row=isolate(one.row), question=label)


def _warnings(prepared: Prepared) -> str:
    if not prepared.warnings:
        return ""
    missing = [name for name in prepared.warnings if name != CONFIRMED]
    return lines(
        _("The commune has not supplied yet, and the notice to citizens says so:")
        if missing
        else "",
        *(f"• {_legal(name)}" for name in missing),
        _("The commune has not confirmed yet that these facts are right.")
        if CONFIRMED in prepared.warnings
        else "",
    )


def _legal(name: str) -> str:
    match name:
        case "controller":
            return _("who answers for the data")
        case "cndp_declaration_number":
            return _("the number of the declaration to the CNDP")
        case "cndp_authorisation_number":
            return _("the number of the CNDP’s authorisation")
        case "cndp_transfer_number":
            return _("the number of the CNDP for data kept outside Morocco")
        case "rights_contact":
            return _("where to ask for access, rectification and opposition")
        case _:
            return _("how long answers are kept")


def _ways_out(prepared: Prepared) -> Rows:
    """One button for each place where something is missing, two a row."""
    number = prepared.managed.consultation_id
    found = dict.fromkeys(_way_out(one.what, number) for one in prepared.lacks)
    buttons = [one for one in found if one is not None]
    return tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))


def _way_out(what: Lacking, number: int) -> Button | None:
    match what:
        case Lacking.TITLE | Lacking.STAKE | Lacking.CONTACT:
            field = CardText(what.value)
            return Button(field_name(field), WriteCardText(number, field.value))
        case Lacking.DOCUMENT_TITLE:
            return Button(_("Documents"), ListDocuments(number))
        case Lacking.WINDOW_OVER:
            return Button(_("Window"), ChooseWindow(number))
        case Lacking.SHORT_REASON:
            return Button(_("Write the reason"), WriteShortReason(number))
        case Lacking.IDENTIFYING:
            return Button(_("Mode"), ChooseMode(number))
        case Lacking.NO_QUESTION | Lacking.IDENTITY_CARD:
            return None
