"""The operator at the command line: the uses of staff, noted in the audit without a person."""

from participation.known import Known
from participation.roles import Act
from participation.staff import Staff
from storage.base import PersonId
from storage.consultations import Consultation
from storage.people import Channel, Person


class Operator(Staff):
    """Whoever may run commands on the server may do what staff may."""

    def __init__(self, known: Known) -> None:
        super().__init__(known, Person(id=PersonId(0), channel=Channel.TELEGRAM, channel_id=0))

    @property
    def person_id(self) -> PersonId | None:
        return None

    def may(self, act: Act, consultation: Consultation | None = None) -> bool:
        return True
