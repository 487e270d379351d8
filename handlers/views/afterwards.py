"""After the answer: what one can still do about it, here and later."""

from handlers.language import _, escape, in_language, isolate, ngettext
from handlers.views.actions import (
    AskToWithdraw,
    BeginForAnother,
    ConfirmWithdrawal,
    DeclineAnnouncements,
    DropWish,
    HideAnswers,
    ManageAnswers,
    OpenMenu,
    Subscribe,
    WishOutcome,
)
from handlers.views.commune import Profile, commune_name
from handlers.views.start import back_to
from handlers.views.view import Button, Row, Rows, View, lines, paragraphs, rows, shortened
from participation.consultations import Listed, Phase
from participation.hiding import Hidden
from participation.wishes import Wished
from storage.base import Texts

LONGEST_TITLE = 120


def own_answers(listed: Listed) -> Rows:
    """On a consultation's card, for whoever has begun or handed in."""
    if not listed.seats:
        return ()
    return afterwards(listed.consultation_id, may_share=listed.may_share)


def wishing(listed: Listed) -> Row:
    """The outcome can be wished for by whoever reads the card, until it is there."""
    if listed.has_outcome or listed.phase is Phase.UPCOMING:
        return ()
    return (outcome_wish(listed.consultation_id),)


def outcome_wish(consultation: int) -> Button:
    """To be told of the outcome."""
    return Button(_("Tell me the outcome"), WishOutcome(consultation))


def afterwards(consultation: int, *, seat: int = 0, may_share: bool) -> Rows:
    """What can be done about an answer that was given."""
    another = Button(_("Someone else answers on this phone"), BeginForAnother(consultation))
    manage = Button(_("Hide or withdraw my answers"), ManageAnswers(consultation, seat))
    return rows((another,) if may_share else (), (manage,))


def managing(consultation: int, seat: int) -> View:
    """Two things that are easily taken for each other."""
    return View(
        paragraphs(
            _("Your answers can still be read in this chat."),
            _("Hide: they leave this chat. The commune keeps them."),
            _("Withdraw: the commune erases them for good."),
        ),
        rows(
            (Button(_("Hide my answers here"), HideAnswers(consultation)),),
            (Button(_("Withdraw my answer"), withdrawing(consultation, seat)),),
            back_to(consultation),
        ),
    )


def withdrawing(consultation: int, seat: int) -> ConfirmWithdrawal | AskToWithdraw:
    """From a receipt it is clear whose answer is meant; from a card it may have to be asked."""
    return ConfirmWithdrawal(consultation, seat) if seat else AskToWithdraw(consultation)


def offer(profile: Profile) -> View:
    """Announcements, as a consent of their own; asked once."""
    commune = isolate(escape(commune_name(profile)) or _("The commune"))
    return View(
        paragraphs(
            _("May {commune} write to you here when a new consultation opens?").format(
                commune=commune
            ),
            lines(
                _(
                    "For this it keeps the identifier of your Telegram account (not your "
                    "telephone number) and your language."
                ),
                _("Each announcement has a button that stops them at once."),
            ),
        ),
        rows(
            (Button(_("Yes, tell me of new consultations"), Subscribe()),),
            (Button(_("No, thank you"), DeclineAnnouncements()),),
        ),
    )


def subscribed() -> View:
    """What stays of the offer once it was taken."""
    return View(
        lines(
            _("You will be told here when a new consultation opens."),
            _("To stop, send /stop or tap the button under an announcement."),
        ),
        rows(_to_menu()),
    )


def declined() -> View:
    """What stays of the offer once it was declined."""
    return View(
        _("All right: you will receive no announcements. We do not ask again."),
        rows(_to_menu()),
    )


def wished(wish: Wished) -> View:
    """The outcome will be told; it can be taken back."""
    return View(
        lines(
            _("You will be told here what becomes of the answers on {title}.").format(
                title=title_of(wish.title)
            ),
            _("We note that you wish it, apart from any answer."),
        ),
        rows((Button(_("Do not tell me"), DropWish(wish.consultation_id)),), _to_menu()),
    )


def unwished(wish: Wished) -> View:
    """The wish was taken back."""
    return View(
        _("All right: you will not be told what becomes of the answers on {title}.").format(
            title=title_of(wish.title)
        ),
        rows((outcome_wish(wish.consultation_id),), _to_menu()),
    )


def hidden_message() -> View:
    """What stays of a message that was hidden."""
    return View(_("Hidden at your wish. 🔒"))


def hidden(done: Hidden) -> View:
    """What was hidden, what was not, and what the person can do themselves."""
    nothing = not done.own and not done.typed and not done.too_old
    return View(
        paragraphs(
            _("There is nothing more to hide here.") if nothing else "",
            lines(
                _own(len(done.own)) if done.own else "",
                _typed(len(done.typed)) if done.typed else "",
            ),
            _too_old(done.too_old) if done.too_old else "",
            _(
                "The message with your receipt code stays: it holds no answer, and the code "
                "cannot be given again. If others use this telephone, note the code and delete "
                "that message."
            ),
            _(
                "What was sent to the commune stays there. Telegram may keep copies: to be sure, "
                "delete this chat."
            ),
        ),
        rows((Button(_("Main menu"), OpenMenu(below=True)),)),
    )


def _to_menu() -> Row:
    return (Button(_("Main menu"), OpenMenu(below=False)),)


def title_of(texts: Texts) -> str:
    """A consultation's title inside a sentence."""
    return isolate(escape(shortened(in_language(texts), LONGEST_TITLE)))


def _own(count: int) -> str:
    sentence = ngettext(
        "{count} message of ours with your answers is being hidden.",
        "{count} messages of ours with your answers are being hidden.",
        count,
    )
    return sentence.format(count=isolate(count))


def _typed(count: int) -> str:
    sentence = ngettext(
        "{count} message that you wrote is being deleted.",
        "{count} messages that you wrote are being deleted.",
        count,
    )
    return sentence.format(count=isolate(count))


def _too_old(count: int) -> str:
    sentence = ngettext(
        "{count} message that you wrote is older than 48 hours: Telegram lets only you delete it.",
        "{count} messages that you wrote are older than 48 hours: Telegram lets only you delete "
        "them.",
        count,
    )
    return sentence.format(count=isolate(count))
