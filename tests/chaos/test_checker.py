"""The checker finds what it is there to find, each fault planted in a history that is sound."""

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.chaos.checker import Verdict, judge
from tests.chaos.history import History, read

Lines = list[dict[str, Any]]
WORDS = "Une salle calme, idée #1-00"
SUBMITTED = {"person": 1, "state": "submitted", "answers": {"visits": "weekly", "idea": WORDS}}
SOUND: Lines = [
    {"kind": "run", "seed": 1},
    {"kind": "act", "act": 1, "person": 1, "does": "choose", "path": "visits", "value": "weekly"},
    {"kind": "reply", "act": 1, "message": 5},
    {"kind": "act", "act": 2, "person": 1, "does": "type", "path": "idea", "value": WORDS},
    {
        "kind": "kill",
        "aim": "waiting",
        "struck": True,
        "stages": ["carried_out", "waiting"],
        "in_flight": 1,
        "request": 2,
    },
    {"kind": "reply", "act": 2, "message": 7},
    {"kind": "act", "act": 3, "person": 1, "does": "submit", "path": None, "value": None},
    {"kind": "reply", "act": 3, "message": 9},
    {"kind": "requests", "n": 2, "chat": 7, "method": "sendMessage", "params": "second"},
    {"kind": "requests", "n": 3, "chat": 7, "method": "sendMessage", "params": "second"},
    {"kind": "requests", "n": 4, "chat": 7, "method": "sendMessage", "params": "third"},
    {
        "kind": "rows",
        "inbox": [[11, "done"], [12, "done"], [13, "done"]],
        "parked": 0,
        "submissions": [SUBMITTED],
        "tallies": {"started": 1, "submitted": 1},
        "answered_taps": 2,
        "outbox": 0,
        "still_asking": 1,
    },
]


def with_fault(plant: Callable[[Lines], object]) -> Verdict:
    """What is found in the sound history after something was done to it."""
    lines = copy.deepcopy(SOUND)
    plant(lines)
    return judge(lines)


def test_a_sound_history_passes_with_its_repeats_counted() -> None:
    verdict = judge(SOUND)

    assert verdict.findings() == []
    assert verdict.sound
    assert (verdict.kills, verdict.acts, verdict.repeated, verdict.in_flight) == (1, 3, 1, 1)
    assert verdict.spread["waiting"] == 1
    assert verdict.present == {"carried_out": 1, "waiting": 1}


@pytest.mark.parametrize(
    ("plant", "found"),
    [
        (lambda it: it[-1]["inbox"].pop(), "1 of 3 updates have no row"),
        (lambda it: it[-1]["inbox"][1].__setitem__(1, "waiting"), "update 12 is waiting"),
        (lambda it: it[-1]["submissions"][0]["answers"].pop("idea"), "person 1 answered idea"),
        (lambda it: it[-1]["submissions"][0]["answers"].update(visits="never"), "'never' for"),
        (lambda it: it[-1]["submissions"].clear(), "person 1 answered visits"),
        (lambda it: it[-1]["submissions"][0].update(state="draft"), "they are a draft"),
        (lambda it: it[-1]["tallies"].update(submitted=0), "0 are counted as submitted"),
    ],
)
def test_something_lost_is_found(plant: Callable[[Lines], object], found: str) -> None:
    verdict = with_fault(plant)

    assert found in " ".join(verdict.lost)
    assert not verdict.sound


@pytest.mark.parametrize(
    ("plant", "found"),
    [
        (lambda it: it[-1]["inbox"].append([12, "done"]), "update 12 has 2 rows"),
        (lambda it: it[-1]["inbox"].append([14, "done"]), "4 updates for 3 acts"),
        (lambda it: it[-1]["submissions"].append(SUBMITTED), "another submission"),
        (lambda it: it[-1]["submissions"][0]["answers"].update(age="12"), "did not answer"),
        (lambda it: it[-1]["submissions"][0]["answers"].update(more=WORDS), "stands in 2 places"),
        (lambda it: it[-1]["tallies"].update(submitted=2), "2 are counted as submitted"),
    ],
)
def test_something_stored_twice_is_found(plant: Callable[[Lines], object], found: str) -> None:
    verdict = with_fault(plant)

    assert found in " ".join(verdict.stored_twice)
    assert not verdict.sound


def test_an_act_that_nothing_followed_is_found() -> None:
    def plant(lines: Lines) -> None:
        lines[5] = {"kind": "silence", "act": 2, "saw": "an empty chat"}

    verdict = with_fault(plant)

    assert verdict.replies_missing == ["person 1 did type (idea) and saw an empty chat"]


@pytest.mark.parametrize(
    ("name", "number", "found"),
    [
        ("answered_taps", 1, "1 of 2 taps were never answered"),
        ("outbox", 3, "3 requests are still in the outbox"),
        ("still_asking", 2, "2 answered questions have kept their buttons"),
    ],
)
def test_what_nobody_waits_for_is_missed_all_the_same(name: str, number: int, found: str) -> None:
    verdict = with_fault(lambda lines: lines[-1].update({name: number}))

    assert found in verdict.replies_missing[0]


def test_more_repeats_than_were_in_flight_are_found() -> None:
    verdict = with_fault(lambda lines: lines[4].update(in_flight=0))

    assert "after a kill that left 0 in flight" in verdict.beyond_flight[0]


def test_a_repeat_that_no_kill_explains_is_found() -> None:
    verdict = with_fault(lambda lines: lines[4].update(request=3))

    assert verdict.beyond_flight == ["1 requests were repeated without a kill"]


@pytest.mark.parametrize("what", ["confirmed", "said"])
def test_what_is_done_while_nothing_can_be_stored_is_found(what: str) -> None:
    full = {"kind": "full", "confirmed": 0, "said": 0, what: 2}

    verdict = with_fault(lambda lines: lines.insert(3, full))

    assert verdict.while_full == [f"2 {what}"]
    assert not verdict.sound


def test_a_parked_update_makes_a_history_unsound() -> None:
    verdict = with_fault(lambda lines: lines[-1].update(parked=1))

    assert not verdict.sound


def test_a_history_without_its_end_is_refused() -> None:
    with pytest.raises(ValueError, match="ends with the rows"):
        judge(SOUND[:-1])


def test_a_kill_that_missed_its_stage_is_not_spread() -> None:
    verdict = with_fault(lambda lines: lines[4].update(struck=False))

    assert (verdict.kills, verdict.spread["waiting"]) == (1, 0)


def test_a_written_history_is_read_as_it_was_written(tmp_path: Path) -> None:
    history = History(tmp_path / "history.jsonl")
    history.note("run", seed=7)
    history.act(3, "type", "idea", "فكرة")
    history.close()

    lines = list(read(history.path))

    assert [line["kind"] for line in lines] == ["run", "act"]
    assert lines[1]["value"] == "فكرة"
    assert lines[0]["at"] <= lines[1]["at"]
