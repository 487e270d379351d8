"""The tables of the officers' pages about questionnaires, made from the code they describe.

`python -m tests.forms.pages` writes them into the pages anew.
"""

import re
from pathlib import Path

from forms.types_table import TYPES, Reading
from forms.xpath.functions import FUNCTIONS

PAGES = {
    language: Path(__file__).parents[2] / "docs" / "officers" / f"questionnaires.{language}.md"
    for language in ("ar", "fr")
}
HEADS = {
    "fr": ("Nom dans la colonne `type`", "Lu ou refusé", "Conseil"),
    "ar": ("الاسم في العمود `type`", "مقروء أو مرفوض", "نصيحة"),
}
READINGS = {
    "fr": {
        Reading.READ: "lu",
        Reading.LEFT_OUT: "accepté, rien n’est enregistré",
        Reading.REFUSED: "refusé",
    },
    "ar": {
        Reading.READ: "مقروء",
        Reading.LEFT_OUT: "مقبول، ولا يسجل أي شيء",
        Reading.REFUSED: "مرفوض",
    },
}
MEANINGS = {
    "fr": {
        "text": "un texte, jusqu’à 4 000 caractères",
        "integer": "un nombre entier",
        "decimal": "un nombre avec virgule",
        "date": "une date",
        "note": "un message à lire, sans réponse",
        "select_one": "un choix ; suivi du nom de la liste",
        "select_multiple": "plusieurs choix ; suivi du nom de la liste",
        "calculate": "une valeur calculée, qui n’est pas posée",
        "group": "un groupe de questions",
        "day": "le jour de l’envoi, sans l’heure",
    },
    "ar": {
        "text": "نص، 4000 حرف على الأكثر",
        "integer": "عدد صحيح",
        "decimal": "عدد بفاصلة",
        "date": "تاريخ",
        "note": "رسالة للقراءة دون جواب",
        "select_one": "اختيار واحد، متبوع باسم اللائحة",
        "select_multiple": "عدة اختيارات، متبوعة باسم اللائحة",
        "calculate": "قيمة محسوبة لا يسأل عنها",
        "group": "مجموعة أسئلة",
        "day": "يوم الإرسال دون الساعة",
    },
}
ADVICE = {
    "fr": {
        "yes_no": "utilisez `select_one` avec oui et non, ou une `note`",
        "calculate": "utilisez `calculate`",
        "integer": "utilisez `integer` avec une `constraint`",
        "select_one": "écrivez `select_one` et le nom de la liste",
        "select_multiple": "écrivez `select_multiple` et le nom de la liste",
        "date": "utilisez `date`, et `text` pour l’heure",
        "text": "demandez un `text`",
        "select": "utilisez `select_one`, ou `integer` avec une `constraint`",
        "rank": "demandez un `select_one` pour le premier, puis pour le deuxième",
        "repeat": "posez les questions un nombre fixe de fois, ou faites remplir plusieurs fois",
        "device": "la ligne peut être supprimée",
        "place": "un lieu exact dit qui répond : demandez le quartier avec `select_one`",
        "file": "une image ou une voix dit qui répond : demandez un `text` ; une pièce se dépose"
        " au bureau d’ordre",
        "code": "le code d’une carte dit qui répond : retirez la ligne, ou demandez un `text`",
    },
    "ar": {
        "yes_no": "المرجو استعمال `select_one` بنعم ولا، أو `note`",
        "calculate": "المرجو استعمال `calculate`",
        "integer": "المرجو استعمال `integer` مع `constraint`",
        "select_one": "المرجو كتابة `select_one` واسم اللائحة",
        "select_multiple": "المرجو كتابة `select_multiple` واسم اللائحة",
        "date": "المرجو استعمال `date`، و `text` للساعة",
        "text": "المرجو طلب `text`",
        "select": "المرجو استعمال `select_one`، أو `integer` مع `constraint`",
        "rank": "المرجو طرح `select_one` للأول ثم للثاني",
        "repeat": "المرجو طرح الأسئلة عددا محددا من المرات، أو تعبئة الاستمارة أكثر من مرة",
        "device": "يمكن حذف السطر",
        "place": "المكان الدقيق يكشف هوية من يجيب: المرجو السؤال عن الحي بواسطة `select_one`",
        "file": "الصورة أو الصوت يكشفان هوية من يجيب: المرجو طلب `text`، وتودع الوثائق"
        " بمكتب الضبط",
        "code": "رمز البطاقة يكشف هوية من يجيب: المرجو حذف السطر، أو طلب `text`",
    },
}


def types(language: str) -> str:
    """The table of every type name, those of one fate together."""
    fates: dict[tuple[Reading, str, str], list[str]] = {}
    for entry in TYPES.values():
        fates.setdefault((entry.reading, entry.meaning, entry.advice), []).append(entry.name)
    lines = ["| " + " | ".join(HEADS[language]) + " |", "|---|---|---|"]
    for (reading, meaning, advice), names in fates.items():
        said = MEANINGS[language][meaning] if meaning else ADVICE[language][advice]
        listed = ", ".join(f"`{name}`" for name in names)
        lines.append(f"| {listed} | {READINGS[language][reading]} | {said} |")
    return "\n".join(lines)


def functions() -> str:
    """The names of all functions."""
    return " ".join(f"`{name}`" for name in sorted(FUNCTIONS))


def written(page: str, language: str) -> str:
    """The page with its tables made anew."""
    for mark, content in (("types", types(language)), ("functions", functions())):
        block = f"<!-- {mark} -->\n\n{content}\n\n<!-- /{mark} -->"
        old = f"<!-- {mark} -->.*?<!-- /{mark} -->"
        page = re.sub(old, block.replace("\\", r"\\"), page, flags=re.DOTALL)
    return page


def main() -> None:
    """Write all pages anew."""
    for language, path in PAGES.items():
        path.write_text(written(path.read_text("utf-8"), language), "utf-8")


if __name__ == "__main__":
    main()
