"""Digests: what came in that may be news, and the messages that tell subscribers of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from pipeline.core.audience import Audience
from pipeline.core.tags import Grade


class State(StrEnum):
    """How far a message has come."""

    PREPARED = "prepared"  # kept, and not yet given to anybody
    SENDING = "sending"  # the server has all of it; what it said was not heard
    SENT = "sent"
    WRITTEN = "written"  # to a file


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message to a subscriber, without its bytes.

    Attributes:
        period: Name of the period of the calendar; a subscriber has one message in each at most.
        audience: Of the subscriber, when it was made.
        documents: Ids of all that the message tells of; its readers must be allowed to read them.
        problem: Why it was not sent the last time, or "".
        number: By which it is named in commands; 0 until it is kept.
    """

    subscriber: str
    period: str
    message_id: str
    audience: Audience
    recipients: tuple[str, ...]
    subject: str
    works: int
    documents: tuple[str, ...]
    made_at: str
    state: State = State.PREPARED
    problem: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Arrival:
    """A work of which something came in, as far as an audience may read it.

    Attributes:
        ids: Its id and those of all its documents, of those that the audience may not read, too:
            works get other ids when versions are linked, documents never do.
        first_at: When the first version that they may read came in, ISO 8601 in UTC.
        documents: The versions that they may read, in the order of ids.
        grades: Of its tags: the best of these versions, by pillar or policy file.
    """

    work: str
    ids: frozenset[str]
    first_at: str
    documents: tuple[str, ...]
    grades: Mapping[str, Grade]


@dataclass(frozen=True, slots=True)
class Proof:
    """The sentence that best proves a tag of a document.

    Attributes:
        text: As it stands in the document.
        page: From 1.
    """

    document: str
    concept: str
    text: str
    page: int
