"""Where the project's own files are, for the checks of the house."""

import shutil
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = (
    *("bot", "handlers", "participation", "storage", "forms", "simulator"),
    *("benchmarks", "tests"),
)
MADE = {".git", ".venv", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis"} | {
    *(".import_linter_cache", "__pycache__", "dist", "out"),
}
PRIVATE = {".db", ".db-wal", ".db-shm", ".keys"}


@cache
def settings() -> dict[str, Any]:
    """What pyproject.toml says."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def files(root: Path = ROOT, pattern: str = "*") -> list[Path]:
    """The files of a tree in a stable order, without what .gitignore keeps out of it."""
    return sorted(
        path
        for path in root.rglob(pattern)
        if path.is_file()
        and MADE.isdisjoint(path.relative_to(root).parts)
        and path.name != ".env"
        and not PRIVATE.intersection(path.suffixes)
    )


def sources() -> list[Path]:
    """The product's Python files: no tests, no benchmarks."""
    return [path for package in PACKAGES[:6] for path in files(ROOT / package, "*.py")]


def copy_packages(target: Path) -> None:
    """Copy the packages and their settings, for a check that plants a fault in them."""
    shutil.copyfile(ROOT / "pyproject.toml", target / "pyproject.toml")
    for package in PACKAGES:
        ignored = shutil.ignore_patterns("__pycache__", "out")
        shutil.copytree(ROOT / package, target / package, ignore=ignored)
