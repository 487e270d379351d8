"""A new consultation by an Excel workbook, and what the clerk says of a questionnaire."""

from collections.abc import Mapping
from typing import Any

from aiogram import Router
from aiogram.filters import Filter, StateFilter
from aiogram.types import CallbackQuery, Document, Message

from forms.admission import only_identifies
from forms.findings import Finding
from handlers.buttons import Tapped
from handlers.events import event
from handlers.filters import FileSent, Typed, Wordless
from handlers.language import language_now
from handlers.refusals import sentence
from handlers.replies import Replies
from handlers.saying import edited, lasting, noticed, said
from handlers.steps import Authoring as Step
from handlers.views import authoring as views
from handlers.views import composing
from handlers.views import findings as found
from handlers.views.actions import AskByName, FillInWorkbook, NewConsultation, ReplaceWorkbook
from handlers.views.view import View
from handlers.views.workspace import managing
from participation.authoring import WORKBOOK, Authoring, FileTooLarge
from participation.managing import Managing
from participation.places import NOWHERE, Place
from participation.roles import Act
from participation.staff import Staff
from storage.consultations import Mode

router = Router()


class AwaitsWorkbook(Filter):
    """Matches where a file is a workbook: at that step, or where staff stand nowhere else."""

    async def __call__(self, _message: Message, staff: Staff, place: Place) -> bool:
        return place.step in {None, WORKBOOK} and staff.may(Act.AUTHOR)


@router.callback_query(Tapped(NewConsultation))
async def new_consultation(query: CallbackQuery, staff: Staff) -> Replies:
    """Show the two ways in place."""
    return [noticed(query), edited(query, views.new_consultation(await Authoring(staff).begun()))]


@router.callback_query(Tapped(FillInWorkbook))
async def fill_in_workbook(query: CallbackQuery, staff: Staff) -> Replies:
    """Have the ready workbook made, wait for it filled in."""
    await Authoring(staff).fill_in(language_now())
    return [noticed(query), edited(query, views.awaiting_workbook(replacing=False))]


@router.callback_query(Tapped(AskByName))
async def ask_by_name(query: CallbackQuery, action: AskByName, staff: Staff) -> Replies:
    """Have what was refused drafted after all; people will see that they are known."""
    authoring = Authoring(staff)
    if not action.workbook:
        view = composing.finishing(await authoring.finish(Mode.IDENTIFIED))
    else:
        view = views.reading()
        if not await authoring.read_by_name(action.workbook):
            return [noticed(query, views.taken_already())]
    return [noticed(query), edited(query, view)]


@router.callback_query(Tapped(ReplaceWorkbook))
async def replace_workbook(query: CallbackQuery, action: ReplaceWorkbook, staff: Staff) -> Replies:
    """Wait for another workbook for a draft."""
    await Authoring(staff).replace(action.consultation)
    return [noticed(query), edited(query, views.awaiting_workbook(replacing=True))]


@router.message(AwaitsWorkbook(), FileSent())
async def read_workbook(message: Message, file: Document, staff: Staff) -> Replies:
    """Have the file read, whatever it is called."""
    try:
        await Authoring(staff).receive(file.file_id, file.file_size)
    except FileTooLarge as refusal:
        return [said(message.chat.id, View(sentence(refusal)))]
    return [said(message.chat.id, views.reading())]


@router.message(StateFilter(Step.workbook), Typed())
@router.message(StateFilter(Step.workbook), Wordless())
async def ask_for_a_file(message: Message, staff: Staff) -> Replies:
    """Say that the file itself is awaited."""
    staff.ensure(Act.AUTHOR)
    return [said(message.chat.id, views.send_a_file())]


@event("form.template", Act.AUTHOR)
async def send_template(staff: Staff, data: Mapping[str, Any]) -> Replies:
    """The ready workbook has been made."""
    return [lasting(staff.person.channel_id, views.template_sent(int(data["file"])))]


@event("form.refused", Act.AUTHOR)
async def explain_findings(staff: Staff, data: Mapping[str, Any]) -> Replies:
    """A questionnaire cannot be used yet; nothing is lost."""
    findings = _findings(data)
    chat_id, composed, sent = staff.person.channel_id, bool(data.get("composed")), data.get("sent")
    by_name = None
    if only_identifies(findings) and (composed or sent):
        by_name = AskByName(await Authoring(staff).remember(sent) if sent else "")
    view = found.refused(findings, composed=composed, by_name=by_name)
    replies: Replies = [lasting(chat_id, view)]
    if data.get("file"):
        replies.append(lasting(chat_id, found.whole_list(int(data["file"]))))
    return replies


@event("form.drafted", Act.AUTHOR)
async def show_draft(staff: Staff, data: Mapping[str, Any]) -> Replies:
    """A draft has been made, or has another questionnaire: its card, with what can be done."""
    stood = await Managing(staff).stands(int(data["consultation_id"]))
    if (staff.known.place_of(staff.person).step or "").startswith("Authoring:"):
        staff.known.move(staff.person, NOWHERE)
    chat_id = staff.person.channel_id
    replies: Replies = [
        lasting(chat_id, views.drafted(stood.managed, again=bool(data.get("again"))))
    ]
    if data.get("file"):
        replies.append(lasting(chat_id, views.workbook_to_keep(int(data["file"]))))
    if findings := _findings(data):
        replies.append(lasting(chat_id, found.warned(findings)))
    return [*replies, lasting(chat_id, managing(stood, staff))]


@event("form.not_fetched", Act.AUTHOR)
async def ask_again(staff: Staff, _data: Mapping[str, Any]) -> Replies:
    """Telegram did not hand the file out."""
    return [lasting(staff.person.channel_id, views.not_fetched())]


@event("form.not_a_draft", None)
async def say_too_late(staff: Staff, _data: Mapping[str, Any]) -> Replies:
    """The draft was opened, or the role withdrawn, meanwhile."""
    return [lasting(staff.person.channel_id, views.no_more_a_draft())]


def _findings(data: Mapping[str, Any]) -> list[Finding]:
    return [Finding.from_json(one) for one in data.get("findings", ())]
