"""The sheet that an export opens on: what a councillor reads before the table, line by line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from forms.spreadsheets import Line, Look, Share
from forms.summing import Summed, Summing
from participation.consultations import GRACE
from participation.ordering import Words

PROFILE = "profile"
"""The group of a form's questions about the person: who answered, rather than what."""
FEW = 5
"""A smaller count may point to a person."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rows of answers do not say themselves."""

    title: str
    day: date
    opens_on: date
    closes_on: date
    started: int
    shared_started: int
    note: str
    """Who is named in this table, in words."""
    names_people: bool
    left_out: Sequence[str]
    """The questions that are not in it, because they say who answered."""


def lines(facts: Facts, summing: Summing, words: Words) -> Iterator[Line]:
    """The whole sheet."""
    questions = summing.questions()
    yield Line((facts.title,), Look.TITLE)
    yield Line((facts.note,), Look.NOTE)
    if facts.names_people and summing.shared:
        yield Line((words.other_people,), Look.NOTE)
    yield Line((words.opens, facts.opens_on))
    yield Line((words.closes, facts.closes_on))
    yield Line((words.day, facts.day))
    if facts.day <= facts.closes_on + GRACE:
        yield Line((words.not_over,), Look.NOTE)
    yield from _left_out(facts, words)
    yield from _took_part(facts, summing, words)
    yield from _languages(summing, words)
    yield from _heading(words.who)
    yield Line((words.no_sample,), Look.NOTE)
    yield Line((words.few.format(few=FEW),), Look.NOTE)
    for one in questions:
        if _is_profile(one):
            yield from _question(one, words)
    yield from _heading(words.questions)
    yield Line((words.base,), Look.NOTE)
    for one in questions:
        if not _is_profile(one):
            yield from _question(one, words)


def _is_profile(question: Summed) -> bool:
    return question.path.partition("/")[0] == PROFILE


def _heading(text: str) -> Iterator[Line]:
    yield Line()
    yield Line((text,), Look.HEADING)


def _left_out(facts: Facts, words: Words) -> Iterator[Line]:
    if facts.left_out:
        yield Line()
        yield Line((words.left_out,), Look.NOTE)
        yield from (Line((question,)) for question in facts.left_out)


def _took_part(facts: Facts, summing: Summing, words: Words) -> Iterator[Line]:
    started = max(facts.started, summing.count)
    shared = max(facts.shared_started, summing.shared)
    yield from _heading(words.took_part)
    yield Line((None, words.number, words.share), Look.HEADER)
    yield Line((words.began, started, _share(started, started)))
    yield Line((words.sent, summing.count, _share(summing.count, started)))
    yield _count(words.began_shared, shared, started)
    yield _count(words.sent_shared, summing.shared, started)


def _languages(summing: Summing, words: Words) -> Iterator[Line]:
    yield from _heading(words.by_language)
    yield Line((None, words.number, words.share), Look.HEADER)
    for language, name in words.languages.items():
        yield _count(name, summing.languages[language], summing.count)


def _question(one: Summed, words: Words) -> Iterator[Line]:
    yield Line()
    yield Line((one.label, words.number, words.share), Look.HEADER)
    for label, count in one.choices:
        yield _count(label, count, one.answered)
    look = _look(one.answered)
    if one.numbers is not None:
        yield Line((words.mean, one.numbers.mean), look)
        yield Line((words.median, one.numbers.median), look)
        yield Line((words.least, one.numbers.least), look)
        yield Line((words.most, one.numbers.most), look)
    if one.days is not None:
        yield Line((words.earliest, one.days[0]), look)
        yield Line((words.latest, one.days[1]), look)
    yield _count(words.answered, one.answered, one.asked)
    yield Line((words.asked, one.asked), _look(one.asked))


def _count(label: str, count: int, whole: int) -> Line:
    return Line((label, count, _share(count, whole)), _look(count))


def _look(count: int) -> Look:
    return Look.FEW if 0 < count < FEW else Look.PLAIN


def _share(count: int, whole: int) -> Share | None:
    return Share(count / whole) if whole else None
