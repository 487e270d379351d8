"""Writing the card of a draft: its texts, its window, its mode."""

from handlers.language import OWN_NAMES, _, escape, isolate, ngettext, on_day
from handlers.views.actions import (
    ChooseMode,
    ChooseWindow,
    ListDocuments,
    ManageConsultation,
    SetMode,
    SetWindow,
    WriteCardText,
    WriteShortReason,
)
from handlers.views.modes import mode_meaning, mode_name
from handlers.views.view import Button, Row, Rows, View, bold, lines, paragraphs, rows, shortened
from participation.cards import LONGEST, LONGEST_REASON, CardText, DraftWindow, Written
from participation.managing import Managed
from participation.people import LANGUAGES
from participation.windows import GOOD_PRACTICE_DAYS, OFFERED_DAYS
from storage.base import ConsultationId, Texts
from storage.consultations import Mode

LONGEST_SHOWN = 1200


def card_text(written: Written, *, first: str = "") -> View:
    """A text as it stands in each language, and how to change it."""
    return View(
        paragraphs(
            first,
            bold(field_name(written.field)),
            in_each(written.texts),
            lines(
                _ask_for(written.field),
                both_languages(),
                _("At most {count} characters in each language.").format(
                    count=isolate(LONGEST[written.field])
                ),
            ),
        ),
        rows(back_to_card(written.consultation_id)),
    )


def field_name(field: CardText) -> str:
    """What a text is called."""
    match field:
        case CardText.TITLE:
            return _("Title")
        case CardText.STAKE:
            return _("What is at stake")
        case CardText.CONTACT:
            return _("Contact")


def _ask_for(field: CardText) -> str:
    match field:
        case CardText.TITLE:
            return _("Write the title of the consultation.")
        case CardText.STAKE:
            return _("Write what is at stake and what can still change.")
        case CardText.CONTACT:
            return _("Write whom people can call or visit with a question.")


def both_languages() -> str:
    """How two languages are sent."""
    return _("Send Arabic and French, in one message (a paragraph each) or in two.")


def in_each(texts: Texts) -> str:
    """A text in each language, below the language's own name."""
    return paragraphs(
        *(
            lines(
                f"<i>{OWN_NAMES[language]}</i>",
                escape(shortened(texts[language], LONGEST_SHOWN))
                if texts.get(language)
                else _("Not written yet."),
            )
            for language in LANGUAGES
        )
    )


def window_choice(window: DraftWindow, *, first: str = "") -> View:
    """For how long it will be open, and what is usual."""
    return View(
        paragraphs(
            first,
            bold(_("Window")),
            draft_window(window),
            lines(
                _(
                    "Choose a number of days, or write one. You can also write the last day, like "
                    "14/12/2026."
                ),
                _("The last day counts until 23:59, Morocco time."),
            ),
        ),
        rows(
            tuple(
                Button(str(days), SetWindow(window.consultation_id, days)) for days in OFFERED_DAYS
            ),
            (Button(_("Write the reason"), WriteShortReason(window.consultation_id)),)
            if window.needs_reason
            else None,
            back_to_card(window.consultation_id),
        ),
    )


def draft_window(window: DraftWindow) -> str:
    """A draft's window in words."""
    if window.days < 1:
        return _("The last day is past: choose another one.")
    last = on_day(window.closes_on)
    if window.is_fixed:
        return _("Open until the end of {last} (Morocco time).").format(last=last)
    return ngettext(
        "{days} day from its opening: opened today, until the end of {last}.",
        "{days} days from its opening: opened today, until the end of {last}.",
        window.days,
    ).format(days=isolate(window.days), last=last)


def short_reason(window: DraftWindow, *, first: str = "") -> View:
    """Why so few days? Asked in writing."""
    return View(
        paragraphs(
            first,
            draft_window(window),
            lines(
                _(
                    "Fewer than {count} days: many people will not hear of it in time. Write why "
                    "it has to be so short."
                ).format(count=isolate(GOOD_PRACTICE_DAYS)),
                _("Staff see the reason. At most {count} characters.").format(
                    count=isolate(LONGEST_REASON)
                ),
            ),
        ),
        rows(
            (Button(_("Choose more days"), ChooseWindow(window.consultation_id)),),
            back_to_card(window.consultation_id),
        ),
    )


def mode_choice(managed: Managed) -> View:
    """The three modes with what each means; chosen before the opening, for good."""
    return View(
        paragraphs(
            bold(_("Who is behind an answer?")),
            *(lines(bold(mode_name(mode)), mode_meaning(mode)) for mode in Mode),
            lines(
                _("Chosen now: {mode}.").format(mode=isolate(mode_name(managed.mode))),
                _("It cannot be changed once the consultation is open."),
            ),
        ),
        rows(
            *(
                (Button(mode_name(mode), SetMode(managed.consultation_id, mode.value)),)
                for mode in Mode
            ),
            back_to_card(managed.consultation_id),
        ),
    )


def writing(consultation_id: ConsultationId) -> Rows:
    """The buttons of a draft: everything that its card says."""
    return rows(
        tuple(
            Button(field_name(field), WriteCardText(consultation_id, field.value))
            for field in (CardText.TITLE, CardText.STAKE)
        ),
        (_contact(consultation_id), Button(_("Window"), ChooseWindow(consultation_id))),
        (Button(_("Mode"), ChooseMode(consultation_id)), _documents(consultation_id)),
    )


def still_writing(consultation_id: ConsultationId) -> Row:
    """The buttons of what may change while people answer."""
    return (_contact(consultation_id), _documents(consultation_id))


def _contact(consultation_id: ConsultationId) -> Button:
    field = CardText.CONTACT
    return Button(field_name(field), WriteCardText(consultation_id, field.value))


def _documents(consultation_id: ConsultationId) -> Button:
    return Button(_("Documents"), ListDocuments(consultation_id))


def back_to_card(consultation_id: ConsultationId) -> Row:
    """The way back to the consultation as staff see it."""
    return (Button(_("Back to the consultation"), ManageConsultation(consultation_id)),)
