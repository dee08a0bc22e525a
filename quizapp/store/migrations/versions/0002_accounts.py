"""Accounts, whose learner a learner is, throttled tries, and who did what to an account."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    time = sa.DateTime(timezone=True)
    op.create_table(
        "account",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("name_key", sa.Text, nullable=False),
        sa.Column("email", sa.Text, nullable=False),
        sa.Column("email_key", sa.Text),
        sa.Column("password", sa.Text, nullable=False),
        sa.Column("roles", sa.Text, nullable=False),
        sa.Column("epoch", sa.Integer, nullable=False),
        sa.Column("created", time, nullable=False),
        sa.Column("asked", time),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("name_key", name="uq_account_name_key"),
        sa.UniqueConstraint("email_key", name="uq_account_email_key"),
        sqlite_autoincrement=True,
    )
    # Both databases take this as it stands; batch mode would copy the table away from under its foreign keys.
    reference = "constraint fk_learner_account_id_account references account (id)"
    op.execute(f"alter table learner add column account_id integer {reference}")
    op.add_column("learner", sa.Column("version", sa.Integer, nullable=False, server_default="0"))
    op.create_index("ix_learner_account_id", "learner", ["account_id"], unique=True)
    op.create_table(
        "throttle",
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("since", time, nullable=False),
        sa.Column("until", time),
        sa.PrimaryKeyConstraint("key", name="pk_throttle"),
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("at", time, nullable=False),
        sa.Column("by", sa.Integer),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("about", sa.Integer),
        sa.Column("detail", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )


def downgrade() -> None:
    op.drop_table("audit")
    op.drop_table("throttle")
    op.drop_index("ix_learner_account_id", "learner")
    op.drop_column("learner", "version")
    op.execute("alter table learner drop column account_id")
    op.drop_table("account")
