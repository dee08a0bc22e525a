"""How sure a learner was of a response, and what of a rubric they say it meets."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("response", sa.Column("confidence", sa.Text))
    op.create_table(
        "self_assessment",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("response_id", sa.Integer, nullable=False),
        sa.Column("met", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_self_assessment"),
        sa.ForeignKeyConstraint(["response_id"], ["response.id"], name="fk_self_assessment_response_id_response"),
    )
    op.create_index("ix_self_assessment_response_id", "self_assessment", ["response_id"])


def downgrade() -> None:
    op.drop_table("self_assessment")
    op.drop_column("response", "confidence")
