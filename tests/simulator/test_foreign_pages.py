"""Pages of other sites, and names made to point at this machine, drive nothing here."""

from typing import Any

import pytest

from simulator.phone import Phone
from simulator.server import Running, start
from simulator.town import Town
from tests.simulator.asking import Asking

REBOUND = {"Host": "evil.example:{port}"}
FOREIGN: list[dict[str, str]] = [
    {"Origin": "https://elsewhere.example"},
    {"Origin": "null"},
    {"Origin": "http://127.0.0.1:1"},
    REBOUND,
    {**REBOUND, "Origin": "http://evil.example:{port}"},
    {"Host": "localhost.evil.example"},
    {"Host": "127.0.0.1.evil.example"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
]
ACTS = [
    ("POST", "people", {"name": "Mallory"}),
    ("PATCH", "people/{person}", {"language": "fr"}),
    ("POST", "people/{person}/messages", {"text": "x"}),
    ("POST", "people/{person}/block", {}),
    ("POST", "faults", {"kind": "latency"}),
    ("PUT", "backstage", {"acts": ["kill"]}),
    ("POST", "backstage/acts", {"act": "kill"}),
    ("GET", "page", None),
    ("GET", "events", None),
]


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
@pytest.mark.parametrize("act", ACTS, ids=lambda act: f"{act[0]} {act[1]}")
async def test_the_control_interface_refuses_them(
    bot: Asking,
    amina: Phone,
    town: Town,
    act: tuple[str, str, Any],
    headers: dict[str, str],
) -> None:
    method, path, body = act
    address = f"{town.base_url}/control/{path.format(person=amina.id)}"
    sent = filled(headers, town.base_url)
    async with bot.session.request(method, address, json=body, headers=sent) as response:
        assert response.status == 403
        assert "other sites" in (await response.json())["error"]


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
async def test_the_bot_api_refuses_them_though_they_know_the_token(
    bot: Asking, amina: Phone, town: Town, headers: dict[str, str]
) -> None:
    address = f"{bot.url}/sendMessage?chat_id={amina.id}&text=x"
    for method in ("GET", "POST"):
        sent = filled(headers, town.base_url)
        async with bot.session.request(method, address, headers=sent) as response:
            assert (response.status, (await response.json())["error_code"]) == (403, 403)

    assert len(await amina.chat()) == 1


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
async def test_files_are_kept_from_them_too(
    bot: Asking, amina: Phone, town: Town, headers: dict[str, str]
) -> None:
    await amina.sends_document(b"private", "id.txt")
    (update,) = await bot.updates()
    file = await bot("getFile", file_id=update["message"]["document"]["file_id"])
    address = f"{bot.url.replace('/bot', '/file/bot')}/{file['file_path']}"

    async with bot.session.get(address) as response:
        assert await response.read() == b"private"
    async with bot.session.get(address, headers=filled(headers, town.base_url)) as response:
        assert response.status == 403


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "[::1]"])
async def test_the_pages_own_origin_works_by_each_of_its_names(
    bot: Asking, town: Town, name: str
) -> None:
    host = f"{name}:{town.base_url.rpartition(':')[2]}"
    headers = {"Host": host, "Origin": f"http://{host}", "Sec-Fetch-Site": "same-origin"}
    address = f"{town.base_url}/control/people"
    async with bot.session.post(address, json={"name": "Amina"}, headers=headers) as response:
        assert response.status == 200


async def test_a_bot_on_another_machine_may_use_a_name_where_that_was_allowed(
    running: Running, bot: Asking
) -> None:
    named = {"Host": "simulator:8081"}
    page = named | {"Origin": "http://simulator:8081"}
    async with start(allow_other_hosts=True) as open_one:
        for base, headers, status in (
            (open_one, named, 200),
            (open_one, page, 403),
            (running, named, 403),
        ):
            async with bot.session.get(f"{base.bot_url}/getMe", headers=headers) as response:
                assert response.status == status


def filled(headers: dict[str, str], base_url: str) -> dict[str, str]:
    port = base_url.rpartition(":")[2]
    return {name: value.format(port=port) for name, value in headers.items()}
