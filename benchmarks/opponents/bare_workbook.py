"""A bare XlsxWriter loop in ``constant_memory`` mode: the same cells, nothing read, no summary.

`python -m benchmarks.opponents.bare_workbook CELLS ROWS OUT`: CELLS is a JSON list of rows, taken
in turn until there are ROWS; a day is ``{"day": "2026-11-14"}``.
"""

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook


def write(rows: list[list[Any]], count: int, out: str) -> None:
    """Write ``count`` rows as XlsxWriter's documentation shows it."""
    book = Workbook(out, {"constant_memory": True})
    sheet = book.add_worksheet()
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for number in range(count):
        for column, cell in enumerate(rows[number % len(rows)]):
            if isinstance(cell, str):
                sheet.write_string(number, column, cell)
            elif isinstance(cell, datetime):
                sheet.write_datetime(number, column, cell, day)
            elif cell is not None:
                sheet.write_number(number, column, cell)
    book.close()


def read(path: str) -> list[list[Any]]:
    """The cells as they will be written."""
    rows = json.loads(Path(path).read_text(encoding="utf-8"))
    return [
        [datetime.fromisoformat(cell["day"]) if isinstance(cell, dict) else cell for cell in row]
        for row in rows
    ]


if __name__ == "__main__":
    write(read(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
