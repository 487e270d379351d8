"""What people write is shown as they wrote it, whatever it is."""

from simulator.phone import Phone
from tests.conversations import raw
from tests.conversations.commune import HOUSES, Commune
from tests.conversations.walking import (
    AGE_GROUP,
    FRENCH,
    IDEA,
    begins,
    question_with,
    reaches_idea,
    reaches_minutes,
    taps,
)

WORDS = [
    "<b>Gras</b> & <i>penché</i> &amp; &lt;",
    '<a href="https://example.org">ici</a>',
    "</b></code></blockquote>",
    "{0.__class__} {answer} {commune} %s %(x)s $x",
    "=1+1",
    "+1 pour tout le monde",
    "@SUM(A1:A9)",
    "-- DROP TABLE submission; '\"",
    "👍🏽 👩‍👩‍👧 🇲🇦",
    "نقترح <حديقة> & مكتبة 100%",
    "⵿ⴰⵣⵓⵍ ⵜⴰⵔⵓⴷⴰⵏⵜ",
    "*gras* _penché_ [lien](https://example.org) `code`",
    "une\nidée\n\nen lignes",
]


async def test_words_are_shown_and_kept_as_they_were_typed(commune: Commune, amina: Phone) -> None:
    await reaches_idea(amina)

    for words in WORDS:
        await amina.sends(words)
        await amina.waits_for(AGE_GROUP)
        answered = await question_with(amina, IDEA)
        assert answered.text.endswith(f"⁨{words}⁩")
        assert (await commune.submission()).answers["house/idea"] == words
        await taps(amina, FRENCH.back)
        await amina.waits_for(IDEA, button=FRENCH.keep)
    await commune.settled()

    bad = [one for one in await commune.town.requests() if one.status != 200]
    assert not bad
    assert not await commune.parked()


async def test_stray_direction_controls_and_nuls_are_taken_out(
    commune: Commune, amina: Phone
) -> None:
    asked = await reaches_idea(amina)

    await commune.town.push_update(raw.message(amina, "un \u202ejardin\u2066 \u0000public"))
    await amina.waits_for(AGE_GROUP, after=asked)

    assert (await commune.submission()).answers["house/idea"] == "un jardin public"


async def test_half_a_surrogate_pair_stops_nothing(
    commune: Commune, amina: Phone, hassan: Phone
) -> None:
    asked = await reaches_idea(amina)

    await commune.town.push_update(raw.message(amina, "un \ud83d jardin \udc4d"))
    await amina.waits_for(after=asked)
    await hassan.sends("/start")
    await hassan.waits_for()
    await commune.settled()

    assert not await commune.parked()
    assert "jardin" in (await commune.submission()).answers["house/idea"]


async def test_ten_thousand_characters_are_refused_with_the_limit_and_nothing_is_lost(
    commune: Commune, amina: Phone
) -> None:
    asked = await reaches_idea(amina)

    await commune.town.push_update(raw.message(amina, "jardin " * 1430))
    refused = await amina.waits_for("caractères que nous pouvons", after=asked)
    await amina.sends("Un jardin")
    await amina.waits_for(AGE_GROUP)

    assert IDEA in refused.text
    assert "⁨4000⁩" in refused.text
    assert (await commune.submission()).answers["house/idea"] == "Un jardin"


async def test_four_thousand_characters_are_kept_whole_and_shown_shortened(
    commune: Commune, amina: Phone
) -> None:
    await reaches_idea(amina)
    words = "é" * 4000

    await amina.sends(words)
    await amina.waits_for(AGE_GROUP)

    assert "…⁩" in (await question_with(amina, IDEA)).text
    assert (await commune.submission()).answers["house/idea"] == words


async def test_digits_of_every_script_are_a_number(commune: Commune, amina: Phone) -> None:
    await reaches_minutes(amina)

    for typed in ("٣٤", "۳۴", "34", " ٣٤ "):
        await amina.sends(typed)
        await amina.waits_for("Quand la maison")
        assert (await commune.submission()).answers["house/walking_minutes"] == 34
        await taps(amina, FRENCH.back)
        await amina.waits_for(button=FRENCH.keep)


async def test_a_name_full_of_markup_is_no_trouble(commune: Commune) -> None:
    driss = await commune.town.phone("<b>Driss</b> {0.__class__} %s \u202e", "fr")

    await driss.sends("/start")
    await driss.waits_for()
    await driss.opens_link(f"c_{HOUSES}")
    await begins(driss)
    await commune.settled()

    assert not [one for one in await commune.town.requests() if one.status != 200]
