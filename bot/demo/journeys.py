"""The journeys that the demo can play, by name."""

import asyncio
import csv
from collections.abc import Awaitable, Callable
from pathlib import Path

from bot.demo import first_day
from bot.demo.actor import Actor, Stage
from bot.demo.example import LINK

CONSULTATION = "neighbourhood-houses"
READERS_OF_FRENCH = ("Amina", "Salma", "Driss", "Nadia", "Karim")
READERS_OF_ARABIC = ("Hassan", "Khadija", "Brahim", "Zineb", "Lahcen")
"""A day that is played again is played by others: each answers once."""
OPTIONAL = ("فئتكم العمرية", "الجنس", "في أي حي", "يسهل عليكم الولوج")
"""The example's questions that nobody has to answer."""

Journey = Callable[[Stage], Awaitable[Path]]
"""Plays a journey; the file that it leaves."""


async def answer(stage: Stage) -> Path:
    """Amina answers in French, Hassan in Arabic; the bot is killed, and nothing is lost."""
    amina = await stage.someone(READERS_OF_FRENCH, "fr")
    hassan = await stage.someone(READERS_OF_ARABIC, "ar")
    stage.take_part((amina.id, hassan.id))
    await _amina_answers(amina, stage)
    await _hassan_answers(hassan, stage)
    return await _export(stage)


async def _begin(person: Actor) -> None:
    await person.opens(f"{LINK}{CONSULTATION}")
    await person.taps(person.word("Fill in the form"), new=False)
    await person.taps(person.word("I agree"))
    await person.taps(person.word("Continue"))


async def _amina_answers(amina: Actor, stage: Stage) -> None:
    stage.part(f"{amina.name} answers in French.")
    await _begin(amina)
    await amina.taps("Chaque semaine")
    await amina.writes("01/11/2026")
    await amina.writes("12")
    await amina.ticks("Le soir", "Le samedi")
    await amina.taps("Terminé")
    await amina.ticks("Soutien scolaire", "Alphabétisation")
    await amina.taps("Terminé")
    await amina.taps("Livres")
    await amina.ticks("Les habitants du quartier")
    await amina.taps("Terminé")
    await amina.writes("Une salle calme pour lire, ouverte le soir.")
    await amina.taps("25 à 34 ans", "Femme", "Assarag", "Non")
    await amina.taps(amina.word("Send my answers ✅"))


async def _hassan_answers(hassan: Actor, stage: Stage) -> None:
    stage.part(f"{hassan.name} answers in Arabic.")
    await _begin(hassan)
    await hassan.taps("لا أذهب إليها")
    await hassan.ticks("بعيدة عني")
    await hassan.taps(hassan.word("Done"))
    await hassan.writes("٢٥")
    await hassan.ticks("يوم الأحد")
    await hassan.taps(hassan.word("Done"))
    await hassan.ticks("الرياضة")
    await hassan.taps(hassan.word("Done"))
    await hassan.taps("قاعة للقاءات")
    await hassan.ticks("الشباب")
    await hassan.taps(hassan.word("Done"))
    await hassan.writes("بغينا دار الحي تكون قريبة ومحلولة نهار الأحد", wait=False)
    stage.part("The bot is killed before it can answer (kill -9) …")
    await stage.house.bot.kill()
    stage.part(f"… and started again. What {hassan.name} wrote was not lost:")
    await asyncio.sleep(2 * stage.pace)
    await stage.house.start_bot()
    await hassan.hears(text=OPTIONAL[0])
    for question in OPTIONAL:
        await hassan.answers(question, hassan.word("Skip"))
    stage.part(f"{hassan.name} has second thoughts about the equipment.")
    await hassan.taps("تعديل \u20686\u2069", new=False)
    await hassan.taps("حواسيب وإنترنت")
    await hassan.taps(hassan.word("Send my answers ✅"))


async def _export(stage: Stage) -> Path:
    house = stage.house
    stage.part("The officer takes the table.")
    out = house.folder / "answers.xlsx"
    stage.tell(await house.command("export", CONSULTATION, "--out", str(out)))
    table = house.folder / "answers.csv"
    await house.command("export", CONSULTATION, "--format", "csv", "--out", str(table))
    with table.open(encoding="utf-8-sig", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), start=1):
            stage.tell(f"    row {number}")
            for name, cell in row.items():
                if cell and name.count("/") == 0:
                    stage.tell(f"      {name:24} {cell}")
    return out


JOURNEYS: dict[str, Journey] = {"answer": answer, "consultation": first_day.play}
