"""The tables. Declarative models define them; queries are Core statements over `Model.__table__`.

Responses and marks are append-only. Credit and points are integer millionths, times are UTC.
"""

from datetime import UTC, datetime
from fractions import Fraction

from sqlalchemy import (
    BigInteger,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

MILLION = 1_000_000


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime, kept as UTC; SQLite keeps it without a zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC."""
        if value is None:
            return None
        return value.astimezone(UTC).replace(tzinfo=None if dialect.name == "sqlite" else UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Always aware."""
        return None if value is None else value.replace(tzinfo=value.tzinfo or UTC).astimezone(UTC)


class Millionths(TypeDecorator[Fraction]):
    """A Fraction as integer millionths, rounded half to even."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Fraction | None, dialect: Dialect) -> int | None:
        """To millionths."""
        return None if value is None else round(value * MILLION)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Fraction | None:
        """Back to a fraction."""
        return None if value is None else Fraction(value, MILLION)


class Base(DeclarativeBase):
    """The schema, with named constraints, so that later revisions can change them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UtcDateTime, str: Text, Fraction: Millionths}  # noqa: RUF012


class AccountRow(Base):
    """A sign-in. `name_key` and `email_key` are folded for comparison; an empty `password` lets nobody in.

    `roles` are words in order, without "learner", which everybody is. A session holds the `epoch` it began in; raising
    it ends them all. `asked` is when a new password was asked for and there was no mail to send a link by.
    """

    __tablename__ = "account"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(unique=True)
    email: Mapped[str]
    email_key: Mapped[str | None] = mapped_column(unique=True)
    password: Mapped[str]
    roles: Mapped[str]
    epoch: Mapped[int]
    created: Mapped[datetime]
    asked: Mapped[datetime | None]
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 (the record of who did what names ids for ever)


class LearnerRow(Base):
    """Somebody who learns: a guest, known by the random id in a cookie, or an account; with neither, nobody any more.

    `version` is raised with every change of what is stored about the learner.
    """

    __tablename__ = "learner"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    guest: Mapped[str | None] = mapped_column(unique=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    version: Mapped[int] = mapped_column(server_default="0")
    created: Mapped[datetime]
    __table_args__ = (Index(None, "account_id", unique=True),)


class LessonProgressRow(Base):
    """A learner opened or completed a lesson; `fingerprint` is that of the lesson when it was completed."""

    __tablename__ = "lesson_progress"
    learner_id: Mapped[int] = mapped_column(ForeignKey("learner.id"), primary_key=True)
    lesson_key: Mapped[str] = mapped_column(primary_key=True)
    opened: Mapped[datetime | None]
    completed: Mapped[datetime | None]
    fingerprint: Mapped[str]


class QuestionSnapshot(Base):
    """A question as it was shown: canonical Markdown with its options, and the HTML of each part as JSON."""

    __tablename__ = "question_snapshot"
    fingerprint: Mapped[str] = mapped_column(primary_key=True)
    question_key: Mapped[str] = mapped_column(index=True)
    markdown: Mapped[str]
    html: Mapped[str]


class Attempt(Base):
    """One run of one learner through a check or quiz.

    `terms` are the settings of a quiz as they were at its start (JSON), `position` is the question a forward-only
    attempt has come to.
    """

    __tablename__ = "attempt"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("learner.id"))
    kind: Mapped[str]
    content_key: Mapped[str]
    seed: Mapped[str]
    started: Mapped[datetime]
    deadline: Mapped[datetime | None]
    submitted: Mapped[datetime | None]
    score: Mapped[Fraction]
    passed: Mapped[bool]
    terms: Mapped[str | None]
    position: Mapped[int] = mapped_column(server_default="1")
    __table_args__ = (Index(None, "learner_id", "content_key"), Index(None, "submitted", "deadline"))


class AttemptQuestion(Base):
    """The draw as it was shown: which version of which question, its choices in which order (JSON).

    `flagged` is that the learner wants to come back to it, `hints` how many they opened.
    """

    __tablename__ = "attempt_question"
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
    slot: Mapped[int] = mapped_column(primary_key=True)
    question_key: Mapped[str] = mapped_column(index=True)
    fingerprint: Mapped[str] = mapped_column(ForeignKey("question_snapshot.fingerprint"))
    order: Mapped[str]
    points: Mapped[Fraction]
    flagged: Mapped[bool] = mapped_column(server_default=false())
    hints: Mapped[int] = mapped_column(server_default="0")


class ResponseRow(Base):
    """What a learner gave, append-only; `value` is JSON with written positions, `confidence` how sure they were.

    `try_number` counts the responses to a question. A draft was saved and not checked; the last one counts when the
    attempt is submitted. `hints` is how many were open then.
    """

    __tablename__ = "response"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"))
    slot: Mapped[int]
    try_number: Mapped[int]
    value: Mapped[str]
    confidence: Mapped[str | None]
    is_draft: Mapped[bool] = mapped_column(server_default=false())
    hints: Mapped[int] = mapped_column(server_default="0")
    at: Mapped[datetime]
    __table_args__ = (UniqueConstraint("attempt_id", "slot", "try_number"),)


class SelfAssessment(Base):
    """Which lines of the rubric (JSON, from 1) a learner says a response meets; append-only, the newest counts.

    It is no mark: a person gives that.
    """

    __tablename__ = "self_assessment"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    response_id: Mapped[int] = mapped_column(ForeignKey("response.id"), index=True)
    met: Mapped[str]
    at: Mapped[datetime]


class MarkRow(Base):
    """The outcome of a response, append-only; the newest counts. `by` is auto, regrade or person.

    `fingerprint` is the version of the question that was marked by, where it is not the one that was shown; `author`
    the account that regraded or marked. `lines` are points by line of a rubric (JSON), `feedback` what a person wrote.
    """

    __tablename__ = "mark"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    response_id: Mapped[int] = mapped_column(ForeignKey("response.id"), index=True)
    credit: Mapped[Fraction]
    points: Mapped[Fraction]
    marking_fingerprint: Mapped[str]
    by: Mapped[str]
    reason: Mapped[str]
    fingerprint: Mapped[str | None] = mapped_column(ForeignKey("question_snapshot.fingerprint"))
    author: Mapped[int | None]
    lines: Mapped[str | None]
    feedback: Mapped[str] = mapped_column(server_default="")
    at: Mapped[datetime]


class Override(Base):
    """More time or attempts for one learner, at one quiz or (with an empty key) at all of them.

    Time is `minutes` and `percent` of the limit together.
    """

    __tablename__ = "override"
    learner_id: Mapped[int] = mapped_column(ForeignKey("learner.id"), primary_key=True)
    content_key: Mapped[str] = mapped_column(primary_key=True)
    minutes: Mapped[int]
    percent: Mapped[int]
    attempts: Mapped[int]


class Dispute(Base):
    """A learner says that a question of theirs is wrong. `state` is open, accepted or rejected.

    `author` is the account that decided, `answer` what they wrote back.
    """

    __tablename__ = "dispute"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"))
    slot: Mapped[int]
    text: Mapped[str]
    at: Mapped[datetime]
    state: Mapped[str] = mapped_column(index=True)
    answer: Mapped[str]
    author: Mapped[int | None]
    decided: Mapped[datetime | None]
    __table_args__ = (UniqueConstraint("attempt_id", "slot"),)


class Notice(Base):
    """Something to tell a learner once, until they have `read` it: `kind`, and what it is about (JSON)."""

    __tablename__ = "notice"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("learner.id"), index=True)
    kind: Mapped[str]
    about: Mapped[str]
    at: Mapped[datetime]
    read: Mapped[datetime | None]


class Throttle(Base):
    """How often something was tried since when; nothing is tried again before `until`."""

    __tablename__ = "throttle"
    key: Mapped[str] = mapped_column(primary_key=True)
    tries: Mapped[int]
    since: Mapped[datetime]
    until: Mapped[datetime | None]


class Audit(Base):
    """Who did what to an account, append-only. `by` and `about` are ids of accounts: a removed one leaves no name."""

    __tablename__ = "audit"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    at: Mapped[datetime]
    by: Mapped[int | None]
    action: Mapped[str]
    about: Mapped[int | None]
    detail: Mapped[str]
