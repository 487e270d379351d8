"""The poster: the same words give the same page, in this process and in a child."""

from dataclasses import replace

from participation.poster import Words, code_picture, draw, draw_in_child

WORDS = Words(
    commune={"ar": "جماعة تارودانت", "fr": "Commune de Taroudant"},
    call={"ar": "تطلب الجماعة رأيكم:", "fr": "La commune demande votre avis :"},
    title={"ar": "حدائق المدينة", "fr": "Les jardins de la ville"},
    days={"ar": "من 23 نونبر إلى 13 دجنبر", "fr": "Du 23 novembre au 13 décembre"},
    scan={"ar": "المرجو مسح الرمز", "fr": "Scannez le code"},
    link="https://t.me/musharaka_bot?start=c_gardens",
)


async def test_the_same_words_give_the_same_bytes() -> None:
    drawn = draw(WORDS)

    assert drawn == draw(WORDS) == await draw_in_child(WORDS)
    assert drawn.startswith(b"%PDF-")
    assert drawn.count(b"/Type /Page\n") + drawn.count(b"/Type/Page/") <= 1
    assert b"NotoSansArabic" in drawn
    assert b"CreationDate" not in drawn


def test_other_words_give_another_page() -> None:
    assert draw(replace(WORDS, link=WORDS.link + "-2")) != draw(WORDS)
    assert draw(replace(WORDS, title={**WORDS.title, "ar": "x" * 100})) != draw(WORDS)


def test_words_cannot_command_the_page() -> None:
    hostile = '#read("/etc/passwd") $x$ \\ " ] *a* <b> [c'

    assert draw(replace(WORDS, title={"ar": hostile, "fr": hostile})).startswith(b"%PDF-")


def test_a_code_is_a_picture() -> None:
    assert code_picture(WORDS.link).startswith(b"\x89PNG")
