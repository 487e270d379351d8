"""Staff write a draft's card and documents, open it, extend it, close it."""

from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from aiogram.methods import SendMessage

from handlers.opening import opening_words
from handlers.refusals import explain, sentence
from handlers.views import cards, leaflets, mails, papers, publishing
from handlers.views.view import View
from handlers.views.workspace import managing
from participation.cards import CardFixed, CardText, NoSuchMode, NotCorrigible
from participation.closing import AlreadyClosed, Closed, NoReason
from participation.documents import DocumentShown
from participation.errors import ParticipationError
from participation.extending import AlreadyExtended, Extended, NoExtension
from participation.file_kinds import NotTaken
from participation.managing import Managing
from participation.opening import AlreadyOpen, NotReadyToOpen, Opened
from participation.publishing import NotOpenYet
from participation.sharing import link_to
from participation.windows import LastDayPast, WindowNotUnderstood, WindowTooLong
from participation.wording import NothingToRead, NotInWords, TextTooLong, TooManyLines
from storage.consultations import Mode
from tests.gallery import drafts
from tests.gallery.events import tap
from tests.gallery.scene import Notice, Scene
from tests.gallery.visit import HOUSES, Visit

LINK = link_to(HOUSES, "musharaka_bot")
Found = TypeVar("Found")


def _of(
    view: Callable[[Found], View], found: Callable[[Visit], Awaitable[Found]]
) -> Callable[[Visit], Coroutine[Any, Any, View]]:
    async def build(visit: Visit) -> View:
        return view(await found(visit))

    return build


async def _draft(visit: Visit) -> View:
    staff, number = drafts.officer(visit), drafts.drafted(visit)
    return managing(await Managing(staff).stands(number), staff)


async def _changed(visit: Visit) -> View:
    """Extended, after a short window, and closed early."""
    staff = drafts.officer(visit)
    stood = await Managing(staff).stands(visit.id())
    one = replace(
        stood.managed,
        extended_from=date(2026, 12, 1),
        short_reason={"ar": "الدعم", "fr": "La subvention"}[visit.language],
        early_reason={"ar": "الدورة", "fr": "La session"}[visit.language],
    )
    return managing(replace(stood, managed=one), staff)


async def _text(visit: Visit, field: CardText) -> View:
    return cards.card_text(await drafts.written(visit, field))


async def _half(visit: Visit) -> View:
    written = await drafts.written(visit, CardText.TITLE, fr="Jardins")
    return cards.card_text(written, first=sentence(TextTooLong(100, 134)))


async def _window(visit: Visit, days: str, refusal: ParticipationError | None = None) -> View:
    window = await drafts.window(visit, days)
    return cards.window_choice(window, first=sentence(refusal) if refusal else "")


async def _past(visit: Visit) -> View:
    window = replace(await drafts.window(visit, "30"), days=0)
    return cards.window_choice(window, first=sentence(LastDayPast()))


async def _reason(visit: Visit) -> View:
    return cards.short_reason(await drafts.window(visit, "5"))


async def _reason_again(visit: Visit) -> View:
    return cards.short_reason(await drafts.window(visit, "5"), first=sentence(NotInWords()))


async def _mode(visit: Visit) -> View:
    return cards.mode_choice(await drafts.managed(visit, draft=True))


def _not_taken(why: NotTaken) -> Callable[[Visit], View]:
    return lambda visit: papers.refused(visit.listed().consultation_id, why)


async def _opened(visit: Visit) -> View:
    return publishing.opened(Opened(await drafts.managed(visit), 412))


async def _again(visit: Visit) -> View:
    return publishing.opening(replace(await drafts.prepared(visit, short=True), again=True))


async def _extension(visit: Visit) -> View:
    one = await drafts.managed(visit)
    return publishing.extension_choice(one, first=sentence(NoExtension()))


async def _extended(visit: Visit) -> View:
    return publishing.extended(Extended(await drafts.managed(visit), 37))


async def _closing_reason(visit: Visit) -> View:
    return publishing.closing_reason(await drafts.managed(visit))


async def _closed(visit: Visit) -> View:
    return publishing.closed(Closed(await drafts.managed(visit), 50))


async def _forwardable(visit: Visit) -> View:
    return leaflets.forwardable(await drafts.managed(visit), visit.commune, LINK)


async def _identified(visit: Visit) -> View:
    return mails.opening_mail(await drafts.notice(visit, Mode.IDENTIFIED))


async def _sent(visit: Visit) -> SendMessage:
    mail = opening_words(await drafts.notice(visit))[visit.language]
    return SendMessage(chat_id=visit.person.channel_id, **mail)


async def _pseudonymous(visit: Visit) -> View:
    return mails.opening_mail(await drafts.notice(visit, Mode.PSEUDONYMOUS))


def _refused(name: str, caption: str, refusal: ParticipationError) -> Scene:
    async def build(visit: Visit) -> Notice:
        behind = await _draft(visit)
        return Notice.among(behind, explain(refusal, tap(visit), visit.person, visit.known))

    return Scene(f"notice-{name}", None, caption, build)


def _noticed(name: str, caption: str, words: str) -> Scene:
    from handlers.language import _
    from handlers.saying import noticed

    async def build(visit: Visit) -> Notice:
        return Notice.among(await _draft(visit), [noticed(tap(visit), _(words))])

    return Scene(f"notice-{name}", None, caption, build)


SCENES = (
    Scene("managing-draft-author", managing, "A draft that can be written", _draft),
    Scene("managing-changed", managing, "What staff did with a window", _changed),
    Scene(
        "card-title",
        cards.card_text,
        "The title",
        lambda visit: _text(visit, CardText.TITLE),
        bilingual=True,
    ),
    Scene(
        "card-stake",
        cards.card_text,
        "What is at stake",
        lambda visit: _text(visit, CardText.STAKE),
        bilingual=True,
    ),
    Scene(
        "card-contact",
        cards.card_text,
        "The contact",
        lambda visit: _text(visit, CardText.CONTACT),
        bilingual=True,
    ),
    Scene(
        "card-title-half",
        cards.card_text,
        "Too long, and one language is missing",
        _half,
        bilingual=True,
    ),
    Scene(
        "card-window",
        cards.window_choice,
        "For how many days",
        lambda visit: _window(visit, "21", WindowNotUnderstood()),
    ),
    Scene(
        "card-window-fixed",
        cards.window_choice,
        "Until a day",
        lambda visit: _window(visit, "14/12/2026", WindowTooLong()),
    ),
    Scene(
        "card-window-short",
        cards.window_choice,
        "So short that a reason is needed",
        lambda visit: _window(visit, "1"),
    ),
    Scene("card-window-past", cards.window_choice, "The last day went by", _past),
    Scene("card-short-reason", cards.short_reason, "Why so short?", _reason),
    Scene("card-short-reason-again", cards.short_reason, "A number for a reason", _reason_again),
    Scene("card-mode", cards.mode_choice, "Who is behind an answer", _mode, dark=True),
    Scene(
        "papers-none",
        papers.papers,
        "No document yet",
        lambda visit: papers.papers(visit.listed().consultation_id, ()),
    ),
    Scene(
        "papers",
        papers.papers,
        "Two documents, one without a title",
        lambda visit: papers.papers(
            visit.listed().consultation_id,
            (drafts.paper(visit), drafts.paper(visit, complete=False)),
        ),
    ),
    Scene(
        "papers-spoken",
        papers.papers,
        "The notice was recorded",
        lambda visit: papers.papers(
            visit.listed().consultation_id, (drafts.paper(visit), drafts.recording(visit))
        ),
    ),
    Scene(
        "paper-spoken",
        papers.paper,
        "The recording of the notice",
        lambda visit: papers.paper(drafts.recording(visit)),
        bilingual=True,
    ),
    Scene(
        "paper-wanted",
        papers.file_wanted,
        "Which files are taken",
        lambda visit: papers.file_wanted(visit.listed().consultation_id),
    ),
    *(
        Scene(f"paper-{why.value.replace('_', '-')}", papers.refused, "Refused", _not_taken(why))
        for why in NotTaken
    ),
    Scene("paper-receiving", papers.receiving, "It is checked", lambda _visit: papers.receiving()),
    Scene(
        "paper-title",
        papers.document_title,
        "What it is called",
        lambda visit: papers.document_title(
            drafts.paper(visit, complete=False), first=sentence(NothingToRead())
        ),
        bilingual=True,
    ),
    Scene(
        "paper-summary",
        papers.document_summary,
        "Five lines",
        lambda visit: papers.document_summary(
            drafts.paper(visit), first=sentence(TooManyLines(5, 8))
        ),
        bilingual=True,
    ),
    Scene(
        "paper",
        papers.paper,
        "A document",
        lambda visit: papers.paper(drafts.paper(visit)),
        bilingual=True,
    ),
    Scene(
        "paper-shown",
        papers.paper,
        "A document that people see",
        lambda visit: papers.paper(replace(drafts.paper(visit), is_shown=True)),
        bilingual=True,
    ),
    Scene(
        "paper-arabic",
        papers.paper,
        "A document in one language",
        lambda visit: papers.paper(drafts.paper(visit, "ar")),
        bilingual=True,
    ),
    Scene(
        "opening",
        publishing.opening,
        "What an opening would do",
        _of(publishing.opening, drafts.prepared),
        dark=True,
    ),
    Scene("opening-again", publishing.opening, "Something has changed meanwhile", _again),
    Scene(
        "opening-lacking",
        publishing.opening,
        "What is missing",
        _of(publishing.opening, drafts.lacking),
    ),
    Scene("opened", publishing.opened, "It is open", _opened),
    Scene(
        "opening-mail",
        mails.opening_mail,
        "What subscribers receive",
        _of(mails.opening_mail, drafts.notice),
        dark=True,
    ),
    Scene("opening-mail-sent", None, "The same with the button that stops it", _sent),
    Scene("opening-mail-identified", mails.opening_mail, "By name", _identified),
    Scene("opening-mail-pseudonymous", mails.opening_mail, "Under a number", _pseudonymous),
    Scene(
        "leaflet-code",
        leaflets.code,
        "The code, to be forwarded",
        lambda _visit: leaflets.code(1, LINK),
        bilingual=True,
    ),
    Scene(
        "leaflet-text",
        leaflets.forwardable,
        "A text for WhatsApp",
        _forwardable,
        bilingual=True,
    ),
    Scene("leaflet-poster", leaflets.poster, "The poster", lambda _visit: leaflets.poster(2)),
    Scene(
        "leaflet-no-poster",
        leaflets.no_poster,
        "The poster could not be drawn",
        lambda visit: leaflets.no_poster(visit.id()),
    ),
    Scene(
        "given-up",
        leaflets.given_up,
        "What was awaited could not be made",
        lambda _visit: leaflets.given_up(None),
    ),
    Scene(
        "given-up-leaflets",
        leaflets.given_up,
        "Neither link nor poster could be made",
        lambda visit: leaflets.given_up(visit.id()),
    ),
    Scene("extension", publishing.extension_choice, "How many days more", _extension),
    Scene(
        "extending",
        publishing.extending,
        "What more time would do",
        _of(publishing.extending, drafts.extending),
    ),
    Scene("extended", publishing.extended, "It is extended", _extended),
    Scene(
        "extension-mail",
        mails.extension_mail,
        "What those receive who began",
        _of(mails.extension_mail, drafts.notice),
    ),
    Scene(
        "closing-mail",
        mails.closing_mail,
        "What those receive who began when it closes early",
        _of(mails.closing_mail, drafts.notice),
    ),
    Scene("closing-reason", publishing.closing_reason, "Why close early?", _closing_reason),
    Scene(
        "closing",
        publishing.closing,
        "What closing would do",
        _of(publishing.closing, drafts.closing),
    ),
    Scene("closed", publishing.closed, "It is closed", _closed),
    _refused("card-fixed", "Its card stays as it is", CardFixed()),
    _refused("not-corrigible", "Nobody can answer any more", NotCorrigible()),
    _refused("document-shown", "People were given the document", DocumentShown()),
    _refused("no-such-mode", "A forged button", NoSuchMode()),
    _refused("already-open", "Opened twice", AlreadyOpen()),
    _refused("not-ready", "Something is missing", NotReadyToOpen()),
    _refused("draft-only", "A draft has no link", NotOpenYet()),
    _refused("already-extended", "Extended twice", AlreadyExtended()),
    _refused("already-closed", "Closed twice", AlreadyClosed()),
    _refused("no-reason", "The reason is missing", NoReason()),
    _noticed("extended", "Extended", "The consultation is extended."),
    _noticed("shared", "On its way", "The link and the poster will be here in a moment."),
)
