"""What is taken out of responses when a person is erased: the one place where what was stored is changed."""

import json

from sqlalchemy import Connection, or_, select, update

from quizapp.store.tables import Base

ATTEMPT = Base.metadata.tables["attempt"]
LEARNER = Base.metadata.tables["learner"]
DISPUTE = Base.metadata.tables["dispute"]
RESPONSE = Base.metadata.tables["response"]


def forget_words(connection: Connection, account_id: int) -> None:
    """Blank what the learner of an account typed; choices, marks and what is derived from them stay.

    What was typed is stored as a JSON string, or a list that begins with one. What they said of a question goes too.
    """
    own = select(ATTEMPT.c.id).join(LEARNER, LEARNER.c.id == ATTEMPT.c.learner_id)
    typed = or_(RESPONSE.c.value.like('"%'), RESPONSE.c.value.like('["%'))
    connection.execute(
        update(RESPONSE)
        .where(RESPONSE.c.attempt_id.in_(own.where(LEARNER.c.account_id == account_id)), typed)
        .values(value=json.dumps(None))
    )
    theirs = DISPUTE.c.attempt_id.in_(own.where(LEARNER.c.account_id == account_id))
    connection.execute(update(DISPUTE).where(theirs).values(text=""))
