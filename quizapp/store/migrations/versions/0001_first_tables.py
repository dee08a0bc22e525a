"""Learners, lesson progress, snapshots, attempts, responses and marks."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    time = sa.DateTime(timezone=True)
    op.create_table(
        "learner",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("guest", sa.Text),
        sa.Column("created", time, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_learner"),
        sa.UniqueConstraint("guest", name="uq_learner_guest"),
    )
    op.create_table(
        "lesson_progress",
        sa.Column("learner_id", sa.Integer, nullable=False),
        sa.Column("lesson_key", sa.Text, nullable=False),
        sa.Column("opened", time),
        sa.Column("completed", time),
        sa.Column("fingerprint", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("learner_id", "lesson_key", name="pk_lesson_progress"),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name="fk_lesson_progress_learner_id_learner"),
    )
    op.create_table(
        "question_snapshot",
        sa.Column("fingerprint", sa.Text, nullable=False),
        sa.Column("question_key", sa.Text, nullable=False),
        sa.Column("markdown", sa.Text, nullable=False),
        sa.Column("html", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", name="pk_question_snapshot"),
    )
    op.create_index("ix_question_snapshot_question_key", "question_snapshot", ["question_key"])
    op.create_table(
        "attempt",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("public_id", sa.Text, nullable=False),
        sa.Column("learner_id", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("content_key", sa.Text, nullable=False),
        sa.Column("seed", sa.Text, nullable=False),
        sa.Column("started", time, nullable=False),
        sa.Column("deadline", time),
        sa.Column("submitted", time),
        sa.Column("score", sa.BigInteger, nullable=False),
        sa.Column("passed", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_attempt"),
        sa.UniqueConstraint("public_id", name="uq_attempt_public_id"),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name="fk_attempt_learner_id_learner"),
    )
    op.create_index("ix_attempt_learner_id_content_key", "attempt", ["learner_id", "content_key"])
    _create_tables_of_responses(time)


def _create_tables_of_responses(time: sa.DateTime) -> None:
    op.create_table(
        "attempt_question",
        sa.Column("attempt_id", sa.Integer, nullable=False),
        sa.Column("slot", sa.Integer, nullable=False),
        sa.Column("question_key", sa.Text, nullable=False),
        sa.Column("fingerprint", sa.Text, nullable=False),
        sa.Column("order", sa.Text, nullable=False),
        sa.Column("points", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("attempt_id", "slot", name="pk_attempt_question"),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name="fk_attempt_question_attempt_id_attempt"),
        sa.ForeignKeyConstraint(
            ["fingerprint"],
            ["question_snapshot.fingerprint"],
            name="fk_attempt_question_fingerprint_question_snapshot",
        ),
    )
    op.create_index("ix_attempt_question_question_key", "attempt_question", ["question_key"])
    op.create_table(
        "response",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("attempt_id", sa.Integer, nullable=False),
        sa.Column("slot", sa.Integer, nullable=False),
        sa.Column("try_number", sa.Integer, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("at", time, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_response"),
        sa.UniqueConstraint("attempt_id", "slot", "try_number", name="uq_response_attempt_id_slot_try_number"),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name="fk_response_attempt_id_attempt"),
    )
    op.create_table(
        "mark",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("response_id", sa.Integer, nullable=False),
        sa.Column("credit", sa.BigInteger, nullable=False),
        sa.Column("points", sa.BigInteger, nullable=False),
        sa.Column("marking_fingerprint", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("at", time, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_mark"),
        sa.ForeignKeyConstraint(["response_id"], ["response.id"], name="fk_mark_response_id_response"),
    )
    op.create_index("ix_mark_response_id", "mark", ["response_id"])


def downgrade() -> None:
    for table in (
        "mark",
        "response",
        "attempt_question",
        "attempt",
        "question_snapshot",
        "lesson_progress",
        "learner",
    ):
        op.drop_table(table)
