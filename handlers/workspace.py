"""Where staff begin: the workspace, the consultations as they see them."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from handlers.buttons import Tapped
from handlers.filters import StaffCommanded
from handlers.replies import Replies
from handlers.saying import edited, noticed, said
from handlers.views import workspace as views
from handlers.views.actions import ListManaged, ManageConsultation, OpenWorkspace
from handlers.views.view import View
from participation.helping import Helping
from participation.managing import Managing
from participation.people import People
from participation.roles import Act
from participation.staff import Staff

router = Router()


@router.callback_query(Tapped(OpenWorkspace))
async def open_workspace(query: CallbackQuery, staff: Staff, people: People) -> Replies:
    """Show what this member of staff can do, in place; what was being written is left."""
    people.leave()
    return [noticed(query), edited(query, await _workspace(staff))]


@router.message(StaffCommanded("staff", Act.WORK))
async def workspace_in_chat(message: Message, staff: Staff, people: People) -> Replies:
    """Show the workspace as a new message."""
    people.leave()
    return [said(message.chat.id, await _workspace(staff))]


@router.callback_query(Tapped(ListManaged))
async def list_managed(
    query: CallbackQuery, action: ListManaged, staff: Staff, people: People
) -> Replies:
    """Show a page of all consultations in place; what was being written is left."""
    listed = await Managing(staff).list()
    people.leave()
    return [noticed(query), edited(query, views.managed(listed, action.page))]


@router.callback_query(Tapped(ManageConsultation))
async def manage(
    query: CallbackQuery, action: ManageConsultation, staff: Staff, people: People
) -> Replies:
    """Show how one stands, and what can be done with it; what was being written is left."""
    stood = await Managing(staff).stands(action.consultation)
    people.leave()
    return [noticed(query), edited(query, views.managing(stood, staff))]


async def _workspace(staff: Staff) -> View:
    messages = await Helping(staff).queue() if staff.may(Act.HELP) else None
    return views.workspace(staff, messages)
