"""Audience: who may read a document, and the rules by which its folder tells that."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from pipeline.core.text import fold


class Audience(StrEnum):
    """Who may read a document, and whom an output is for; from the widest to the narrowest."""

    PUBLIC = "public"
    MEMBERS = "members"
    SECRETARIAT = "secretariat"

    @property
    def reads(self) -> tuple[Audience, ...]:
        """The audiences of the documents that these people may read: the public the fewest."""
        everyone = tuple(Audience)
        return everyone[: everyone.index(self) + 1]

    def may_read(self, document: Audience) -> bool:
        """Return whether these people may read a document of that audience."""
        return document in self.reads


def strictest(audiences: Iterable[Audience]) -> Audience:
    """Return the narrowest of some audiences, of which there must be one."""
    return max(audiences, key=list(Audience).index)


def least_reading(one: str, other: str) -> str:
    """Return which of two audiences may read less; "" stands for no limit."""
    both = [Audience(audience) for audience in (one, other) if audience]
    return min(both, key=list(Audience).index) if both else ""


@dataclass(frozen=True)
class AudienceRules:
    """Which folders and files are for whom.

    A pattern is a name of a file or folder (``members``, ``*.eml``), several folders one in the
    other (``notes/members``), or begins at the root (``/srv/papers/members``); what is inside a
    folder, message or archive belongs to it. ``*`` stands for anything; case and accents do not
    count. Where patterns of several audiences fit a path, the strictest counts.

    Attributes:
        otherwise: For what no pattern fits.
    """

    otherwise: Audience = Audience.MEMBERS
    public: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    secretariat: tuple[str, ...] = ()

    def of(self, path: str) -> Audience:
        """Return the audience of what lies at an absolute path."""
        return self.rule(path)[0]

    def rule(self, path: str) -> tuple[Audience, str]:
        """Return the audience of what lies at a path, and the pattern that says so, or ""."""
        whole = fold(path.replace("!/", "/")) + "/"
        for audience, fitting in self._fitting:
            if found := fitting.fullmatch(whole):
                number = int((found.lastgroup or "p0")[1:])
                return audience, self._patterns(audience)[number]
        return self.otherwise, ""

    @cached_property
    def _fitting(self) -> list[tuple[Audience, re.Pattern[str]]]:
        return [
            (audience, re.compile("|".join(map(_group, range(len(patterns)), patterns))))
            for audience in reversed(Audience)
            if (patterns := self._patterns(audience))
        ]

    def _patterns(self, audience: Audience) -> tuple[str, ...]:
        by_audience = {
            Audience.PUBLIC: self.public,
            Audience.MEMBERS: self.members,
            Audience.SECRETARIAT: self.secretariat,
        }
        return by_audience[audience]


def _group(number: int, pattern: str) -> str:
    folded = fold(pattern)
    start = "/" if folded.startswith("/") else "*/"
    return f"(?P<p{number}>{fnmatch.translate(start + folded.strip('/') + '/*')})"


@dataclass(frozen=True, slots=True)
class AudienceDecision:
    """What a person says of who may read a document; it beats every rule.

    Attributes:
        document: Digest of its bytes.
        audience: Nothing takes earlier decisions back, so that the rules count again.
        at: UTC, ISO 8601; "" until it is kept.

    Raises:
        ValueError: If nobody made it.
    """

    document: str
    audience: Audience | None
    by: str
    note: str = ""
    at: str = ""

    def __post_init__(self) -> None:
        if not self.by.strip():
            raise ValueError("nobody decided about an audience")


@dataclass(frozen=True, slots=True)
class Standing:
    """The audience of a document, and what says so.

    Attributes:
        decision: Of a person, about the document or what it lies in.
        pattern: Of the rule that counts; "" where no rule speaks of it.
        path: The place that the rule or the decision is about.
    """

    audience: Audience
    path: str
    decision: AudienceDecision | None = None
    pattern: str = ""
