"""Bij welke gemeenten een record hoort: naar de plek en het werkgebied van de actor."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_ACTORS = """
INSERT INTO kenmerk (veld, code, record, record_id)
SELECT DISTINCT 'gemeente', b.gemeente, 'actor', k.record_id
FROM kenmerk k
JOIN gebied_buurt gb ON gb.gebied = k.code
JOIN gebied b ON b.code = gb.buurt
WHERE k.record = 'actor' AND k.veld IN ('ligging', 'werkgebied') AND b.gemeente <> ''
"""
_OFFERS = """
INSERT INTO kenmerk (veld, code, record, record_id)
SELECT 'gemeente', k.code, 'aanbod', o.id
FROM kenmerk k JOIN aanbod o ON o.actor_id = k.record_id
WHERE k.record = 'actor' AND k.veld = 'gemeente'
"""
_MARKS = """
SELECT record_id, code FROM kenmerk
WHERE record = 'aanbod' AND veld = 'gemeente' ORDER BY record_id, code
"""


def upgrade() -> None:
    op.execute(_ACTORS)
    op.execute(_OFFERS)
    conn = op.get_bind()
    marks: dict[str, list[str]] = {}
    for key, code in conn.execute(sa.text(_MARKS)):
        marks.setdefault(key, []).append(code)
    rows = conn.execute(sa.text("SELECT aanbod_id, gegevens FROM zoekrij")).all()
    update = sa.text("UPDATE zoekrij SET gegevens = :text WHERE aanbod_id = :key")
    for key, text in rows:
        values = [*json.loads(text), marks.get(key, [])]
        text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
        conn.execute(update, {"key": key, "text": text})
