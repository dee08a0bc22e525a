"""Quizzes: terms, drafts, hints, what people mark; more time for some; disputes, and what learners are told."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

NEW_COLUMNS: dict[str, list[sa.Column[Any]]] = {
    "attempt": [
        sa.Column("terms", sa.Text),
        sa.Column("position", sa.Integer, nullable=False, server_default="1"),
    ],
    "attempt_question": [
        sa.Column("flagged", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("hints", sa.Integer, nullable=False, server_default="0"),
    ],
    "response": [
        sa.Column("is_draft", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("hints", sa.Integer, nullable=False, server_default="0"),
    ],
    "mark": [
        sa.Column("author", sa.Integer),
        sa.Column("lines", sa.Text),
        sa.Column("feedback", sa.Text, nullable=False, server_default=""),
    ],
}


def upgrade() -> None:
    for table, columns in NEW_COLUMNS.items():
        for column in columns:
            op.add_column(table, column)
    # As in revision 0002: both databases take this as it stands.
    reference = "constraint fk_mark_fingerprint_question_snapshot references question_snapshot (fingerprint)"
    op.execute(f"alter table mark add column fingerprint text {reference}")
    op.create_index("ix_attempt_submitted_deadline", "attempt", ["submitted", "deadline"])
    op.create_table(
        "override",
        sa.Column("learner_id", sa.Integer, nullable=False),
        sa.Column("content_key", sa.Text, nullable=False),
        sa.Column("minutes", sa.Integer, nullable=False),
        sa.Column("percent", sa.Integer, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("learner_id", "content_key", name="pk_override"),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name="fk_override_learner_id_learner"),
    )
    op.create_table(
        "dispute",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("attempt_id", sa.Integer, nullable=False),
        sa.Column("slot", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("author", sa.Integer),
        sa.Column("decided", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_dispute"),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name="fk_dispute_attempt_id_attempt"),
        sa.UniqueConstraint("attempt_id", "slot", name="uq_dispute_attempt_id_slot"),
    )
    op.create_index("ix_dispute_state", "dispute", ["state"])
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("learner_id", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_notice"),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name="fk_notice_learner_id_learner"),
    )
    op.create_index("ix_notice_learner_id", "notice", ["learner_id"])


def downgrade() -> None:
    for table in ("notice", "dispute", "override"):
        op.drop_table(table)
    op.drop_index("ix_attempt_submitted_deadline", "attempt")
    op.execute("alter table mark drop column fingerprint")
    for table, columns in NEW_COLUMNS.items():
        for column in columns:
            op.drop_column(table, column.name)
