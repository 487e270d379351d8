"""What is handed out: the text to be forwarded, and what is said where it cannot be made."""

import json
from datetime import date
from typing import Any

from sqlalchemy import select

from bot.clerk import RETRY_AFTER, TRIES, Clerk
from bot.stopping import Hint, Stop
from bot.telegram import Telegram
from bot.works import WORKS, Office
from forms.form import Form
from handlers.views.leaflets import forwardable
from participation.consultations import Phase
from participation.managing import Managed
from storage.base import ConsultationId
from storage.consultations import ConsultationState, Mode
from storage.inbox import Inbox
from tests.handlers.desk import PROFILE, TITLE, Desk
from tests.handlers.drafting import draft, hired, jobs, manages

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


# --- what could not be made ----------------------------------------------------------------------


def clerk_of(desk: Desk, telegram: Telegram) -> Clerk:
    office = Office(desk.database, desk.keyring, telegram, lambda: desk.now, 1, Hint())
    return Clerk(office, WORKS, Hint(), Stop())


async def events(desk: Desk) -> list[dict[str, Any]]:
    """What the clerk has the worker say."""
    async with desk.database.reading() as session:
        found = (await session.scalars(select(Inbox).order_by(Inbox.seq))).all()
    return [json.loads(desk.keyring.open(one.payload or b"", "inbox")) for one in found]


async def test_who_waits_for_leaflets_in_vain_is_told_and_asks_again(
    desk: Desk, form: Form
) -> None:
    naima = await hired(desk, desk.visitor("Naima", 600, "fr"))
    number = await draft(desk, form)
    await manages(naima, number)
    await naima.taps("Ouvrir la consultation")
    await naima.taps("Confirmer l’ouverture")
    nobody = Telegram("http://127.0.0.1:9", "1:x")
    clerk = clerk_of(desk, nobody)

    for _attempt in range(TRIES):
        assert await events(desk) == []
        assert await clerk.work() is True
        desk.now += RETRY_AFTER
    await nobody.close()
    (event,) = await events(desk)
    desk.show(await desk.feed(event), naima)

    assert "n’a pas pu être fait" in naima.newest.text
    await naima.taps("Réessayer")
    assert await jobs(desk) == ["leaflets", "leaflets"]
    assert naima.notices[-1].startswith("Le lien et l’affiche")


async def test_link_and_code_are_handed_out_without_a_poster(desk: Desk, form: Form) -> None:
    naima = await hired(desk, desk.visitor("Naima", 600, "fr"))
    number = await draft(desk, form)
    await manages(naima, number)
    await naima.taps("Ouvrir la consultation")
    await naima.taps("Confirmer l’ouverture")
    data = {"consultation": number, "link": LINK, "code": 1, "poster": None}

    shown = await desk.feed({"event": "leaflets.made", "chat_id": 600, "data": data})
    desk.show(shown, naima)

    assert naima.newest.text.startswith("L’affiche n’a pas pu être préparée.")
    assert naima.newest.labels == ["Réessayer"]
    assert LINK in naima.chat[-2].text
