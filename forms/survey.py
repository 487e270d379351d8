"""The survey sheet, row by row: groups open and close, every row is read or refused by name."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pyxform.xls2json import RE_BEGIN_CONTROL, RE_END_CONTROL, RE_SELECT

from forms.answers import AnswerRefused, checked, fits, parse
from forms.columns import read_expression
from forms.findings import Findings
from forms.form import SELECTS, Calculate, Choice, Group, Question, QuestionType
from forms.near import nearest
from forms.reading import Languages, Row, Sheet
from forms.types_table import CALCULATE, TYPES, Reading, TypeEntry
from forms.xpath.functions import FUNCTIONS
from forms.xpath.references import NAME

MOST_QUESTIONS = 500
KEPT_NAMES = frozenset({"meta", "__version__", "_uuid", "_submission_time", "_language"})

_NAME = re.compile(NAME)
_CALLED = re.compile(r"([\w:-]+)\(")
_YES = frozenset({"yes", "true", "true()"})


@dataclass
class Survey:
    """What the sheet holds, in order."""

    questions: list[Question] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    calculates: list[Calculate] = field(default_factory=list)
    order: list[str] = field(default_factory=list)


def read_survey(
    sheet: Sheet,
    languages: Languages,
    lists: Mapping[str, Sequence[Choice]],
    findings: Findings,
) -> Survey:
    """All rows of the survey sheet; what cannot be asked is left out and becomes a finding."""
    reader = _Reader(sheet, languages, lists, findings)
    for row in sheet.rows:
        if row.get("disabled").lower() not in _YES:
            reader.read(row)
    reader.close()
    return reader.survey


@dataclass
class _Open:
    """A group that is not closed yet; `path` is None inside something refused."""

    name: str
    kind: str
    path: str
    row: int
    names: dict[str, int] = field(default_factory=dict)
    is_empty: bool = True


class _Reader:
    def __init__(
        self,
        sheet: Sheet,
        languages: Languages,
        lists: Mapping[str, Sequence[Choice]],
        findings: Findings,
    ) -> None:
        self.survey = Survey()
        self._sheet = sheet
        self._languages = languages
        self._lists = lists
        self._findings = findings
        self._stack = [_Open("", "", "", 1)]

    def read(self, row: Row) -> None:
        """Take the next row."""
        written = row.get("type")
        named = TYPES.get(written)
        if not written:
            if row.get("name") or any(column[0] == "label" for column in row.cells):
                self._refuse("no_type", row, "type")
        elif found := RE_END_CONTROL.match(written):
            self._end(row, found["type"])
        elif found := RE_BEGIN_CONTROL.match(written):
            self._begin(row, found["type"])
        elif (found := RE_SELECT.match(written)) and not named:
            self._select(row, found["select_command"], found["list_name"], found["specify_other"])
        else:
            self._plain(row, written, named)

    def close(self) -> None:
        """Say which groups were left open and whether there is anything to ask."""
        for group in self._stack[1:]:
            self._findings.add(
                "group_not_closed", self._sheet.name, group.row, None, name=group.name
            )
        count = len(self.survey.questions)
        if count > MOST_QUESTIONS:
            self._findings.add(
                "too_many_questions",
                self._sheet.name,
                None,
                None,
                count=str(count),
                limit=str(MOST_QUESTIONS),
            )

    def _begin(self, row: Row, kind: str) -> None:
        name = self._name(row) or f"row_{row.number}"
        path = self._path(name)
        if kind == "group":
            relevant = read_expression(row, self._sheet, "relevant", self._findings)
            label = self._languages.texts(row, "label")
            self.survey.groups.append(Group(path, name, label, relevant, row.number))
        else:
            self._refuse_type(row, TYPES[f"begin {kind}"])
        self._stack.append(_Open(name, kind, path, row.number))

    def _end(self, row: Row, kind: str) -> None:
        if len(self._stack) == 1 or self._stack[-1].kind != kind:
            self._refuse("group_not_open", row, "type")
            return
        closed = self._stack.pop()
        if closed.is_empty and kind == "group":
            self._findings.add("empty_group", self._sheet.name, closed.row, None, name=closed.name)

    def _plain(self, row: Row, written: str, entry: TypeEntry | None) -> None:
        if entry is None and (list_name := _spaced_list(written)):
            self._refuse("list_name_not_valid", row, "type", name=list_name)
        elif entry is None:
            self._refuse("unknown_type", row, "type", name=written, near=_near(written))
        elif entry.reading is Reading.REFUSED:
            self._refuse_type(row, entry)
        elif entry.reading is Reading.LEFT_OUT:
            self._refuse("left_out_type", row, "type", name=written)
        elif entry.meaning in {kind.value for kind in SELECTS}:
            self._refuse("no_list", row, "type")
        elif entry.meaning in {CALCULATE, "day"}:
            self._calculate(row, entry)
        else:
            self._question(row, QuestionType(entry.meaning))

    def _select(self, row: Row, command: str, list_name: str, other: str | None) -> None:
        entry = TYPES[command]
        if entry.reading is not Reading.READ:
            self._refuse_type(row, entry)
            return
        if other:
            self._refuse("or_other", row, "type")
        if "${" in list_name:
            self._refuse_type(row, TYPES["select_one_from_file"])
            return
        choices = self._lists.get(list_name)
        if choices is None:
            near = nearest(list_name, list(self._lists))
            self._refuse("missing_list", row, "type", name=list_name, near=near)
        self._question(row, QuestionType(entry.meaning), tuple(choices or ()))

    def _calculate(self, row: Row, entry: TypeEntry) -> None:
        name = self._name(row, entry.name if entry.meaning == "day" else "")
        if not name:
            return
        calculation = read_expression(row, self._sheet, "calculate", self._findings)
        if entry.meaning == "day":
            calculation = "today()"
            self._refuse("day_only", row, "type", name=entry.name)
        elif not calculation:
            self._refuse("no_calculation", row, "calculate")
        relevant = read_expression(row, self._sheet, "relevant", self._findings)
        self._stack[-1].is_empty = False
        path = self._path(name)
        self.survey.calculates.append(Calculate(path, name, calculation, relevant, row.number))
        self.survey.order.append(path)

    def _question(self, row: Row, kind: QuestionType, choices: tuple[Choice, ...] = ()) -> None:
        note = f"generated_note_name_{row.number}" if kind is QuestionType.NOTE else ""
        name = self._name(row, note)
        if not name:
            return
        if row.get("bind", "calculate"):
            self._refuse("calculated_question", row, "calculate")
        if row.get("bind", "readonly").lower() in _YES and kind is not QuestionType.NOTE:
            self._refuse("readonly", row, "readonly")
        expressions = {
            column: read_expression(row, self._sheet, column, self._findings)
            for column in ("relevant", "required", "constraint")
        }
        texts = self._languages.texts
        label, hint = texts(row, "label"), texts(row, "hint")
        if not label:  # XLSForm allows a hint alone: then it is the question
            label, hint = hint, {}
        question = Question(
            index=len(self.survey.questions),
            path=self._path(name),
            name=name,
            type=kind,
            label=label,
            hint=hint,
            choices=choices,
            required_message=texts(row, "bind", "jr:requiredMsg"),
            constraint_message=texts(row, "bind", "jr:constraintMsg"),
            default=row.get("default"),
            appearance=row.get("control", "appearance"),
            short_label=texts(row, "short_label"),
            chat={
                column[1]: text
                for column, text in row.cells.items()
                if column[0] == "chat" and len(column) == 2
            },
            row=row.number,
            **expressions,
        )
        self._check_default(row, question)
        self._stack[-1].is_empty = False
        self.survey.questions.append(question)
        self.survey.order.append(question.path)

    def _check_default(self, row: Row, question: Question) -> None:
        value = question.default
        if not value:
            return
        if "${" in value or any(name in FUNCTIONS for name in _CALLED.findall(value)):
            self._refuse("dynamic_default", row, "default")
            return
        names = value.split() if question.type is QuestionType.SELECT_MULTIPLE else value
        try:
            if question.type in SELECTS and not fits(question, names):
                raise ValueError(value)
            checked(question, names if question.type in SELECTS else parse(question, value))
        except (AnswerRefused, ValueError):
            self._refuse("default_not_valid", row, "default", value=value[:60])

    def _name(self, row: Row, otherwise: str = "") -> str:
        """The row's name, or `""` after saying why it cannot be one."""
        name = row.get("name") or otherwise
        if not name:
            self._refuse("no_name", row, "name")
            return ""
        if not _NAME.fullmatch(name):
            self._refuse("name_not_valid", row, "name", name=name[:60])
            return ""
        if name in KEPT_NAMES:
            self._refuse("reserved_name", row, "name", name=name)
        names = self._stack[-1].names
        if name in names:
            self._refuse("duplicate_name", row, "name", name=name, other=str(names[name]))
        else:
            alike = next((each for each in names if each.lower() == name.lower()), "")
            if alike:
                self._refuse("similar_name", row, "name", name=name, other=alike)
        names.setdefault(name, row.number)
        return name

    def _path(self, name: str) -> str:
        path = self._stack[-1].path
        return f"{path}/{name}" if path else name

    def _refuse_type(self, row: Row, entry: TypeEntry) -> None:
        self._stack[-1].is_empty = False
        self._refuse("refused_type", row, "type", name=entry.name, instead=entry.advice)

    def _refuse(self, code: str, row: Row, column: str, **details: str) -> None:
        header = self._sheet.written(*_COLUMNS.get(column, (column,)))
        self._findings.add(code, self._sheet.name, row.number, header, **details)


def _spaced_list(written: str) -> str:
    """The name after the type, where it is what cannot be read."""
    kind, _, list_name = written.partition(" ")
    return list_name.strip() if kind in SELECTS and len(list_name.split()) > 1 else ""


def _near(written: str) -> str:
    """The type that was meant, if it can be guessed, with the list that was named."""
    kind, _, list_name = written.partition(" ")
    selects = [one.value for one in SELECTS]
    if list_name and (near := nearest(kind, selects)):
        return f"{near} {list_name}"
    return nearest(written, [*TYPES, *selects])


_COLUMNS = {"calculate": ("bind", "calculate"), "readonly": ("bind", "readonly")}
