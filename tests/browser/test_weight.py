"""How heavy the page is as it travels: a village's connection loads it too."""

import gzip
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "simulator" / "page"
MOST_BYTES = 150_000
MOST_UNPACKED = 250_000
BESIDE = {"fonts", "voices"}  # weighed on their own: fetched as they are needed
ALREADY_SMALL = {".ogg", ".woff2", ".png"}


def sizes(root: Path, *, packed: bool) -> dict[str, int]:
    """Each file of the page with its bytes, as served (compressed) or as it lies here."""
    return {
        str(path.relative_to(root)): len(
            gzip.compress(path.read_bytes())
            if packed and path.suffix not in ALREADY_SMALL
            else path.read_bytes()
        )
        for path in root.rglob("*")
        if path.is_file() and path.relative_to(root).parts[0] not in BESIDE
    }


def heavy(root: Path, most: int, *, packed: bool) -> dict[str, int]:
    """The page's files with their sizes, heaviest first, if together they weigh too much."""
    found = sizes(root, packed=packed)
    if sum(found.values()) <= most:
        return {}
    return dict(sorted(found.items(), key=lambda size: -size[1]))


@pytest.mark.parametrize("packed", [True, False])
def test_a_page_that_is_too_heavy_is_found(tmp_path: Path, *, packed: bool) -> None:
    (tmp_path / "js").mkdir()
    (tmp_path / "js" / "start.js").write_bytes(bytes(range(256)) * 500)
    (tmp_path / "index.html").write_bytes(b" ")

    found = heavy(tmp_path, 100, packed=packed)

    assert list(found) == ["js/start.js", "index.html"]
    assert (found["js/start.js"] < 128_000) is packed


@pytest.mark.parametrize("name", sorted(BESIDE))
def test_what_is_weighed_elsewhere_is_left_out(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    (tmp_path / name / "a.woff2").write_bytes(b" " * (MOST_BYTES + 1))

    assert heavy(tmp_path, 0, packed=True) == {}


def test_the_page_is_light() -> None:
    assert len(list(PAGE.rglob("*.js"))) > 10

    assert heavy(PAGE, MOST_BYTES, packed=True) == {}
    assert heavy(PAGE, MOST_UNPACKED, packed=False) == {}
