"""The sheet: one HTML page with all pictures side by side."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path

from tests.gallery.drawing import files
from tests.gallery.finding import name_of
from tests.gallery.scene import Scene

SHEET = "index.html"
HEAD = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Gallery</title>
<style>
  body { font-family: sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }
  section { border-top: 1px solid #bbb; padding: 1rem 0; }
  h2 { font-size: 1.1rem; margin: 0; }
  code, p { color: #555; }
  .fault { color: #b00020; }
  div { align-items: flex-start; display: flex; flex-wrap: wrap; gap: 1rem; }
  img { max-width: 100%; width: 22rem; }
  nav { columns: 14rem; }
  nav a { display: block; }
</style>
<h1>Gallery</h1>
"""


def write(folder: Path, scenes: Sequence[Scene], faults: Mapping[str, list[str]]) -> Path:
    """Write the sheet beside its pictures; ``faults`` by file name."""
    links = "".join(f'<a href="#{one.name}">{one.name}</a>\n' for one in scenes)
    dark = [one for one in scenes if one.dark]
    parts = [
        HEAD,
        f"<p>{len(scenes)} scenes, each in Arabic and French.</p>\n<nav>\n{links}</nav>\n",
        *(_section(one, faults) for one in scenes),
        "<h1>Dark</h1>\n",
        *("".join(_pictures(one, "dark", faults)) for one in dark),
    ]
    sheet = folder / SHEET
    sheet.write_text("".join(parts), encoding="utf-8")
    return sheet


def _section(scene: Scene, faults: Mapping[str, list[str]]) -> str:
    shows = f" · <code>{name_of(scene.shows)}</code>" if scene.shows else ""
    return (
        f'<section id="{scene.name}">\n<h2>{scene.name}</h2>\n'
        f"<p>{escape(scene.caption)}{shows}</p>\n"
        f"{''.join(_pictures(scene, 'light', faults))}</section>\n"
    )


def _pictures(scene: Scene, theme: str, faults: Mapping[str, list[str]]) -> Iterator[str]:
    names = files(scene, theme)
    pictures = "".join(f'<img src="{name}" alt="{name}" loading="lazy">\n' for name in names)
    yield f"<div>\n{pictures}</div>\n"
    for name in names:
        yield from (f'<p class="fault">{escape(fault)}</p>\n' for fault in faults.get(name, []))
