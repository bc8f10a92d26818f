"""Zalo, and versions of a form: what the platforms count, whose number is known, which channels have been tried.

Revision ID: 0003
Revises: 0002
"""

from alembic import op
import sqlalchemy as sa


revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "usage",
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "month", "kind", name=op.f("pk_usage")),
    )
    op.add_column("addresses", sa.Column("phone", sa.String(length=20), nullable=True))
    op.add_column("addresses", sa.Column("noticed", sa.JSON(), nullable=True))
    op.add_column(
        "documents",
        sa.Column("form_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
    )
    op.add_column("outbox", sa.Column("tried", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("outbox", "tried")
    op.drop_column("documents", "form_id")
    op.drop_column("addresses", "noticed")
    op.drop_column("addresses", "phone")
    op.drop_table("usage")
