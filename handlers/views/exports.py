"""Exports as staff see them: what can be had, how far it is, the file."""

from collections.abc import Sequence
from functools import partial

from handlers.language import OWN_NAMES, _, isolate, ngettext
from handlers.views.actions import (
    ListExports,
    MakeExport,
    ManageConsultation,
    OfferExport,
)
from handlers.views.view import (
    Attached,
    Button,
    Row,
    View,
    headline,
    lines,
    paragraphs,
    rows,
)
from handlers.views.workspace import heading, listing
from participation.exporting import Offered
from participation.managing import Managed
from participation.ordering import ExportFormat
from storage.base import Texts

FORMATS = {ExportFormat.XLSX: "Excel", ExportFormat.CSV: "CSV"}
"""Names that are the same in every language."""


def exportable(listed: Sequence[Managed], page: int) -> View:
    """The consultations whose answers can be had, a button each."""
    first = (
        _("Whose answers do you want as a table?")
        if listed
        else _("No consultation has been opened yet: there is nothing to export.")
    )
    offer_export = partial(OfferExport, identified=False)
    return View(*listing(first, listed, page, offer_export, ListExports))


def offer(offered: Offered, *, identified: bool) -> View:
    """Format and language, and whether it says who answered."""
    managed = offered.managed
    return View(
        paragraphs(
            heading(managed),
            lines(
                _("Excel opens on a summary for the council; the rows of answers follow."),
                _("CSV has the rows only, for other programs."),
            ),
            _("⚠️ This table will say who answered. It will be noted that you asked for it.")
            if identified
            else _("Nobody is named in it. It will be noted that you asked for it."),
        ),
        rows(
            *(_row_of(offered, one, identified=identified) for one in FORMATS),
            _who(offered, identified=identified),
            (Button(_("Back to the consultation"), ManageConsultation(managed.consultation_id)),),
        ),
    )


def _row_of(offered: Offered, format: ExportFormat, *, identified: bool) -> Row:  # noqa: A002
    return tuple(
        Button(
            f"{FORMATS[format]} · {OWN_NAMES[language]}",
            MakeExport(offered.managed.consultation_id, format.value, language, identified),
        )
        for language in offered.languages
    )


def _who(offered: Offered, *, identified: bool) -> Row:
    if not offered.may_identify:
        return ()
    number = offered.managed.consultation_id
    if identified:
        return (Button(_("Without saying who answered"), OfferExport(number, identified=False)),)
    return (Button(_("Say who answered"), OfferExport(number, identified=True)),)


def ordered(title: Texts) -> View:
    """It was taken down, and begins."""
    return View(
        lines(_bold(title), _("The table is being made. It will come here as a file.")),
    )


def making(done: int, whole: int) -> View:
    """How far it is."""
    return View(
        _("The table is being made: {done} of {whole} answers.").format(
            done=isolate(done), whole=isolate(whole)
        )
    )


def made() -> View:
    """It is ready; the file is a message of its own."""
    return View(_("The table is ready: the file is below."))


def table(
    title: Texts,
    count: int,
    format: str,  # noqa: A002
    edition: str,
    number: int,
    *,
    identified: bool,
) -> View:
    """The file, and what it is."""
    kind = f"{FORMATS[ExportFormat(format)]} · {OWN_NAMES[edition]}"
    return View(
        lines(
            _bold(title),
            ngettext("{count} answer sent", "{count} answers sent", count).format(
                count=isolate(count)
            ),
            isolate(kind),
            _("⚠️ It says who answered: please keep it where nobody else can read it.")
            if identified
            else _("Nobody is named in it, but a free answer may point to a person."),
        ),
        media=Attached(number),
    )


def refused(why: str) -> View:
    """Why there is no file."""
    return View(_refusal(why))


def _refusal(why: str) -> str:
    match why:
        case "large":
            return _(
                "The table is larger than the 50 MB that Telegram carries. Whoever runs the bot "
                "can make it on the server, with the command {command}."
            ).format(command="<code>musharaka export</code>")
        case "wide":
            return _("The table has more columns than Excel can open. Please take it as CSV.")
        case "empty":
            return _("There is nothing to export yet: nobody has sent their answers.")
        case _:
            return _("This is for staff of the commune with another role.")


def failed() -> View:
    """Something went wrong, and what happens next."""
    return View(
        _(
            "The table could not be made yet. It is tried again every minute, five times in all; "
            "after that, please tell whoever runs the bot."
        )
    )


def _bold(title: Texts) -> str:
    return headline(title)
