"""Staff, drafts, three modes, files on their way, announcements with a kind, wishes."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
HELD = sa.text("withdrawn_at IS NULL")

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def _enum(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def _person(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], ["person.id"], name=op.f(f"fk_{table}_{column}_person")
    )


def upgrade() -> None:
    _staff()
    _people()
    _consultations()
    _submissions()
    _attachments()
    _outbox()
    _announcements()
    _wishes()
    _reports()
    _help()
    _alarms()
    _seats()
    _traces()


def downgrade() -> None:
    _traces_as_before()
    op.drop_column("consent", "seats")
    op.drop_table("alarm")
    op.drop_table("help_request")
    _drop_reports()
    op.drop_table("outcome_wish")
    _announcements_as_before()
    op.drop_column("outbox", "lasting")
    op.drop_table("attachment")
    _submissions_as_before()
    _consultations_as_before()
    _people_as_before()
    _staff_as_before()


# --- staff -------------------------------------------------------------------------------------


def _staff() -> None:
    with op.batch_alter_table("role_grant") as table:
        table.add_column(sa.Column("name", sa.String(130), nullable=False, server_default=""))
        table.add_column(sa.Column("withdrawn_by", BIG_ID, nullable=True))
        table.create_foreign_key(
            op.f("fk_role_grant_withdrawn_by_person"), "person", ["withdrawn_by"], ["id"]
        )
    with op.batch_alter_table("role_grant") as table:
        table.alter_column("name", server_default=None)
    op.create_index(
        "uq_role_grant_held",
        "role_grant",
        ["person_id"],
        unique=True,
        sqlite_where=HELD,
        postgresql_where=HELD,
    )
    op.create_table(
        "invitation",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("role", _enum("role", "administrator", "officer", "analyst"), nullable=False),
        sa.Column("issued_by", BIG_ID, nullable=True),
        sa.Column("issued_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("knocked_by", BIG_ID, nullable=True),
        sa.Column("knocked_as", sa.String(130), nullable=True),
        sa.Column("knocked_username", sa.String(40), nullable=True),
        sa.Column("knocked_at", INSTANT, nullable=True),
        sa.Column(
            "decision", _enum("decision", "admitted", "refused", "withdrawn"), nullable=True
        ),
        sa.Column("decided_at", INSTANT, nullable=True),
        _person("invitation", "issued_by"),
        _person("invitation", "knocked_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
    )
    op.create_table(
        "wrong_code",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("guesser", sa.LargeBinary(32), nullable=False),
        sa.Column("guessed_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wrong_code")),
    )
    op.create_index("ix_wrong_code_guesser", "wrong_code", ["guesser"])
    op.create_table(
        "sketch",
        sa.Column("person_id", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("document", JSON, nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        _person("sketch", "person_id"),
        sa.PrimaryKeyConstraint("person_id", "kind", name=op.f("pk_sketch")),
    )


def _staff_as_before() -> None:
    op.drop_table("sketch")
    op.drop_table("wrong_code")
    op.drop_table("invitation")
    op.drop_index("uq_role_grant_held", "role_grant", sqlite_where=HELD, postgresql_where=HELD)
    with op.batch_alter_table("role_grant") as table:
        table.drop_constraint(op.f("fk_role_grant_withdrawn_by_person"), type_="foreignkey")
        table.drop_column("withdrawn_by")
        table.drop_column("name")


# --- consultations -----------------------------------------------------------------------------

MODES = ("anonymous", "pseudonymous", "identified")
_CONSULTATION_COLUMNS = (
    "created_at",
    "created_by",
    "early_reason",
    "window_days",
    "short_reason",
    "extended_from",
)


def _consultations() -> None:
    with op.batch_alter_table("consultation") as table:
        table.drop_constraint(op.f("ck_consultation_mode"), type_="check")
        table.create_check_constraint(op.f("ck_consultation_mode"), f"mode IN {MODES}")
        table.add_column(sa.Column("extended_from", sa.Date(), nullable=True))
        table.add_column(sa.Column("short_reason", sa.String(), nullable=True))
        table.add_column(sa.Column("window_days", sa.Integer(), nullable=True))
        table.add_column(sa.Column("early_reason", sa.String(), nullable=True))
        table.add_column(sa.Column("created_by", BIG_ID, nullable=True))
        table.add_column(sa.Column("created_at", INSTANT, nullable=True))
        table.create_foreign_key(
            op.f("fk_consultation_created_by_person"), "person", ["created_by"], ["id"]
        )


def _consultations_as_before() -> None:
    with op.batch_alter_table("consultation") as table:
        table.drop_constraint(op.f("ck_consultation_mode"), type_="check")
        table.create_check_constraint(op.f("ck_consultation_mode"), "mode IN ('anonymous')")
        table.drop_constraint(op.f("fk_consultation_created_by_person"), type_="foreignkey")
        for column in _CONSULTATION_COLUMNS:
            table.drop_column(column)


# --- submissions -------------------------------------------------------------------------------

_SUBMISSION_COLUMNS = ("submitted_at", "pseudonym", "person_id")


def _submissions() -> None:
    op.add_column("submission", sa.Column("submitted_at", INSTANT, nullable=True))
    op.add_column("submission", sa.Column("pseudonym", sa.String(16), nullable=True))
    if op.get_bind().dialect.name == "sqlite":  # keeps the table without row numbers
        op.execute(
            "ALTER TABLE submission ADD COLUMN person_id INTEGER "
            "CONSTRAINT fk_submission_person_id_person REFERENCES person (id)"
        )
        return
    op.add_column("submission", sa.Column("person_id", BIG_ID, nullable=True))
    op.create_foreign_key(
        op.f("fk_submission_person_id_person"), "submission", "person", ["person_id"], ["id"]
    )


def _submissions_as_before() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    kept = {"sqlite_with_rowid": False} if sqlite else {}
    with op.batch_alter_table("submission", table_kwargs=kept) as table:
        if not sqlite:  # there it stands in the column, and goes with it
            table.drop_constraint(op.f("fk_submission_person_id_person"), type_="foreignkey")
        for column in reversed(_SUBMISSION_COLUMNS):
            table.drop_column(column)


# --- people ------------------------------------------------------------------------------------


def _people() -> None:
    op.add_column("person", sa.Column("stopped_after", sa.BigInteger(), nullable=True))


def _people_as_before() -> None:
    op.drop_column("person", "stopped_after")


# --- files, announcements, wishes --------------------------------------------------------------


def _attachments() -> None:
    op.create_table(
        "attachment",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sqlite_autoincrement=True,
    )


def _outbox() -> None:
    op.add_column(
        "outbox",
        sa.Column("lasting", sa.Boolean(), nullable=False, server_default=sa.false()),
    )


def _announcements() -> None:
    """Nothing has been announced before this revision: the tables are made anew."""
    _drop_announcements()
    op.create_table(
        "announcement",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column(
            "kind",
            _enum("announcementkind", "opening", "extension", "closing", "outcome"),
            nullable=False,
        ),
        sa.Column("consultation_id", BIG_ID, nullable=True),
        sa.Column("created_by", BIG_ID, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("told_at", INSTANT, nullable=True),
        _person("announcement", "created_by"),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_announcement_consultation_id_consultation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement")),
    )
    _announcement_text(sa.Column("request", JSON, nullable=False))
    _delivery((*_OUTCOMES, "stopped"))
    for name, column, among in _DELIVERY_INDEXES:
        op.create_index(name, "delivery", [column], sqlite_where=among, postgresql_where=among)


def _announcements_as_before() -> None:
    for name, _, among in _DELIVERY_INDEXES:
        op.drop_index(name, "delivery", sqlite_where=among, postgresql_where=among)
    _drop_announcements()
    op.create_table(
        "announcement",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("created_by", BIG_ID, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        _person("announcement", "created_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement")),
    )
    _announcement_text(sa.Column("text", sa.String(), nullable=False))
    _delivery(
        _OUTCOMES,
        sa.Column("claimed_at", INSTANT, nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
    )


def _drop_announcements() -> None:
    op.drop_index(op.f("ix_delivery_announcement_id"), "delivery")
    for table in ("delivery", "announcement_text", "announcement"):
        op.drop_table(table)


def _announcement_text(said: "sa.Column[object]") -> None:
    op.create_table(
        "announcement_text",
        sa.Column("announcement_id", BIG_ID, nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        said,
        sa.ForeignKeyConstraint(
            ["announcement_id"],
            ["announcement.id"],
            name=op.f("fk_announcement_text_announcement_id_announcement"),
        ),
        sa.PrimaryKeyConstraint("announcement_id", "language", name=op.f("pk_announcement_text")),
    )


_DELIVERY_INDEXES = (
    ("ix_delivery_open", "id", sa.text("state IN ('waiting', 'claimed')")),
    ("ix_delivery_unreachable", "person_id", sa.text("state = 'unreachable'")),
)
_OUTCOMES = ("waiting", "claimed", "sent", "unreachable", "moved", "failed", "uncertain")


def _delivery(states: Sequence[str], *more: "sa.Column[object]") -> None:
    op.create_table(
        "delivery",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("announcement_id", BIG_ID, nullable=False),
        sa.Column("person_id", BIG_ID, nullable=False),
        sa.Column("state", _enum("deliverystate", *states), nullable=False),
        sa.Column("retry_at", INSTANT, nullable=True),
        *more,
        sa.Column("error", sa.String(120), nullable=True),
        sa.ForeignKeyConstraint(
            ["announcement_id"],
            ["announcement.id"],
            name=op.f("fk_delivery_announcement_id_announcement"),
        ),
        _person("delivery", "person_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint(
            "person_id", "announcement_id", name=op.f("uq_delivery_person_id_announcement_id")
        ),
    )
    op.create_index(op.f("ix_delivery_announcement_id"), "delivery", ["announcement_id"])


def _wishes() -> None:
    op.create_table(
        "outcome_wish",
        sa.Column("person_id", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("consultation_id", BIG_ID, autoincrement=False, nullable=False),
        _person("outcome_wish", "person_id"),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_outcome_wish_consultation_id_consultation"),
        ),
        sa.PrimaryKeyConstraint("person_id", "consultation_id", name=op.f("pk_outcome_wish")),
        sqlite_with_rowid=False,
    )


# --- shared phones, and what can be hidden -----------------------------------------------------


def _seats() -> None:
    op.add_column("consent", sa.Column("seats", sa.LargeBinary(), nullable=True))


def _traces() -> None:
    op.add_column("outbox", sa.Column("about", BIG_ID, nullable=True))
    op.create_table(
        "trace",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("partition", sa.SmallInteger(), nullable=False),
        sa.Column("consultation_id", BIG_ID, nullable=False),
        sa.Column("message", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_trace_consultation_id_consultation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trace")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_trace_partition"), "trace", ["partition"])


def _traces_as_before() -> None:
    op.drop_index(op.f("ix_trace_partition"), "trace")
    op.drop_table("trace")
    op.drop_column("outbox", "about")


# --- reports, help -----------------------------------------------------------------------------


def _of_consultation(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["consultation_id"],
        ["consultation.id"],
        name=op.f(f"fk_{table}_consultation_id_consultation"),
    )


def _reports() -> None:
    op.create_table(
        "report_back",
        sa.Column("consultation_id", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("written_by", BIG_ID, nullable=False),
        sa.Column("published_at", INSTANT, nullable=False),
        sa.Column("corrected_at", INSTANT, nullable=True),
        sa.Column("note", JSON, nullable=True),
        _of_consultation("report_back"),
        _person("report_back", "written_by"),
        sa.PrimaryKeyConstraint("consultation_id", name=op.f("pk_report_back")),
    )
    op.create_table(
        "theme",
        sa.Column("consultation_id", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("heard", JSON, nullable=False),
        sa.Column("verdict", _enum("verdict", "accepted", "partly", "refused"), nullable=False),
        sa.Column("reason", JSON, nullable=False),
        _of_consultation("theme"),
        sa.PrimaryKeyConstraint("consultation_id", "position", name=op.f("pk_theme")),
    )
    op.create_table(
        "report_file",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("consultation_id", BIG_ID, nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("kind", _enum("filekind", "document", "voice"), nullable=False),
        sa.Column("file_id", sa.String(), nullable=False),
        sa.Column("bot_id", BIG_ID, nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        _of_consultation("report_file"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_file")),
        sa.UniqueConstraint(
            "consultation_id", "language", name=op.f("uq_report_file_consultation_id_language")
        ),
    )


def _drop_reports() -> None:
    for table in ("report_file", "theme", "report_back"):
        op.drop_table(table)


def _help() -> None:
    op.create_table(
        "help_request",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("person", sa.LargeBinary(), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("follows", BIG_ID, nullable=True),
        sa.Column("answered_at", INSTANT, nullable=True),
        sa.Column("answered_by", BIG_ID, nullable=True),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        sa.Column(
            "ending", _enum("ending", "answered", "nothing_asked", "by_phone"), nullable=True
        ),
        sa.Column("erase_at", INSTANT, nullable=True),
        _person("help_request", "answered_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_request")),
        sa.UniqueConstraint("follows", name=op.f("uq_help_request_follows")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_help_request_answered_at"), "help_request", ["answered_at"])
    op.create_index(op.f("ix_help_request_erase_at"), "help_request", ["erase_at"])


def _alarms() -> None:
    op.create_table(
        "alarm",
        sa.Column("name", sa.String(20), nullable=False),
        sa.Column("raised_at", INSTANT, nullable=False),
        sa.Column("cleared_at", INSTANT, nullable=True),
        sa.Column("told_at", INSTANT, nullable=True),
        sa.Column("untold", sa.Boolean(), nullable=False),
        sa.Column("told_wrong", sa.Boolean(), nullable=False),
        sa.Column("detail", JSON, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_alarm")),
    )
