"""Nobody ties an answer to a person: not with a backup while it is open, not once it is sealed.

The attacker of `linker` is first given a copy with a link planted, and finds it.
"""

import copy as copying
import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest

from storage.keys import Keyring
from tests.privacy.conftest import SUBMITTED_ON, Found
from tests.privacy.linker import Copy, Row, link

Plant = Callable[[Copy, list[tuple[Row, Row]]], None]


def copy_of(copy: Copy) -> Copy:
    """One to plant in."""
    return Copy(copying.deepcopy(copy.tables), copy.authors, copy.keys, copy.key_ids)


def authored(copy: Copy) -> list[tuple[Row, Row]]:
    """Each finished submission with its author's row, in the order in which they were handed in.

    Of one day the order is the one in which the authors came.
    """
    people = {row["channel_id"]: row for row in copy.tables["person"]}
    came = {person: place for place, person in enumerate(copy.authors.values())}
    pairs = [(one, copy.author_of(one)) for one in copy.submissions if one["submitted_on"]]
    pairs.sort(key=lambda pair: came[pair[1] or 0])
    return [(submission, people[person or 0]) for submission, person in pairs]


def of(copy: Copy, table: str, person: Row) -> Row:
    """The person's row in a table."""
    names = {person["id"], person["channel_id"]}
    return next(row for row in copy.tables[table] if names & set(map(_plain, row.values())))


def _plain(value: Any) -> Any:
    return value if isinstance(value, int) else None


def number_in_the_answers(copy: Copy, pairs: list[tuple[Row, Row]]) -> None:
    submission, person = pairs[4]
    submission["answers"] = {**submission["answers"], "who": str(person["channel_id"])}


def key_that_is_the_number(copy: Copy, pairs: list[tuple[Row, Row]]) -> None:
    submission, person = pairs[4]
    submission["respondent_key"] = person["channel_id"].to_bytes(32, "big")


def key_that_is_a_plain_hash(copy: Copy, pairs: list[tuple[Row, Row]]) -> None:
    submission, person = pairs[4]
    name = f"telegram:{person['channel_id']}:0"
    submission["respondent_key"] = sha256(name.encode()).digest()


def submission_in_a_job(copy: Copy, pairs: list[tuple[Row, Row]]) -> None:
    submission, person = pairs[4]
    payload = {"chat_id": person["channel_id"], "submission": submission["id"]}
    copy.tables["job"].append({"id": 1, "kind": "receipt", "payload": payload})


def receipt_in_the_outbox(copy: Copy, pairs: list[tuple[Row, Row]]) -> None:
    submission, person = pairs[4]
    row = {"id": 1, "chat": person["channel_id"], "payload": submission["receipt_hash"]}
    copy.tables["outbox"].append(row)


def words_in_the_inbox(copy: Copy, pairs: list[tuple[Row, Row]]) -> None:
    submission, person = pairs[4]
    words = submission["answers"]["words"]
    payload = f'{{"from": {{"id": {person["channel_id"]}}}, "text": "{words}"}}'
    copy.tables["inbox"].append({"seq": 1, "payload": payload.encode()})


def words_in_a_parked_error(copy: Copy, pairs: list[tuple[Row, Row]]) -> None:
    submission, _person = pairs[4]
    error = f"ValueError {submission['answers']['words']} questionnaire.py:7"
    copy.tables["inbox"].append({"seq": 1, "payload": None, "error": error})


def instant_of_the_consent(copy: Copy, pairs: list[tuple[Row, Row]]) -> None:
    submission, person = pairs[0]
    at = datetime(2026, 11, 2, 9, 0, 1, tzinfo=UTC)
    submission["submitted_at"] = of(copy, "consent", person)["given_at"] = at


def day_of_the_consent(copy: Copy, pairs: list[tuple[Row, Row]]) -> None:
    for submission, person in pairs:
        of(copy, "consent", person)["given_on"] = submission["submitted_on"]


def hour_of_a_failed_reply(copy: Copy, pairs: list[tuple[Row, Row]]) -> None:
    submission, person = pairs[SUBMITTED_ON.index(3)]
    day = submission["submitted_on"]
    at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    copy.tables["outbox"].append({"id": 1, "chat": person["channel_id"], "created_at": at})


def numbers_in_the_order_of_coming(copy: Copy, pairs: list[tuple[Row, Row]]) -> None:
    for number, (_submission, person) in enumerate(pairs, 1):
        of(copy, "consent", person)["person_id"] = number
        person["id"] = number


def rows_in_the_order_of_coming(copy: Copy, pairs: list[tuple[Row, Row]]) -> None:
    copy.tables["submission"] = [submission for submission, _ in pairs]
    copy.tables["consent"] = [of(copy, "consent", person) for _, person in pairs]


def message_numbers(copy: Copy, pairs: list[tuple[Row, Row]]) -> None:
    copy.tables["shown"] = [
        {"chat_id": person["channel_id"], "slot": "question", "message_id": 500 + 9 * number}
        for number, (_, person) in enumerate(pairs)
    ]


def places_of_two_lengths(copy: Copy, pairs: list[tuple[Row, Row]]) -> None:
    (draft,) = (
        (one for one in copy.submissions if one["submitted_on"] is None)
        if any(one["submitted_on"] is None for one in copy.submissions)
        else (_a_draft(copy),)
    )
    names = {row["channel_id"]: row["id"] for row in copy.tables["person"]}
    author = names[copy.author_of(draft) or next(iter(names))]
    for row in copy.tables["dialogue"]:
        row["place"] = secrets.token_bytes(70 if row["person_id"] == author else 40)


def _a_draft(copy: Copy) -> Row:
    draft = {**copy.submissions[0], "id": "draft", "state": "draft", "submitted_on": None}
    copy.submissions.append(draft)
    return draft


def one_transaction(copy: Copy, pairs: list[tuple[Row, Row]]) -> None:
    submission, person = pairs[0]
    submission["xmin"] = of(copy, "dialogue", person)["xmin"] = 4711


def transactions_in_order(copy: Copy, pairs: list[tuple[Row, Row]]) -> None:
    for number, (submission, person) in enumerate(pairs):
        submission["xmin"] = 900 + 3 * number
        of(copy, "dialogue", person)["xmin"] = 1900 + 2 * number


def one_transaction_with_a_count(copy: Copy, pairs: list[tuple[Row, Row]]) -> None:
    submission, person = pairs[SUBMITTED_ON.index(6)]
    of(copy, "dialogue", person)["xmin"] = 4711
    day = submission["submitted_on"]
    copy.tables["tally"].append({"id": 900, "what": "submitted", "counted_on": day, "xmin": 4711})


def instant_in_a_trace(copy: Copy, pairs: list[tuple[Row, Row]]) -> None:
    """As it would be if traces were not sealed, or stayed after the sealing."""
    submission, person = pairs[SUBMITTED_ON.index(3)]
    day = submission["submitted_on"]
    at = datetime(day.year, day.month, day.day, 9, 1, tzinfo=UTC)
    row = {"id": 1, "chat_id": person["channel_id"], "message_id": 511, "written_at": at}
    copy.tables["trace"].append(row)


def answer_in_a_trace(copy: Copy, pairs: list[tuple[Row, Row]]) -> None:
    submission, person = pairs[4]
    row = {"id": 1, "chat_id": person["channel_id"], "submission": submission["id"]}
    copy.tables["trace"].append(row)


def traces_in_the_order_of_coming(copy: Copy, pairs: list[tuple[Row, Row]]) -> None:
    copy.tables["trace"] = [
        {"chat_id": person["channel_id"], "message_id": 500 + 7 * number}
        for number, (_, person) in enumerate(pairs)
    ]


def partition_that_is_the_number(copy: Copy, pairs: list[tuple[Row, Row]]) -> None:
    """An unkeyed partition beside a transaction that the answer shares."""
    submission, person = pairs[2]
    submission["xmin"] = 4712
    copy.tables["trace"].append({"id": 1, "partition": person["channel_id"], "xmin": 4712})


def seats_in_the_order_of_coming(copy: Copy, pairs: list[tuple[Row, Row]]) -> None:
    for number, (_submission, person) in enumerate(pairs):
        of(copy, "consent", person)["seats"] = number


def seats_of_the_one_shared_phone(copy: Copy, pairs: list[tuple[Row, Row]]) -> None:
    _submission, person = pairs[4]
    of(copy, "consent", person)["seats"] = 2


def day_of_a_subscription(copy: Copy, pairs: list[tuple[Row, Row]]) -> None:
    """As it would be if the consent to announcements, asked after the receipt, kept its day."""
    submission, person = pairs[SUBMITTED_ON.index(6)]
    row = {"person_id": person["id"], "purpose": "announcements"}
    copy.tables["consent"].append(row | {"given_on": submission["submitted_on"]})


def instant_of_a_wish(copy: Copy, pairs: list[tuple[Row, Row]]) -> None:
    submission, person = pairs[SUBMITTED_ON.index(8)]
    day = submission["submitted_on"]
    at = datetime(day.year, day.month, day.day, 9, 2, tzinfo=UTC)
    copy.tables["outcome_wish"].append({"person_id": person["id"], "wished_at": at})


def seat_of_a_plain_hash(copy: Copy, pairs: list[tuple[Row, Row]]) -> None:
    submission, person = pairs[4]
    name = f"telegram:{person['channel_id']}:1"
    submission["respondent_key"] = sha256(name.encode()).digest()


def deliveries_in_the_order_of_coming(copy: Copy, pairs: list[tuple[Row, Row]]) -> None:
    """As an extension would be told to people as their rows lie."""
    copy.tables["delivery"] = [
        {"id": 40 + number, "announcement_id": 3, "person_id": person["id"]}
        for number, (_, person) in enumerate(pairs)
    ]


def deliveries_to_who_came_back(copy: Copy, pairs: list[tuple[Row, Row]]) -> None:
    """Whoever had blocked the bot is told on coming back, which a transaction would tell."""
    submission, person = pairs[3]
    copy.tables["delivery"].append({"id": 90, "person_id": person["id"], "xmin": 4713})
    submission["xmin"] = 4713


def _that_day(submission: Row) -> datetime:
    day = submission["submitted_on"]
    return datetime(day.year, day.month, day.day, 11, 5, tzinfo=UTC)


def readable_person_of_a_message(copy: Copy, pairs: list[tuple[Row, Row]]) -> None:
    """As it would be if a message for a human did not seal who left it."""
    submission, person = pairs[SUBMITTED_ON.index(3)]
    row = {"id": 1, "person": person["id"], "asked_at": _that_day(submission)}
    copy.tables["help_request"].append(row)


def day_of_a_job_for_a_chat(copy: Copy, pairs: list[tuple[Row, Row]]) -> None:
    submission, person = pairs[SUBMITTED_ON.index(6)]
    row = {"id": 9, "payload": {"chat": person["channel_id"]}, "due_at": _that_day(submission)}
    copy.tables["job"].append(row)


def day_of_a_sketch(copy: Copy, pairs: list[tuple[Row, Row]]) -> None:
    """As it would be if what citizens have not finished stood where staff's does."""
    submission, person = pairs[SUBMITTED_ON.index(8)]
    row = {"person_id": person["id"], "document": {}, "changed_at": _that_day(submission)}
    copy.tables["sketch"].append(row)


def receipt_as_a_file(copy: Copy, pairs: list[tuple[Row, Row]]) -> None:
    """A file on its way, named by the person, with the answer's words in it."""
    submission, person = pairs[4]
    words = submission["answers"]["words"]
    row = {"id": 1, "file_name": str(person["channel_id"]), "content": f"= {words}"}
    copy.tables["attachment"].append(row)


PLANTS: list[tuple[Plant, str]] = [
    (deliveries_in_the_order_of_coming, "orders"),
    (deliveries_to_who_came_back, "moments"),
    (readable_person_of_a_message, "moments"),
    (day_of_a_job_for_a_chat, "moments"),
    (day_of_a_sketch, "moments"),
    (receipt_as_a_file, "references"),
    (number_in_the_answers, "identifiers"),
    (key_that_is_the_number, "identifiers"),
    (key_that_is_a_plain_hash, "identifiers"),
    (submission_in_a_job, "references"),
    (receipt_in_the_outbox, "references"),
    (words_in_the_inbox, "references"),
    (words_in_a_parked_error, "references"),
    (instant_of_the_consent, "moments"),
    (day_of_the_consent, "moments"),
    (hour_of_a_failed_reply, "moments"),
    (one_transaction, "moments"),
    (one_transaction_with_a_count, "through_others"),
    (places_of_two_lengths, "lengths"),
    (numbers_in_the_order_of_coming, "orders"),
    (rows_in_the_order_of_coming, "orders"),
    (message_numbers, "orders"),
    (instant_in_a_trace, "moments"),
    (answer_in_a_trace, "references"),
    (traces_in_the_order_of_coming, "orders"),
    (partition_that_is_the_number, "moments"),
    (seats_in_the_order_of_coming, "orders"),
    (seats_of_the_one_shared_phone, "shared_phones"),
    (day_of_a_subscription, "moments"),
    (instant_of_a_wish, "moments"),
    (seat_of_a_plain_hash, "identifiers"),
    (transactions_in_order, "orders"),
]


@pytest.mark.parametrize("moment", ["backup", "sealed"])
@pytest.mark.parametrize(("plant", "way"), PLANTS)
def test_a_planted_link_is_found(found: Found, moment: str, plant: Plant, way: str) -> None:
    planted = copy_of(getattr(found, moment))
    plant(planted, authored(planted))

    claims = link(planted)

    assert way in {claim.way for claim in claims}


def test_the_town_has_what_an_attacker_looks_for(found: Found) -> None:
    days = [one["submitted_on"] for one in found.backup.submissions]
    states = {row["state"] for row in found.backup.tables["inbox"]}

    assert len(days) == len(SUBMITTED_ON) + 1
    assert days.count(None) == 1
    assert [one["seat"] for one in found.backup.submissions].count(1) == 1
    assert min(days.count(day) for day in days if day) == 1
    assert {"parked", "done", "waiting"} <= states
    assert {row["state"] for row in found.backup.tables["outbox"]} == {"failed", "waiting"}
    for table in ("dialogue", "shown", "tally", "consent", "trace", "outcome_wish", "delivery"):
        assert found.backup.tables[table], table


@pytest.mark.parametrize("moment", ["backup", "sealed"])
def test_nothing_says_that_an_answer_was_withdrawn_by_somebody(found: Found, moment: str) -> None:
    copy: Copy = getattr(found, moment)
    number, words = found.withdrawn

    assert sum(row["count"] for row in copy.tables["tally"] if row["what"] == "withdrawn") == 1
    assert [one for one in copy.submissions if words in str(one["answers"])] == []
    (person,) = (row for row in copy.tables["person"] if row["channel_id"] == number)
    theirs = [row for row in copy.tables["consent"] if row["person_id"] == person["id"]]
    assert [row["purpose"] for row in theirs] == ["announcements"]
    assert all(one["given_on"] is None for one in theirs)


def test_a_backup_without_the_key_file_ties_no_answer_to_a_person(found: Found) -> None:
    assert link(found.backup) == []


def test_the_files_with_the_key_file_tie_no_answer_to_a_person_once_sealed(found: Found) -> None:
    assert len(found.sealed.submissions) == len(SUBMITTED_ON)

    assert link(found.sealed) == []


def test_with_the_consultations_key_every_answer_is_tied(found: Found, tmp_path: Any) -> None:
    """That is why the key lies outside of the database and is destroyed."""
    planted = copy_of(found.backup)
    keys = Keyring.create(tmp_path / "keys")
    keys.add_consultation("open")
    for submission, person in authored(planted):
        at = person["channel_id"], submission["seat"]
        submission["respondent_key"] = keys.respondent_key("open", *at)
    planted.keys, planted.key_ids = keys, ("open",)

    found_out = [claim for claim in link(planted) if claim.way == "keys"]
    assert len(found_out) == len(SUBMITTED_ON)


def test_the_files_hold_nothing_of_before_once_sealed(found: Found) -> None:
    assert len(found.old) > 5 * len(SUBMITTED_ON)
    assert found.sealed.tables["trace"] == []
    assert all(one in found.files_before for one in found.old)

    assert len(found.payloads) > 5 * len(SUBMITTED_ON)
    assert [one for one in (*found.old, *found.payloads) if one in found.files_after] == []
    assert all(one in found.files_after for one in found.words)


def test_the_days_of_a_sealed_consultation_stay(found: Found) -> None:
    days = sorted(one["submitted_on"] for one in found.sealed.submissions)

    assert days[-1] - days[0] == timedelta(days=max(SUBMITTED_ON))
