"""What people type is understood, whatever their digits and their months."""

import pytest

from forms.answers import AnswerRefused, RefusalKind, Value
from forms.form import Form
from forms.interview import Interview
from tests.forms.test_interview import today
from tests.forms.workbooks import form_of


@pytest.fixture(scope="module")
def form() -> Form:
    return form_of(
        """
        survey
        | type | name | label::Français (fr) | label::العربية (ar) |
        | integer | whole | Entier | عدد |
        | decimal | part | Décimal | عدد |
        | date | day | Jour | يوم |
        | text | words | Mots | كلمات |
        | select_one district | district | Quartier | الحي |
        | select_multiple topic | topics | Thèmes | المواضيع |
        | note | note | Merci | شكرا |
        choices
        | list_name | name | label::Français (fr) | label::العربية (ar) |
        | district | kasbah | Kasbah | القصبة |
        | district | ma | M'Haita Nord | المحايطة الشمالية |
        | district | other | Autre, à préciser | حي آخر |
        | topic | water | Eau | الماء |
        | topic | light | Éclairage public | الإنارة العمومية |
        | topic | roads | Voirie | الطرق |
        """
    )


UNDERSTOOD: list[tuple[str, str, Value]] = [
    ("whole", "25", 25),
    ("whole", " 25 ", 25),
    ("whole", "٢٥", 25),
    ("whole", "۲۵", 25),
    ("whole", "-3", -3),
    ("whole", "−3", -3),
    ("whole", "+3", 3),
    ("whole", "1 200", 1200),
    ("whole", "1\u202f200\u00a0000", 1200000),
    ("whole", "007", 7),
    ("whole", "\u200f٢٥\u200e", 25),
    ("part", "3.50", "3.5"),
    ("part", "3,5", "3.5"),
    ("part", "٣٫٥", "3.5"),
    ("part", "-0,0", "0"),
    ("part", ".5", "0.5"),
    ("part", "12", "12"),
    ("day", "23/11/2026", "2026-11-23"),
    ("day", "23-11-2026", "2026-11-23"),
    ("day", "23.11.2026", "2026-11-23"),
    ("day", "2026-11-23", "2026-11-23"),
    ("day", "٢٣/١١/٢٠٢٦", "2026-11-23"),
    ("day", "23 نونبر 2026", "2026-11-23"),
    ("day", "23 novembre 2026", "2026-11-23"),
    ("day", "23\u00a0novembre 2026", "2026-11-23"),
    ("day", "1er Août 2026", "2026-08-01"),
    ("day", "01 غشت 2026", "2026-08-01"),
    ("day", "5 ابريل 2024", "2024-04-05"),
    ("words", "  Deux lignes\nici ", "  Deux lignes\nici "),
    ("words", "a\u202eb\u2066c\0d", "abcd"),
    ("words", "\u200fمرحبا", "\u200fمرحبا"),
    ("words", "   ", None),
    ("words", "\u200e\u200f\u061c", None),
    ("words", "\u200b \u00ad\n\u3164\u2800", None),
    ("words", "\ufe0f\u034f\x07", None),
    ("words", "❤\ufe0f", "❤\ufe0f"),
    ("district", "kasbah", "kasbah"),
    ("district", "القصبة", "kasbah"),
    ("district", "المحايطه  الشماليه", "ma"),
    ("district", "m’haita nord", "ma"),
    ("district", "AUTRE, A PRECISER", "other"),
    ("district", "٢", "ma"),
    ("topics", "eau, voirie", ["water", "roads"]),
    ("topics", "3 1", ["water", "roads"]),
    ("topics", "الطرق، الماء", ["water", "roads"]),
    ("topics", "eclairage public", ["light"]),
    ("topics", "light water", ["water", "light"]),
    ("note", "Merci aussi", None),
]


@pytest.mark.parametrize(("name", "typed", "value"), UNDERSTOOD)
def test_what_is_typed_is_understood(form: Form, name: str, typed: str, value: Value) -> None:
    interview = Interview(form, {}, today=today)

    assert interview.parse(form.question(name), typed) == value


NOT_UNDERSTOOD = [
    ("whole", "3.5", RefusalKind.NOT_AN_INTEGER),
    ("whole", "1_000", RefusalKind.NOT_AN_INTEGER),
    ("whole", "vingt", RefusalKind.NOT_AN_INTEGER),
    ("whole", "1" * 19, RefusalKind.NOT_AN_INTEGER),
    ("whole", "½", RefusalKind.NOT_AN_INTEGER),
    ("part", "1.2.3", RefusalKind.NOT_A_NUMBER),
    ("part", ",", RefusalKind.NOT_A_NUMBER),
    ("part", "NaN", RefusalKind.NOT_A_NUMBER),
    ("day", "31/02/2026", RefusalKind.NOT_A_DATE),
    ("day", "23/11/26", RefusalKind.NOT_A_DATE),
    ("day", "demain", RefusalKind.NOT_A_DATE),
    ("words", "x" * 4_001, RefusalKind.TOO_LONG),
    ("district", "9", RefusalKind.UNKNOWN_CHOICE),
    ("district", "Rabat", RefusalKind.UNKNOWN_CHOICE),
    ("topics", "eau, mer", RefusalKind.UNKNOWN_CHOICE),
]


@pytest.mark.parametrize(("name", "typed", "kind"), NOT_UNDERSTOOD)
def test_what_is_not_understood_is_refused_by_name(
    form: Form, name: str, typed: str, kind: RefusalKind
) -> None:
    interview = Interview(form, {}, today=today)

    with pytest.raises(AnswerRefused) as refusal:
        interview.parse(form.question(name), typed)

    assert (refusal.value.kind, refusal.value.path) == (kind, name)


def test_a_text_that_is_too_long_says_the_limit(form: Form) -> None:
    interview = Interview(form, {}, today=today)

    with pytest.raises(AnswerRefused) as refusal:
        interview.parse(form.question("words"), "x" * 10_000)

    assert refusal.value.details == {"limit": 4_000, "length": 10_000}


def test_every_way_of_refusing_what_is_typed_has_a_case() -> None:
    later = {RefusalKind.REQUIRED, RefusalKind.CONSTRAINT}

    assert {kind for _, _, kind in NOT_UNDERSTOOD} | later == set(RefusalKind)
