"""The first rows."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")

FROZEN = "a published form version never changes"
APPENDED = "audit entries are only appended"
SQLITE_TRIGGERS = (
    f"""CREATE TRIGGER form_version_update BEFORE UPDATE ON form_version
    BEGIN SELECT RAISE(ABORT, '{FROZEN}'); END""",
    f"""CREATE TRIGGER form_version_delete BEFORE DELETE ON form_version
    BEGIN SELECT RAISE(ABORT, '{FROZEN}'); END""",
    f"""CREATE TRIGGER audit_entry_update BEFORE UPDATE ON audit_entry
    WHEN OLD.link IS NOT NULL OR NEW.id <> OLD.id OR NEW.at <> OLD.at OR NEW.act <> OLD.act
      OR NEW.person_id IS NOT OLD.person_id OR NEW.subject IS NOT OLD.subject
      OR NEW.details <> OLD.details
    BEGIN SELECT RAISE(ABORT, '{APPENDED}'); END""",
    f"""CREATE TRIGGER audit_entry_delete BEFORE DELETE ON audit_entry
    BEGIN SELECT RAISE(ABORT, '{APPENDED}'); END""",
)
POSTGRESQL_TRIGGERS = (
    f"""CREATE FUNCTION refuse_form_version() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{FROZEN}'; END $$""",
    """CREATE TRIGGER form_version_frozen BEFORE UPDATE OR DELETE ON form_version
    FOR EACH ROW EXECUTE FUNCTION refuse_form_version()""",
    f"""CREATE FUNCTION refuse_audit_entry() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN
      IF TG_OP = 'UPDATE' AND OLD.link IS NULL AND NEW.id = OLD.id AND NEW.at = OLD.at
        AND NEW.act = OLD.act
        AND NEW.person_id IS NOT DISTINCT FROM OLD.person_id
        AND NEW.subject IS NOT DISTINCT FROM OLD.subject AND NEW.details = OLD.details
      THEN RETURN NEW; END IF;
      RAISE EXCEPTION '{APPENDED}';
    END $$""",
    """CREATE TRIGGER audit_entry_appended BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION refuse_audit_entry()""",
)

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "form",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("form_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form")),
        sa.UniqueConstraint("form_id", name=op.f("uq_form_form_id")),
    )
    op.create_table(
        "inbox",
        sa.Column("seq", BIG_ID, nullable=False),
        sa.Column("bot_id", sa.BigInteger(), nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "channel",
            sa.Enum(
                "telegram", name="channel", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("partition", sa.SmallInteger(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "done",
                "unknown",
                "parked",
                name="inboxstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("reference", sa.String(length=16), nullable=True),
        sa.Column("error", sa.String(length=200), nullable=True),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_inbox")),
        sa.UniqueConstraint("bot_id", "update_id", name=op.f("uq_inbox_bot_id_update_id")),
    )
    op.create_index(
        "ix_inbox_waiting",
        "inbox",
        ["seq"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )

    op.create_table(
        "job",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("payload", JSON, nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "done",
                "failed",
                name="jobstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("dedupe_key", sa.String(length=80), nullable=True),
        sa.Column("error", sa.String(length=200), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("dedupe_key", name=op.f("uq_job_dedupe_key")),
    )
    op.create_index(
        "ix_job_due",
        "job",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )

    op.create_table(
        "lease",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("holder", sa.String(length=64), nullable=False),
        sa.Column("fence", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_lease")),
    )
    op.create_table(
        "outbox",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("chat", sa.LargeBinary(), nullable=True),
        sa.Column("partition", sa.SmallInteger(), nullable=False),
        sa.Column("method", sa.String(length=40), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=True),
        sa.Column("edits", sa.String(length=40), nullable=True),
        sa.Column("fills", sa.String(length=40), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "failed",
                "uncertain",
                name="outboxstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("error", sa.String(length=120), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_outbox_state"), "outbox", ["state"], unique=False)

    op.create_table(
        "person",
        sa.Column("id", BIG_ID, autoincrement=False, nullable=False),
        sa.Column(
            "channel",
            sa.Enum(
                "telegram", name="channel", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("subscribed", sa.Boolean(), nullable=False),
        sa.Column("unreachable_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("channel", "channel_id", name=op.f("uq_person_channel_channel_id")),
    )
    op.create_table(
        "profile",
        sa.Column("id", sa.SmallInteger(), nullable=False),
        sa.Column("document", JSON, nullable=False),
        sa.Column("loaded_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile")),
    )
    op.create_table(
        "shown",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("slot", sa.String(length=40), nullable=False),
        sa.Column("message", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", "slot", name=op.f("pk_shown")),
    )
    op.create_table(
        "tally",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("subject", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.BigInteger(), nullable=False),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tally")),
    )
    op.create_index(
        "ix_tally_subject_what", "tally", ["subject", "subject_id", "what"], unique=False
    )

    op.create_table(
        "announcement",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("created_by", BIG_ID, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by"], ["person.id"], name=op.f("fk_announcement_created_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement")),
    )
    op.create_table(
        "audit_entry",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("person_id", BIG_ID, nullable=True),
        sa.Column("act", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=True),
        sa.Column("details", JSON, nullable=False),
        sa.Column("link", sa.LargeBinary(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_audit_entry_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    op.create_index(
        "ix_audit_entry_unchained",
        "audit_entry",
        ["id"],
        unique=False,
        sqlite_where=sa.text("link IS NULL"),
        postgresql_where=sa.text("link IS NULL"),
    )

    op.create_table(
        "consent",
        sa.Column("person_id", BIG_ID, nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "consultation",
                "announcements",
                name="purpose",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("subject_id", sa.BigInteger(), nullable=False),
        sa.Column("text_version", sa.SmallInteger(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_consent_person_id_person")
        ),
        sa.PrimaryKeyConstraint("person_id", "purpose", "subject_id", name=op.f("pk_consent")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "dialogue",
        sa.Column("person_id", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("place", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_dialogue_person_id_person")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_dialogue")),
    )
    op.create_table(
        "form_version",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("form_id", BIG_ID, nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("workbook", sa.LargeBinary(), nullable=False),
        sa.Column("workbook_hash", sa.String(length=64), nullable=False),
        sa.Column("compiled", JSON, nullable=False),
        sa.Column("published_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["form_id"], ["form.id"], name=op.f("fk_form_version_form_id_form")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_version")),
        sa.UniqueConstraint(
            "form_id", "workbook_hash", name=op.f("uq_form_version_form_id_workbook_hash")
        ),
    )
    op.create_table(
        "role_grant",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("person_id", BIG_ID, nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "administrator",
                "officer",
                "analyst",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("granted_at", INSTANT, nullable=False),
        sa.Column("granted_by", BIG_ID, nullable=True),
        sa.Column("withdrawn_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["granted_by"], ["person.id"], name=op.f("fk_role_grant_granted_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_role_grant_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
    )
    op.create_index(op.f("ix_role_grant_person_id"), "role_grant", ["person_id"], unique=False)

    op.create_table(
        "announcement_text",
        sa.Column("announcement_id", BIG_ID, nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["announcement_id"],
            ["announcement.id"],
            name=op.f("fk_announcement_text_announcement_id_announcement"),
        ),
        sa.PrimaryKeyConstraint("announcement_id", "language", name=op.f("pk_announcement_text")),
    )
    op.create_table(
        "consultation",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("title", JSON, nullable=False),
        sa.Column("stake", JSON, nullable=False),
        sa.Column("contact", JSON, nullable=True),
        sa.Column(
            "mode",
            sa.Enum(
                "anonymous", name="mode", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "published",
                "sealing",
                "sealed",
                name="consultationstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("form_version_id", BIG_ID, nullable=False),
        sa.Column("key_id", sa.String(length=32), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("opens_at", INSTANT, nullable=False),
        sa.Column("closes_at", INSTANT, nullable=False),
        sa.Column("seal_at", INSTANT, nullable=False),
        sa.Column("sealed_at", INSTANT, nullable=True),
        sa.CheckConstraint(
            "closes_at > opens_at", name=op.f("ck_consultation_closes_after_it_opens")
        ),
        sa.ForeignKeyConstraint(
            ["form_version_id"],
            ["form_version.id"],
            name=op.f("fk_consultation_form_version_id_form_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation")),
        sa.UniqueConstraint("key_id", name=op.f("uq_consultation_key_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_consultation_slug")),
    )
    op.create_table(
        "delivery",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("announcement_id", BIG_ID, nullable=False),
        sa.Column("person_id", BIG_ID, nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "claimed",
                "sent",
                "unreachable",
                "moved",
                "failed",
                "uncertain",
                name="deliverystate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("retry_at", INSTANT, nullable=True),
        sa.Column("claimed_at", INSTANT, nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("error", sa.String(length=120), nullable=True),
        sa.ForeignKeyConstraint(
            ["announcement_id"],
            ["announcement.id"],
            name=op.f("fk_delivery_announcement_id_announcement"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_delivery_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint(
            "person_id", "announcement_id", name=op.f("uq_delivery_person_id_announcement_id")
        ),
    )
    op.create_index(
        op.f("ix_delivery_announcement_id"), "delivery", ["announcement_id"], unique=False
    )

    op.create_table(
        "document",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("consultation_id", BIG_ID, nullable=False),
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", JSON, nullable=False),
        sa.Column("summary", JSON, nullable=True),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_document_consultation_id_consultation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint(
            "consultation_id",
            "slug",
            "language",
            name=op.f("uq_document_consultation_id_slug_language"),
        ),
    )
    op.create_table(
        "submission",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", BIG_ID, nullable=False),
        sa.Column("form_version_id", BIG_ID, nullable=False),
        sa.Column("respondent_key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("seat", sa.SmallInteger(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "submitted",
                name="submissionstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("answers", JSON, nullable=False),
        sa.Column("asked", sa.String(), nullable=True),
        sa.Column("choosing", JSON, nullable=True),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.Column("receipt_hash", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_submission_consultation_id_consultation"),
        ),
        sa.ForeignKeyConstraint(
            ["form_version_id"],
            ["form_version.id"],
            name=op.f("fk_submission_form_version_id_form_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission")),
        sa.UniqueConstraint(
            "consultation_id",
            "respondent_key",
            name=op.f("uq_submission_consultation_id_respondent_key"),
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_submission_receipt_hash"), "submission", ["receipt_hash"], unique=False
    )

    op.create_table(
        "document_file",
        sa.Column("document_id", BIG_ID, nullable=False),
        sa.Column("bot_id", BIG_ID, nullable=False),
        sa.Column("file_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_document_file_document_id_document")
        ),
        sa.PrimaryKeyConstraint("document_id", "bot_id", name=op.f("pk_document_file")),
    )

    sqlite = op.get_bind().dialect.name == "sqlite"
    for trigger in SQLITE_TRIGGERS if sqlite else POSTGRESQL_TRIGGERS:
        op.execute(trigger)


def downgrade() -> None:
    op.drop_table("document_file")
    op.drop_index(op.f("ix_submission_receipt_hash"), "submission")

    op.drop_table("submission")
    op.drop_table("document")
    op.drop_index(op.f("ix_delivery_announcement_id"), "delivery")

    op.drop_table("delivery")
    op.drop_table("consultation")
    op.drop_table("announcement_text")
    op.drop_index(op.f("ix_role_grant_person_id"), "role_grant")

    op.drop_table("role_grant")
    op.drop_table("form_version")
    op.drop_table("dialogue")
    op.drop_table("consent")
    op.drop_index(
        "ix_audit_entry_unchained",
        "audit_entry",
        sqlite_where=sa.text("link IS NULL"),
        postgresql_where=sa.text("link IS NULL"),
    )

    op.drop_table("audit_entry")
    op.drop_table("announcement")
    op.drop_index("ix_tally_subject_what", "tally")

    op.drop_table("tally")
    op.drop_table("shown")
    op.drop_table("profile")
    op.drop_table("person")
    op.drop_index(op.f("ix_outbox_state"), "outbox")

    op.drop_table("outbox")
    op.drop_table("lease")
    op.drop_index(
        "ix_job_due",
        "job",
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )

    op.drop_table("job")
    op.drop_index(
        "ix_inbox_waiting",
        "inbox",
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )

    op.drop_table("inbox")
    op.drop_table("form")

    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_form_version()")
        op.execute("DROP FUNCTION refuse_audit_entry()")
