"""The workbook that an officer begins with: examples of every kind, and what to write where.

What stands in it is data in both languages: the citizens' words in both at once, the notes in the
officer's own.
"""

from collections.abc import Mapping
from typing import Any

from forms.authoring import Questionnaire, Written, WrittenQuestion, workbook_of
from forms.form import QuestionType
from storage.base import Texts

FILE_NAMES = {"ar": "استمارة-تشاور.xlsx", "fr": "questionnaire-consultation.xlsx"}
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

TITLE: Texts = {"ar": "عنوان التشاور", "fr": "Titre de la consultation"}
"""To be replaced: no consultation is opened under it."""
NO_ANSWER = Written("no_answer", {"ar": "أفضل عدم الجواب", "fr": "Je préfère ne pas répondre"})
OTHER_QUARTER = Written("other", {"ar": "حي آخر", "fr": "Autre quartier"})
OPTIONAL = {"ar": "سؤال اختياري.", "fr": "Question facultative."}

NOTES: Mapping[str, Texts] = {
    "type": {
        "ar": "نوع السؤال. text: جواب مكتوب. integer: عدد. date: تاريخ. select_one ثم اسم اللائحة:"
        " جواب واحد. select_multiple ثم اسم اللائحة: عدة أجوبة. note: جملة للقراءة فقط.",
        "fr": "Le type de question. text : réponse écrite. integer : nombre. date : date."
        " select_one et le nom de la liste : un choix. select_multiple et le nom de la liste :"
        " plusieurs choix. note : un texte à lire.",
    },
    "name": {
        "ar": "اسم قصير بحروف لاتينية ودون فراغ، مختلف لكل سؤال. لا تراه الساكنة.",
        "fr": "Un nom court, en lettres latines, sans espace, différent pour chaque question."
        " Les habitants ne le voient pas.",
    },
    "label": {
        "ar": "السؤال كما تقرؤه الساكنة، في لغة هذا العمود. المرجو تعبئة العمودين معا.",
        "fr": "La question telle que les habitants la lisent, dans la langue de cette colonne."
        " Remplissez les deux colonnes.",
    },
    "hint": {
        "ar": "توضيح قصير يظهر تحت السؤال. يمكن تركه فارغا.",
        "fr": "Une précision courte, affichée sous la question. Peut rester vide.",
    },
    "required": {
        "ar": "المرجو كتابة yes إذا كان الجواب ضروريا. الأفضل تركه فارغا: لكل شخص ألا يجيب.",
        "fr": "yes si la réponse est obligatoire. Mieux vaut laisser vide : chacun peut ne pas"
        " répondre.",
    },
    "relevant": {
        "ar": "متى يطرح السؤال، مثلا: \u2068${visits} = 'never'\u2069. إذا بقيت الخانة فارغة"
        " فهو يطرح دائما.",
        "fr": "Quand la question est posée, par exemple : ${visits} = 'never'. Vide : toujours.",
    },
    "constraint": {
        "ar": "شرط على الجواب، مثلا: \u2068. >= 0 and . <= 120\u2069. يمكن تركه فارغا.",
        "fr": "Une condition sur la réponse, par exemple : . >= 0 and . <= 120. Peut rester vide.",
    },
    "constraint_message": {
        "ar": "ما يقرؤه من لم يستوف جوابه الشرط.",
        "fr": "Ce qu’on lit quand la réponse ne remplit pas la condition.",
    },
    "list_name": {
        "ar": "اسم اللائحة، كما كتب بعد select_one أو select_multiple في ورقة survey.",
        "fr": "Le nom de la liste, comme il est écrit après select_one ou select_multiple dans la"
        " feuille survey.",
    },
    "choices.name": {
        "ar": "اسم قصير للاختيار، بحروف لاتينية ودون فراغ.",
        "fr": "Un nom court pour le choix, en lettres latines, sans espace.",
    },
    "choices.label": {
        "ar": "ما يكتب على الزر، في لغة هذا العمود. كلمات قليلة تكفي.",
        "fr": "Ce qui est écrit sur le bouton, dans la langue de cette colonne. Quelques mots"
        " suffisent.",
    },
    "form_title": {
        "ar": "عنوان التشاور باللغتين، تفصل بينهما النقطة « · ».",
        "fr": "Le titre de la consultation dans les deux langues, séparées par le point « · ».",
    },
    "form_id": {
        "ar": "اسم قصير للاستمارة بحروف لاتينية ودون فراغ.",
        "fr": "Un nom court pour le formulaire, en lettres latines, sans espace.",
    },
    "version": {
        "ar": "رقم يرفع عند كل تغيير.",
        "fr": "Un numéro, augmenté à chaque changement.",
    },
    "default_language": {
        "ar": "اللغة التي تظهر إذا نقص نص. لا داعي لتغييرها.",
        "fr": "La langue affichée si un texte manque. Ne la changez pas.",
    },
}
"""By column, what to write there; ``choices.name`` where a sheet's own is meant."""


def template(profile: Mapping[str, Any], language: str) -> bytes:
    """The workbook to fill in, for a commune and in an officer's language."""
    notes = {column: texts[language] for column, texts in NOTES.items()}
    return workbook_of(example(profile), notes, right_to_left=language == "ar")


def example(profile: Mapping[str, Any]) -> Questionnaire:
    """Five questions to replace, and four that may stay: who answers, by their own choice."""
    return Questionnaire(
        title=TITLE,
        form_id="questionnaire",
        version="1",
        questions=(*_EXAMPLES, *about_people(profile)),
    )


def about_people(profile: Mapping[str, Any]) -> tuple[WrittenQuestion, ...]:
    """Age band, gender, neighbourhood (where the profile names any) and capacity."""
    quarters = tuple(
        Written(str(one["slug"]).replace("-", "_"), {**one["name"]})
        for one in profile.get("neighbourhoods", ())
        if one.get("enabled", True)
    )
    return (
        _about("age_group", "ما هي فئتكم العمرية؟", "Quelle est votre tranche d’âge ?", _AGES),
        _about("gender", "الجنس", "Genre", _GENDERS),
        *(
            [
                _about(
                    "quarter",
                    "في أي حي تسكنون؟",
                    "Dans quel quartier habitez-vous ?",
                    (*quarters, OTHER_QUARTER),
                )
            ]
            if quarters
            else []
        ),
        _about("capacity", "بأي صفة تجيبون؟", "À quel titre répondez-vous ?", _CAPACITIES),
    )


def _about(name: str, ar: str, fr: str, choices: tuple[Written, ...]) -> WrittenQuestion:
    return WrittenQuestion(
        QuestionType.SELECT_ONE,
        name,
        {"ar": ar, "fr": fr},
        hint=OPTIONAL,
        choices=(*choices, NO_ANSWER),
        list_name=name,
    )


def _list(*choices: tuple[str, str, str]) -> tuple[Written, ...]:
    return tuple(Written(name, {"ar": ar, "fr": fr}) for name, ar, fr in choices)


_AGES = _list(
    ("under_18", "أقل من 18 سنة", "Moins de 18 ans"),
    ("18_24", "من 18 إلى 24 سنة", "18 à 24 ans"),
    ("25_34", "من 25 إلى 34 سنة", "25 à 34 ans"),
    ("35_59", "من 35 إلى 59 سنة", "35 à 59 ans"),
    ("60_over", "60 سنة فما فوق", "60 ans et plus"),
)
_GENDERS = _list(("woman", "امرأة", "Femme"), ("man", "رجل", "Homme"))
_CAPACITIES = _list(
    ("citizen", "مواطن(ة)", "Citoyen(ne)"),
    ("association", "فاعل(ة) جمعوي(ة)", "Acteur associatif, actrice associative"),
    ("elected", "منتخب(ة)", "Élu(e)"),
    ("official", "موظف(ة)", "Fonctionnaire"),
    ("body", "عضو هيئة استشارية", "Membre d’une instance consultative"),
)
_EXAMPLES = (
    WrittenQuestion(
        QuestionType.SELECT_ONE,
        "visits",
        {"ar": "هل تذهبون إلى السوق الأسبوعي؟", "fr": "Allez-vous au souk hebdomadaire ?"},
        choices=_list(
            ("weekly", "كل أسبوع", "Chaque semaine"),
            ("sometimes", "أحيانا", "Parfois"),
            ("never", "لا أذهب إليه", "Jamais"),
        ),
        list_name="frequency",
    ),
    WrittenQuestion(
        QuestionType.SELECT_MULTIPLE,
        "needs",
        {"ar": "ما الذي ينبغي تحسينه؟", "fr": "Que faut-il améliorer ?"},
        hint={"ar": "يمكن اختيار عدة أجوبة.", "fr": "Plusieurs réponses possibles."},
        choices=_list(
            ("cleaning", "النظافة", "La propreté"),
            ("shade", "الظل", "L’ombre"),
            ("parking", "مواقف السيارات", "Le stationnement"),
        ),
        list_name="improvements",
    ),
    WrittenQuestion(
        QuestionType.INTEGER,
        "minutes",
        {
            "ar": "كم دقيقة تحتاجون للوصول إليه؟",
            "fr": "Combien de minutes vous faut-il pour y aller ?",
        },
        hint={"ar": "المرجو كتابة عدد. مثال: 15", "fr": "Écrivez un nombre. Exemple : 15"},
        constraint=". >= 0 and . <= 300",
        constraint_message={
            "ar": "المرجو كتابة عدد بين 0 و 300.",
            "fr": "Écrivez un nombre entre 0 et 300.",
        },
    ),
    WrittenQuestion(
        QuestionType.DATE,
        "last_visit",
        {"ar": "متى كانت آخر زيارة لكم؟", "fr": "De quand date votre dernière visite ?"},
        hint={"ar": "تاريخ تقريبي يكفي.", "fr": "Une date approximative suffit."},
    ),
    WrittenQuestion(
        QuestionType.TEXT,
        "idea",
        {"ar": "ما هو اقتراحكم؟", "fr": "Que proposez-vous ?"},
        hint={
            "ar": "بكلماتكم. المرجو عدم كتابة أسماء أو أرقام هواتف.",
            "fr": "Avec vos mots. N’écrivez ni nom ni numéro de téléphone.",
        },
    ),
)
"""To be replaced by the officer's own; each shows one kind of question."""
