"""Opening, extending and closing a consultation: what would happen, then what did."""

from handlers.language import _, escape, in_language, isolate, ngettext, on_day
from handlers.views import lacking
from handlers.views.actions import (
    ChooseExtension,
    ConfirmClosing,
    ConfirmExtension,
    ConfirmOpening,
    PrepareClosing,
    PrepareExtension,
    PrepareOpening,
    ShareConsultation,
)
from handlers.views.cards import back_to_card, still_writing, writing
from handlers.views.modes import mode_meaning, mode_name
from handlers.views.view import (
    LONGEST_TITLE,
    Button,
    Rows,
    View,
    bold,
    lines,
    paragraphs,
    rows,
    shortened,
)
from participation.cards import LONGEST_REASON
from participation.closing import Closed, Closing
from participation.consultations import Phase
from participation.extending import Extended, Extending
from participation.managing import Managed
from participation.opening import Opened, Prepared

MORE_DAYS = (7, 14)


def opening(prepared: Prepared) -> View:
    """What an opening would do, or what is missing for it."""
    one = prepared.managed
    return View(
        paragraphs(
            _changed() if prepared.again else "",
            title_line(one),
            lines(
                _days(one),
                _count_days(prepared.days) if prepared.days > 0 else "",
                _reason(one),
            ),
            lines(
                ngettext(
                    "{count} question.", "{count} questions.", prepared.question_count
                ).format(count=isolate(prepared.question_count)),
                ngettext(
                    "{count} document.", "{count} documents.", prepared.document_count
                ).format(count=isolate(prepared.document_count)),
                will_be_told(prepared.told),
            ),
            lines(bold(mode_name(one.mode)), mode_meaning(one.mode)),
            lacking.lacks(prepared),
            lacking.warnings(prepared),
            ""
            if prepared.lacks
            else _(
                "Once it is open, its questions, its title, what is at stake and its mode stay "
                "so. Contact and documents may still change."
            ),
        ),
        rows(
            *lacking.ways_out(prepared),
            ()
            if prepared.lacks
            else (
                Button(
                    _("Confirm the opening"), ConfirmOpening(one.consultation_id, prepared.stamp)
                ),
            ),
            back_to_card(one.consultation_id),
        ),
    )


def opened(done: Opened) -> View:
    """It is open; the link and the poster follow."""
    one = done.managed
    return View(
        paragraphs(
            title_line(one),
            lines(_("The consultation is open."), _days(one), being_told(done.told)),
            _("The link, a text for WhatsApp, a code and a poster will follow here."),
        ),
        rows(back_to_card(one.consultation_id)),
    )


def extension_choice(one: Managed, *, first: str = "") -> View:
    """Until when? Once only."""
    return View(
        paragraphs(
            first,
            title_line(one),
            lines(
                _("Open until the end of {last} (Morocco time).").format(
                    last=on_day(one.closes_on)
                ),
                _("It can be extended once. How many days more?"),
                _("You can also write a number of days or the new last day, like 14/12/2026."),
            ),
        ),
        rows(
            tuple(
                Button(f"+{days}", PrepareExtension(one.consultation_id, days))
                for days in MORE_DAYS
            ),
            back_to_card(one.consultation_id),
        ),
    )


def extending(shown: Extending) -> View:
    """What more time would do."""
    one = shown.managed
    return View(
        paragraphs(
            _changed() if shown.again else "",
            title_line(one),
            lines(
                _("New last day: {last}, instead of {before}.").format(
                    last=on_day(shown.until), before=on_day(one.closes_on)
                ),
                ngettext(
                    "{count} person who began will be told.",
                    "{count} people who began will be told.",
                    shown.told,
                ).format(count=isolate(shown.told)),
                _("There is no second extension."),
            ),
        ),
        rows(
            (
                Button(
                    _("Confirm the extension"),
                    ConfirmExtension(one.consultation_id, shown.until.toordinal(), shown.stamp),
                ),
            ),
            (Button(_("Another day"), ChooseExtension(one.consultation_id)),),
            back_to_card(one.consultation_id),
        ),
    )


def extended(done: Extended) -> View:
    """It was extended."""
    last = on_day(done.managed.closes_on)
    return View(
        paragraphs(
            title_line(done.managed),
            lines(
                _("Extended until the end of {last} (Morocco time).").format(last=last),
                being_told(done.told),
            ),
        ),
        rows(back_to_card(done.managed.consultation_id)),
    )


def closing_reason(one: Managed, *, first: str = "") -> View:
    """Why close before the last day? Asked in writing."""
    return View(
        paragraphs(
            first,
            title_line(one),
            lines(
                _("It was announced until the end of {last}.").format(last=on_day(one.closes_on)),
                _("Write why it has to close now. Staff see the reason."),
                _("At most {count} characters.").format(count=isolate(LONGEST_REASON)),
            ),
        ),
        rows(back_to_card(one.consultation_id)),
    )


def closing(shown: Closing) -> View:
    """What closing now would do."""
    one = shown.managed
    return View(
        paragraphs(
            _changed() if shown.again else "",
            title_line(one),
            lines(
                _("Close it now, instead of at the end of {last}?").format(
                    last=on_day(one.closes_on)
                ),
                answering(shown.answering),
                _("A closed consultation is never opened again."),
            ),
            _("Reason: {reason}").format(reason=isolate(escape(shown.reason))),
        ),
        rows(
            (Button(_("Confirm the closing"), ConfirmClosing(one.consultation_id, shown.stamp)),),
            back_to_card(one.consultation_id),
        ),
    )


def closed(done: Closed) -> View:
    """It is closed."""
    return View(
        paragraphs(
            title_line(done.managed),
            lines(_("The consultation is closed."), answering(done.answering)),
        ),
        rows(back_to_card(done.managed.consultation_id)),
    )


def acts(one: Managed, *, author: bool, publish: bool) -> Rows:
    """The buttons of a consultation, by where it is and by what the person may do."""
    number = one.consultation_id
    if one.is_draft:
        return rows(
            *(writing(number) if author else ()),
            (Button(_("Open the consultation"), PrepareOpening(number)),) if publish else (),
        )
    if not publish:
        return ()
    correcting = still_writing(number) if one.is_corrigible else ()
    if one.phase is not Phase.OPEN:
        return rows(correcting)
    extend = (Button(_("Extend"), ChooseExtension(number)),) if not one.extended_from else ()
    return rows(
        (Button(_("Link and poster"), ShareConsultation(number)),),
        (*extend, Button(_("Close now"), PrepareClosing(number))),
        correcting,
    )


def about(one: Managed) -> str:
    """What staff should know of a consultation beside its window."""
    return lines(
        _("Mode: {mode}.").format(mode=isolate(mode_name(one.mode))),
        _("Opened today, it would close at the end of {last}.").format(last=on_day(one.closes_on))
        if one.is_draft
        else "",
        ""
        if one.extended_from is None
        else _("Extended; the last day was {before}.").format(before=on_day(one.extended_from)),
        _reason(one),
        ""
        if one.early_reason is None
        else _("Closed early: {reason}").format(reason=isolate(escape(one.early_reason))),
    )


def will_be_told(count: int) -> str:
    """How many subscribers there are."""
    return ngettext(
        "{count} subscriber will be told.", "{count} subscribers will be told.", count
    ).format(count=isolate(count))


def being_told(count: int) -> str:
    """How many are being told."""
    return ngettext(
        "{count} person is being told.", "{count} people are being told.", count
    ).format(count=isolate(count))


def answering(count: int) -> str:
    """How many have begun and not sent; ``""`` where nobody has."""
    if not count:
        return ""
    return ngettext(
        "{count} person has begun and not sent: they may finish for 24 hours.",
        "{count} people have begun and not sent: they may finish for 24 hours.",
        count,
    ).format(count=isolate(count))


def _changed() -> str:
    return _("Something has changed, or time has passed. Please look again, then confirm.")


def title_line(one: Managed) -> str:
    """Its title; dots where it has none yet."""
    return f"<b>{escape(shortened(in_language(one.title), LONGEST_TITLE)) or '…'}</b>"


def _days(one: Managed) -> str:
    return _("Open until the end of {last} (Morocco time).").format(last=on_day(one.closes_on))


def _count_days(days: int) -> str:
    return ngettext("{count} day, today included.", "{count} days, today included.", days).format(
        count=isolate(days)
    )


def _reason(one: Managed) -> str:
    if not one.short_reason:
        return ""
    return _("Why so short: {reason}").format(reason=isolate(escape(one.short_reason)))
