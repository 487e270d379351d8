"""A desk on a real database, with one open consultation of every type of question."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from forms.form import Form
from storage.database import Database
from storage.keys import Keyring
from tests.forms.workbooks import form_of
from tests.handlers.desk import Desk, Visitor

EVERY_TYPE = """
survey
| type | name | label::العربية (ar) | label::Français (fr) | required | relevant | constraint | constraint_message::العربية (ar) | constraint_message::Français (fr) |
| note | hello | مرحبا | Bonjour | | | | | |
| select_one uses | use | هل تعرفون دار الحي؟ | Connaissez-vous la maison ? | yes | | | | |
| select_multiple wants | wants | ماذا تريدون؟ | Que voulez-vous ? | | ${use} = 'yes' | | | |
| text | why | لماذا؟ | Pourquoi ? | | | | | |
| integer | age | كم عمركم؟ | Quel âge ? | | | . >= 15 | ابتداء من 15 سنة | À partir de 15 ans |
| decimal | walk | كم كيلومترا؟ | Combien de km ? | | | | | |
| date | visit | متى زرتموها؟ | Quand y êtes-vous allé ? | | | | | |
choices
| list_name | name | label::العربية (ar) | label::Français (fr) |
| uses | yes | نعم | Oui |
| uses | no | لا | Non |
| wants | books | كتب | Livres |
| wants | sport | رياضة | Sport |
| wants | music | موسيقى | Musique |
settings
| form_id | version | default_language |
| houses | 1 | العربية (ar) |
"""  # noqa: E501 (a table)


@pytest.fixture(scope="session")
def form() -> Form:
    return form_of(EVERY_TYPE)


@pytest.fixture
async def desk(database_url: str, tmp_path: Path) -> AsyncIterator[Desk]:
    database = Database(database_url)
    yield Desk(database, Keyring.create(tmp_path / "keys"))
    await database.close()


@pytest.fixture
async def houses(desk: Desk, form: Form) -> int:
    return await desk.opens(form)


@pytest.fixture
def amina(desk: Desk) -> Visitor:
    return desk.visitor("Amina", 501, "fr")


@pytest.fixture
def hassan(desk: Desk) -> Visitor:
    return desk.visitor("Hassan", 502, "ar")
