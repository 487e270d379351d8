"""An attacker: a program with a list of ways to tie answers to people.

It is given rows as somebody who holds a copy would read them. ``authors`` is the truth; only
`orders` uses it, to measure whether two orders agree, because an attacker who pairs two lists in
order learns something exactly if they do.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from participation.clock import today
from participation.consultations import OTHERS
from storage.keys import ConsultationKeyMissing, Keyring

Row = dict[str, Any]
AGREEMENT = 0.85
"""A rank correlation that 22 pairs reach by chance less than once in a million times."""


@dataclass(frozen=True)
class Claim:
    """One answer tied to one person; ``person`` None: tied to another row that may name one."""

    way: str
    person: int | None
    submission: int
    because: str


@dataclass
class Copy:
    """What somebody got hold of: rows as they lie, with transactions and places where told."""

    tables: dict[str, list[Row]]
    authors: dict[str, int]
    """Who wrote which words: the truth."""
    keys: Keyring | None = None
    key_ids: tuple[str, ...] = ()
    names: dict[int, int] = field(init=False)

    def __post_init__(self) -> None:
        self.reread()

    def reread(self) -> None:
        """Every number that names a person, and whom it names."""
        people = self.tables["person"]
        self.names = {row[name]: row["channel_id"] for row in people for name in NAMES}

    @property
    def submissions(self) -> list[Row]:
        return self.tables["submission"]

    def author_of(self, submission: Row) -> int | None:
        return next((self.authors[v] for v in scalars(submission) if v in self.authors), None)

    def named(self, row: Row) -> set[int]:
        """The people whom a row names."""
        found = set()
        for value in scalars(row):
            if isinstance(value, int) and value in self.names:
                found.add(self.names[value])
            elif isinstance(value, str) and value.isdigit() and int(value) in self.names:
                found.add(self.names[int(value)])
        return found

    def rows_of_one(self) -> Iterator[tuple[str, int, int, Row]]:
        """Table, place, person and row of each row that names exactly one person."""
        for table, place, row in self.others():
            named = self.named(row)
            if len(named) == 1:
                yield table, place, named.pop(), row

    def others(self) -> Iterator[tuple[str, int, Row]]:
        for table, rows in self.tables.items():
            if table != "submission":
                for place, row in enumerate(rows):
                    yield table, place, row


NAMES = ("id", "channel_id")


def scalars(value: Any) -> Iterator[Any]:
    """Every simple value in a row, those inside JSON included."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield from scalars(key)
            yield from scalars(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from scalars(one)
    elif isinstance(value, bytes) and value[:1] in (b"{", b"["):
        try:
            yield from scalars(json.loads(value))
        except ValueError:
            yield value
    else:
        yield value


def identifiers(copy: Copy) -> Iterator[Claim]:
    """A person's number, or a hash of it that needs no key, stands in the submission."""
    disguises = {disguise: person for name, person in copy.names.items() for disguise in _as(name)}
    for number, submission in enumerate(copy.submissions):
        for value in scalars({k: v for k, v in submission.items() if k not in HEAP}):
            if not isinstance(value, bool) and value in disguises:
                yield Claim("identifiers", disguises[value], number, f"{value!r}")


HEAP = ("xmin", "ctid")


def _as(name: int) -> Iterator[Any]:
    text = str(name)
    yield name
    yield text
    seats = (f"telegram:{text}:{seat}" for seat in range(OTHERS + 1))
    for plain in (text, f"telegram:{text}", *seats):
        yield plain.encode()
        yield sha256(plain.encode()).digest()
        yield sha256(plain.encode()).hexdigest()
    yield name.to_bytes(8, "big")
    yield name.to_bytes(32, "big")


def references(copy: Copy) -> Iterator[Claim]:
    """The submission's own id, key or receipt, or the words of its answers, stand elsewhere."""
    marks = {
        mark: number
        for number, submission in enumerate(copy.submissions)
        for mark in (
            submission["id"],
            submission["respondent_key"],
            submission["receipt_hash"],
            *(one for one in scalars(submission["answers"]) if len(str(one or "")) > 8),
        )
        if mark is not None
    }
    for table, _place, row in copy.others():
        if table in ("form_version", "consultation", "profile"):
            continue
        for value in scalars(row):
            held = [value] if not isinstance(value, str) else [*value.split(), value]
            for mark in held:
                if mark in marks:
                    named = copy.named(row)
                    person = named.pop() if len(named) == 1 else None
                    yield Claim("references", person, marks[mark], table)


def moments(copy: Copy) -> Iterator[Claim]:
    """One person and one submission share an instant, a day or a transaction with nobody else."""
    theirs = _by_moment(
        (f"{table}.{column}", moment, person)
        for table, _place, person, row in copy.rows_of_one()
        for column, moment in _moments(row)
    )
    answers = _by_moment(
        (column, moment, number)
        for number, submission in enumerate(copy.submissions)
        for column, moment in _moments(submission)
    )
    yield from _unique_pairs("moments", theirs, answers)


def through_others(copy: Copy) -> Iterator[Claim]:
    """A person's row shares a moment with a row that names nobody but tells a submission's day."""
    links: dict[Any, set[tuple[str, Any]]] = defaultdict(set)
    for table, _place, row in copy.others():
        if not copy.named(row):
            found = dict(_moments(row))
            for column, moment in found.items():
                links[moment] |= {
                    (f"{table}.{other}", one) for other, one in found.items() if other != column
                }
    theirs = _by_moment(
        (f"{mine} by {shared} in {theirs}", moment, person)
        for mine, _place, person, row in copy.rows_of_one()
        for column, shared in _moments(row)
        if "day" not in column
        for theirs, moment in links.get(shared, ())
    )
    answers = _by_moment(
        (column, moment, number)
        for number, submission in enumerate(copy.submissions)
        for column, moment in _moments(submission)
    )
    yield from _unique_pairs("through_others", theirs, answers)


Holders = dict[str, dict[Any, set[int]]]


def _by_moment(found: Iterator[tuple[str, Any, int]]) -> Holders:
    holders: Holders = defaultdict(lambda: defaultdict(set))
    for column, moment, holder in found:
        holders[column][moment].add(holder)
    return holders


def _unique_pairs(way: str, theirs: Holders, answers: Holders) -> Iterator[Claim]:
    for column, by_moment in theirs.items():
        for moment, people in by_moment.items():
            for other, submissions in answers.items():
                held = submissions.get(moment, set())
                if len(people) == len(held) == 1:
                    because = f"{column} = {other} = {moment}"
                    yield Claim(way, next(iter(people)), next(iter(held)), because)


def _moments(row: Row) -> Iterator[tuple[str, Any]]:
    """Instants, days (those of instants included) and the transaction that wrote the row."""
    for column, value in row.items():
        if isinstance(value, datetime):
            yield column, value
            yield f"{column} day", today(value)
        elif isinstance(value, date):
            yield f"{column} day", value
        elif column == "xmin":
            yield column, f"transaction {value}"


def lengths(copy: Copy) -> Iterator[Claim]:
    """One sealed value is unlike all the others, and so is one submission: it is not finished."""
    drafts = [n for n, one in enumerate(copy.submissions) if str(one["state"]) == "draft"]
    sizes: dict[str, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for table, _place, person, row in copy.rows_of_one():
        for column, value in row.items():
            if isinstance(value, bytes):
                sizes[f"{table}.{column}"][len(value)].add(person)
    for column, by_size in sizes.items():
        for size, people in by_size.items():
            if len(by_size) > 1 and len(people) == len(drafts) == 1:
                yield Claim("lengths", next(iter(people)), drafts[0], f"{column} of {size}")


def orders(copy: Copy) -> Iterator[Claim]:
    """People in some order agree with submissions in some order."""
    authors = {n: copy.author_of(one) for n, one in enumerate(copy.submissions)}
    of_people: dict[str, dict[int, Any]] = defaultdict(dict)
    for table, place, person, row in copy.rows_of_one():
        kind = f"{table} {row.get('purpose', '')}".strip()  # consents are of two kinds
        of_people[f"place in {kind}"].setdefault(person, place)
        for column, value in _sortable(row):
            of_people[f"{kind}.{column}"][person] = value
    of_answers: dict[str, dict[int, Any]] = defaultdict(dict)
    for number, submission in enumerate(copy.submissions):
        of_answers["place"][number] = number
        for column, value in _sortable(submission):
            of_answers[column][number] = value
    for column, by_person in of_people.items():
        for other, by_answer in of_answers.items():
            pairs = [
                (by_person[person], by_answer[number])
                for number, person in authors.items()
                if person in by_person and number in by_answer
            ]
            if len(pairs) >= 15 and abs(rank_correlation(pairs)) >= AGREEMENT:
                yield Claim("orders", None, 0, f"{column} ~ {other}")


def _sortable(row: Row) -> Iterator[tuple[str, Any]]:
    for column, value in row.items():
        if isinstance(value, datetime):
            yield column, value.timestamp()
        elif isinstance(value, date):
            yield column, value.toordinal()
        elif isinstance(value, bytes):
            yield column, int.from_bytes(value[:16], "big")
        elif column == "ctid" or (isinstance(value, int) and not isinstance(value, bool)):
            yield column, value


def rank_correlation(pairs: list[tuple[Any, Any]]) -> float:
    """Spearman's, with mean ranks for equal values; 0 where a side does not vary."""
    left, right = (_ranks([pair[side] for pair in pairs]) for side in (0, 1))
    middle = (len(pairs) - 1) / 2
    shared = sum((a - middle) * (b - middle) for a, b in zip(left, right, strict=True))
    spread = sum((a - middle) ** 2 for a in left) * sum((b - middle) ** 2 for b in right)
    return shared / spread**0.5 if spread else 0.0


def _ranks(values: list[Any]) -> list[float]:
    counts, seen, rank = Counter(values), 0, dict[Any, float]()
    for value in sorted(counts):
        rank[value] = seen + (counts[value] - 1) / 2
        seen += counts[value]
    return [rank[value] for value in values]


def shared_phones(copy: Copy) -> Iterator[Claim]:
    """One account has several seats, and one answer says that it came from a shared phone."""
    shared = [n for n, one in enumerate(copy.submissions) if one["seat"]]
    holders = {
        person
        for _table, _place, person, row in copy.rows_of_one()
        if isinstance(row.get("seats"), int) and row["seats"] > 1
    }
    if len(shared) == len(holders) == 1:
        yield Claim("shared_phones", next(iter(holders)), shared[0], "seats")


def keys(copy: Copy) -> Iterator[Claim]:
    """The key file gives each person's respondent key."""
    if copy.keys is None:
        return
    found = {one["respondent_key"]: n for n, one in enumerate(copy.submissions)}
    for key_id in copy.key_ids:
        for person in {row["channel_id"] for row in copy.tables["person"]}:
            for seat in range(OTHERS + 1):
                try:
                    key = copy.keys.respondent_key(key_id, person, seat)
                except ConsultationKeyMissing:
                    return
                if key in found:
                    yield Claim("keys", person, found[key], f"HMAC, seat {seat}")


WAYS: tuple[Callable[[Copy], Iterator[Claim]], ...] = (
    identifiers,
    references,
    moments,
    through_others,
    lengths,
    orders,
    shared_phones,
    keys,
)


def link(copy: Copy) -> list[Claim]:
    """Everything that any way finds."""
    copy.reread()
    return [claim for way in WAYS for claim in way(copy)]
