"""A form shown to its author as people will see it, with buttons that store nothing."""

from handlers.language import OWN_NAMES, _, speaking
from handlers.views.actions import (
    Action,
    AnswerChoice,
    FinishChoosing,
    GoBack,
    KeepAnswer,
    LeavePreview,
    ManageConsultation,
    PreviewForm,
    SkipQuestion,
    SpeakPreview,
    TickChoice,
    TurnChoices,
    WalkPreview,
)
from handlers.views.answers import refusal_sentence
from handlers.views.questions import question
from handlers.views.view import Button, Rows, View, lines, rows, said_title
from participation.answering import Asked
from participation.previewing import Previewed, Verb


def preview(previewed: Previewed, page: int = 0) -> View:
    """The question in the language of the preview; its end in the officer's."""
    if previewed.asked is None:
        return _ended(previewed)
    with speaking(previewed.language):
        shown = question(previewed.asked, first=_first(previewed, previewed.asked), page=page)
    return View(shown.text, (*_walking(shown.buttons), *_leaving(previewed)))


def _first(previewed: Previewed, asked: Asked) -> str:
    said = _("Preview: nothing is stored.")
    if previewed.refused is None:
        return said
    return lines(said, refusal_sentence(asked.interview, previewed.refused))


def _ended(previewed: Previewed) -> View:
    title = said_title(previewed.title)
    return View(
        lines(
            _("This is the end of {title}.").format(title=title),
            _("Nothing of this preview was stored."),
        ),
        rows(
            (Button(_("Preview once more"), PreviewForm(previewed.consultation_id)),),
            (Button(_("Back to the draft"), ManageConsultation(previewed.consultation_id)),),
        ),
    )


def _walking(buttons: Rows) -> Rows:
    """The buttons of a question, each with what it does in a preview; the others left out."""
    walked = (
        tuple(
            Button(one.label, step)
            for one in row
            if not hasattr(one.action, "url") and (step := _step(one.action)) is not None
        )
        for row in buttons
    )
    return rows(*walked)


def _step(action: object) -> Action | None:
    match action:
        case AnswerChoice(_consultation, at, choice):
            return WalkPreview(Verb.CHOOSE, at, choice)
        case TickChoice(_consultation, at, choice, ticked):
            return WalkPreview(Verb.TICK if ticked else Verb.UNTICK, at, choice)
        case FinishChoosing(_consultation, at):
            return WalkPreview(Verb.DONE, at, 0)
        case TurnChoices(_consultation, at, page):
            return WalkPreview(Verb.TURN, at, page)
        case SkipQuestion(_consultation, at):
            return WalkPreview(Verb.SKIP, at, 0)
        case KeepAnswer(_consultation, at):
            return WalkPreview(Verb.KEEP, at, 0)
        case GoBack(_consultation, at):
            return WalkPreview(Verb.BACK, at, 0)
        case _:
            return None


def _leaving(previewed: Previewed) -> Rows:
    others = tuple(
        Button(name, SpeakPreview(language))
        for language, name in OWN_NAMES.items()
        if language != previewed.language
    )
    return rows(others, (Button(_("Leave the preview"), LeavePreview()),))
