"""The journeys that the demo can play, by name."""

import csv
from collections.abc import Awaitable, Callable
from pathlib import Path

import typer

from bot.demo.actor import Actor
from bot.demo.house import House
from simulator.town import Town

CONSULTATION = "neighbourhood-houses"

Journey = Callable[[House, Town], Awaitable[Path]]
"""Plays a journey; the file that it leaves."""


async def answer(house: House, town: Town) -> Path:
    """Amina answers in French, Hassan in Arabic; the bot is killed, and nothing is lost."""
    amina = Actor(house, await town.phone("Amina", "fr"), "Amina", "fr")
    hassan = Actor(house, await town.phone("Hassan", "ar"), "Hassan", "ar")
    await _amina_answers(amina)
    await _hassan_answers(hassan, house)
    return await _export(house)


async def _begin(person: Actor) -> None:
    await person.opens(f"c_{CONSULTATION}")
    await person.taps(person.word("Fill in the form"), new=False)
    await person.taps(person.word("I agree"))
    await person.taps(person.word("Continue"))


async def _amina_answers(amina: Actor) -> None:
    _part("Amina answers in French.")
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


async def _hassan_answers(hassan: Actor, house: House) -> None:
    _part("Hassan answers in Arabic.")
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
    _part("The bot is killed before it can answer (kill -9) …")
    await house.kill_bot()
    _part("… and started again. What Hassan wrote was not lost:")
    await house.start_bot()
    await hassan.hears(text="فئتكم العمرية")
    await hassan.taps(*[hassan.word("Skip")] * 4)
    _part("Hassan changes his mind about the equipment.")
    await hassan.taps("تعديل \u20686\u2069", new=False)
    await hassan.taps("حواسيب وإنترنت")
    await hassan.taps(hassan.word("Send my answers ✅"))


async def _export(house: House) -> Path:
    _part("The officer takes the table.")
    out = house.folder / "answers.xlsx"
    typer.echo(await house.command("export", CONSULTATION, "--out", str(out)))
    table = house.folder / "answers.csv"
    await house.command("export", CONSULTATION, "--format", "csv", "--out", str(table))
    with table.open(encoding="utf-8-sig", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), start=1):
            typer.echo(f"    row {number}")
            for name, cell in row.items():
                if cell and name.count("/") == 0:
                    typer.echo(f"      {name:24} {cell}")
    return out


def _part(sentence: str) -> None:
    typer.secho(f"\n{sentence}", fg="green")


JOURNEYS: dict[str, Journey] = {"answer": answer}
