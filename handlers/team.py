"""The team: inviting, admitting, withdrawing; and telling people which role they hold now."""

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.buttons import Tapped
from handlers.commands import commands_of
from handlers.events import Data, event
from handlers.language import language_for, speaking
from handlers.replies import Replies
from handlers.saying import edited, lasting, noticed
from handlers.views import invitations as theirs
from handlers.views import team as views
from handlers.views.actions import (
    AdmitStaff,
    AskToWithdrawRole,
    ChangeRole,
    ChooseRole,
    IssueInvitation,
    OpenInvitation,
    OpenMember,
    OpenTeam,
    TakeBackInvitation,
    WithdrawRole,
)
from participation.granting import put_down
from participation.invitations import STAFF_LINK
from participation.staff import Staff
from participation.team import Decided, NoAddress, Team

ROLE_NOW = "role.now"
"""The event that tells a person which role they hold now."""

router = Router()


@router.callback_query(Tapped(OpenTeam))
async def open_team(query: CallbackQuery, action: OpenTeam, staff: Staff) -> Replies:
    """Show who holds a role, and what invitations are open, in place."""
    members, pending = await Team(staff).roster()
    return [noticed(query), edited(query, views.roster(members, pending, action.page))]


@router.callback_query(Tapped(ChooseRole))
async def choose_role(query: CallbackQuery) -> Replies:
    """Ask for which role somebody is invited."""
    return [noticed(query), edited(query, views.role_choice())]


@router.callback_query(Tapped(IssueInvitation))
async def issue_invitation(query: CallbackQuery, action: IssueInvitation, staff: Staff) -> Replies:
    """Show the link, once."""
    username = await _username(query)
    issued = await Team(staff).invite(action.role)
    link = f"https://t.me/{username}?start={STAFF_LINK}{issued.token}"
    return [noticed(query), edited(query, views.issued(issued, link))]


@router.callback_query(Tapped(OpenInvitation))
async def open_invitation(query: CallbackQuery, action: OpenInvitation, staff: Staff) -> Replies:
    """Show one that is open: who has knocked, or that nobody has."""
    pending = await Team(staff).invitation(action.invitation)
    return [noticed(query), edited(query, views.invitation(pending))]


@router.callback_query(Tapped(AdmitStaff))
async def admit(query: CallbackQuery, action: AdmitStaff, staff: Staff) -> Replies:
    """Give the role; whoever knocked is told at once, and finds the command of staff."""
    decided = await Team(staff).admit(action.invitation)
    replies: Replies = [noticed(query), edited(query, views.decided(decided, admitted=True))]
    if decided.told is not None:
        with speaking(decided.told.language or language_for(None)):
            replies.append(lasting(decided.told.chat_id, theirs.welcomed(decided.role)))
            replies += commands_of(decided.told.chat_id, decided.role)
    return replies


@router.callback_query(Tapped(TakeBackInvitation))
async def take_back(query: CallbackQuery, action: TakeBackInvitation, staff: Staff) -> Replies:
    """Refuse the one who knocks, who is told; where nobody has, the link is worth nothing."""
    decided = await Team(staff).take_back(action.invitation)
    shown = edited(query, views.decided(decided, admitted=False))
    return [noticed(query), shown, *_refused(decided)]


@router.callback_query(Tapped(OpenMember))
async def open_member(query: CallbackQuery, action: OpenMember, staff: Staff) -> Replies:
    """Show somebody's role, and what can be done with it."""
    return [noticed(query), edited(query, views.member(await Team(staff).member(action.grant)))]


@router.callback_query(Tapped(AskToWithdrawRole))
async def ask_to_withdraw(
    query: CallbackQuery, action: AskToWithdrawRole, staff: Staff
) -> Replies:
    """Ask once more: it takes effect at once."""
    member = await Team(staff).member(action.grant)
    return [noticed(query), edited(query, views.withdrawing(member))]


@router.callback_query(Tapped(WithdrawRole))
async def withdraw(query: CallbackQuery, action: WithdrawRole, staff: Staff) -> Replies:
    """Take the role back; the person hears of it from the clerk's event."""
    member = await Team(staff).withdraw(action.grant)
    return [noticed(query), edited(query, views.withdrawn(member, staff))]


@router.callback_query(Tapped(ChangeRole))
async def change_role(query: CallbackQuery, action: ChangeRole, staff: Staff) -> Replies:
    """Another role from now on; the person hears of it from the clerk's event."""
    member = await Team(staff).change(action.grant, action.role)
    return [noticed(query), edited(query, views.changed(member, staff))]


@event(ROLE_NOW, None)
async def tell_role(staff: Staff, _data: Data) -> Replies:
    """Say which role the person holds now; what they were writing for staff is put down."""
    put_down(staff.known, staff.person)
    chat_id, role = staff.person.channel_id, staff.role
    view = theirs.welcomed(role) if role is not None else theirs.ended()
    return [lasting(chat_id, view), *commands_of(chat_id, role)]


def _refused(decided: Decided) -> Replies:
    if decided.told is None:
        return []
    with speaking(decided.told.language or language_for(None)):
        return [lasting(decided.told.chat_id, theirs.refused())]


async def _username(query: CallbackQuery) -> str:
    """The bot's name, known since the start: nothing is asked. Raises NoAddress."""
    me = await query.bot.me() if query.bot is not None else None
    if me is None or not me.username:
        raise NoAddress
    return me.username
