"""Many submissions at once: what the server acknowledged is in the database, once."""

from pathlib import Path

from tests.bench.submitting import torture


def test_every_acknowledged_response_is_stored_once(tmp_path: Path, database_url: str) -> None:
    found = torture(tmp_path, database_url, connections=8, seconds=3)
    assert found.faults == 0, found
    assert found.acknowledged == found.stored > 20
    assert found.answers > found.acknowledged, "no form was sent twice"
