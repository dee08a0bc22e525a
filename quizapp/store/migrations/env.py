"""What Alembic runs: the revisions, over the connection that `store.migrate` opened."""

from alembic import context

from quizapp.store.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
