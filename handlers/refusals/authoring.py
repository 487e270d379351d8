"""Refusals about a questionnaire, its workbook and its preview."""

from handlers.language import _
from handlers.refusals.sentences import Sentences
from participation.authoring import FileTooLarge, NotFinished
from participation.previewing import NoPreview

SENTENCES: Sentences = {
    FileTooLarge: lambda _refusal: _(
        "This file is larger than Telegram hands out to us. Remove the pictures from it and send "
        "it again."
    ),
    NotFinished: lambda _refusal: _(
        "The questionnaire is not complete yet: write what is asked above, then finish."
    ),
    NoPreview: lambda _refusal: _("This preview has ended. Open it again from the draft."),
}
