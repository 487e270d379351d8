"""The list of consultations, a consultation's card, a document, the notice before answering."""

from collections.abc import Sequence

from forms.pace import minutes as minutes_for
from handlers.language import (
    _,
    escape,
    in_language,
    isolate,
    language_now,
    ngettext,
    on_day,
    short_day,
)
from handlers.views.actions import (
    BeginAnswering,
    GetDocument,
    ListConsultations,
    OpenConsultation,
    OpenMenu,
    ReadDocument,
)
from handlers.views.afterwards import own_answers, wishing
from handlers.views.modes import mode_promise
from handlers.views.outcomes import outcome_button
from handlers.views.sizes import file_size
from handlers.views.start import (
    LONGEST_LABEL,
    back_to,
    continuing,
    go_on,
    other_languages,
    still_time,
)
from handlers.views.view import (
    LONGEST_TITLE,
    Button,
    File,
    Row,
    View,
    headline,
    lines,
    one_a_row,
    page_of,
    paragraphs,
    rows,
    said_title,
    shortened,
    turning,
)
from participation.consultations import Listed, Phase, Presented, Reading, Standing
from storage.base import Texts

LONGEST_STAKE = 2500
LONGEST_CONTACT = 500
LONGEST_SUMMARY = 1500
LONGEST_READING = 40


def consultations(listed: Sequence[Listed], page: int) -> View:
    """Every consultation with its dates, a button each."""
    shown, page, count = page_of(listed, page)
    entries = (
        lines(_heading(one.title), dates(one), standing(one), answered_by_commune(one))
        for one in shown
    )
    return View(
        paragraphs(
            _("The consultations of the commune:")
            if listed
            else _("There is no consultation yet."),
            *entries,
        ),
        rows(
            *one_a_row(
                Button(
                    shortened(in_language(one.title), LONGEST_LABEL),
                    OpenConsultation(one.consultation_id),
                )
                for one in shown
            ),
            turning(page, count, ListConsultations),
            (Button(_("Main menu"), OpenMenu(below=False)),),
        ),
    )


def card(presented: Presented) -> View:
    """What is at stake, when, and the two steps: read, then fill in."""
    listed = presented.listed
    readings = in_this_language(presented.readings)
    return View(
        paragraphs(
            _heading(listed.title),
            escape(shortened(in_language(presented.stake), LONGEST_STAKE)),
            lines(
                dates(listed), standing(listed), one_account(listed), answered_by_commune(listed)
            ),
            _steps(presented, readings),
            escape(shortened(in_language(presented.contact), LONGEST_CONTACT)),
        ),
        rows(
            *one_a_row(
                Button(label, ReadDocument(one.document_id))
                for one, label in zip(readings, _document_labels(readings), strict=True)
            ),
            answering(listed),
            *own_answers(listed),
            wishing(listed),
            outcome_button(listed.consultation_id) if listed.has_outcome else (),
            (*other_languages(listed.consultation_id),),
            (Button(_("All consultations"), ListConsultations(0)),),
        ),
    )


def document_summary(reading: Reading, listed: Listed) -> View:
    """What a document says, before anybody pays for its file."""
    size = file_size(reading.size)
    return View(
        lines(
            _heading(reading.title),
            escape(shortened(in_language(reading.summary), LONGEST_SUMMARY)),
        ),
        rows(
            (
                Button(
                    _("Get the file ({size})").format(size=size), GetDocument(reading.document_id)
                ),
            ),
            answering(listed),
            back_to(reading.consultation_id),
        ),
    )


def document(reading: Reading, listed: Listed) -> View:
    """A document to read, with the way to the form beneath."""
    return View(
        _heading(reading.title),
        rows(answering(listed), back_to(listed.consultation_id)),
        File(reading.document_id),
    )


def paused(listed: Listed) -> View:
    """Said when somebody saves a questionnaire for later."""
    until = _("Saved. You can go on with {title} until the end of {day}.").format(
        title=said_title(listed.title),
        day=on_day(listed.closes_on),
    )
    return View(
        lines(_("Saved."), still_time(listed.finish_by)) if listed.finish_by else until,
        rows(*continuing([listed]), (Button(_("Main menu"), OpenMenu(below=False)),)),
    )


def dates(listed: Listed) -> str:
    """The window in words; the last day is included."""
    first, last = on_day(listed.opens_on), on_day(listed.closes_on)
    match listed.phase:
        case Phase.UPCOMING:
            return _("Opens on {first}, closes at the end of {last} (Morocco time).").format(
                first=first, last=last
            )
        case Phase.OPEN if listed.is_extended:
            return _("Extended until the end of {last} (Morocco time).").format(last=last)
        case Phase.OPEN:
            return _("Open until the end of {last} (Morocco time).").format(last=last)
        case Phase.FINISHING if listed.may_continue and listed.finish_by:
            return still_time(listed.finish_by)
        case Phase.FINISHING | Phase.CLOSED:
            return _("Closed. It was open from {first} to {last}.").format(
                first=short_day(listed.opens_on), last=short_day(listed.closes_on)
            )


def standing(listed: Listed) -> str:
    """What the person, and somebody else on this phone, have done there; ``""`` for nothing."""
    sent_on = listed.submitted_on if listed.standing is Standing.SUBMITTED else None
    sent = (
        _("You sent your answers on {day}. Thank you.").format(day=short_day(sent_on))
        if sent_on is not None
        else ""
    )
    return lines(sent, _begun(listed) if listed.may_continue else "")


def _begun(listed: Listed) -> str:
    if listed.unfinished:
        return _("Somebody else has begun on this phone: their answers so far are kept.")
    return _("You have begun: your answers so far are kept.")


def answered_by_commune(listed: Listed) -> str:
    """That one can read what became of it; ``""`` where one cannot."""
    return _("The commune has answered.") if listed.has_outcome else ""


def one_account(listed: Listed) -> str:
    """Telephones are shared: how somebody else can answer, once this account has."""
    if listed.standing is not Standing.SUBMITTED or listed.phase is not Phase.OPEN:
        return ""
    if listed.may_share:
        return _("Each person answers once. Somebody else can answer on this phone too.")
    return _("On this phone, as many people as possible have answered. Thank you.")


def answering(listed: Listed) -> Row:
    """The way to the form; two, where somebody else on this phone has begun and its owner not."""
    begin = Button(_("Fill in the form"), BeginAnswering(listed.consultation_id))
    proceed = Button(_("Continue my answers"), go_on(listed))
    return (
        *((begin,) if listed.may_begin else ()),
        *((proceed,) if listed.may_continue else ()),
    )


def in_this_language(readings: Sequence[Reading]) -> list[Reading]:
    """One document of each name: in the language spoken, else for every language, else any."""
    order = {language_now(): 0, None: 1}
    best: dict[str, Reading] = {}
    for reading in readings:
        present = best.get(reading.slug)
        if present is None or order.get(reading.language, 2) < order.get(present.language, 2):
            best[reading.slug] = reading
    return list(best.values())


def _heading(title: Texts) -> str:
    return headline(title)


def _document_labels(readings: Sequence[Reading]) -> list[str]:
    """A single document has its title in the text; several are told apart by their buttons."""
    if len(readings) == 1:
        return [_("Read the document ({size})").format(size=file_size(readings[0].size))]
    return [
        _("Read: {title} ({size})").format(
            title=isolate(shortened(in_language(one.title), LONGEST_READING)),
            size=file_size(one.size),
        )
        for one in readings
    ]


def _steps(presented: Presented, readings: Sequence[Reading]) -> str:
    listed = presented.listed
    if listed.may_begin or listed.may_continue:
        first = _first_step(readings)
        filling = _second_step(presented) if first else _only_step(presented)
        return lines(first, filling, mode_promise(presented.mode))
    return _("You can read the documents here.") if readings else ""


def _first_step(readings: Sequence[Reading]) -> str:
    if len(readings) != 1:
        return _("Step 1: read the documents.") if readings else ""
    title = escape(shortened(in_language(readings[0].title), LONGEST_TITLE))
    return _("Step 1: read the document “{title}”.").format(title=isolate(title))


def _second_step(presented: Presented) -> str:
    minutes = minutes_for(presented.question_count)
    sentence = ngettext(
        "Step 2: fill in the form. It takes about {minutes} minute.",
        "Step 2: fill in the form. It takes about {minutes} minutes.",
        minutes,
    )
    return sentence.format(minutes=isolate(minutes))


def _only_step(presented: Presented) -> str:
    """Nothing is counted where there is nothing to read."""
    minutes = minutes_for(presented.question_count)
    sentence = ngettext(
        "The form takes about {minutes} minute.",
        "The form takes about {minutes} minutes.",
        minutes,
    )
    return sentence.format(minutes=isolate(minutes))
