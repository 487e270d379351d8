"""What became of a consultation, as people read it."""

from collections.abc import Iterator

from handlers.language import (
    _,
    in_language,
    isolate,
    language_now,
    ngettext,
    short_day,
)
from handlers.views.actions import OpenConsultation, OpenMenu, ReadOutcome, ReadOutcomeFile
from handlers.views.view import (
    Attached,
    Button,
    Held,
    HeldFile,
    Row,
    View,
    headline,
    lines,
    own_lines,
    page_number,
    paragraphs,
    rows,
    said_title,
    turning,
)
from participation.reports import Report, Theme
from storage.base import Texts
from storage.reports import FileKind, Verdict

LONGEST_PAGE = 3_000
"""UTF-16 units of themes on one page; the longest theme alone has fewer."""


def outcome(report: Report, page: int) -> View:
    """What was heard and what the commune answers, theme by theme."""
    text, count = outcome_page(report, page)
    return View(
        text,
        rows(
            file_button(report),
            turning(
                min(page, count - 1), count, lambda to: ReadOutcome(report.consultation_id, to)
            ),
            (Button(_("The consultation"), OpenConsultation(report.consultation_id)),),
            (Button(_("Main menu"), OpenMenu(below=False)),),
        ),
    )


def outcome_file(report: Report, media: Attached | HeldFile) -> View:
    """The same as a file or a voice message."""
    return View(
        _("What became of {title}: the commune’s answer.").format(title=titled(report.title)),
        rows((Button(_("Read it theme by theme"), ReadOutcome(report.consultation_id, 0)),))
        if report.themes
        else (),
        media,
    )


def outcome_told(report: Report) -> View:
    """Sent to those who wished to hear of it."""
    if report.version:
        words = _("The commune has corrected its answer on the consultation {title}.")
    else:
        words = _("The commune has answered on the consultation {title}.")
    return View(
        paragraphs(
            words.format(title=titled(report.title)),
            _("You asked to be told. Tap below to read what was heard and what becomes of it."),
        ),
        rows(outcome_button(report.consultation_id)),
    )


def outcome_button(consultation: int) -> Row:
    """The button to the outcome."""
    return (Button(_("What became of it"), ReadOutcome(consultation, 0)),)


def held(report: Report) -> HeldFile | None:
    """The file in the language spoken, as the channel holds it."""
    one = report.file_for(language_now())
    if one is None:
        return None
    return HeldFile(one.file_id, Held.VOICE if one.kind is FileKind.VOICE else Held.DOCUMENT)


def file_button(report: Report) -> Row:
    """The button to the file; none where there is none."""
    one = report.file_for(language_now())
    if one is None:
        return ()
    label = _("🔊 Listen") if one.kind is FileKind.VOICE else _("📄 Open the file")
    return (Button(label, ReadOutcomeFile(report.consultation_id)),)


def outcome_page(report: Report, page: int) -> tuple[str, int]:
    """The words of one page, and how many pages there are."""
    pages = _pages(report)
    within = min(max(page, 0), len(pages) - 1)
    return (
        paragraphs(
            lines(headline(report.title)),
            lines(_received(report), _published(report)) if within == 0 else "",
            _corrected(report) if within == 0 else "",
            *pages[within],
            _untranslated(report),
            page_number(within, len(pages)),
        ),
        len(pages),
    )


def theme_words(number: int, theme: Theme) -> str:
    """One theme: what was heard, the verdict, the reason."""
    heard = _("{number}. {question}").format(number=isolate(number), question=said(theme.heard))
    reason = said(theme.reason)
    return lines(
        f"<b>{heard}</b>",
        verdict_words(theme.verdict) if theme.verdict else "",
        _("The commune’s answer: {reason}").format(reason=reason) if reason else "",
    )


def verdict_words(verdict: Verdict) -> str:
    """A verdict with its mark."""
    match verdict:
        case Verdict.ACCEPTED:
            return _("✅ Accepted")
        case Verdict.PARTLY:
            return _("🟡 Accepted in part")
        case Verdict.REFUSED:
            return _("❌ Not accepted")


def said(texts: Texts) -> str:
    """What staff wrote, escaped; each of its lines keeps its own direction."""
    return own_lines(in_language(texts))


def titled(title: Texts) -> str:
    """A consultation's title within a sentence."""
    return said_title(title)


def _pages(report: Report) -> list[list[str]]:
    pages: list[list[str]] = [[]]
    length = 0
    for words in _themes(report):
        units = len(words.encode("utf-16-le")) // 2
        if pages[-1] and length + units > LONGEST_PAGE:
            pages.append([])
            length = 0
        pages[-1].append(words)
        length += units
    return pages


def _themes(report: Report) -> Iterator[str]:
    for number, theme in enumerate(report.themes, start=1):
        yield theme_words(number, theme)


def _received(report: Report) -> str:
    if not report.contributions:
        return _("What was heard, and the commune’s answer on each theme.")
    sentence = ngettext(
        "The commune received {count} contribution. Here is what was heard, and its answer.",
        "The commune received {count} contributions. Here is what was heard, and its answer.",
        report.contributions,
    )
    return sentence.format(count=isolate(report.contributions))


def _published(report: Report) -> str:
    if report.published_on is None:
        return ""
    return _("Published on {day}.").format(day=short_day(report.published_on))


def _corrected(report: Report) -> str:
    if report.corrected_on is None:
        return ""
    return _("Corrected on {day}: {note}").format(
        day=short_day(report.corrected_on), note=said(report.note)
    )


def _untranslated(report: Report) -> str:
    if language_now() not in report.missing:
        return ""
    return _("A part of this is not translated yet.")
