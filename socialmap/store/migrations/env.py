"""Run migrations on the connection that `engine.py` hands over, inside its transaction."""

from __future__ import annotations

from alembic import context

import socialmap.store.schema_accounts
import socialmap.store.schema_admin
import socialmap.store.schema_consent
import socialmap.store.schema_imports
import socialmap.store.schema_mails
import socialmap.store.schema_merging  # noqa: F401 -- and these
from socialmap.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    compare_type=True,
)
context.run_migrations()
