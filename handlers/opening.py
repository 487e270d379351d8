"""Staff open a consultation and hand out its link."""

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.announcing import in_each_language
from handlers.buttons import Tapped
from handlers.events import Data, event
from handlers.language import _
from handlers.replies import Replies
from handlers.saying import edited, lasting, noticed, said
from handlers.standing import leave
from handlers.views import leaflets, mails
from handlers.views import publishing as views
from handlers.views.actions import ConfirmOpening, PrepareOpening, ShareConsultation
from participation.errors import ParticipationError
from participation.opening import Opened, Opening
from participation.publishing import Notice, Requests
from participation.roles import Act
from participation.sharing import LEAFLETS, share, shared
from participation.staff import Staff

router = Router()


def opening_words(notice: Notice) -> Requests:
    """What subscribers are told, in each language."""
    return in_each_language(lambda: mails.opening_mail(notice))


@router.callback_query(Tapped(PrepareOpening))
async def prepare_opening(query: CallbackQuery, action: PrepareOpening, staff: Staff) -> Replies:
    """Show what would happen, or what is missing."""
    prepared = await Opening(staff).prepare(action.consultation)
    leave(staff)
    return [noticed(query), edited(query, views.opening(prepared))]


@router.callback_query(Tapped(ConfirmOpening))
async def confirm_opening(query: CallbackQuery, action: ConfirmOpening, staff: Staff) -> Replies:
    """Open it and have the leaflets made; show it anew where it is not what was shown."""
    done = await Opening(staff).open(action.consultation, action.shown, opening_words)
    if not isinstance(done, Opened):
        return [noticed(query), edited(query, views.opening(done))]
    await share(staff, done.managed.consultation_id)
    return [noticed(query, _("The consultation is open.")), edited(query, views.opened(done))]


@router.callback_query(Tapped(ShareConsultation))
async def share_consultation(
    query: CallbackQuery, action: ShareConsultation, staff: Staff
) -> Replies:
    """Have the leaflets made again."""
    await share(staff, action.consultation)
    return [noticed(query, _("The link and the poster will be here in a moment."))]


@event("leaflets.made", Act.PUBLISH)
async def leaflets_made(staff: Staff, data: Data) -> Replies:
    """Hand over the code, the text to forward and the poster."""
    chat_id, link = staff.person.channel_id, str(data["link"])
    try:
        one = await shared(staff, int(data["consultation"]))
    except ParticipationError:  # it closed meanwhile
        return []
    return [
        lasting(chat_id, leaflets.code(int(data["code"]), link)),
        lasting(chat_id, leaflets.forwardable(one, staff.known.commune, link)),
        lasting(chat_id, leaflets.poster(int(data["poster"])))
        if data["poster"]
        else said(chat_id, leaflets.no_poster(one.consultation_id)),
    ]


@event("job.given_up", Act.WORK)
async def tell_given_up(staff: Staff, data: Data) -> Replies:
    """What was awaited does not come; the clerk has tried it several times."""
    again = int(data["consultation"]) if data["kind"] == LEAFLETS else None
    return [said(staff.person.channel_id, leaflets.given_up(again))]
