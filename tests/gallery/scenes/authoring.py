"""A new consultation: by a workbook, in the chat; what is wrong with it; the preview."""

from collections.abc import Callable, Coroutine, Iterator, Sequence
from typing import Any

from forms.findings import Finding
from forms.messages import ADVICE, MESSAGES
from handlers.refusals import explain
from handlers.saying import noticed
from handlers.views import authoring as views
from handlers.views.actions import AskByName
from handlers.views.composing import composing, finishing, only_words, saved
from handlers.views.findings import MOST_SHOWN, refused, warned, whole_list
from handlers.views.previews import preview
from handlers.views.view import View
from participation.authoring import Begun, FileTooLarge, NotFinished
from participation.composing import MOST_QUESTIONS, Composed, Kind
from participation.errors import ParticipationError
from participation.managing import Managing
from participation.previewing import NoPreview, Previewed, Previewing, Verb
from storage.base import FormVersionId
from storage.consultations import Consultation, ConsultationState
from tests.gallery.events import tap
from tests.gallery.ground import Place
from tests.gallery.invented import GARDENS
from tests.gallery.scene import Notice, Scene
from tests.gallery.scenes.workspace import at_work
from tests.gallery.visit import HOUSES, Visit

TITLE = "السوق الأسبوعي\nSouk hebdomadaire"
FIRST = "هل تذهبون إلى السوق؟\nAllez-vous au souk ?"
CHOICES = "نعم\nلا\nOui\nNon"
SECOND = "ما هو اقتراحكم؟\nQue proposez-vous ?"
DETAILS = {
    "name": "quarter",
    "near": "",
    "size": "9000000",
    "limit": "8388608",
    "format": ".xls",
    "count": "16",
    "minutes": "7",
    "first": "label",
    "second": "Label",
    "rows": "90000",
    "columns": "9",
    "written": "&&",
    "ours": "and",
    "other": "7",
    "language": "العربية (ar)",
    "part": "label",
    "length": "1600",
    "value": "2026-05-01 00:00:00",
    "list": "yes_no",
    "reason": "…",
    "sign": "(",
    "names": "a → b → a",
    "question": "visits",
}


def written(*messages: str) -> Composed:
    """What was written in the chat by these messages."""
    composed = Composed()
    for words in messages:
        composed = composed.write(words)
    return composed


def full() -> Composed:
    """As many questions as there can be."""
    composed = written(TITLE)
    for _number in range(MOST_QUESTIONS):
        composed = composed.of_kind(Kind.WORDS).write(SECOND)
    return composed


def every_finding() -> Iterator[Finding]:
    """Each message with its own advice, then each advice that fits several."""
    for code in MESSAGES:
        yield Finding(code, "survey", 3, "label", DETAILS)
    yield Finding("unknown_reference", "survey", 3, "relevant", {**DETAILS, "near": "quartier"})
    for key in ADVICE:
        if key.startswith("instead_"):
            instead = key.removeprefix("instead_")
            yield Finding("refused_type", "survey", 3, "type", {"name": "x", "instead": instead})


def findings_scenes() -> Iterator[Scene]:
    """Every sentence about a workbook, a few at a time."""
    every = tuple(every_finding())
    parts = (every[start : start + MOST_SHOWN] for start in range(0, len(every), MOST_SHOWN))
    for number, some in enumerate(parts, start=1):
        caption = f"Sentences about workbooks, part {number}"
        yield Scene(f"findings-{number}", warned, caption, _warning(some), bilingual=True)


def _warning(some: Sequence[Finding]) -> Callable[[Visit], View]:
    return lambda _visit: warned(some)


def _card(*, again: bool) -> Callable[[Visit], Coroutine[Any, Any, View]]:
    async def build(visit: Visit) -> View:
        stood = await Managing(at_work(visit)).stands(visit.id())
        return views.drafted(stood.managed, again=again)

    return build


def _draft(visit: Visit, slug: str) -> Consultation:
    """The consultation as it was before it was opened."""
    row = visit.known.consultations[visit.id(slug)]  # type: ignore[index]
    row.state = ConsultationState.DRAFT
    return row


async def _previewing(visit: Visit, slug: str = GARDENS) -> tuple[Previewing, Previewed]:
    staff = at_work(visit)
    row = _draft(visit, slug)
    assert isinstance(row.form_version_id, int)
    await visit.known.shelf.add_forms(visit.known.session, {FormVersionId(row.form_version_id)})
    previewing = Previewing(staff)
    return previewing, await previewing.begin(row.id, visit.language)


async def _preview(visit: Visit) -> View:
    previewing, shown = await _previewing(visit)
    shown = await previewing.act(Verb.SKIP, 0, 0)
    return preview(shown)


async def _refused_in_preview(visit: Visit) -> View:
    previewing, _shown = await _previewing(visit)
    await previewing.act(Verb.SKIP, 0, 0)
    await previewing.act(Verb.CHOOSE, 1, 0)
    return preview(await previewing.act(Verb.DONE, 2, 0))


async def _ended(visit: Visit) -> View:
    previewing, shown = await _previewing(visit, HOUSES)
    while shown.asked is not None:
        one = shown.asked.question
        verb = Verb.CHOOSE if one.name == "visits" else Verb.SKIP
        shown = await previewing.act(verb, one.index, 0)
    return preview(shown)


def _notice(refusal: ParticipationError) -> Callable[[Visit], Notice]:
    """A tap that is refused above a questionnaire in the chat."""

    def build(visit: Visit) -> Notice:
        behind = composing(written(TITLE))
        return Notice.among(behind, explain(refusal, tap(visit), visit.person, visit.known))

    return build


ERRORS = (
    Finding("unknown_type", "survey", 3, "type", {"name": "selct_one", "near": "select_one"}),
    Finding("identifying_name", "survey", 6, "label"),
    Finding("missing_language", "survey", 1, "label::…", {"name": "label::…"}),
)

SCENES = (
    Scene(
        "new-consultation",
        views.new_consultation,
        "The two ways to a questionnaire",
        lambda _visit: views.new_consultation(Begun(None)),
        dark=True,
    ),
    Scene(
        "new-consultation-begun",
        views.new_consultation,
        "Something was begun already",
        lambda _visit: views.new_consultation(Begun(written(TITLE))),
    ),
    Scene(
        "new-consultation-untitled",
        views.new_consultation,
        "Begun, without a title",
        lambda _visit: views.new_consultation(Begun(Composed())),
    ),
    Scene(
        "awaiting-workbook",
        views.awaiting_workbook,
        "The ready workbook is on its way",
        lambda _visit: views.awaiting_workbook(replacing=False),
    ),
    Scene(
        "awaiting-workbook-again",
        views.awaiting_workbook,
        "Another workbook for a draft",
        lambda _visit: views.awaiting_workbook(replacing=True),
    ),
    Scene(
        "template-sent",
        views.template_sent,
        "The ready workbook",
        lambda _visit: views.template_sent(1),
    ),
    Scene("reading", views.reading, "A workbook is being read", lambda _visit: views.reading()),
    Scene(
        "send-a-file",
        views.send_a_file,
        "Something else than a file came",
        lambda _visit: views.send_a_file(),
    ),
    Scene(
        "not-fetched",
        views.not_fetched,
        "Telegram did not hand the file out",
        lambda _visit: views.not_fetched(),
    ),
    Scene(
        "no-more-a-draft",
        views.no_more_a_draft,
        "The draft was opened meanwhile",
        lambda _visit: views.no_more_a_draft(),
    ),
    Scene("drafted", views.drafted, "A draft has been made", _card(again=False)),
    Scene("drafted-again", views.drafted, "The same workbook once more", _card(again=True)),
    Scene(
        "workbook-to-keep",
        views.workbook_to_keep,
        "The workbook made of what was written here",
        lambda _visit: views.workbook_to_keep(1),
    ),
    Scene(
        "findings-refused",
        refused,
        "A workbook cannot be used",
        lambda _visit: refused(ERRORS),
        bilingual=True,
    ),
    Scene(
        "findings-refused-many",
        refused,
        "Ten of many, and the rest as a file",
        lambda _visit: refused(ERRORS * 5),
        bilingual=True,
    ),
    Scene(
        "findings-refused-composed",
        refused,
        "What was written in the chat cannot be used",
        lambda _visit: refused(ERRORS[1:2], composed=True, by_name=AskByName()),
    ),
    Scene(
        "findings-taken-already",
        None,
        "The button of a refused workbook, tapped twice",
        lambda visit: Notice(
            refused(ERRORS[1:2], by_name=AskByName("a1b2c3d4")),
            noticed(tap(visit), views.taken_already()),
        ),
    ),
    Scene(
        "findings-places",
        warned,
        "Places that are known in part",
        lambda _visit: warned(
            (
                Finding("long_form", "survey", None, None, {"count": "16", "minutes": "7"}),
                Finding("group_not_closed", "survey", 4, None, {"name": "g"}),
                Finding("xlsform_warning", details={"reason": "…"}),
                *(Finding("no_version", "settings") for _ in range(9)),
            )
        ),
    ),
    Scene("findings-file", whole_list, "The whole list", lambda _visit: whole_list(1)),
    *findings_scenes(),
    Scene(
        "composing-title",
        composing,
        "The title is awaited",
        lambda _visit: composing(Composed()),
    ),
    Scene(
        "composing-title-french",
        composing,
        "The title in French only",
        lambda _visit: composing(written("Souk hebdomadaire")),
        bilingual=True,
    ),
    Scene(
        "composing-title-arabic",
        composing,
        "The title in Arabic only",
        lambda _visit: composing(written("السوق الأسبوعي")),
        bilingual=True,
    ),
    Scene(
        "composing-first",
        composing,
        "The first question is awaited",
        lambda _visit: composing(written(TITLE)),
        said=TITLE,
        dark=True,
    ),
    Scene(
        "composing-choices",
        composing,
        "Its answers are awaited",
        lambda _visit: composing(written(TITLE, FIRST)),
        said=FIRST,
        bilingual=True,
    ),
    Scene(
        "composing-unequal",
        composing,
        "More answers in one language",
        lambda _visit: composing(written(TITLE, FIRST, "نعم\nلا\nOui\nNon\nParfois")),
        bilingual=True,
    ),
    Scene(
        "composing-few",
        composing,
        "One answer only",
        lambda _visit: composing(written(TITLE, FIRST, "نعم\nOui")),
        bilingual=True,
    ),
    Scene(
        "composing-many",
        composing,
        "Too many answers",
        lambda _visit: composing(written(TITLE, FIRST, "\n".join(["نعم"] * 21 + ["Oui"] * 21))),
        bilingual=True,
    ),
    Scene(
        "composing-long",
        composing,
        "A title that is too long",
        lambda _visit: composing(written("T" * 101)),
    ),
    Scene(
        "composing-no-words",
        composing,
        "No letters",
        lambda _visit: composing(written("?!")),
    ),
    Scene(
        "composing-two",
        composing,
        "Two questions, one of them obligatory",
        lambda _visit: composing(
            written(TITLE, FIRST, CHOICES)
            .of_kind(Kind.WORDS)
            .write(SECOND)
            .requiring(0, wanted=True)
            .requiring(1, wanted=True)
        ),
        said=SECOND,
        dark=True,
    ),
    Scene(
        "composing-kinds",
        composing,
        "Every kind of question",
        lambda _visit: composing(
            written(TITLE)
            .of_kind(Kind.SEVERAL)
            .write(FIRST)
            .write(CHOICES)
            .of_kind(Kind.NUMBER)
            .write("كم؟\nCombien ?")
        ),
    ),
    Scene(
        "composing-removed",
        composing,
        "One was removed and can be put back",
        lambda _visit: composing(written(TITLE, FIRST, CHOICES).without(0, 1)),
    ),
    Scene(
        "composing-full",
        composing,
        "As many questions as there can be",
        lambda _visit: composing(full()),
    ),
    Scene(
        "composing-words",
        composing,
        "A photo came",
        lambda _visit: composing(written(TITLE), only_words()),
    ),
    Scene(
        "composing-finishing",
        finishing,
        "It is being made ready",
        lambda _visit: finishing(written(TITLE)),
    ),
    Scene("composing-saved", saved, "Saved for later", lambda _visit: saved(written(TITLE))),
    Scene("preview", preview, "A question in the preview", _preview, Place.BUSY),
    Scene(
        "preview-refused",
        preview,
        "An answer is needed, in the preview too",
        _refused_in_preview,
        Place.BUSY,
    ),
    Scene("notice-not-finished", None, "Finished too early", _notice(NotFinished())),
    Scene("notice-no-preview", None, "A preview that was left", _notice(NoPreview())),
    Scene(
        "notice-file-too-large",
        None,
        "A file above what Telegram hands out",
        _notice(FileTooLarge()),
    ),
    Scene("preview-ended", preview, "The end of a preview", _ended),
)
