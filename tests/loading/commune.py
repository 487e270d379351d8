"""A small commune's directory, written for a test and changed by it."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from sqlalchemy import select

from storage import models
from storage.base import Base
from storage.database import Database

PROFILE = """
slug = "oued-souss"
time_zone = "Africa/Casablanca"
languages = ["ar", "fr"]
default_language = "ar"

[commune]
name = { ar = "جماعة واد سوس", fr = "Commune d’Oued Souss" }

[personal_data]
controller = { ar = "جماعة واد سوس", fr = "Commune d’Oued Souss" }
rights_contact = { ar = "مكتب الضبط", fr = "Bureau d’ordre" }
retention = { ar = "ستة أشهر", fr = "Six mois" }
cndp_declaration_number = "D-1/2026"
cndp_authorisation_number = "A-1/2026"
cndp_transfer_number = "T-1/2026"
confirmed = true

[[bodies]]
founded_on = 2022-02-11
name = { ar = "هيئة", fr = "Instance" }
"""

CONSULTATION = """
slug = "gardens"
mode = "anonymous"
form = "questionnaire.xlsx"

[title]
ar = "الحدائق"
fr = "Les jardins"

[stake]
ar = "ماذا نغرس؟"
fr = "Que planter ?"

[window]
opens_in_days = 0
closes_in_days = 9

[[documents]]
slug = "plan"

[documents.title]
ar = "تصميم"
fr = "Plan"

[documents.file]
ar = "plan-ar.pdf"
fr = "plan-fr.pdf"
"""

SURVEY = (
    ("type", "name", "label::العربية (ar)", "label::Français (fr)", "relevant"),
    ("text", "wish", "أمنية", "Un souhait ?", ""),
    ("integer", "trees", "كم شجرة؟", "Combien d’arbres ?", ""),
)


class Commune:
    """A directory like the one that ships as an example, with one consultation."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.folder = directory / "consultations" / "gardens"
        self.folder.mkdir(parents=True)
        self.write("profile.toml", PROFILE)
        self.write("consultations/gardens/consultation.toml", CONSULTATION)
        (self.folder / "plan-ar.pdf").write_bytes(b"%PDF-1.7 ar")
        (self.folder / "plan-fr.pdf").write_bytes(b"%PDF-1.7 fr")
        self.ask(SURVEY)

    @property
    def consultation(self) -> Path:
        return self.folder / "consultation.toml"

    def write(self, name: str, text: str) -> None:
        (self.directory / name).write_text(text, encoding="utf-8")

    def replace(self, old: str, new: str, *, name: str = "") -> None:
        """Change words of the consultation's file, or of another one."""
        path = self.directory / name if name else self.consultation
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    def ask(self, survey: Sequence[Sequence[str]], form_id: str = "gardens") -> None:
        """Write the questionnaire."""
        (self.folder / "questionnaire.xlsx").write_bytes(workbook(survey, form_id))


def workbook(survey: Sequence[Sequence[str]], form_id: str) -> bytes:
    """An XLSForm workbook without choices."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "survey"
    for row in survey:
        sheet.append(list(row))
    settings = book.create_sheet("settings")
    settings.append(["form_id", "form_title", "default_language"])
    settings.append([form_id, "Gardens", "Français (fr)"])
    written = BytesIO()
    book.save(written)
    return written.getvalue()


async def dump(database: Database) -> Mapping[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    assert models.__name__
    async with database.reading() as session:
        return {
            table.name: sorted(map(tuple, (await session.execute(select(table))).all()), key=repr)
            for table in Base.metadata.sorted_tables
        }
