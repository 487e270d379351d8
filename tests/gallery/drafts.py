"""The example's open consultation as the draft it could have been, for scenes of its writing."""

from dataclasses import replace

from participation.cards import Cards, CardText, DraftWindow, Written
from participation.closing import Closing, EarlyClosing
from participation.consultations import GRACE
from participation.documents import Paper
from participation.extending import Extending, Extension
from participation.lacking import Lack, Lacking
from participation.legal import missing_legal_fields
from participation.managing import Managed, Managing
from participation.opening import Opening, Prepared
from participation.publishing import Notice
from participation.staff import Staff
from storage.base import DocumentId
from storage.consultations import ConsultationState, Mode
from storage.people import Role
from tests.gallery.visit import Visit

LACKS = (
    *(Lack(what, "fr") for what in (Lacking.TITLE, Lacking.STAKE, Lacking.CONTACT)),
    Lack(Lacking.DOCUMENT_TITLE, "ar", name="plan.pdf"),
    Lack(Lacking.WINDOW_OVER),
    Lack(Lacking.SHORT_REASON),
    Lack(Lacking.NO_QUESTION),
    Lack(Lacking.IDENTIFYING, row=7, label={"ar": "الاسم الكامل", "fr": "Nom complet"}),
    Lack(Lacking.IDENTITY_CARD, row=8, label={"ar": "رقم البطاقة", "fr": "Numéro de CNIE"}),
)


def officer(visit: Visit) -> Staff:
    """The person as an officer."""
    return visit.works_as(Role.OFFICER)


def drafted(visit: Visit) -> int:
    """The open consultation becomes a draft again; its id."""
    number = visit.id()
    row = visit.known.consultations[number]  # type: ignore[index]
    row.state, row.window_days = ConsultationState.DRAFT, 21
    return number


async def managed(visit: Visit, *, draft: bool = False) -> Managed:
    number = drafted(visit) if draft else visit.id()
    return (await Managing(officer(visit)).stands(number)).managed


async def written(visit: Visit, field: CardText, **texts: str) -> Written:
    found = await Cards(officer(visit)).text(drafted(visit), field)
    return replace(found, texts=texts) if texts else found


async def window(visit: Visit, days: str) -> DraftWindow:
    return await Cards(officer(visit)).open_for(drafted(visit), days)


async def prepared(visit: Visit, *, short: bool = False) -> Prepared:
    staff, number = officer(visit), drafted(visit)
    if short:
        await Cards(staff).open_for(number, "8")
        reason = {"ar": "ينتهي الدعم هذا الشهر.", "fr": "La subvention expire ce mois-ci."}
        await Cards(staff).give_reason(number, reason[visit.language])
    return await Opening(staff).prepare(number)


async def lacking(visit: Visit) -> Prepared:
    return replace(
        await prepared(visit), lacks=LACKS, warnings=tuple(missing_legal_fields({})), days=0
    )


async def extending(visit: Visit) -> Extending:
    return await Extension(officer(visit)).until(visit.begins().id(), "7")


async def closing(visit: Visit) -> Closing:
    reason = {"ar": "يجتمع المجلس قبل الموعد.", "fr": "Le conseil se réunit plus tôt."}
    return await EarlyClosing(officer(visit)).because(visit.id(), reason[visit.language])


async def notice(visit: Visit, mode: Mode = Mode.ANONYMOUS) -> Notice:
    one = replace(await managed(visit), mode=mode)
    return Notice(one, visit.card().stake, visit.known.now + GRACE)


def recording(visit: Visit) -> Paper:
    """The notice as the commune has spoken it."""
    one = paper(visit, visit.language, complete=False)
    return replace(one, file_name="notice.ogg", size=86_000, is_recording=True)


def paper(visit: Visit, language: str | None = None, *, complete: bool = True) -> Paper:
    return Paper(
        DocumentId(1),
        visit.listed().consultation_id,
        {"ar": "تصميم الحديقة", "fr": "Plan du jardin"} if complete else {},
        {
            "ar": "ثلاث صفحات: الأشجار والممرات والكلفة.",
            "fr": "Trois pages : arbres, allées, coût.",
        }
        if complete
        else {},
        language,
        "plan-jardin.pdf",
        1_240_000,
    )
