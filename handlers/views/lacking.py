"""What a consultation lacks before it can be opened, and where that is supplied."""

from handlers.language import OWN_NAMES, _, escape, in_language, isolate
from handlers.views.actions import (
    ChooseMode,
    ChooseWindow,
    ListDocuments,
    WriteCardText,
    WriteShortReason,
)
from handlers.views.cards import field_name
from handlers.views.view import Button, Rows, bold, lines, shortened
from participation.cards import CardText
from participation.lacking import Lack, Lacking
from participation.legal import CONFIRMED
from participation.opening import Prepared

LONGEST_LABEL = 60
MOST_LACKS = 15


def lacks(prepared: Prepared) -> str:
    """What keeps it from being opened."""
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


def warnings(prepared: Prepared) -> str:
    """What the law asks for and the commune has not supplied."""
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


def ways_out(prepared: Prepared) -> Rows:
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
