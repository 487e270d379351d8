"""Every library that the bot runs on is named with its licence, and may stand beside ours."""

import re

import pytest

from tests.house.notices import NOTICES, licence_of, locked, notices
from tests.house.project import files

FITTING = {
    *("0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BSD-4-Clause", "ISC", "MIT", "MIT-0"),
    *("LGPL-3.0-only", "LGPL-3.0-or-later", "MPL-2.0", "OFL-1.1", "PSF-2.0"),
}


def test_the_page_names_every_library_of_the_run_lock() -> None:
    assert len(locked()) > 40

    assert NOTICES.read_text() == notices()


def test_every_licence_may_stand_beside_ours() -> None:
    for library in locked():
        names = re.split(r" AND | OR ", licence_of(library).strip("()"))
        assert FITTING.issuperset(names), library


def test_a_library_of_unknown_licence_is_not_passed_over() -> None:
    with pytest.raises(LookupError):
        licence_of("a-library-that-is-not-installed")


def test_a_licence_that_lies_in_the_tree_is_named_on_the_page() -> None:
    vendored = [path.name for path in files(pattern="LICENSE*") if path.name != "LICENSE"]
    assert vendored

    assert all(name in NOTICES.read_text() for name in vendored)
