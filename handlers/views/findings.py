"""What is wrong with a workbook, in the officer's language: where, what, and what to do."""

from collections.abc import Mapping, Sequence

from forms.findings import Finding, Severity
from forms.messages import ADVICE, MESSAGES
from handlers.language import _, escape, isolate, ngettext, translated
from handlers.views.actions import AskByName, ComposeQuestionnaire, OpenWorkspace
from handlers.views.modes import mode_meaning, mode_name
from handlers.views.view import Attached, Button, View, lines, paragraphs, rows, shortened
from storage.consultations import Mode

MOST_SHOWN = 10
LONGEST_DETAIL, LONGEST_REASON = 60, 120
"""Letters of a detail: so that ten findings fit into a message."""


def refused(
    findings: Sequence[Finding], *, composed: bool = False, by_name: AskByName | None = None
) -> View:
    """Why a workbook, or what was composed in the chat, cannot be used; the first errors.

    ``by_name``: it could be, were it not anonymous.
    """
    errors = [one for one in findings if one.severity is Severity.ERROR]
    shown = errors[:MOST_SHOWN]
    more = len(findings) - len(shown)
    again = (
        _("Your questions are kept: continue, correct them, and finish again.")
        if composed
        else _("Correct these in your workbook and send it again. Nothing is lost.")
    )
    heading = _("This questionnaire cannot be used yet.")
    text = paragraphs(
        f"<b>{heading}</b>",
        *(entry(one, composed=composed) for one in shown),
        _more(more) if more else "",
        again,
        _by_name() if by_name else "",
    )
    continuing = Button(_("Continue"), ComposeQuestionnaire(fresh=False))
    return View(
        text,
        rows(
            (continuing,) if composed else (),
            (Button(mode_name(Mode.IDENTIFIED), by_name),) if by_name else (),
            (Button(_("Workspace"), OpenWorkspace()),),
        ),
    )


def _by_name() -> str:
    """The other way out, with what it means."""
    return lines(
        _("Or use it as it is, and let people answer by name:"),
        f"<b>{mode_name(Mode.IDENTIFIED)}</b>",
        mode_meaning(Mode.IDENTIFIED),
    )


def whole_list(file: int) -> View:
    """All of it, as a text file."""
    return View(_("The whole list."), (), Attached(file))


def warned(findings: Sequence[Finding]) -> View:
    """What an author should still look at in a form that can be used."""
    shown = findings[:MOST_SHOWN]
    more = len(findings) - len(shown)
    return View(
        paragraphs(
            _("Your questionnaire can be used. Please look at this all the same:"),
            *(entry(one) for one in shown),
            _more(more) if more else "",
        )
    )


def _more(count: int) -> str:
    return ngettext("And {count} more remark.", "And {count} more remarks.", count).format(
        count=isolate(count)
    )


def entry(finding: Finding, *, composed: bool = False) -> str:
    """One finding on two or three lines; markup."""
    at = _in_chat(finding) if composed else place(finding)
    return lines(f"<b>{at}</b>" if at else "", message(finding), advice(finding))


def _in_chat(finding: Finding) -> str:
    """The question as it is numbered in the chat: the first stands in the second row."""
    if finding.sheet != "survey" or not finding.row:
        return ""
    return _("Question {number}").format(number=isolate(finding.row - 1))


def plain(findings: Sequence[Finding]) -> str:
    """All findings as a text file holds them."""
    return "\n\n".join(
        lines(_plain(place(one)), _plain(message(one)), _plain(advice(one))) for one in findings
    )


def place(finding: Finding) -> str:
    """``Sheet survey, row 14, column relevant``, as far as it is known; escaped."""
    sheet, row, column = finding.sheet, finding.row, finding.column
    if sheet is None:
        return ""
    said = {"sheet": isolate(escape(sheet)), "row": isolate(row or "")}
    said["column"] = isolate(escape(shortened(column or "", LONGEST_DETAIL)))
    if row and column:
        return _("Sheet {sheet}, row {row}, column {column}").format(**said)
    if row:
        return _("Sheet {sheet}, row {row}").format(**said)
    return _("Sheet {sheet}").format(**said)


def message(finding: Finding) -> str:
    """What is wrong; escaped."""
    return translated(MESSAGES[finding.code]).format_map(_Details(finding.details))


def advice(finding: Finding) -> str:
    """What to do; ``""`` where the message says it all. Escaped."""
    source = ADVICE.get(finding.advice_key, "")
    return translated(source).format_map(_Details(finding.details)) if source else ""


def _plain(markup: str) -> str:
    return markup.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _longest(name: str) -> int:
    """What pyxform says is quoted; everything else is a name."""
    return LONGEST_REASON if name == "reason" else LONGEST_DETAIL


class _Details(dict[str, str]):
    """Details set into a sentence; a question mark for one that nobody gave."""

    def __init__(self, details: Mapping[str, str]) -> None:
        super().__init__(
            (name, isolate(escape(shortened(text, _longest(name)))))
            for name, text in details.items()
        )

    def __missing__(self, key: str) -> str:
        return "?"
