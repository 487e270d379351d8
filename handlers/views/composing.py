"""A questionnaire as it is being written in the chat."""

from collections.abc import Callable

from handlers.language import _, escape, in_language, isolate, ngettext
from handlers.views.actions import (
    ChooseKind,
    ComposeQuestionnaire,
    DropQuestion,
    FinishComposing,
    OpenWorkspace,
    PutBackQuestion,
    RemoveQuestion,
    RequireAnswer,
    SaveComposing,
)
from handlers.views.view import Button, Rows, View, lines, paragraphs, rows, shortened
from participation.composing import (
    CHOSEN,
    LONGEST_CHOICE,
    LONGEST_QUESTION,
    MOST_CHOICES,
    MOST_QUESTIONS,
    Awaited,
    Composed,
    Item,
    Kind,
    Problem,
)
from participation.content import LONGEST_TITLE

LONGEST_LABEL = 120
LONGEST_CHOICES = 120

KINDS: dict[Kind, Callable[[], str]] = {
    Kind.ONE: lambda: _("Choose one"),
    Kind.SEVERAL: lambda: _("Choose several"),
    Kind.NUMBER: lambda: _("A number"),
    Kind.WORDS: lambda: _("In their words"),
}
LANGUAGES: dict[str, Callable[[], str]] = {
    "ar": lambda: _("The Arabic is missing: send it now. The French is kept."),
    "fr": lambda: _("The French is missing: send it now. The Arabic is kept."),
}


def composing(composed: Composed, first: str = "") -> View:
    """What was written, what is awaited now, and what can be done."""
    return View(
        paragraphs(
            first,
            f"<b>{escape(in_language(composed.title))}</b>" if composed.title else "",
            lines(*(_listed(item, at) for at, item in enumerate(composed.items, start=1))),
            _pending(composed),
            _problem(composed),
            _awaited(composed),
        ),
        rows(*_kind_rows(composed), *_item_rows(composed), *_ending(composed)),
    )


def title_of(composed: Composed) -> str:
    """The title, or that there is none yet; isolated and escaped."""
    title = shortened(in_language(composed.title), LONGEST_LABEL)
    return isolate(escape(title) if title else _("without a title"))


def finishing(composed: Composed) -> View:
    """The workbook is being made."""
    return View(
        _("{title} is being made ready. One moment.").format(title=title_of(composed)),
    )


def saved(composed: Composed) -> View:
    """Stopped for now."""
    return View(
        _("Saved: {title}. Go on whenever you like.").format(title=title_of(composed)),
        rows(
            (Button(_("Continue"), ComposeQuestionnaire(fresh=False)),),
            (Button(_("Workspace"), OpenWorkspace()),),
        ),
    )


def only_words() -> str:
    """Something else than words came."""
    return _("Please write here, or tap a button.")


def _listed(item: Item, number: int) -> str:
    label = escape(shortened(in_language(item.label), LONGEST_LABEL))
    said = _("{number}. {question}").format(number=isolate(number), question=label)
    return lines(said, _details(item))


def _details(item: Item) -> str:
    kind = KINDS[item.kind]()
    if item.kind in CHOSEN:
        choices = _(", ").join(_choices(item))
        kind = _("{kind}: {choices}").format(
            kind=kind, choices=isolate(escape(shortened(choices, LONGEST_CHOICES)))
        )
    required = _("An answer is needed.") if item.is_required else ""
    return lines(f"<i>{kind}</i>", required)


def _choices(item: Item) -> tuple[str, ...]:
    texts = {language: "\n".join(found) for language, found in item.choices.items()}
    return tuple(in_language(texts).split("\n"))


def _pending(composed: Composed) -> str:
    """What is kept of a question that is not complete."""
    if composed.pending is None:
        return ""
    return lines(
        *(f"<b>{escape(text)}</b>" for text in composed.pending.label.values()),
        *(
            isolate(escape(shortened(_(", ").join(found), LONGEST_CHOICES)))
            for found in composed.pending.choices.values()
        ),
    )


def _problem(composed: Composed) -> str:
    match composed.problem:
        case Problem.UNEQUAL:
            counts = composed.pending.choices if composed.pending else {}
            return _(
                "There are {arabic} answers in Arabic and {french} in French: there must be as "
                "many in both. Send the list that is wrong once more; the other is kept."
            ).format(
                arabic=isolate(len(counts.get("ar", ()))),
                french=isolate(len(counts.get("fr", ()))),
            )
        case Problem.FEW:
            return _("At least two answers are needed to choose from.")
        case Problem.MANY:
            return ngettext(
                "At most {count} answer fits here; an Excel workbook can hold more.",
                "At most {count} answers fit here; an Excel workbook can hold more.",
                MOST_CHOICES,
            ).format(count=isolate(MOST_CHOICES))
        case Problem.LONG:
            return _("This is too long: at most {limit} letters. Please shorten it.").format(
                limit=isolate(_limit(composed))
            )
        case Problem.NO_WORDS:
            return _("Please write in Arabic and in French letters.")
        case None:
            return ""


def _limit(composed: Composed) -> int:
    limits = {Awaited.TITLE: LONGEST_TITLE, Awaited.QUESTION: LONGEST_QUESTION}
    return limits.get(composed.awaited, LONGEST_CHOICE)


def _awaited(composed: Composed) -> str:
    if composed.missing is not None and composed.problem is None:
        return LANGUAGES[composed.missing]()
    match composed.awaited:
        case Awaited.TITLE:
            return _("Write the title: one line in Arabic, one line in French.")
        case Awaited.QUESTION:
            number = isolate(len(composed.items) + 1)
            return _(
                "Write question {number}: one line in Arabic, one line in French. Below, choose "
                "how people answer it."
            ).format(number=number)
        case Awaited.CHOICES:
            return _(
                "Write the answers to choose from, one a line: first all in Arabic, then all in "
                "French, in the same order."
            )
        case Awaited.NOTHING:
            return _("These are ten questions: no more can be added here.")


def _kind_rows(composed: Composed) -> Rows:
    if composed.awaited not in {Awaited.QUESTION, Awaited.CHOICES}:
        return ()
    now = composed.pending.kind if composed.pending else composed.kind
    buttons = [
        Button(f"✅ {words()}" if kind is now else words(), ChooseKind(kind.value))
        for kind, words in KINDS.items()
    ]
    return ((buttons[0], buttons[1]), (buttons[2], buttons[3]))


def _item_rows(composed: Composed) -> Rows:
    """For the last question whether it needs an answer; for each a way to remove it."""
    if composed.pending is not None:
        return ((Button(_("Drop this question"), DropQuestion()),),)
    count = len(composed.items)
    removing = [
        Button(_("Remove {number}").format(number=isolate(at + 1)), RemoveQuestion(at, count))
        for at in range(count)
    ]
    grid = [tuple(removing[start : start + 3]) for start in range(0, count, 3)]
    back = (Button(_("Put it back"), PutBackQuestion()),) if composed.removed else ()
    return rows(*([_requiring(composed)] if count else []), *grid, back)


def _requiring(composed: Composed) -> tuple[Button, ...]:
    place = len(composed.items) - 1
    wanted = not composed.items[place].is_required
    words = (
        _("Make question {number} obligatory") if wanted else _("Make question {number} optional")
    )
    return (Button(words.format(number=isolate(place + 1)), RequireAnswer(place, wanted)),)


def _ending(composed: Composed) -> Rows:
    return rows(
        (Button(_("Finish"), FinishComposing()),) if composed.is_ready else (),
        (Button(_("Save for later"), SaveComposing()),),
    )


assert MOST_QUESTIONS == 10  # noqa: S101 (the sentence says ten)
