"""What asks people to tell who they are, and what only looks like it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.admission import Demands, identifying
from forms.findings import WorkbookRefused
from forms.form import Form, Question, QuestionType
from forms.identifying import identifying_questions
from forms.identity import Identity
from forms.types_table import TYPES, Reading
from participation.workbooks import compile_in_child
from tests.forms.workbooks import form_of, said, workbook

ASKED: list[tuple[str, Identity]] = [
    ("Votre nom", Identity.NAME),
    ("Quel est votre nom ?", Identity.NAME),
    ("Nom et prénom", Identity.NAME),
    ("Nom :", Identity.NAME),
    ("Prénom (facultatif)", Identity.NAME),
    ("NOM COMPLET", Identity.NAME),
    ("Comment vous appelez-vous ?", Identity.NAME),
    ("ما اسمكم؟", Identity.NAME),
    ("الاسم الكامل", Identity.NAME),
    ("الاسم والنسب", Identity.NAME),
    ("الاسم", Identity.NAME),
    ("اسمك العائلي", Identity.NAME),
    ("شنو سميتك؟", Identity.NAME),
    ("chno smiytek ?", Identity.NAME),
    ("What is your name?", Identity.NAME),
    ("Votre numéro de téléphone", Identity.PHONE),
    ("Téléphone", Identity.PHONE),
    ("N° de téléphone :", Identity.PHONE),
    ("Votre GSM", Identity.PHONE),
    ("Numéro WhatsApp", Identity.PHONE),
    ("رقم الهاتف", Identity.PHONE),
    ("المرجو كتابة رقم هاتفكم", Identity.PHONE),
    ("عطينا نمرتك", Identity.PHONE),
    ("النمرة ديال التيليفون", Identity.PHONE),
    ("nemra dyalek", Identity.PHONE),
    ("Your phone number", Identity.PHONE),
    ("Votre e-mail", Identity.EMAIL),
    ("Adresse électronique", Identity.EMAIL),
    ("Courriel", Identity.EMAIL),
    ("بريدكم الإلكتروني", Identity.EMAIL),
    ("البريد الإلكتروني", Identity.EMAIL),
    ("Votre adresse", Identity.ADDRESS),
    ("Adresse complète", Identity.ADDRESS),
    ("Où habitez-vous ?", Identity.ADDRESS),
    ("Numéro de votre maison", Identity.ADDRESS),
    ("عنوانكم", Identity.ADDRESS),
    ("العنوان", Identity.ADDRESS),
    ("عنوان السكن", Identity.ADDRESS),
    ("فين ساكن؟", Identity.ADDRESS),
    ("محل سكناكم", Identity.ADDRESS),
    ("Votre CNIE", Identity.CNIE),
    ("CIN", Identity.CNIE),
    ("Numéro de la carte nationale", Identity.CNIE),
    ("رقم البطاقة الوطنية للتعريف", Identity.CNIE),
    ("رقم بطاقتكم الوطنية", Identity.CNIE),
    ("Nom/Prénom", Identity.NAME),
    ("Nom, prénom", Identity.NAME),
    ("Nom - prénom", Identity.NAME),
    ("Comment t’appelles-tu ?", Identity.NAME),
    ("Votre identité", Identity.NAME),
    ("Identité :", Identity.NAME),
    ("اسم ولقب", Identity.NAME),
    ("كيف تسمى؟", Identity.NAME),
    ("Votre numéro", Identity.PHONE),
    ("Sur quel numéro peut-on vous appeler ?", Identity.PHONE),
    ("رقمكم", Identity.PHONE),
    ("Coordonnées", Identity.ADDRESS),
    ("Dans quelle rue habitez-vous ?", Identity.ADDRESS),
    ("C.I.N.", Identity.CNIE),
    ("البطاقة الوطنية للتعريف الإلكترونية", Identity.CNIE),
    ("Nom de l’enquêté", Identity.NAME),
    ("Comment tu t’appelles ?", Identity.NAME),
    ("الاسم العائلي والشخصي", Identity.NAME),
    ("اسم المشارك", Identity.NAME),
    ("السمية ديالك", Identity.NAME),
    ("شكون نتا؟", Identity.NAME),
    ("smya dyalk", Identity.NAME),
    ("Votre signature", Identity.NAME),
    ("رقم الهاتف ديالك", Identity.PHONE),
    ("\u202bرقم\u200f الهاتف\u202c", Identity.PHONE),
    ("الهاتف المحمول", Identity.PHONE),
    ("رقم GSM", Identity.PHONE),
    ("ra9m lhatif", Identity.PHONE),
    ("Laissez-nous votre numéro", Identity.PHONE),
    ("Comment vous contacter ?", Identity.PHONE),
    ("المرجو ترك معلومات الاتصال", Identity.PHONE),
    ("كيف يمكننا التواصل معك؟", Identity.PHONE),
    ("Votre mail", Identity.EMAIL),
    ("الإيميل ديالك", Identity.EMAIL),
    ("العنوان ديالك", Identity.ADDRESS),
    ("في أي زنقة تسكن؟", Identity.ADDRESS),
    ("فين كاتسكن", Identity.ADDRESS),
    ("Adresse du domicile", Identity.ADDRESS),
    ("Votre localisation exacte", Identity.ADDRESS),
    ("Carte d’identité nationale", Identity.CNIE),
    ("لاكارط ناسيونال", Identity.CNIE),
    ("رقم ب.و", Identity.CNIE),
    ("Né(e) le", Identity.BIRTH),
    ("Votre date de naissance", Identity.BIRTH),
    ("تاريخ الازدياد", Identity.BIRTH),
]
LET_PASS = [
    "Quel est le nom de la rue à réparer ?",
    "Nom de la rue",
    "Nom de votre quartier",
    "Le nom de votre association",
    "Quel nom proposez-vous pour la nouvelle place ?",
    "Votre nom préféré pour le jardin ?",
    "Dans quel quartier habitez-vous ?",
    "Depuis combien d’années habitez-vous ici ?",
    "Avez-vous un téléphone ?",
    "Que pensez-vous du numéro de téléphone gratuit de la commune ?",
    "Adresse du lampadaire en panne",
    "Recevez-vous les courriels de la commune ?",
    "Que pensez-vous du délai pour obtenir la carte nationale ?",
    "Combien de personnes vivent avec vous ?",
    "Que proposez-vous pour améliorer la maison de quartier ?",
    "Où faut-il planter des arbres ?",
    "Où allez-vous au marché ?",
    "ما هو اسم الشارع الذي يحتاج إلى الإصلاح؟",
    "اسم الحي",
    "اسم الجمعية",
    "ما الاسم الذي تقترحونه للساحة؟",
    "في أي حي تسكنون؟",
    "هل عندكم هاتف ذكي؟",
    "ما رأيكم في الرقم الأخضر للجماعة؟",
    "ما رأيكم في رقم الهاتف المجاني؟",
    "ما العنوان المقترح للمشروع؟",
    "أين تريدون غرس الأشجار؟",
    "كم طفلا في أسرتكم؟",
    "ما هو اقتراحكم لتحسين دار الحي؟",
    "هل تريدون التوصل بالأخبار عبر البريد الإلكتروني؟",
    "فين خاص الجردة؟",
    "What should the new square be called?",
    "Votre position sur le projet ?",
    "Qui êtes-vous dans la commune ? (citoyen, élu)",
    "Avez-vous une adresse électronique ?",
    "هل تعرفون رقم هاتف الجماعة؟",
    "ما رأيكم في معلومات التواصل بالجماعة؟",
    "ما رأيكم في بطاقة التعريف الجديدة؟",
    "السمية ديال الحومة",
    "Au nom de quelle association parlez-vous ?",
    "Que pensez-vous des applications mobiles ?",
]
NAMES = {
    Identity.NAME: ["nom", "prenom", "nom_prenom", "full_name", "Nom", "votre_nom"],
    Identity.PHONE: ["tel", "num_tel", "telephone", "numero_telephone", "phone", "gsm"],
    Identity.EMAIL: ["email", "adresse_email", "courriel"],
    Identity.ADDRESS: ["adresse", "home_address"],
    Identity.CNIE: ["cnie", "cin", "numero_cin", "num_cnie"],
    Identity.BIRTH: ["date_naissance", "date_de_naissance"],
}
INNOCENT_NAMES = [
    "nom_rue",
    "idea",
    "adresse_lampadaire",
    "tel_quel",
    "quarter",
    "ecole_nom",
    "q1",
]


def question(
    label: str, kind: QuestionType = QuestionType.TEXT, name: str = "q", language: str = "fr"
) -> Question:
    return Question(0, name, name, kind, {language: label})


def found(one: Question) -> list[Identity]:
    form = Form("f", "1", {}, "fr", ("ar", "fr"), (one,))
    return [each.kind for each in identifying_questions(form)]


@pytest.mark.parametrize(("label", "kind"), ASKED)
def test_a_question_that_identifies_is_known_by_its_words(label: str, kind: Identity) -> None:
    assert found(question(label)) == [kind]


@pytest.mark.parametrize("label", LET_PASS)
def test_what_asks_about_something_else_is_let_pass(label: str) -> None:
    assert found(question(label)) == []


def test_a_name_alone_is_enough() -> None:
    for kind, names in NAMES.items():
        for name in names:
            assert found(question("Question", name=name)) == [kind], name
    for name in INNOCENT_NAMES:
        assert found(question("Question", name=name)) == [], name


def test_words_in_any_language_are_looked_at() -> None:
    one = Question(0, "q", "q", QuestionType.TEXT, {"ar": "ما رأيكم؟", "fr": "Votre nom"})

    assert found(one) == [Identity.NAME]


def test_what_is_chosen_from_a_list_never_identifies() -> None:
    kinds = set(QuestionType) - {QuestionType.TEXT, QuestionType.INTEGER, QuestionType.DECIMAL}

    assert len(kinds) > 3
    for kind in kinds - {QuestionType.DATE}:
        assert found(question("Votre nom", kind)) == []


def test_a_number_can_be_a_phone_number_and_a_day_a_birth() -> None:
    assert found(question("رقم الهاتف", QuestionType.INTEGER)) == [Identity.PHONE]
    assert found(question("Date de naissance", QuestionType.DATE)) == [Identity.BIRTH]
    assert found(question("De quand date votre dernière visite ?", QuestionType.DATE)) == []


@given(st.sampled_from([label for label, _ in ASKED]), st.sampled_from(["", "  ", " *"]))
def test_capitals_and_spaces_hide_nothing(label: str, tail: str) -> None:
    assert found(question(re.sub(" ", "  ", label.upper()) + tail)) == found(question(label))


@given(st.text(max_size=60))
def test_no_label_is_too_strange(label: str) -> None:
    assert len(found(question(label))) <= 1


TABLE = """
survey
| type | name | label::العربية (ar) | label::Français (fr) |
| text | idea | ما رأيكم؟ | Votre avis ? |
| text | who | ما اسمكم؟ | Votre nom ? |
| text | card | رقم البطاقة | Numéro de CNIE |
"""


def test_in_anonymous_mode_the_row_and_the_ways_out_are_said() -> None:
    errors = identifying(form_of(TABLE), anonymous=True)

    assert [str(one) for one in errors] == [
        "survey, row 3, label: answers are anonymous, and this question asks for a name; take it"
        " out, or choose another mode",
        "survey, row 4, label: this question asks for the number of an identity card; take it"
        " out: it is asked for in no mode",
    ]


def test_otherwise_names_are_let_pass_and_card_numbers_never() -> None:
    errors = identifying(form_of(TABLE), anonymous=False)

    assert [one.code for one in errors] == ["identifying_cnie"]


@pytest.mark.parametrize("kind", ["image", "audio", "video", "geopoint", "geotrace", "geoshape"])
def test_a_picture_a_voice_and_a_place_are_refused_with_the_reason(kind: str) -> None:
    (sentence,) = said(f"survey\n| type | name | label |\n| {kind} | a | A |\n")

    assert sentence.startswith(f'survey, row 2, type: the type "{kind}" is not asked in a chat')
    assert "says who answers" in sentence


def test_every_refused_type_that_identifies_says_so() -> None:
    identifying = {"place", "file", "code"}
    refused = [one for one in TYPES.values() if one.reading is Reading.REFUSED]

    assert {one.advice for one in refused} >= identifying
    assert TYPES["barcode"].advice == "code"


HINTED = """
survey
| type | name | label::Français (fr) | hint::Français (fr) | hint::العربية (ar) |
| text | idea | Votre avis ? | {fr} | {ar} |
"""


@pytest.mark.parametrize(
    ("fr", "ar", "kinds"),
    [
        ("Avec votre nom et prénom.", "", [Identity.NAME]),
        ("Laissez votre numéro de téléphone.", "", [Identity.PHONE]),
        ("", "المرجو كتابة رقم الهاتف", [Identity.PHONE]),
        ("N’écrivez ni nom ni numéro de téléphone.", "المرجو عدم كتابة رقم الهاتف", []),
        ("Sans votre nom.", "دون رقم الهاتف", []),
        ("Avec vos mots.", "بكلماتكم", []),
    ],
)
def test_a_hint_may_ask_too_and_may_ask_not_to(fr: str, ar: str, kinds: list[Identity]) -> None:
    found = identifying_questions(form_of(HINTED.format(fr=fr, ar=ar)))

    assert [one.kind for one in found] == kinds


async def test_what_identifies_is_found_with_everything_else_in_the_child_process() -> None:
    table = TABLE + "| txet | b | ب | B |\n"

    with pytest.raises(WorkbookRefused) as refusal:
        await compile_in_child(workbook(table), Demands(("ar", "fr"), anonymous=True))

    assert [(one.code, one.row) for one in refusal.value.findings] == [
        ("identifying_name", 3),
        ("identifying_cnie", 4),
        ("unknown_type", 5),
    ]
