"""The database: its revisions, its transactions, what is never changed."""

import re
from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import insert, select, text

from quizapp.content.snapshots import restore
from quizapp.errors import DatabaseError
from quizapp.settings import Settings
from quizapp.site import Site, open_site
from quizapp.store import attempts, learners
from quizapp.store.database import open_database
from quizapp.store.learners import Learner
from quizapp.store.migrate import HEAD, MIGRATIONS, upgrade
from quizapp.store.snapshots import find_snapshots
from quizapp.store.tables import Base

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
# What may be removed: a guest whose work was moved, an identity, counts of tries that are over.
MAY_REMOVE = {
    "quizzes": {"OVERRIDE"},
    "learners": {"PROGRESS", "TABLE", "OVERRIDE"},
    "accounts": {"TABLE"},
    "throttles": {"TABLE"},
}
APPEND_ONLY = ("RESPONSE", "MARK", "QUESTION", "AUDIT", "response", "mark", "attempt_question", "question_snapshot")


def test_the_revisions_make_the_tables_that_the_models_describe(site: Site) -> None:
    with site.database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_the_newest_revision_is_known_without_alembic() -> None:
    assert ScriptDirectory(str(MIGRATIONS)).get_current_head() == HEAD


def test_upgrading_twice_changes_nothing(site: Site) -> None:
    upgrade(site.database)
    with site.database.reading() as connection:
        assert connection.execute(text("select version_num from alembic_version")).scalar_one() == HEAD


def test_a_site_that_was_not_prepared_says_what_to_run(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "instance").mkdir()
    with pytest.raises(DatabaseError, match="Start it with `quizapp serve`"):
        open_site(Settings(folder, tmp_path / "instance"))


def test_an_exception_undoes_the_transaction(site: Site) -> None:
    def fail() -> None:
        with site.database.writing() as connection:
            learners.keep_learner(connection, Learner("somebody"), NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with site.database.reading() as connection:
        assert learners.find_id(connection, Learner("somebody")) is None


def test_times_come_back_as_the_same_moment(site: Site) -> None:
    there = datetime(2026, 11, 23, 14, tzinfo=timezone(timedelta(hours=2)))
    with site.database.writing() as connection:
        connection.execute(insert(Base.metadata.tables["learner"]), {"guest": "g", "created": there})
        [stored] = connection.execute(select(Base.metadata.tables["learner"].c.created)).scalars()
    assert (stored, stored.tzinfo) == (NOW, UTC)


def test_credit_is_kept_in_millionths(site: Site) -> None:
    draw = _draw(site)
    with site.database.writing() as connection:
        learner = learners.keep_learner(connection, Learner("g"), NOW)
        nothing = attempts.Result(Fraction(0), False, None)
        attempt = attempts.add_attempt(connection, "a" * 22, learner, "m/l#check", draw, nothing, NOW)
        attempts.update_attempt(connection, attempt, attempts.Result(Fraction(1, 3), False, None))
        assert connection.execute(text("select score from attempt")).scalar_one() == 333_333


def _draw(site: Site) -> list[attempts.DrawnQuestion]:
    question = site.catalogue.questions()["mail-flow#mx-record"]
    return [attempts.DrawnQuestion(1, question.key, question.fingerprint, (2, 1, 3), Fraction(1))]


def test_every_question_has_its_snapshot_before_it_is_shown(site: Site) -> None:
    questions = site.catalogue.questions()
    with site.database.reading() as connection:
        kept = find_snapshots(connection, [question.fingerprint for question in questions.values()])
    assert [restore(kept[question.fingerprint]) for question in questions.values()] == list(questions.values())


# A person who is erased takes their words along; of a draw only what the learner flagged and opened changes.
MAY_CHANGE = {("erasure", "RESPONSE"), ("quizzes", "QUESTION")}


def test_of_a_draw_only_what_was_flagged_and_opened_changes() -> None:
    source = (Path(attempts.__file__).parent / "quizzes.py").read_text(encoding="utf-8")
    assert re.findall(r"_question\(attempt_id, slot\).*?\.values\((\w+)=", source) == ["flagged", "hints"]
    assert source.count("update(QUESTION)") == 1


def test_no_statement_changes_or_removes_what_is_append_only() -> None:
    folder = Path(attempts.__file__).parent
    for file in folder.glob("*.py"):
        source = file.read_text(encoding="utf-8")
        for name in APPEND_ONLY:
            if (file.stem, name) not in MAY_CHANGE:
                assert not re.search(rf"\b(update|delete)\(\s*{name}\b|\b{name}\.(update|delete)\(", source), file
        removed = set(re.findall(r"\bdelete\((\w+)", source))
        assert not removed or file.stem in MAY_REMOVE, file
        assert removed <= MAY_REMOVE.get(file.stem, set()), file


def test_sqlite_writes_survive_a_power_cut(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "instance").mkdir()
    database = open_database("", tmp_path / "instance")
    with database.reading() as connection:
        settings = [connection.exec_driver_sql(f"pragma {name}").scalar_one() for name in PRAGMAS]
    database.close()
    assert dict(zip(PRAGMAS, settings, strict=True)) == PRAGMAS


PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_what_learners_did_survives_every_upgrade(folder: Path, tmp_path: Path, database_url: str) -> None:
    (tmp_path / "instance").mkdir()
    database = open_database(database_url, tmp_path / "instance")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    with database.writing() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for statement in FIRST_ROWS:
            connection.execute(text(statement), {"now": "2026-11-23 12:00:00"})
    upgrade(database)
    with database.reading() as connection:
        known = learners.find_guest(connection, "somebody")
        stored = attempts.find_attempt(connection, "a" * 22)
        assert (known.id, known.version) == (7, 0)
        assert stored is not None
        assert (stored.learner_id, [one.value for one in stored.responses]) == (7, [2])
    with database.writing() as connection:
        assert learners.keep_learner(connection, Learner("somebody"), NOW) == 7
    database.close()


FIRST_ROWS = (
    "insert into learner (id, guest, created) values (7, 'somebody', :now)",
    "insert into question_snapshot (fingerprint, question_key, markdown, html) values ('f', 'm#q', '', '{}')",
    "insert into attempt (id, public_id, learner_id, kind, content_key, seed, started, score, passed) values"
    " (1, 'aaaaaaaaaaaaaaaaaaaaaa', 7, 'check', 'm/l#check', 's', :now, 0, false)",
    'insert into attempt_question (attempt_id, slot, question_key, fingerprint, "order", points) values'
    " (1, 1, 'm#q', 'f', '[1, 2]', 1000000)",
    "insert into response (id, attempt_id, slot, try_number, value, at) values (1, 1, 1, 1, '2', :now)",
    'insert into mark (response_id, credit, points, marking_fingerprint, "by", reason, at) values'
    " (1, 0, 0, 'f', 'auto', '', :now)",
)
