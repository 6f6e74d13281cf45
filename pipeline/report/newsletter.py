"""A newsletter: what is new in a period, by pillar, for all of the public or all members."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.core.audience import Audience
from pipeline.core.cards import Card
from pipeline.core.concepts import Concept, Vocabulary
from pipeline.core.digests import Proof
from pipeline.core.tags import Grade
from pipeline.report import agenda
from pipeline.report.digest import SPOKEN, build_item, in_order, with_quote
from pipeline.report.digest_values import Chapter, Item, Reason
from pipeline.report.text import harmless
from pipeline.report.values import Language

LISTED_OF_PILLAR = 25  # works; a letter is no catalogue
DATES = 20


@dataclass(frozen=True, slots=True)
class Novelty:
    """A work of the period.

    Attributes:
        cards: Of the versions that its readers may have; at least one.
        grades: Of its tags.
        proofs: Of any tags of any versions.
    """

    cards: tuple[Card, ...]
    grades: Mapping[str, Grade]
    proofs: tuple[Proof, ...] = ()


@dataclass(frozen=True, slots=True)
class Newsletter:
    """One issue. All text in it is harmless.

    Attributes:
        chapters: One for each pillar with something new, each work in one of them; what is no main
            subject is in none.
        dates: What texts announce for the days after the period, for members.
    """

    language: Language
    audience: Audience
    since: date
    until: date
    chapters: tuple[Chapter, ...]
    dates: tuple[agenda.Item, ...] = ()

    @property
    def works(self) -> int:
        """How many are new, listed or not."""
        return sum(len(chapter.items) + chapter.more for chapter in self.chapters)


def build_newsletter(
    novelties: Iterable[Novelty],
    vocabulary: Vocabulary,
    *,
    language: Language,
    audience: Audience,
    since: date,
    until: date,
    dates: Sequence[agenda.Item] = (),
) -> Newsletter:
    """Return an issue; the order of ``novelties`` makes no difference.

    A work stands under the pillar of its first main subject, in the vocabulary's order.
    """
    items: dict[str, list[Item]] = {pillar.id: [] for pillar in vocabulary.pillars}
    proofs: dict[str, list[Proof]] = {}
    for one in novelties:
        files = [file for file in vocabulary.files if one.grades.get(file.id) is Grade.MAIN]
        if not files:
            continue
        reasons = [_reason(file, vocabulary, language) for file in files]
        item = build_item(one.cards, reasons, (language, *SPOKEN), audience)
        items[files[0].broader].append(item)
        proofs[item.work] = [proof for proof in one.proofs if proof.concept == files[0].id]
    chapters = []
    for pillar in vocabulary.pillars:
        ordered = in_order(items[pillar.id])
        listed = ordered[:LISTED_OF_PILLAR]
        quoted = tuple(with_quote(item, proofs[item.work]) for item in listed)
        name = harmless(pillar.label(language))
        chapters += [Chapter(name, False, quoted, len(ordered) - len(listed))] if ordered else []
    return Newsletter(
        language, audience, since, until, tuple(chapters), tuple(dates[:DATES])
    )  # fmt: skip


def _reason(file: Concept, vocabulary: Vocabulary, language: Language) -> Reason:
    pillar = vocabulary.get(file.broader)
    through = harmless(pillar.label(language)) if pillar else ""
    return Reason("file", harmless(file.label(language)), through)
