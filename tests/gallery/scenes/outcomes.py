"""What became of a consultation: written by an officer, read by everybody."""

from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import timedelta
from typing import Any

from aiogram.methods import SendMessage

from handlers.announcing import in_each_language
from handlers.language import language_now
from handlers.menu import menu_of
from handlers.refusals import explain
from handlers.report_files import remove_file, take_file
from handlers.report_publication import give_up
from handlers.reporting import remove_theme, take_text
from handlers.steps import Reporting as Steps
from handlers.views import outcomes, reports
from handlers.views import report_publication as publishing
from handlers.views import report_themes as themes
from handlers.views.actions import GiveUpReport, RemoveReportFile, RemoveTheme
from handlers.views.consultations import card, consultations
from handlers.views.start import menu
from handlers.views.view import Attached, View
from handlers.views.workspace import managing
from participation.managing import Managing
from participation.outcomes import Outcomes
from participation.places import Place as Stand
from participation.report_fields import NOTE, Field
from participation.report_publication import ReportPublication
from participation.reporting import Reporting
from participation.reports import Enclosed, Report, Theme
from storage.reports import FileKind, ReportBack, Verdict
from storage.wishes import OutcomeWish
from tests.gallery.events import message, message_among, tap, words
from tests.gallery.scene import Notice, Scene
from tests.gallery.scenes.workspace import at_work
from tests.gallery.visit import CHARTER, HOUSES, Visit

THEMES = (
    (
        {"ar": "فتح دور الحي مساء ويوم السبت", "fr": "Ouvrir les maisons le soir et le samedi"},
        Verdict.ACCEPTED,
        {
            "ar": "ستفتح داران إلى الساعة التاسعة مساء ابتداء من يناير.",
            "fr": "Deux maisons ouvriront jusqu’à 21 h à partir de janvier.",
        },
    ),
    (
        {"ar": "المزيد من الكتب والحواسيب", "fr": "Davantage de livres et d’ordinateurs"},
        Verdict.PARTLY,
        {
            "ar": "الكتب هذه السنة، والحواسيب حسب الميزانية المقبلة.",
            "fr": "Les livres cette année ; les ordinateurs selon le prochain budget.",
        },
    ),
    (
        {"ar": "إحداث مسبح", "fr": "Construire une piscine"},
        Verdict.REFUSED,
        {
            "ar": "لا تتوفر الجماعة على قطعة أرضية مناسبة.",
            "fr": "La commune ne dispose pas d’un terrain adapté.",
        },
    ),
)
NOTE_TEXTS = {"ar": "صححنا موعد الفتح.", "fr": "La date d’ouverture est rectifiée."}
FILE = Enclosed(FileKind.DOCUMENT, "file", 1, "reponse.pdf", "application/pdf")
VOICE = Enclosed(FileKind.VOICE, "voice", 1, "report.ogg", "audio/ogg")
Drawn = Callable[[Visit], Coroutine[Any, Any, View]]


def _reporting(visit: Visit) -> Reporting:
    return Reporting(at_work(visit))


def _publication(visit: Visit) -> ReportPublication:
    return ReportPublication(at_work(visit))


async def _theme(visit: Visit, place: int, *languages: str, verdict: bool = True) -> Report:
    """One of the themes, in these languages."""
    heard, decided, reason = THEMES[place]
    use, number = _reporting(visit), visit.id(CHARTER)
    report = await use.written(number)
    for language in languages:
        report = await use.write(number, Field(place, False, language), heard[language])
        if verdict:
            await use.write(number, Field(place, True, language), reason[language])
    if verdict:
        report = await use.decide(number, place, decided)
    return report


async def written(visit: Visit) -> Report:
    """Everything is written, and not published."""
    for place in range(len(THEMES)):
        report = await _theme(visit, place, "ar", "fr")
    return report


async def published(visit: Visit) -> Report:
    """Everybody can read it."""
    await written(visit)
    await _publication(visit).publish(visit.id(CHARTER), None)
    visit.known.shelf = replace(
        visit.known.shelf, outcomes=frozenset({visit.listed(CHARTER).consultation_id})
    )
    return await Outcomes(visit.known).read(visit.id(CHARTER))


async def corrected(visit: Visit) -> Report:
    """The same once it was corrected."""
    await published(visit)
    visit.passes(days=2)
    await _correction(visit)
    await _publication(visit).publish(visit.id(CHARTER), None)
    return await Outcomes(visit.known).read(visit.id(CHARTER))


async def _correction(visit: Visit) -> Report:
    use, number = _reporting(visit), visit.id(CHARTER)
    for language, note in NOTE_TEXTS.items():
        report = await use.write(number, Field(NOTE, False, language), note)
    return report


async def _outcome(visit: Visit) -> View:
    return outcomes.outcome(replace(await published(visit), contributions=412), 0)


async def _outcome_untranslated(visit: Visit) -> View:
    (other,) = {"ar", "fr"} - {visit.language}
    report = await published(visit)
    theme = Theme({other: THEMES[0][0][other]}, Verdict.ACCEPTED, {})
    return outcomes.outcome(replace(report, themes=(theme,)), 0)


async def _outcome_long(visit: Visit) -> View:
    report = await published(visit)
    return outcomes.outcome(replace(report, themes=report.themes * 8, files={"ar": VOICE}), 1)


async def _outcome_file(visit: Visit) -> View:
    return outcomes.outcome_file(await published(visit), Attached(1))


async def _outcome_with_file(visit: Visit) -> View:
    return outcomes.outcome(replace(await published(visit), files={"fr": FILE}), 0)


async def _card(visit: Visit) -> View:
    await published(visit)
    return card(visit.card(CHARTER))


async def _list(visit: Visit) -> View:
    await published(visit)
    return consultations(visit.consultations.all(), 0)


async def _menu(visit: Visit) -> View:
    await published(visit)
    visit.known.roles.clear()
    return menu_of(visit.person, visit.passes(days=40).known)


async def _menu_subscribed(visit: Visit) -> View:
    first = {**visit.commune["ordinary_sessions"][0], "next_on": "2027-02-05"}
    visit.known.shelf = replace(
        visit.known.shelf, commune={**visit.commune, "ordinary_sessions": [first]}
    )
    visit.person.subscribed = True
    return menu_of(visit.person, visit.passes(days=40).known)


async def _managing(visit: Visit) -> View:
    staff = at_work(visit)
    return managing(await Managing(staff).stands(visit.id(CHARTER)), staff)


async def _board(visit: Visit) -> View:
    return reports.report_board(await written(visit))


async def _board_empty(visit: Visit) -> View:
    return reports.report_board(await _reporting(visit).written(visit.id(CHARTER)))


async def _board_unfinished(visit: Visit) -> View:
    use, number = _reporting(visit), visit.id(CHARTER)
    await _theme(visit, 0, visit.language, verdict=False)
    await _theme(visit, 1, visit.language, verdict=False)
    await use.decide(number, 1, Verdict.PARTLY)
    await use.write(number, Field(2, True, visit.language), THEMES[2][2][visit.language])
    await use.enclose(number, "ar", VOICE)
    return reports.report_board(await use.enclose(number, "fr", FILE))


async def _theme_page(visit: Visit) -> View:
    return themes.theme_page(await written(visit), 0)


async def _theme_page_lacking(visit: Visit) -> View:
    await _theme(visit, 0, "ar", "fr", verdict=False)
    report = await _reporting(visit).decide(visit.id(CHARTER), 0, Verdict.REFUSED)
    return themes.theme_page(report, 0)


async def _verdict_choice(visit: Visit) -> View:
    return themes.verdict_choice(await _theme(visit, 0, "ar", "fr", verdict=False), 0)


def _text(place: int, *, is_reason: bool) -> Drawn:
    async def build(visit: Visit) -> View:
        await written(visit)
        field = Field(place, is_reason, language_now())
        report, present = await _reporting(visit).text(visit.id(CHARTER), field)
        return themes.report_text(report, field, present)

    return build


async def _text_too_long(visit: Visit) -> Any:
    return await _text_written(visit, THEMES[0][0][visit.language] * 20)


async def _other_language(visit: Visit) -> Any:
    return await _text_written(visit, THEMES[0][0]["fr" if visit.language == "ar" else "ar"])


async def _text_written(visit: Visit, text: str) -> Any:
    field, staff = Field(0, False, visit.language), at_work(visit)
    stand = Stand(Steps.writing.state, visit.listed(CHARTER).consultation_id, 0, field.number)
    return message_among(await take_text(words(visit, text), text, stand, staff))


async def _file_asked(visit: Visit) -> View:
    use = _reporting(visit)
    await use.written(visit.id(CHARTER))
    report = await use.enclose(visit.id(CHARTER), visit.language, FILE)
    return reports.report_file(report, visit.language)


def _file_sent(**content: Any) -> Callable[[Visit], Coroutine[Any, Any, Any]]:
    async def build(visit: Visit) -> Any:
        number = visit.listed(CHARTER).consultation_id
        stand = Stand(Steps.enclosing.state, number)
        sent = message(visit, **content)
        return message_among(await take_file(sent, stand, at_work(visit)) or [])

    return build


async def _preview(visit: Visit) -> View:
    await written(visit)
    report = await _reporting(visit).foreseen(visit.id(CHARTER))
    return publishing.report_preview(report, 0, language_now())


async def _confirmation(visit: Visit, wishes: int = 1) -> View:
    await written(visit)
    if wishes:
        number = visit.listed(CHARTER).consultation_id
        visit.known.session.add(OutcomeWish(person_id=visit.person.id, consultation_id=number))
        await visit.known.session.flush()
    return publishing.report_confirmation(*await _publication(visit).ready(visit.id(CHARTER)))


async def _confirmation_of_correction(visit: Visit) -> View:
    await published(visit)
    await _correction(visit)
    report, _count = await _publication(visit).ready(visit.id(CHARTER))
    return publishing.report_confirmation(report, 12)


async def _note_asked(visit: Visit) -> View:
    await published(visit)
    field = Field(NOTE, False, language_now())
    report, present = await _reporting(visit).text(visit.id(CHARTER), field)
    return themes.report_text(report, field, present)


def _published(count: int) -> Drawn:
    async def build(visit: Visit) -> View:
        await written(visit)
        done = await _publication(visit).publish(visit.id(CHARTER), None)
        return publishing.report_published(replace(done, count=count))

    return build


async def _giving_up(visit: Visit) -> View:
    return reports.report_giving_up(await written(visit))


def _told(version: int) -> Callable[[Visit], Coroutine[Any, Any, SendMessage]]:
    """As the mail loop sends it, with the button that stops announcements."""

    async def build(visit: Visit) -> SendMessage:
        report = replace(await written(visit), version=version)
        sent = in_each_language(lambda: outcomes.outcome_told(report))[visit.language]
        return SendMessage.model_validate({**sent, "chat_id": visit.person.channel_id})

    return build


def _noticed(name: str, caption: str, act: Any) -> Scene:
    """A tap that is taken, answered by its handler."""

    async def build(visit: Visit) -> Notice:
        await written(visit)
        await _reporting(visit).enclose(visit.id(CHARTER), "fr", FILE)
        behind = await _board(visit)
        return Notice.among(behind, await act(visit))

    return Scene(f"notice-{name}", None, caption, build)


def _refused(name: str, caption: str, act: Any) -> Scene:
    """A tap that is refused, explained as the worker explains it."""

    async def build(visit: Visit) -> Notice:
        behind = await _board(visit)
        try:
            await act(visit)
        except Exception as refusal:
            replies = explain(refusal, tap(visit), visit.person, visit.known)  # type: ignore[arg-type]
            return Notice.among(behind, replies)
        raise AssertionError("nothing was refused")

    return Scene(f"notice-{name}", None, caption, build)


async def _unfinished(visit: Visit) -> None:
    await _reporting(visit).write(visit.id(CHARTER), Field(3, False, "fr"), "Un thème")
    await _publication(visit).ready(visit.id(CHARTER))


async def _twice(visit: Visit) -> None:
    for _time in range(2):
        await _publication(visit).publish(visit.id(CHARTER), None)


async def _noteless(visit: Visit) -> None:
    await published(visit)
    await _reporting(visit).write(visit.id(CHARTER), Field(3, False, "fr"), "Un thème")
    await _reporting(visit).remove(visit.id(CHARTER), 3, 4)
    await _publication(visit).ready(visit.id(CHARTER))


async def _meanwhile(visit: Visit) -> None:
    visit.known.session.add(
        ReportBack(
            consultation_id=visit.listed(CHARTER).consultation_id,
            version=4,
            written_by=visit.person.id,
            published_at=visit.known.now - timedelta(days=1),
        )
    )
    await visit.known.session.flush()
    await _publication(visit).ready(visit.id(CHARTER))


async def _too_many(visit: Visit) -> None:
    for place in range(3, 13):
        await _reporting(visit).write(visit.id(CHARTER), Field(place, False, "fr"), "Un thème")


SCENES = (
    Scene("outcome", outcomes.outcome, "What became of a consultation", _outcome, dark=True),
    Scene(
        "outcome-corrected",
        outcomes.outcome,
        "The same once it was corrected",
        lambda visit: _shown(visit),
    ),
    Scene("outcome-page-2", outcomes.outcome, "The second page of a long one", _outcome_long),
    Scene("outcome-file-button", outcomes.outcome, "With a file", _outcome_with_file),
    Scene(
        "outcome-untranslated",
        outcomes.outcome,
        "A part of it is written in the other language only",
        _outcome_untranslated,
        bilingual=True,
    ),
    Scene("outcome-file", outcomes.outcome_file, "The same as a file", _outcome_file),
    Scene("outcome-told", outcomes.outcome_told, "Those who wished it are told", _told(0)),
    Scene("outcome-told-again", outcomes.outcome_told, "A correction is told", _told(1)),
    Scene("card-outcome", card, "The card of a consultation with an outcome", _card),
    Scene("consultations-outcome", consultations, "The list, with an outcome in it", _list),
    Scene("menu-quiet", menu, "Nothing is open: the menu has past outcomes", _menu, dark=True),
    Scene(
        "menu-quiet-subscribed",
        menu,
        "The same for somebody who will be told, with a typed day",
        _menu_subscribed,
    ),
    Scene("managing-report", managing, "The report can be written", _managing),
    Scene("report-empty", reports.report_board, "A report is begun", _board_empty),
    Scene("report", reports.report_board, "A report with three themes", _board, dark=True),
    Scene("report-unfinished", reports.report_board, "Not everything is there", _board_unfinished),
    Scene("report-theme", themes.theme_page, "One theme", _theme_page),
    Scene("report-theme-lacking", themes.theme_page, "It lacks a reason", _theme_page_lacking),
    Scene("report-verdict", themes.verdict_choice, "The verdict", _verdict_choice),
    Scene("report-heard", themes.report_text, "What was heard", _text(0, is_reason=False)),
    Scene("report-action", themes.report_text, "What will be done", _text(0, is_reason=True)),
    Scene("report-reason", themes.report_text, "Why not", _text(2, is_reason=True)),
    Scene("report-note", themes.report_text, "What a correction changes", _note_asked),
    Scene("report-too-long", themes.report_text, "Too long a text", _text_too_long),
    Scene("report-other-language", themes.report_text, "The other language", _other_language),
    Scene("report-file", reports.report_file, "A file or a voice message", _file_asked),
    Scene(
        "report-file-refused",
        reports.report_file,
        "Something else was sent",
        _file_sent(text="…"),
    ),
    Scene(
        "report-file-kept",
        reports.report_board,
        "The file is kept",
        _file_sent(
            document={"file_id": "1", "file_unique_id": "1", "file_name": "a.pdf", "file_size": 9}
        ),
    ),
    Scene("report-preview", publishing.report_preview, "What people will see", _preview),
    Scene("report-confirmation", publishing.report_confirmation, "One is told", _confirmation),
    Scene(
        "report-confirmation-nobody",
        publishing.report_confirmation,
        "Nobody wished it",
        lambda visit: _confirmation(visit, 0),
    ),
    Scene(
        "report-confirmation-correction",
        publishing.report_confirmation,
        "A correction",
        _confirmation_of_correction,
    ),
    Scene("report-published", publishing.report_published, "Published", _published(12)),
    Scene(
        "report-published-quietly",
        publishing.report_published,
        "Told nobody",
        _published(0),
    ),
    Scene("report-giving-up", reports.report_giving_up, "Before a draft is forgotten", _giving_up),
    _noticed(
        "theme-removed",
        "A theme is taken out",
        lambda visit: remove_theme(
            tap(visit), RemoveTheme(visit.id(CHARTER), 0, 3), at_work(visit)
        ),
    ),
    _noticed(
        "file-removed",
        "A file is taken out",
        lambda visit: remove_file(
            tap(visit), RemoveReportFile(visit.id(CHARTER), "fr"), at_work(visit)
        ),
    ),
    _noticed(
        "draft-forgotten",
        "A draft is forgotten",
        lambda visit: give_up(
            tap(visit), GiveUpReport(visit.id(CHARTER), sure=True), at_work(visit)
        ),
    ),
    _refused(
        "no-outcome", "Nothing is published", lambda visit: Outcomes(visit.known).read(visit.id())
    ),
    _refused(
        "still-answered",
        "A report on an open consultation",
        lambda visit: _reporting(visit).written(visit.id(HOUSES)),
    ),
    _refused(
        "no-such-theme",
        "A theme that was taken out",
        lambda visit: _reporting(visit).remove(visit.id(CHARTER), 9, 10),
    ),
    _refused("too-many-themes", "No room for another theme", _too_many),
    _refused("report-unfinished", "A theme is not finished", _unfinished),
    _refused("report-twice", "A double tap on “Publish”", _twice),
    _refused("note-missing", "A correction without a note", _noteless),
    _refused("reported-meanwhile", "Somebody else has published", _meanwhile),
)


async def _shown(visit: Visit) -> View:
    return outcomes.outcome(await corrected(visit), 0)
