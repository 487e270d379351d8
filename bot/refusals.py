"""What the command line says when it cannot go on: one sentence that says what to do."""

from alembic.util import CommandError
from sqlalchemy.exc import ArgumentError

from bot.backups import CannotBackUp
from bot.doctor import NotReady
from bot.instance import SecondInstance
from bot.readiness import NOT_AN_ADDRESS, said_of_the_server
from bot.receiver import StoppedByTelegram
from bot.telegram import NotSent, OutcomeUnknown
from bot.webhook import WebhookRefused
from participation.errors import OperatorError
from storage.backup_keys import NotABackupKey
from storage.database import is_damaged, is_database_trouble, is_of_another_schema
from storage.keys import KeyFileMissing, KeyFileUnreadable
from storage.restoring import CannotRestore
from storage.revisions import newest_revision

SAID_BY_ITSELF = (
    *(OperatorError, NotReady, SecondInstance, StoppedByTelegram, WebhookRefused),
    *(CannotBackUp, CannotRestore, NotABackupKey),
)


def sentence_for(error: Exception) -> str | None:
    """The sentence for an operator; None for a defect."""
    if isinstance(error, SAID_BY_ITSELF):
        return str(error)
    if isinstance(error, KeyFileMissing):
        return f"There is no key file at {error}. Restore it, or set KEY_FILE."
    if isinstance(error, KeyFileUnreadable):
        return f"The key file {error} cannot be read. Restore it from its copy."
    if isinstance(error, CommandError):  # of alembic: it looks for the database's revision
        return (
            f"The database is at a revision that this release does not know (it knows revisions "
            f"up to {newest_revision()}): a newer release wrote it. Install that release again, "
            "or restore a backup with `musharaka restore --replace`."
        )
    if isinstance(error, NotSent | OutcomeUnknown):
        return "Telegram cannot be reached. Check the network and BOT_API_BASE."
    if isinstance(error, ArgumentError):  # of SQLAlchemy: its text quotes the address
        return NOT_AN_ADDRESS
    if isinstance(error, PermissionError) and error.filename:
        return (
            f"{error.filename} belongs to another account. Run the command as the account of the "
            "bot, and give it the file (`chown`)."
        )
    if isinstance(error, FileNotFoundError) and error.filename:
        return (
            f"{error.filename} cannot be made: its folder is not there. Make the folder, or name "
            "another place."
        )
    if is_of_another_schema(error):
        return (
            "The database does not have this release's schema. Make a backup, then run `musharaka "
            "migrate`; `musharaka doctor` says more."
        )
    if said := said_of_the_server(error):
        return said
    if is_damaged(error):
        return (
            "The file that DATABASE_URL names is no database, or is damaged. Name the right one, "
            "or move it away and restore a backup into a new one."
        )
    if is_database_trouble(error):
        return (
            "The database cannot be used. Check DATABASE_URL, that the server runs and that the "
            "disk has room; `musharaka doctor` says more."
        )
    return None
