"""Concept, Term and Vocabulary: the pillars and policy files, and the words that name them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What a term can do for its concept."""

    NAME = "name"  # names the file: enough on its own
    FIELD = "field"  # belongs to its field: counts, and adds up
    COMPANY = "company"  # a word of everyday language: counts only beside others


@dataclass(frozen=True, slots=True)
class Term:
    """Words that speak for a concept in one language.

    Attributes:
        text: The words, as they would be written inside a sentence.
        weight: Strength, above 0; 1 is a usual term of the field.
        role: What the term can do alone.
        exact_case: Whether only this very spelling matches ("DEAR", not "dear").

    Raises:
        ValueError: If the text is blank or the weight is not above 0.
    """

    text: str
    weight: float = 1.0
    role: Role = Role.FIELD
    exact_case: bool = False

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueError("a term has no text")
        if self.weight <= 0:
            raise ValueError(f"weight of {self.text!r} is not above 0")


@dataclass(frozen=True, slots=True)
class Concept:
    """A pillar or a policy file.

    Attributes:
        id: Stable id ("water").
        labels: Official name by language code.
        short: Short name by language code; a label where absent.
        terms: Terms by language code; ``mul`` holds those that are the same in all.
        references: Legal references that identify it, canonical ("COM(2020) 98").
        exclusions: Phrases by language code in which the concept's own words do not count.
        eurovoc: Ids of the EuroVoc concepts that it covers ("2825").
        broader: Id of its pillar; "" for a pillar.
        valid_from, valid_until: ISO dates, or "".
        replaced_by: Id of its successor, or "".
    """

    id: str
    labels: Mapping[str, str]
    short: Mapping[str, str] = field(default_factory=dict)
    terms: Mapping[str, tuple[Term, ...]] = field(default_factory=dict)
    references: tuple[str, ...] = ()
    exclusions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    eurovoc: tuple[str, ...] = ()
    broader: str = ""
    valid_from: str = ""
    valid_until: str = ""
    replaced_by: str = ""

    @property
    def is_pillar(self) -> bool:
        """Whether nothing is broader."""
        return not self.broader

    def label(self, language: str) -> str:
        """Return the short name in ``language``, else in English, else the id."""
        for names in (self.short, self.labels):
            for code in (language, "en"):
                if code in names:
                    return names[code]
        return self.id


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All concepts, pillars before their files, in the vocabulary's order.

    Attributes:
        concepts: In order; ids are unique and each ``broader`` is among them.
        digest: Of the files it was read from; part of the recipe version.
    """

    concepts: tuple[Concept, ...]
    digest: str

    def __iter__(self) -> Iterator[Concept]:
        return iter(self.concepts)

    @property
    def pillars(self) -> tuple[Concept, ...]:
        """The concepts with nothing broader."""
        return tuple(c for c in self.concepts if c.is_pillar)

    @property
    def files(self) -> tuple[Concept, ...]:
        """The policy files."""
        return tuple(c for c in self.concepts if not c.is_pillar)

    def get(self, concept_id: str) -> Concept | None:
        """Return the concept of that id, or nothing."""
        return next((c for c in self.concepts if c.id == concept_id), None)

    def files_of(self, pillar_id: str) -> tuple[Concept, ...]:
        """Return the policy files of a pillar."""
        return tuple(c for c in self.concepts if c.broader == pillar_id)
