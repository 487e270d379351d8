"""A first real day, from a start-up code to the council's table, between separate phones."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from openpyxl import load_workbook

from bot.demo.actor import Actor, Stage
from bot.demo.example import LINK

SOUK_TITLE = "السوق الأسبوعي\nSouk hebdomadaire"
GARDENS_TITLE = "حدائق المدينة\nJardins de la ville"
GARDENS = "jardins-de-la-ville"
STAKE = "ما الذي يجب أن يتغير أولا؟\nQu’est-ce qui doit changer en premier ?"
CONTACT = "الرقم المجاني 0800008585\nNuméro gratuit 0800008585"
YES_NO = "نعم\nلا\nOui\nNon"
AFTER_THE_GRACE = timedelta(hours=25, minutes=30)


@dataclass(frozen=True)
class Written:
    """A question that the officer writes in the chat: its words, its kind, its choices."""

    words: str
    kind: str = "Choose one"
    choices: str = YES_NO


TWO = (
    Written("هل تذهبون إلى السوق الأسبوعي؟\nAllez-vous au souk hebdomadaire ?"),
    Written("ماذا تقترحون؟\nQue proposez-vous ?", "In their words", ""),
)
FIVE = (
    Written("هل تزورون حدائق المدينة؟\nAllez-vous dans les jardins de la ville ?"),
    Written(
        "ماذا تريدون فيها؟\nQu’y voulez-vous ?",
        "Choose several",
        "الظل\nألعاب\nكراسي\nDe l’ombre\nDes jeux\nDes bancs",
    ),
    Written("كم دقيقة تمشون إليها؟\nÀ combien de minutes à pied ?", "A number", ""),
    Written("هل تأتون مساء؟\nY allez-vous le soir ?"),
    Written("ما هو اقتراحكم؟\nVotre proposition ?", "In their words", ""),
)


@dataclass
class Taps:
    """What the day is measured by; a tap and a sent message count alike."""

    officer: int = 0
    """From *New consultation* to open, two questions."""
    citizen: int = 0
    """From the link to the receipt, five questions."""


async def play(stage: Stage) -> Path:
    """Naima opens two consultations; four people answer; the commune reports back."""
    taps = Taps()
    naima = await stage.someone(("Naima", "Rachida", "Souad"), "ar")
    amina = await stage.someone(("Amina", "Salma", "Nadia"), "fr")
    hassan = await stage.someone(("Hassan", "Lahcen", "Brahim"), "ar")
    karim = await stage.someone(("Karim", "Driss"), "fr")
    stage.take_part((naima.id, amina.id, hassan.id, karim.id))
    await _take_the_keys(naima, stage)
    stage.part(f"{naima.name} writes a consultation of five questions in the chat, and opens it.")
    await _consultation(naima, GARDENS_TITLE, FIVE)
    taps.citizen = await _amina_answers(amina, stage)
    await _hassan_and_zineb_answer(hassan, stage)
    await _karim_answers(karim, stage)
    stage.part(f"{naima.name} writes another one, of two questions; subscribers are told.")
    taps.officer = await _consultation(naima, SOUK_TITLE, TWO)
    await amina.hears(text="Souk", new=False)
    await _close(naima, stage)
    await _report_back(naima, stage)
    stage.part("Those who wished it are told.")
    await amina.hears(text="donné suite", new=False)
    await hassan.hears(text="أجابت", new=False)
    return await _take_the_table(naima, stage, taps)


async def _take_the_keys(naima: Actor, stage: Stage) -> None:
    stage.part("The first administrator enters the code that `musharaka run` has printed once.")
    code = stage.house.bot.start_up_code
    await naima.writes("/start")
    await naima.writes(code)


async def _consultation(naima: Actor, title: str, questions: tuple[Written, ...]) -> int:
    """From the workspace to open; how many acts it took from *New consultation* on."""
    await naima.writes("/staff")
    before = naima.acts
    await naima.taps(naima.word("New consultation"), new=False)
    await naima.taps(naima.word("Build it here"), new=False)
    await naima.writes(title)
    kind = "Choose one"
    for question in questions:
        if question.kind != kind:  # the kind stays as it was chosen last
            await naima.taps(naima.word(question.kind), new=False)
        kind = question.kind
        await naima.writes(question.words)
        if question.choices:
            await naima.writes(question.choices)
    await naima.taps(naima.word("Finish"), new=False)
    await naima.hears(button=naima.word("Preview"))
    for button, words in (("What is at stake", STAKE), ("Contact", CONTACT)):
        await naima.taps(naima.word(button), new=False)
        await naima.writes(words)
    await naima.taps(naima.word("Open the consultation"), new=False)
    await naima.taps(naima.word("Confirm the opening"), new=False)
    took = naima.acts - before
    await naima.hears(text="A4", new=False)
    return took


async def _begin(person: Actor) -> None:
    await person.opens(f"{LINK}{GARDENS}")
    await person.taps(person.word("Fill in the form"), new=False)
    await person.taps(person.word("I agree"))


async def _amina_answers(amina: Actor, stage: Stage) -> int:
    """How many acts it took from the link to the receipt."""
    stage.part(f"{amina.name} answers in French, and wishes to hear the outcome.")
    before = amina.acts
    await _begin(amina)
    await amina.taps("Oui")
    await amina.ticks("De l’ombre")
    await amina.taps(amina.word("Done"))
    await amina.writes("12")
    await amina.taps("Non")
    await amina.writes("Des arbres le long du mur.")
    await amina.taps(amina.word("Send my answers ✅"))
    took = amina.acts - before
    await amina.taps(amina.word("Tell me the outcome"), new=False)
    await amina.taps(amina.word("Yes, tell me of new consultations"), new=False)
    return took


async def _hassan_and_zineb_answer(hassan: Actor, stage: Stage) -> None:
    stage.part(f"{hassan.name} answers in Arabic; then his wife, on the same phone.")
    await _begin(hassan)
    await hassan.taps("نعم")
    await hassan.ticks("ألعاب", "كراسي")
    await hassan.taps(hassan.word("Done"))
    await hassan.writes("٢٥")
    await hassan.taps("نعم")
    await hassan.writes("اتصلوا بي على 0612345678")
    stage.part("A telephone number is noticed before it is kept; he writes again without it.")
    await hassan.writes("بغينا الضو بالليل")
    await hassan.taps(hassan.word("Send my answers ✅"))
    await hassan.taps(hassan.word("Tell me the outcome"), new=False)
    await hassan.taps(hassan.word("Someone else answers on this phone"), new=False)
    await hassan.taps(hassan.word("I agree"))
    await hassan.taps("لا")
    await hassan.taps(*[hassan.word("Skip")] * 4)
    await hassan.taps(hassan.word("Send my answers ✅"))


async def _karim_answers(karim: Actor, stage: Stage) -> None:
    stage.part(f"{karim.name} answers quickly.")
    await _begin(karim)
    await karim.taps("Non")
    await karim.taps(*[karim.word("Skip")] * 4)
    await karim.taps(karim.word("Send my answers ✅"))


async def _close(naima: Actor, stage: Stage) -> None:
    stage.part(f"{naima.name} closes it early, with a reason.")
    await _manage(naima)
    await naima.taps(naima.word("Close now"), new=False)
    await naima.writes("توصلنا بما يكفي من الأجوبة قبل اجتماع المجلس")
    await naima.taps(naima.word("Confirm the closing"), new=False)
    stage.part("A day and a half goes by; the answers are sealed.")
    await stage.passes(AFTER_THE_GRACE)


async def _manage(naima: Actor) -> None:
    await naima.writes("/staff")
    await naima.taps(naima.word("All consultations"), new=False)
    await naima.taps("حدائق المدينة", new=False)
    await naima.hears(button=naima.word("Export the answers"), new=False)


async def _report_back(naima: Actor, stage: Stage) -> None:
    stage.part(f"{naima.name} writes what was heard and what the commune answers.")
    await _manage(naima)
    await naima.taps(naima.word("Report back"), new=False)
    await naima.taps(naima.word("Add a theme"), new=False)
    await naima.writes("طلب أغلب المشاركات والمشاركين الظل والإنارة.")
    await naima.writes("La plupart demandent de l’ombre et de l’éclairage.")
    await naima.taps(naima.word("🟡 Accepted in part"), new=False)
    await naima.writes("الأشجار هذه السنة، والإنارة في الميزانية المقبلة.")
    await naima.writes("Les arbres cette année, l’éclairage au prochain budget.")
    await naima.taps(naima.word("To the report"), new=False)
    await naima.taps(naima.word("Publish"), new=False)
    await naima.taps(naima.word("Publish and tell them"), new=False)


async def _take_the_table(naima: Actor, stage: Stage, taps: Taps) -> Path:
    stage.part("The council gets its table.")
    await _manage(naima)
    await naima.taps(naima.word("Export the answers"), new=False)
    await naima.taps("Excel · العربية", new=False)
    out = stage.house.folder / "answers.xlsx"
    out.write_bytes(await naima.receives("-ar.xlsx"))
    await _tell_figures(stage, out, taps)
    return out


async def _tell_figures(stage: Stage, out: Path, taps: Taps) -> None:
    requests = await stage.town.requests()
    asked = Counter(one.method for one in requests if one.effect)  # not those told to wait
    stage.part("What it took:")
    stage.tell(f"    acts of a citizen, link to receipt     {taps.citizen}")
    stage.tell(f"    acts of the officer, new to open       {taps.officer}")
    for method, count in sorted(asked.items()):
        stage.tell(f"    request {method:30} {count}")
    for name, count in (await stage.house.count_rows()).items():
        stage.tell(f"    rows in {name:30} {count}")
    stage.part("The first sheet of the workbook:")
    for row in load_workbook(out, read_only=True).worksheets[0].iter_rows(values_only=True):
        stage.tell("    " + "   ".join(str(cell) for cell in row if cell is not None))
