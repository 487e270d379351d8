"""The hot path: how many people answer at once changes nothing in the number of statements."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from tests.handlers.desk import Desk, Visitor
from tests.handlers.test_after_the_answer import tap
from tests.handlers.test_answering import begin


@contextmanager
def statements(desk: Desk) -> Iterator[list[str]]:
    """What goes to the database meanwhile."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    engine = desk.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def typed(visitor: Visitor, number: int, text: str) -> dict[str, Any]:
    chat = {"id": visitor.number, "type": "private", "first_name": visitor.name}
    message = {"message_id": number, "date": 1, "chat": chat, "from": visitor.user, "text": text}
    return {"update_id": number, "message": message}


async def test_ten_typed_answers_are_traced_by_one_statement(desk: Desk, houses: int) -> None:
    people = [desk.visitor(f"Citizen {number}", 700 + number, "fr") for number in range(11)]
    for person in people:
        await begin(person)
    tapper, *crowd = people
    tapped = tap(tapper, 8000, f"AnswerChoice:{houses}:1:1")

    with statements(desk) as by_tap:
        await desk.feed({"update_id": 8000, "callback_query": tapped})
    with statements(desk) as by_ten:
        await desk.feed(*(typed(one, 8200 + n, "non") for n, one in enumerate(crowd)))

    for mark in ("INSERT INTO trace", "FROM submission", "FROM consent", "FROM person"):
        assert sum(mark in one for one in by_ten) == 1, mark
    assert sum("trace" in one for one in by_tap) == 0
    assert sum("outcome_wish" in one for one in (*by_tap, *by_ten)) == 0


async def test_a_batch_costs_as_many_statements_whoever_is_in_it(desk: Desk, houses: int) -> None:
    async def crowd(first: int, size: int) -> list[dict[str, Any]]:
        """So many people each who choose, who tick and who write."""
        people = [
            desk.visitor(f"Citizen {one}", one, "fr") for one in range(first, first + size * 3)
        ]
        for person in people:
            await begin(person)
        choosing, ticking, writing = people[:size], people[size : 2 * size], people[2 * size :]
        for person in (*ticking, *writing):
            await person.taps("Oui")
        for person in writing:
            await person.taps("Sport")
            await person.taps("Terminé")
        return [
            *(_tapped(one, f"AnswerChoice:{houses}:1:1") for one in choosing),
            *(_tapped(one, f"TickChoice:{houses}:2:0:1") for one in ticking),
            *(typed(one, 9_000 + one.number, "Pour lire") for one in writing),
        ]

    few, many = await crowd(700, 1), await crowd(800, 9)
    with statements(desk) as by_few:
        await desk.feed(*few)
    with statements(desk) as by_many:
        await desk.feed(*many)

    assert any("UPDATE submission" in one for one in by_few)
    assert len(of_people(by_many)) == len(of_people(by_few))


def of_people(seen: list[str]) -> list[str]:
    """Without what the shelf reads anew, which goes by the second and not by the batch."""
    shelf = ("FROM profile", "FROM document", "FROM report_back")
    return [one for one in seen if not any(mark in one for mark in shelf)]


def _tapped(visitor: Visitor, data: str) -> dict[str, Any]:
    number = 9_000 + visitor.number
    return {"update_id": number, "callback_query": tap(visitor, number, data)}
