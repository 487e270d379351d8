"""Tables as files that spreadsheets open as they were meant."""

import csv
from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from forms.spreadsheets import (
    CUT,
    LONGEST_CELL,
    CsvSpreadsheet,
    Spreadsheet,
    TooManyColumns,
    XlsxSpreadsheet,
    stream_rows,
)
from forms.tabulation import Cell

HEADERS = ["text", "whole", "part", "day", "none"]
ROWS: list[list[Cell]] = [
    ["=HYPERLINK('x')", 3, Decimal("-2.5"), date(2026, 11, 23), None],
    ['مرحبا\n"vous", là', -4, Decimal("0.1"), date(1850, 1, 2), None],
    [
        "https://example.org",
        10**17 + 1,
        Decimal("3.14159265358979323846"),
        date(2024, 2, 29),
        None,
    ],
    ["_x0041_ \x01 \ud800", 0, Decimal(7), date(1900, 1, 1), None],
    ["", None, None, None, None],
]


def write_rows(spreadsheet: Spreadsheet, rows: Iterable[Sequence[Cell]]) -> None:
    """Write and close."""
    for row in rows:
        spreadsheet.write(row)
    spreadsheet.close()


def as_csv(rows: list[list[Cell]]) -> bytes:
    file = BytesIO()
    write_rows(CsvSpreadsheet(file, HEADERS), rows)
    return file.getvalue()


def as_xlsx(rows: list[list[Cell]]) -> bytes:
    file = BytesIO()
    write_rows(XlsxSpreadsheet(file, HEADERS), rows)
    return file.getvalue()


def test_a_csv_file_has_a_mark_and_the_line_ends_that_excel_wants() -> None:
    file = as_csv(ROWS)

    assert file.startswith(b"\xef\xbb\xbftext,whole,part,day,none\r\n")
    assert file.endswith(b"\r\n")


def test_only_text_is_neutralised_in_csv() -> None:
    rows = list(csv.reader(as_csv(ROWS).decode("utf-8-sig").splitlines(keepends=True)))

    assert rows[1] == ["'=HYPERLINK('x')", "3", "-2.5", "2026-11-23", ""]
    assert rows[2] == ['مرحبا\n"vous", là', "-4", "0.1", "1850-01-02", ""]
    assert rows[3][1:3] == ["100000000000000001", "3.14159265358979323846"]


def test_headers_are_neutralised_too() -> None:
    file = BytesIO()

    CsvSpreadsheet(file, ["=1+1", "-2"]).close()

    assert file.getvalue().decode("utf-8-sig") == "'=1+1,'-2\r\n"


def test_an_xlsx_file_holds_text_as_text_numbers_as_numbers_and_days_as_days() -> None:
    sheet = load_workbook(BytesIO(as_xlsx(ROWS))).active

    first = [cell.value for cell in sheet[2]]
    assert first == ["=HYPERLINK('x')", 3, -2.5, datetime(2026, 11, 23), None]  # noqa: DTZ001 — a cell knows no zone
    assert sheet["A2"].data_type == "s"
    assert sheet["D2"].number_format == "yyyy-mm-dd"
    assert sheet["A4"].hyperlink is None
    assert sheet.freeze_panes == "A2"


def test_what_excel_would_round_or_refuse_is_written_as_text() -> None:
    sheet = load_workbook(BytesIO(as_xlsx(ROWS))).active

    assert sheet["B4"].value == "100000000000000001"
    assert sheet["C4"].value == "3.14159265358979323846"
    assert sheet["D3"].value == "1850-01-02"
    assert sheet["D5"].value == "1900-01-01"


@pytest.mark.parametrize("written", [as_csv, as_xlsx])
def test_the_same_rows_give_the_same_bytes(written: object) -> None:
    assert callable(written)

    assert written(ROWS) == written(ROWS)


@pytest.mark.parametrize("sign", ["x", "م", "😀"])
def test_a_text_longer_than_a_cell_is_cut_with_a_word_and_whole_in_csv(sign: str) -> None:
    text = sign * 40_000
    rows: list[list[Cell]] = [[text, 1, None, None, None]]

    cell = str(load_workbook(BytesIO(as_xlsx(rows))).active["A2"].value)

    assert cell.endswith(CUT)
    assert len(cell.encode("utf-16-le")) // 2 <= LONGEST_CELL
    assert text.startswith(cell.removesuffix(CUT))
    assert text in as_csv(rows).decode()


def test_a_number_of_forty_digits_keeps_all_of_them() -> None:
    longest = Decimal(f"1{'0' * 19}.{'0' * 19}1")
    file = BytesIO()

    write_rows(XlsxSpreadsheet(file, ["n"]), [[longest], [10**20], [Decimal("0.50")]])

    sheet = load_workbook(file).active
    assert sheet is not None
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == [f"{longest:f}", 10**20, 0.5]


def test_too_many_columns_for_a_sheet_are_refused() -> None:
    with pytest.raises(TooManyColumns):
        XlsxSpreadsheet(BytesIO(), [str(i) for i in range(16_385)])


async def test_rows_may_arrive_one_after_the_other() -> None:
    async def arriving() -> AsyncIterator[list[Cell]]:
        for row in ROWS:
            yield row

    file = BytesIO()

    count = await stream_rows(CsvSpreadsheet(file, HEADERS), arriving())

    assert count == len(ROWS)
    assert file.getvalue() == as_csv(ROWS)
