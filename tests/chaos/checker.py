"""Judges a history: every confirmed update has one stored effect and at least one reply."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

UNITS = 256
"""Requests that the bot may have in flight or unacknowledged: what one kill may repeat."""

NO_TAPS = ("type", "link")

Line = Mapping[str, Any]


@dataclass
class Verdict:
    """What was found; each finding is a sentence with the place to look at."""

    lost: list[str] = field(default_factory=list)
    stored_twice: list[str] = field(default_factory=list)
    replies_missing: list[str] = field(default_factory=list)
    beyond_flight: list[str] = field(default_factory=list)
    """Requests repeated that were not in flight at a kill."""
    while_full: list[str] = field(default_factory=list)
    """What was confirmed unstored, or said unsaved, while the database had no room."""
    parked: int = 0
    repeated: int = 0
    in_flight: int = 0
    """The sum over the kills of requests that had reached Telegram and still had their row."""
    kills: int = 0
    missed: int = 0
    acts: int = 0
    spread: Counter[str] = field(default_factory=Counter)
    """Kills by the stage that they were meant for and struck."""
    present: Counter[str] = field(default_factory=Counter)
    """Kills by every stage in which something was when they struck."""

    @property
    def sound(self) -> bool:
        return not (self.findings() or self.parked)

    def told(self) -> str:
        """One paragraph for people."""
        spread = ", ".join(f"{stage} {times}" for stage, times in sorted(self.spread.items()))
        struck = f" Kills by stage: {spread}." if spread else ""
        return (
            f"{self.kills} kills while {self.acts} things were done: lost {len(self.lost)}, "
            f"stored twice {len(self.stored_twice)}, replies missing "
            f"{len(self.replies_missing)}, parked {self.parked}, repeated {self.repeated} of "
            f"{self.in_flight} in flight.{struck}"
        )

    def findings(self) -> list[str]:
        """Every finding, as lines."""
        named = ("lost", "stored_twice", "replies_missing", "beyond_flight", "while_full")
        return [f"{name}: {one}" for name in named for one in getattr(self, name)]


def judge(history: Iterable[Line]) -> Verdict:
    """Read a history to its end; raises ValueError where it has none (no final rows)."""
    lines = list(history)
    by_kind: defaultdict[str, list[Line]] = defaultdict(list)
    for line in lines:
        by_kind[line["kind"]].append(line)
    if len(by_kind["rows"]) != 1:
        raise ValueError("a history ends with the rows as they were found, once")
    rows = by_kind["rows"][0]
    verdict = Verdict(
        parked=rows["parked"],
        kills=len(by_kind["kill"]),
        missed=len(by_kind["missed"]),
        acts=len(by_kind["act"]),
    )
    for kill in by_kind["kill"]:
        verdict.spread[kill["aim"]] += kill["struck"]
        verdict.present.update(kill["stages"])
    for full in by_kind["full"]:
        done = ("confirmed", "said")
        verdict.while_full += [f"{full[what]} {what}" for what in done if full[what]]
    _updates(verdict, rows, by_kind["act"])
    _answers(verdict, rows, by_kind["act"])
    _tallies(verdict, rows)
    _replies(verdict, by_kind["act"], by_kind["reply"], by_kind["silence"])
    _requests(verdict, by_kind["requests"], by_kind["kill"])
    _leftovers(verdict, rows, by_kind["act"])
    return verdict


def _updates(verdict: Verdict, rows: Line, acts: Sequence[Line]) -> None:
    """Each act was one update, and each has one closed row."""
    stored = Counter(number for number, _ in rows["inbox"])
    for number, times in stored.items():
        if times > 1:
            verdict.stored_twice.append(f"update {number} has {times} rows")
    verdict.lost += [
        f"update {number} is {state} at the end"
        for number, state in rows["inbox"]
        if state not in ("done", "parked")
    ]
    missing = len(acts) - len(stored)
    if missing > 0:
        verdict.lost.append(f"{missing} of {len(acts)} updates have no row")
    elif missing < 0:
        verdict.stored_twice.append(f"{len(stored)} updates for {len(acts)} acts")


def _answers(verdict: Verdict, rows: Line, acts: Sequence[Line]) -> None:
    """What each person did last with a question is what stands there, and nothing else."""
    wanted: defaultdict[int, dict[str, Any]] = defaultdict(dict)
    submitted: set[int] = set()
    for act in acts:
        if act["path"] is not None:
            wanted[act["person"]][act["path"]] = act["value"]
        if act["does"] == "submit":
            submitted.add(act["person"])
    found: defaultdict[int, list[Line]] = defaultdict(list)
    for submission in rows["submissions"]:
        found[submission["person"]].append(submission)
    for person in sorted(wanted.keys() | found.keys()):
        for extra in found[person][1:]:
            verdict.stored_twice.append(f"person {person} has another submission {extra['state']}")
        there = found[person][0] if found[person] else None
        _compare(verdict, person, wanted[person], there["answers"] if there else {})
        if person in submitted and (there is None or there["state"] != "submitted"):
            verdict.lost.append(f"person {person} sent their answers, and they are a draft")
    _marks(verdict, rows["submissions"], acts)


def _compare(
    verdict: Verdict, person: int, wanted: Mapping[str, Any], there: Mapping[str, Any]
) -> None:
    for path, value in wanted.items():
        if path not in there:
            verdict.lost.append(f"person {person} answered {path}, and nothing stands there")
        elif there[path] != value:
            verdict.lost.append(f"person {person} has {there[path]!r} for {value!r} at {path}")
    for path in there.keys() - wanted.keys():
        verdict.stored_twice.append(f"person {person} has {path}, which they did not answer")


def _marks(verdict: Verdict, submissions: Sequence[Line], acts: Sequence[Line]) -> None:
    """Words that only one person ever typed stand in one place."""
    typed = {act["value"] for act in acts if act["does"] == "type" and "#" in str(act["value"])}
    places = Counter(
        value
        for submission in submissions
        for value in submission["answers"].values()
        if isinstance(value, str)
    )
    for words in sorted(typed):
        if places[words] > 1:
            verdict.stored_twice.append(f"{words!r} stands in {places[words]} places")


def _tallies(verdict: Verdict, rows: Line) -> None:
    """The counts that taps add to equal a recount."""
    recount = {
        "started": len(rows["submissions"]),
        "submitted": sum(one["state"] == "submitted" for one in rows["submissions"]),
    }
    for name, number in recount.items():
        counted = rows["tallies"].get(name, 0)
        if counted > number:
            verdict.stored_twice.append(f"{counted} are counted as {name}, there are {number}")
        elif counted < number:
            verdict.lost.append(f"{counted} are counted as {name}, there are {number}")


def _replies(
    verdict: Verdict, acts: Sequence[Line], replies: Sequence[Line], silences: Sequence[Line]
) -> None:
    answered = {reply["act"] for reply in replies}
    silent = {silence["act"]: silence for silence in silences}
    for act in acts:
        if act["act"] in answered:
            continue
        seen = silent.get(act["act"], {}).get("saw", "nothing")
        verdict.replies_missing.append(
            f"person {act['person']} did {act['does']} ({act['path']}) and saw {seen}"
        )


def _leftovers(verdict: Verdict, rows: Line, acts: Sequence[Line]) -> None:
    """What nobody waits for: answers to taps, the buttons of questions that were answered."""
    taps = sum(act["does"] not in NO_TAPS for act in acts)
    if (missing := taps - rows["answered_taps"]) > 0:
        verdict.replies_missing.append(f"{missing} of {taps} taps were never answered")
    if rows["outbox"]:
        verdict.replies_missing.append(f"{rows['outbox']} requests are still in the outbox")
    if rows["still_asking"] > verdict.repeated:
        verdict.replies_missing.append(
            f"{rows['still_asking']} answered questions have kept their buttons, and only "
            f"{verdict.repeated} requests were repeated"
        )


def _requests(verdict: Verdict, requests: Sequence[Line], kills: Sequence[Line]) -> None:
    """The same request carried out twice, against what each kill left unacknowledged."""
    seen: set[tuple[Any, ...]] = set()
    repeats: list[int] = []
    for request in requests:
        same = (request["chat"], request["method"], request["params"])
        if same in seen:
            repeats.append(request["n"])
        seen.add(same)
    verdict.repeated = len(repeats)
    bounds = [kill["request"] for kill in kills] + [float("inf")]
    first = kills[0]["request"] if kills else float("inf")
    if early := sum(number <= first for number in repeats):
        verdict.beyond_flight.append(f"{early} requests were repeated without a kill")
    for kill, until in zip(kills, bounds[1:], strict=True):
        allowed = min(UNITS, kill["in_flight"])
        verdict.in_flight += allowed
        after = sum(kill["request"] < number <= until for number in repeats)
        if after > allowed:
            verdict.beyond_flight.append(
                f"{after} requests were repeated after a kill that left {allowed} in flight"
            )
