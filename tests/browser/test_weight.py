"""How heavy the page is: a village's connection loads it too."""

from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "simulator" / "page"
MOST_BYTES = 150_000
BESIDE = {"fonts", "voices"}  # tested on their own; a voice is fetched when it is sent


def heavy(root: Path, most: int = MOST_BYTES) -> dict[str, int]:
    """The page's files with their sizes, heaviest first, if together they weigh too much."""
    sizes = {
        str(path.relative_to(root)): path.stat().st_size
        for path in root.rglob("*")
        if path.is_file() and path.relative_to(root).parts[0] not in BESIDE
    }
    if sum(sizes.values()) <= most:
        return {}
    return dict(sorted(sizes.items(), key=lambda size: -size[1]))


def test_a_page_that_is_too_heavy_is_found(tmp_path: Path) -> None:
    (tmp_path / "js").mkdir()
    (tmp_path / "js" / "start.js").write_bytes(b" " * MOST_BYTES)
    (tmp_path / "index.html").write_bytes(b" ")

    assert heavy(tmp_path) == {"js/start.js": MOST_BYTES, "index.html": 1}


@pytest.mark.parametrize("name", sorted(BESIDE))
def test_what_is_weighed_elsewhere_is_left_out(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    (tmp_path / name / "a.woff2").write_bytes(b" " * (MOST_BYTES + 1))

    assert heavy(tmp_path) == {}


def test_the_page_is_light() -> None:
    assert len(list(PAGE.rglob("*.js"))) > 10

    assert heavy(PAGE) == {}
