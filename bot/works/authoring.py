"""The clerk makes workbooks and reads them: what comes of it is a draft, or a list to correct."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.telegram import FileRefused
from bot.works.office import Office
from forms.authoring import workbook_of
from forms.findings import Finding, WorkbookRefused
from handlers.language import language_for, speaking
from handlers.views.findings import MOST_SHOWN, plain
from participation.authoring import SKETCH
from participation.composing import Composed
from participation.consultations import NoSuchConsultation
from participation.drafting import Asked, Drafting, admitted, slug_of, titles
from participation.roles import NotAllowed
from participation.tables import LARGEST_FILE
from participation.templates import FILE_NAMES, MEDIA_TYPE, template
from storage.attachments import attach
from storage.base import ConsultationId, PersonId, Texts
from storage.consultations import Mode
from storage.people import Person
from storage.profiles import profile
from storage.sketches import sketch

LISTED = {"ar": "ملاحظات.txt", "fr": "remarques.txt"}
"""What the file with all findings is called."""


async def send_template(office: Office, payload: Mapping[str, Any]) -> None:
    """Make the ready workbook in an officer's language."""
    async with office.database.reading() as session:
        loaded = await profile(session)
    language = payload["language"]
    content = template(loaded.document if loaded else {}, language)
    async with office.database.unit_of_work() as session:
        number = await attach(session, FILE_NAMES[language], MEDIA_TYPE, content, office.clock())
        await office.tell(session, payload["chat_id"], "form.template", file=number)


async def read_workbook(office: Office, payload: Mapping[str, Any]) -> None:
    """Read a workbook that an officer sent, whatever it is called."""
    asked = _asked(payload)
    if await _is_done(office, asked):
        return
    try:
        workbook = await office.telegram.download(payload["file_id"], LARGEST_FILE)
    except FileRefused:
        await office.tell_now(payload["chat_id"], "form.not_fetched")
        return
    await _draft(office, payload, asked, workbook, composed=None)


async def make_composed(office: Office, payload: Mapping[str, Any]) -> None:
    """Make a workbook of what an officer wrote in the chat, and read it as any other."""
    asked = _asked(payload)
    if await _is_done(office, asked):
        return
    composed = Composed.from_json(payload["document"])
    form_id = slug_of(composed.title).replace("-", "_")
    workbook = workbook_of(composed.questionnaire(form_id))
    await _draft(office, payload, asked, workbook, composed=(form_id, composed.title))


async def _draft(
    office: Office,
    payload: Mapping[str, Any],
    asked: Asked,
    workbook: bytes,
    *,
    composed: tuple[str, Texts] | None,
) -> None:
    """Compile in a child process, then write everything in one unit of work, or say why not.

    ``composed`` names a workbook that we have made ourselves, and the title as it was written:
    one cell holds both languages, and may not tell where the second begins.
    """
    chat_id = payload["chat_id"]
    try:
        async with office.database.reading() as session:
            mode = await Drafting(session, office.keyring, office.clock()).mode(asked)
        compiled = await admitted(workbook, mode)
        async with office.database.unit_of_work() as session:
            drafting = Drafting(session, office.keyring, office.clock())
            title = composed[1] if composed is not None else titles(compiled.form)
            drafted = await drafting.write(asked, workbook, compiled.form, title)
            number = None
            if composed is not None:
                await _forget(session, asked, payload["document"])
                number = await attach(
                    session, f"{composed[0]}.xlsx", MEDIA_TYPE, workbook, office.clock()
                )
            await office.tell(
                session,
                chat_id,
                "form.drafted",
                consultation_id=drafted.consultation_id,
                again=drafted.again,
                file=number,
                findings=[one.to_json() for one in compiled.warnings],
            )
    except WorkbookRefused as refusal:
        await _refuse(office, payload, asked, refusal.findings, composed=composed is not None)
    except (NotAllowed, NoSuchConsultation):
        await office.tell_now(chat_id, "form.not_a_draft")


async def _forget(session: AsyncSession, asked: Asked, document: Mapping[str, Any]) -> None:
    """What was written in the chat is a draft now, unless its author has begun another one."""
    row = await sketch(session, asked.person_id, SKETCH)
    if row is not None and row.document == document:
        await session.delete(row)


async def _refuse(
    office: Office,
    payload: Mapping[str, Any],
    asked: Asked,
    findings: Sequence[Finding],
    *,
    composed: bool,
) -> None:
    """Say what is wrong; a new workbook is named, so that it need not be sent again."""
    sent = None if composed or asked.consultation_id else payload["file_id"]
    async with office.database.unit_of_work() as session:
        Drafting(session, office.keyring, office.clock()).refused(asked, len(findings))
        number = None
        if len(findings) > MOST_SHOWN:
            number = await _list(office, session, asked, findings)
        await office.tell(
            session,
            payload["chat_id"],
            "form.refused",
            findings=[one.to_json() for one in findings],
            file=number,
            composed=composed,
            sent=sent,
        )


async def _list(
    office: Office, session: AsyncSession, asked: Asked, findings: Sequence[Finding]
) -> int:
    """All findings as a text file in the officer's language."""
    person = await session.get(Person, asked.person_id)
    language = (person.language if person else None) or language_for(None)
    with speaking(language):
        content = ("\ufeff" + plain(findings)).encode()
    return await attach(session, LISTED[language], "text/plain", content, office.clock())


async def _is_done(office: Office, asked: Asked) -> bool:
    """Whether a kill came between the draft and the end of the job: all was said with it."""
    async with office.database.reading() as session:
        drafting = Drafting(session, office.keyring, office.clock())
        return await drafting.drafted(asked) is not None


def _asked(payload: Mapping[str, Any]) -> Asked:
    draft = payload.get("consultation_id")
    return Asked(
        PersonId(payload["person_id"]),
        payload["token"],
        None if draft is None else ConsultationId(draft),
        Mode(payload.get("mode", Mode.ANONYMOUS)),
    )
