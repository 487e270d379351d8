"""What is wrong with the house, told to administrators by the clock's watch."""

from handlers.events import Data, event
from handlers.replies import Replies
from handlers.saying import lasting
from handlers.views import alarms as views
from participation.roles import Act
from participation.staff import Staff
from storage.alarms import AlarmKind


@event("alarm", Act.MANAGE_TEAM)
async def tell_alarm(staff: Staff, data: Data) -> Replies:
    """Say it however late."""
    kind = AlarmKind(data["kind"])
    view = views.alarm_over(kind) if data["is_over"] else views.alarm(kind, data["detail"])
    return [lasting(staff.person.channel_id, view)]
