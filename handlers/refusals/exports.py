"""Refusals about tables of answers."""

from handlers.language import _
from handlers.refusals.sentences import Sentences
from participation.exporting import BeingExported, NothingToExport, UnknownFormat

SENTENCES: Sentences = {
    NothingToExport: lambda _refusal: _(
        "There is nothing to export yet: nobody has sent their answers."
    ),
    BeingExported: lambda _refusal: _("This table is being made already."),
    UnknownFormat: lambda _refusal: _("A table is made for Excel or as CSV."),
}
