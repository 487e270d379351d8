"""Who says that they are under 18 is not asked how to be reached."""

from datetime import date

import pytest

from forms.interview import Interview
from tests.forms.workbooks import form_of

TODAY = date(2026, 11, 23)
ASKING = """
survey
| type | name | label::العربية (ar) | label::Français (fr) |
| {age} |
| text | phone | رقم هاتفكم؟ | Votre téléphone ? |
| text | idea | فكرة؟ | Une idée ? |
choices
| list_name | name | label::العربية (ar) | label::Français (fr) |
| ages | under_18 | أقل من 18 سنة | Moins de 18 ans |
| ages | 15_17 | من 15 إلى 17 سنة | De 15 à 17 ans |
| ages | 18_24 | من 18 إلى 24 سنة | De 18 à 24 ans |
| ages | 65_plus | 65 سنة فأكثر | 65 ans et plus |
| words | young | دون 18 | Moins de 18 ans |
| words | old | 18 سنة فأكثر | 18 ans ou plus |
| yn | yes | نعم | Oui |
| yn | no | لا | Non |
| distance | 5_10 | من 5 إلى 10 دقائق | 5 à 10 minutes |
| distance | 20_30 | من 20 إلى 30 دقيقة | 20 à 30 minutes |
settings
| form_id | version | default_language |
| m | 1 | Français (fr) |
"""
AGE = "integer | age | كم عمركم؟ | Quel âge avez-vous ?"
GROUP = "select_one ages | age_group | الفئة العمرية | Votre tranche d’âge"
WORDS = "select_one words | tranche | الفئة العمرية | Votre tranche d’âge"
MINOR = "select_one yn | q1 | هل عمركم أقل من 18 سنة؟ | Avez-vous moins de 18 ans ?"
ADULT = "select_one yn | q1 | هل أنتم راشدون؟ | Avez-vous 18 ans ou plus ?"
CHILDREN = "integer | children | كم عدد أطفالكم؟ | Âge de vos enfants ?"
WALK = "select_one distance | walk | كم دقيقة؟ | À combien de minutes ?"


def asked_next(question: str, answer: object) -> str:
    form = form_of(ASKING.format(age=question))
    interview = Interview(form, {}, today=TODAY).answer(form.questions[0], answer)  # type: ignore[arg-type]
    following = interview.present()
    assert following is not None
    return following.name


YES_OR_NO = """
| yn | c1 | نعم | Oui |
| yn | c2 | لا | Non |
"""


@pytest.mark.parametrize(
    ("words", "choice"),
    [
        ("Avez-vous 18 ans ou plus ?", "c2"),
        ("Avez-vous plus de 18 ans ?", "c2"),
        ("Êtes-vous majeur(e) ?", "c2"),
        ("Avez-vous moins de 18 ans ?", "c1"),
        ("Êtes-vous mineur(e) ?", "c1"),
    ],
)
def test_yes_and_no_are_read_from_their_words_too(words: str, choice: str) -> None:
    """The choices of a questionnaire that is written in the chat have numbers for names."""
    asking = ASKING.replace("\n| yn | yes | نعم | Oui |\n| yn | no | لا | Non |\n", YES_OR_NO)
    form = form_of(asking.format(age=f"select_one yn | q1 | س | {words}"))
    other = {"c1": "c2", "c2": "c1"}[choice]

    assert form.spared({form.questions[0].path: choice})
    assert not form.spared({form.questions[0].path: other})


@pytest.mark.parametrize(
    ("label", "is_minor"),
    [
        ("Entre 12 et 17 ans", True),
        ("Jusqu’à 17 ans", True),
        ("17 ans ou moins", True),
        ("< 18", True),
        ("-18 ans", True),
        ("Mineur", True),
        ("Mineur(e)", True),
        ("15-24 ans", False),
        ("18 ans et plus", False),
        ("18 à 24 ans", False),
        ("Jusqu’à 24 ans", False),
        ("25 ans ou moins", False),
        ("+18 ans", False),
        ("65 ans et plus", False),
    ],
)
def test_an_age_group_is_read_from_its_words(label: str, is_minor: bool) -> None:
    asking = ASKING.replace(
        "| words | young | دون 18 | Moins de 18 ans |", f"| words | c1 | ع | {label} |"
    )
    form = form_of(asking.format(age=WORDS))

    assert bool(form.spared({form.questions[0].path: "c1"})) is is_minor


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        *((AGE, 17), (AGE, 0), (GROUP, "under_18"), (GROUP, "15_17")),
        *((WORDS, "young"), (MINOR, "yes"), (ADULT, "no")),
    ],
)
def test_a_minor_is_not_asked_for_a_telephone(question: str, answer: object) -> None:
    assert asked_next(question, answer) == "idea"


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        *((AGE, 18), (AGE, 99), (AGE, None), (GROUP, "18_24"), (GROUP, "65_plus")),
        *((WORDS, "old"), (MINOR, "no"), (ADULT, "yes"), (CHILDREN, 7)),
        *((WALK, "5_10"), (WALK, "20_30")),
    ],
)
def test_everybody_else_is(question: str, answer: object) -> None:
    assert asked_next(question, answer) == "phone"


def test_what_was_told_before_is_taken_out_and_not_exported() -> None:
    form = form_of(ASKING.format(age=AGE))
    interview = Interview(form, {"age": 40, "phone": "0612345678"}, today=TODAY)

    young = interview.answer(form.questions[0], 16)

    assert young.answers == {"age": 16}
    assert "phone" not in young.record()
    assert "phone" not in Interview(form, {"age": 16, "phone": "06"}, today=TODAY).record()
