"""`python -m forms [DEMANDS]`: a workbook on standard input, a JSON document on standard output.

Exit code 0 with the form, 1 with the findings that refuse it. The process limits its own processor
time and memory before it reads a byte, so that a hostile workbook costs this process and no other.
"""

import json
import resource
import sys
from contextlib import suppress
from typing import Any

CPU_SECONDS = 10
MEMORY = 2**30
LARGEST_WRITTEN = 2**24


def limit() -> None:
    """Bound processor time, memory, files and core dumps of this process."""
    wanted = (
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, LARGEST_WRITTEN),
        (resource.RLIMIT_CORE, 0),
    )
    for kind, value in wanted:
        with suppress(ValueError, OSError):  # some systems refuse a limit that others know
            resource.setrlimit(kind, (value, value))


def answer(workbook: bytes, demands: str = "") -> dict[str, Any]:
    """The document for a workbook; ``demands`` as JSON."""
    from forms.admission import Demands
    from forms.compiler import compile_workbook
    from forms.findings import WorkbookRefused, refused

    try:
        wanted = Demands.from_json(json.loads(demands)) if demands else None
        return compile_workbook(workbook, wanted).to_json()
    except WorkbookRefused as refusal:
        found = refusal.findings
    except (MemoryError, RecursionError):
        found = refused("too_heavy").findings
    return {"form": None, "findings": [finding.to_json() for finding in found]}


def main() -> int:
    """Read, compile, write; the exit code."""
    limit()
    from forms.workbook import LARGEST_FILE

    document = answer(sys.stdin.buffer.read(LARGEST_FILE + 1), *sys.argv[1:2])
    sys.stdout.write(json.dumps(document))
    return 0 if document["form"] else 1


if __name__ == "__main__":
    sys.exit(main())
