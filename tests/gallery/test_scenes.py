"""Every view has a scene, and every scene can be read in each language."""

import re
import sys
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from types import CodeType, FrameType, ModuleType

import pytest
import pytest_asyncio

from handlers.language import speaking
from handlers.views.actions import OpenHelp
from handlers.views.view import Button, View
from tests.gallery.finding import modules, name_of, views_in
from tests.gallery.ground import PEOPLE, Grounds, Place, grounds
from tests.gallery.scene import Scene, Seen
from tests.gallery.scenes import SCENES
from tests.gallery.words import PLACE, faults, on_paper, said_in
from tests.house.catalogues import catalogue_in, ids_of, sentences, strings_of

IN_ONE_LOOP = pytest.mark.asyncio(loop_scope="module")
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
UNREACHABLE = {"You have already sent your answers on {title}. Thank you."}
"""Said of rows that no use of today writes."""
BETWEEN = {"{number}. {question}", "{label}: {value}", ", "}
"""Too short to be looked for."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def places(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Grounds]:
    async with grounds(tmp_path_factory.mktemp("gallery")) as made:
        yield made


async def seen_in(places: Grounds, scene: Scene, language: str) -> Seen:
    async with places[scene.place].visited(language) as visit:
        return await scene.seen(visit)


def unshown(found: list[ModuleType]) -> list[str]:
    """The views that no scene shows."""
    shown = {scene.shows for scene in SCENES}
    return [name_of(view) for view in views_in(found) if view not in shown]


def test_a_view_without_a_scene_is_noticed() -> None:
    planted = ModuleType("handlers.views.planted")
    exec(  # noqa: S102 - a module as another part would write it
        "from handlers.views.view import View\n"
        "def lost(words: str) -> View: return View(words)\n"
        "def perhaps(words: str) -> View | None: return None\n"
        "def words() -> str: return ''\n"
        "def _own() -> View: return View('')\n",
        planted.__dict__,
    )

    assert unshown([planted]) == ["handlers.views.planted.lost", "handlers.views.planted.perhaps"]


def test_every_view_has_a_scene() -> None:
    assert len(views_in(modules())) > 10

    assert unshown(modules()) == []


def test_names_are_files_and_no_two_are_the_same() -> None:
    names = Counter(scene.name for scene in SCENES)

    assert [name for name, count in names.items() if count > 1] == []
    assert [name for name in names if not NAME.fullmatch(name)] == []


@IN_ONE_LOOP
@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
@pytest.mark.parametrize("language", sorted(PEOPLE))
async def test_a_scene_shows_its_view_and_can_be_read(
    places: Grounds, scene: Scene, language: str
) -> None:
    with called() as codes:
        seen = await seen_in(places, scene, language)

    assert scene.shows is None or scene.shows.__code__ in codes
    assert faults(seen, language, bilingual=scene.bilingual) == []


@IN_ONE_LOOP
async def test_every_sentence_of_the_catalogues_is_seen_somewhere(places: Grounds) -> None:
    everything = [
        said.text for scene in SCENES for said in said_in(await seen_in(places, scene, "fr"))
    ]
    everything += on_paper("fr")

    assert len(everything) > 300
    assert unseen("fr", "\n".join(everything)) <= UNREACHABLE
    assert len(unseen("fr", "nothing")) > 80


def unseen(language: str, everything: str) -> set[str]:
    """The sentences that do not stand in a text, in any of their forms."""
    return {
        ids_of(message)[0]
        for message in sentences(catalogue_in(language)).values()
        if ids_of(message)[0] not in BETWEEN
        and not any(re.search(pattern(text), everything) for text in strings_of(message))
    }


def pattern(sentence: str) -> str:
    """The sentence with anything in its places, as words or as markup."""
    return ".+?".join(re.escape(part) for part in PLACE.split(sentence))


@contextmanager
def called() -> Iterator[set[CodeType]]:
    """The functions that are called within the block."""
    codes: set[CodeType] = set()

    def note(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call":
            codes.add(frame.f_code)

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        yield codes
    finally:
        sys.setprofile(before)


@pytest.mark.parametrize(
    ("view", "fault"),
    [
        (View(""), "no words"),
        (View("Bonjour {name}"), "a place that nobody filled in"),
        (View("<b>Bonjour"), "markup that Telegram refuses"),
        (View("5 < 7"), "markup that Telegram refuses"),
        (View("Votre avis &amp;lt; ici"), ""),
        (View("Bonjour \u2068Amina"), "direction isolates that do not match"),
        (View("مرحبا"), "a line that does not run left to right"),
        (View("Bonjour", ((Button("Your &amp; mine", OpenHelp()),),)), "markup where Telegram"),
        (View("Keep my answer"), "not translated: 'Keep my answer'"),
        (View("m" * 4097), "too long"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_planted_fault_is_noticed(view: View, fault: str) -> None:
    found = faults(view, "fr")

    assert any(fault in one for one in found) if fault else found == []
    assert faults(View("Bonjour <b>Amina</b> &amp; \u2068حسن\u2069"), "fr") == []


@IN_ONE_LOOP
@pytest.mark.parametrize("language", sorted(PEOPLE))
async def test_a_scene_in_the_words_of_the_source_is_noticed(
    places: Grounds, language: str
) -> None:
    async with places[Place.TAROUDANT].visited(language) as visit:
        with speaking(None):
            views = [
                await scene.seen(visit)
                for scene in SCENES
                if scene.name in {"menu", "card", "consultations", "question-note"}
            ]

    assert len(views) == 4
    for view in views:
        assert any("not translated" in fault for fault in faults(view, language))
