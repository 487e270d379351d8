"""Exporting answers into one's own chat: choosing, progress, the file."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from handlers.buttons import Tapped
from handlers.events import Data, event
from handlers.filters import StaffCommanded
from handlers.replies import Replies, Reply
from handlers.saying import edited, in_slot, lasting, noticed, said
from handlers.views import exports as views
from handlers.views.actions import ListExports, MakeExport, OfferExport
from participation.exporting import Exporting
from participation.people import People
from participation.roles import Act, NotAllowed
from participation.staff import Staff

router = Router()


@router.message(StaffCommanded("export", Act.EXPORT))
async def exports_in_chat(message: Message, staff: Staff, people: People) -> Replies:
    """Ask which consultation, as a new message."""
    people.leave()
    return [said(message.chat.id, views.exportable(await Exporting(staff).list(), 0))]


@router.callback_query(Tapped(ListExports))
async def list_exports(query: CallbackQuery, action: ListExports, staff: Staff) -> Replies:
    """Show a page of what can be exported, in place."""
    listed = await Exporting(staff).list()
    return [noticed(query), edited(query, views.exportable(listed, action.page))]


@router.callback_query(Tapped(OfferExport))
async def offer_export(query: CallbackQuery, action: OfferExport, staff: Staff) -> Replies:
    """Ask for format and language, in place."""
    offered = await Exporting(staff).offer(action.consultation, identified=action.identified)
    return [noticed(query), edited(query, views.offer(offered, identified=action.identified))]


@router.callback_query(Tapped(MakeExport))
async def make_export(query: CallbackQuery, action: MakeExport, staff: Staff) -> Replies:
    """Give it to the clerk; the tapped message becomes the one that tells how far it is."""
    ordered = await Exporting(staff).order(
        action.consultation, action.format, action.edition, identified=action.identified
    )
    message = edited(query, views.ordered(ordered.managed.title))
    return [noticed(query), Reply(message, fills=slot_of(ordered.job))]


@event("export.progress", Act.EXPORT)
async def tell_progress(staff: Staff, data: Data) -> Replies:
    """Say how far it is, in the one message."""
    view = views.making(data["rows"], data["of"])
    return [in_slot(staff.person.channel_id, slot_of(data["job"]), view)]


@event("export.done", None)
async def hand_over(staff: Staff, data: Data) -> Replies:
    """Send the file, unless the role was withdrawn while it was made: the clock removes it."""
    chat_id, slot = staff.person.channel_id, slot_of(data["job"])
    try:
        title = await Exporting(staff).take(
            data["consultation"],
            identified=data["identified"],
            format=data["format"],
            labels=data["edition"],
            rows=data["rows"],
        )
    except NotAllowed:
        return [in_slot(chat_id, slot, views.refused("role"))]
    file = views.table(
        title,
        data["rows"],
        data["format"],
        data["edition"],
        data["attachment"],
        identified=data["identified"],
    )
    return [in_slot(chat_id, slot, views.made()), lasting(chat_id, file)]


@event("export.refused", None)
async def tell_refusal(staff: Staff, data: Data) -> Replies:
    """Say why there is no file."""
    return [in_slot(staff.person.channel_id, slot_of(data["job"]), views.refused(data["why"]))]


@event("export.failed", None)
async def tell_failure(staff: Staff, data: Data) -> Replies:
    """Say that it did not work, and what happens next."""
    return [in_slot(staff.person.channel_id, slot_of(data["job"]), views.failed())]


def slot_of(job: int) -> str:
    """The message that tells how far a job is."""
    return f"job:{job}"
