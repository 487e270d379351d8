"""The documents of a draft as staff see them: sent, entitled, summarised, removed."""

from collections.abc import Sequence

from handlers.language import OWN_NAMES, _, directed, escape, in_language, isolate
from handlers.views.actions import (
    AddDocument,
    ListDocuments,
    OpenWorkspace,
    RemoveDocument,
    SetDocumentLanguage,
    ShowDocument,
    WriteDocumentSummary,
    WriteDocumentTitle,
)
from handlers.views.cards import back_to_card, both_languages, in_each
from handlers.views.sizes import file_size
from handlers.views.view import (
    Button,
    Row,
    View,
    bold,
    lines,
    one_a_row,
    paragraphs,
    rows,
    shortened,
)
from participation.content import LONGEST_SUMMARY, LONGEST_TITLE
from participation.documents import SUMMARY_LINES, Paper
from participation.file_kinds import NotTaken
from storage.base import ConsultationId

BOTH = "both"
LONGEST_LABEL = 40
MOST_SHOWN = 20


def papers(consultation_id: ConsultationId, listed: Sequence[Paper]) -> View:
    """What people will be given to read, a button each."""
    shown = listed[:MOST_SHOWN]
    return View(
        paragraphs(
            bold(_("Documents")),
            lines(*(_line(one) for one in shown))
            if shown
            else _("No document yet. People can answer without one."),
        ),
        rows(
            *one_a_row(Button(_label(one), ShowDocument(one.document_id)) for one in shown),
            (Button(_("Send a file"), AddDocument(consultation_id)),),
            back_to_card(consultation_id),
        ),
    )


def file_wanted(consultation_id: ConsultationId, *, first: str = "") -> View:
    """Which files are taken."""
    return View(
        paragraphs(
            first,
            lines(
                _("Send the file here: PDF, Word (.docx), Excel (.xlsx), .odt, JPEG or PNG."),
                _("At most 20 MB. The smaller it is, the more people will open it."),
            ),
            _(
                "Or read the notice aloud in a voice message: people can listen to who asks, what "
                "for, and what becomes of their answers."
            ),
        ),
        rows((Button(_("Documents"), ListDocuments(consultation_id)),)),
    )


def refused(consultation_id: ConsultationId, why: NotTaken) -> View:
    """A file did not become a document; which would, where any still can."""
    if why is NotTaken.FIXED:
        return View(not_taken(why), rows((Button(_("Workspace"), OpenWorkspace()),)))
    return file_wanted(consultation_id, first=not_taken(why))


def receiving() -> View:
    """Said while the file is fetched and looked at."""
    return View(_("The file is being checked."))


def not_taken(why: NotTaken) -> str:
    """Why a file did not become a document."""
    match why:
        case NotTaken.TOO_LARGE:
            return _("This file is larger than 20 MB. Make it smaller, or divide it.")
        case NotTaken.UNKNOWN_KIND:
            return _("People are not sent this kind of file: it could harm a telephone.")
        case NotTaken.NOT_WHAT_IT_SAYS:
            return _("This file is not what its name says. Save it anew, and send it again.")
        case NotTaken.OUT_OF_REACH:
            return _("Telegram did not hand the file out. Please send it again.")
        case NotTaken.FIXED:
            return _("Nobody can answer any more: the documents stay as they are.")
        case NotTaken.HEARD:
            return _(
                "A spoken notice is sent before the opening: people answer already, after the one "
                "that they were given."
            )


def document_title(paper: Paper, *, first: str = "") -> View:
    """What is it called?"""
    return View(
        paragraphs(
            first,
            _about(paper),
            in_each(paper.title),
            lines(
                _("Write the title of the document."),
                both_languages(),
                _("At most {count} characters in each language.").format(
                    count=isolate(LONGEST_TITLE)
                ),
            ),
        ),
        rows(_to_document(paper)),
    )


def document_summary(paper: Paper, *, first: str = "") -> View:
    """What does it say, in five lines?"""
    return View(
        paragraphs(
            first,
            _about(paper),
            in_each(paper.summary),
            lines(
                _(
                    "Write what the document says, in at most {count} lines. People read it "
                    "before they pay for the file."
                ).format(count=isolate(SUMMARY_LINES)),
                both_languages(),
                _("At most {count} characters in each language.").format(
                    count=isolate(LONGEST_SUMMARY)
                ),
            ),
        ),
        rows((Button(_("Go on without more"), ShowDocument(paper.document_id)),)),
    )


def paper(one: Paper, *, first: str = "") -> View:
    """A document with everything that can be changed about it; a recording has no words."""
    number = one.document_id
    described = () if one.is_recording else _words(one)
    writing = () if one.is_recording else _writing(number)
    return View(
        paragraphs(
            first,
            lines(_line(one) if one.is_recording else _about(one), _spoken(one)),
            _("People see this document: it stays, its words can be corrected.")
            if one.is_shown and not one.is_recording
            else "",
            *described,
            _("In which language is the file?"),
        ),
        rows(
            (
                *(
                    Button(name, SetDocumentLanguage(number, language))
                    for language, name in OWN_NAMES.items()
                ),
                Button(_("Both"), SetDocumentLanguage(number, BOTH)),
            ),
            writing,
            () if one.is_shown else (Button(_("Remove the document"), RemoveDocument(number)),),
            (Button(_("Documents"), ListDocuments(one.consultation_id)),),
        ),
    )


def _words(one: Paper) -> tuple[str, ...]:
    return (
        lines(bold(_("Title")), in_each(one.title)),
        lines(bold(_("Summary")), in_each(one.summary)),
    )


def _writing(number: int) -> Row:
    return (
        Button(_("Title"), WriteDocumentTitle(number)),
        Button(_("Summary"), WriteDocumentSummary(number)),
    )


def _about(one: Paper) -> str:
    name = isolate(escape(one.file_name))
    return _("{name} ({size})").format(name=name, size=file_size(one.size))


def _spoken(one: Paper) -> str:
    if one.language is None:
        return _("The file serves both languages.")
    return _("The file is in {language}.").format(language=isolate(OWN_NAMES[one.language]))


def _line(one: Paper) -> str:
    if one.is_recording:
        return _("🔊 The notice before answering, to listen to, {size}").format(
            size=file_size(one.size)
        )
    title = in_language(one.title)
    if one.missing:
        return _("{name}: the title is missing.").format(name=_about(one))
    return _("{title}, {size}").format(
        title=isolate(escape(shortened(title, LONGEST_TITLE))), size=file_size(one.size)
    )


def _label(one: Paper) -> str:
    if one.is_recording:
        if one.language is None:
            return _("The spoken notice 🔊")
        return _("The spoken notice 🔊 {language}").format(
            language=isolate(OWN_NAMES[one.language])
        )
    name = directed(isolate(shortened(one.file_name, LONGEST_LABEL)))
    return shortened(in_language(one.title), LONGEST_LABEL) or name


def _to_document(one: Paper) -> Row:
    return (Button(_("Back to the document"), ShowDocument(one.document_id)),)
