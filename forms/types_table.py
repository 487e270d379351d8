"""Every type name that pyxform knows, and what becomes of it here.

`docs/officers/questionnaires.*.md` carry this table; `python -m forms.types_table fr` prints it.
"""

from dataclasses import dataclass
from enum import StrEnum

from forms.form import QuestionType

GROUP = "group"
CALCULATE = "calculate"


class Reading(StrEnum):
    """What happens to a row of a type."""

    READ = "read"
    LEFT_OUT = "left out"
    REFUSED = "refused"


@dataclass(frozen=True)
class TypeEntry:
    """One type name; `meaning` is what it is read as, `advice` what to do (`instead_…`)."""

    name: str
    reading: Reading
    meaning: str = ""
    advice: str = ""


def _entries(names: str, reading: Reading, meaning: str = "", advice: str = "") -> list[TypeEntry]:
    return [TypeEntry(name.strip(), reading, meaning, advice) for name in names.split(",")]


def _table() -> dict[str, TypeEntry]:
    kind, read, refused = QuestionType, Reading.READ, Reading.REFUSED
    rows = [
        *_entries("text, string, q string, add text prompt", read, kind.TEXT),
        *_entries("integer, int, q int, add integer prompt", read, kind.INTEGER),
        *_entries("decimal, q decimal, add decimal prompt", read, kind.DECIMAL),
        *_entries("date, q date, add date prompt", read, kind.DATE),
        *_entries("note, q note, add note prompt", read, kind.NOTE),
        *_entries(
            "select_one, select one, select one from, select1, add select one prompt using",
            read,
            kind.SELECT_ONE,
        ),
        *_entries(
            "select_multiple, select all that apply, select all that apply from,"
            "add select multiple prompt using",
            read,
            kind.SELECT_MULTIPLE,
        ),
        *_entries("calculate, q calculate, add calculate prompt", read, CALCULATE),
        *_entries("begin group, end group", read, GROUP),
        *_entries(
            "start, end, today, start time, end time, get start time, get end time, get today",
            read,
            "day",
        ),
        *_entries(
            "deviceid, device id, get device id, imei, uri:deviceid, subscriberid, subscriber id,"
            "get subscriber id, uri:subscriberid, simserial, sim id, get sim id, uri:simserial,"
            "phonenumber, phone number, get phone number, uri:phonenumber, username, uri:username,"
            "email, uri:email, audit",
            Reading.LEFT_OUT,
            advice="device",
        ),
        *_entries("q select1, select one using", refused, advice="select_one"),
        *_entries(
            "q select, select multiple using, select multiple from",
            refused,
            advice="select_multiple",
        ),
        *_entries(
            "select_one_from_file, select one from file, select_multiple_from_file,"
            "select multiple from file, select_one_external, select one external,"
            "cascading select, cascading_select, csv-external, xml-external",
            refused,
            advice="select",
        ),
        *_entries("rank", refused, advice="rank"),
        *_entries("range", refused, advice="select"),
        *_entries(
            "acknowledge, trigger, q acknowledge, add acknowledge prompt", refused, advice="yes_no"
        ),
        *_entries("hidden", refused, advice="calculate"),
        *_entries(
            "percentage, number of days in last month, number of days in last six months,"
            "number of days in last year",
            refused,
            advice="integer",
        ),
        *_entries(
            "time, dateTime, datetime, date time, q dateTime, q date time, add dateTime prompt,"
            "add date time prompt",
            refused,
            advice="date",
        ),
        *_entries(
            "geopoint, location, gps, q geopoint, q location, add location prompt, geotrace,"
            "q geotrace, geoshape, q geoshape, start-geopoint, background-geopoint, osm",
            refused,
            advice="place",
        ),
        *_entries(
            "image, photo, q image, q picture, add image prompt, add photo prompt, audio, q audio,"
            "add audio prompt, background-audio, video, q video, add video prompt, file,"
            "add file prompt",
            refused,
            advice="file",
        ),
        *_entries("barcode, q barcode, add barcode prompt", refused, advice="code"),
        *_entries(
            "begin repeat, end repeat, begin lgroup, end lgroup, begin looped group,"
            "end looped group, begin loop, end loop",
            refused,
            advice="repeat",
        ),
    ]
    return {row.name: row for row in rows}


TYPES = _table()
