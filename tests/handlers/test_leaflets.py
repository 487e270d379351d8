"""The text to be forwarded: both languages, the link alone on its line."""

from datetime import date

from handlers.views.leaflets import forwardable
from participation.consultations import Phase
from participation.managing import Managed
from storage.base import ConsultationId
from storage.consultations import ConsultationState, Mode
from tests.handlers.desk import PROFILE, TITLE

LINK = "https://t.me/musharaka_bot?start=c_houses"
GOLDEN = """\
تطلب \u2068جماعة تارودانت\u2069 رأيكم حول «\u2068دور الحي\u2069».
من \u206823\u00a0نونبر 2026\u2069 إلى \u206813\u00a0دجنبر 2026\u2069، واليومان محسوبان.
للمشاركة عبر تيليغرام، المرجو فتح هذا الرابط:

\u2068Commune de Taroudant\u2069\u00a0: votre avis est demandé sur «\u00a0\u2068Maisons de quartier\u2069\u00a0».
Du \u206823\u00a0novembre 2026\u2069 au \u206813\u00a0décembre 2026\u2069, ces deux jours compris.
Pour participer dans Telegram, ouvrez ce lien\u00a0:

https://t.me/musharaka_bot?start=c_houses"""  # noqa: E501  (as it is sent)


def test_the_text_for_whatsapp_is_as_it_was_read() -> None:
    one = Managed(
        ConsultationId(1),
        "houses",
        TITLE,
        ConsultationState.PUBLISHED,
        Phase.OPEN,
        Mode.ANONYMOUS,
        date(2026, 11, 23),
        date(2026, 12, 13),
    )

    view = forwardable(one, PROFILE, LINK)

    assert view.text == GOLDEN
    assert view.buttons == ()
