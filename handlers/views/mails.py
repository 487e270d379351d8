"""What people receive when a consultation opens, is extended or closes early."""

from handlers.language import _, at_time, escape, in_language, on_day
from handlers.views.actions import BeginAnswering, OpenConsultation
from handlers.views.modes import mode_promise
from handlers.views.publishing import title_line
from handlers.views.view import Button, View, lines, paragraphs, rows, shortened
from participation.clock import local
from participation.publishing import Notice

LONGEST_STAKE = 1500


def opening_mail(notice: Notice) -> View:
    """What subscribers receive."""
    one = notice.managed
    return View(
        paragraphs(
            _("The commune asks for your opinion:"),
            title_line(one),
            escape(shortened(in_language(notice.stake), LONGEST_STAKE)),
            lines(
                _("Open until the end of {last} (Morocco time).").format(
                    last=on_day(one.closes_on)
                ),
                mode_promise(one.mode),
            ),
        ),
        rows(
            (Button(_("Fill in the form"), BeginAnswering(one.consultation_id)),),
            (Button(_("Read first"), OpenConsultation(one.consultation_id)),),
        ),
    )


def extension_mail(notice: Notice) -> View:
    """What those receive who began; it does not know who has finished."""
    one = notice.managed
    return View(
        paragraphs(
            title_line(one),
            lines(
                _("Extended until the end of {last} (Morocco time).").format(
                    last=on_day(one.closes_on)
                ),
                _("If you have not sent your answers yet, you have more time."),
            ),
        ),
        rows((Button(_("See the consultation"), OpenConsultation(one.consultation_id)),)),
    )


def closing_mail(notice: Notice) -> View:
    """What those receive who began: a day is left; it does not know who has finished."""
    one, until = notice.managed, notice.finish_by
    return View(
        paragraphs(
            title_line(one),
            lines(
                _("The consultation closed today, earlier than announced."),
                _(
                    "If you have not sent your answers yet, you can finish until {day} at {time} "
                    "(Morocco time)."
                ).format(day=on_day(local(until).date()), time=at_time(until)),
            ),
        ),
        rows((Button(_("See the consultation"), OpenConsultation(one.consultation_id)),)),
    )
