"""Choosing the sentences that prove a tag: the strongest, each once, from different pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.core.concepts import Role
from pipeline.core.document import Document
from pipeline.core.tags import Evidence
from pipeline.core.text import one_line
from pipeline.tagging.matching import Match
from pipeline.tagging.sentences import Sentence, sentences_of
from pipeline.tagging.trust import POOR, Trust, inside

AT_MOST = 5  # sentences: what a reader looks at before trusting a tag or not
LOOKED_AT = 200  # strongest matches that are considered, however long the document
# A second sentence of the same page or for the same term proves less than one from elsewhere.
REPEATED = 0.5


@dataclass(frozen=True, slots=True)
class Proof:
    """What proves a tag.

    Attributes:
        evidence: At most `AT_MOST` sentences, strongest first.
        convincing: Whether any of them is more than a footnote, a number, a fragment or the like.
    """

    evidence: tuple[Evidence, ...]
    convincing: bool


def proof(document: Document, matches: Sequence[Match], trust: Trust | None = None) -> Proof:
    """Return the sentences around ``matches`` that prove a tag.

    A sentence's weight is the sum of its different matches' weights; every page or term that was
    chosen before halves it, and what is no proper sentence of the text counts less.

    Args:
        trust: Of the document, where it is made for several tags.
    """
    title = document.origins.get("title")
    # "price" proves nothing, unless it stands in the title.
    proving = [m for m in matches if m.role is not Role.COMPANY or inside(m.span, title)]
    heaviest = sorted(proving, key=lambda match: (-match.weight, match.start))[:LOOKED_AT]
    sentences = sentences_of(document, heaviest)
    weights = [{match.key: match.weight for match in one.matches} for one in sentences]
    trusts = _Trusts(trust or Trust(document), sentences)
    # Heaviest first: what weighs less than another is worth need not be looked at.
    left = sorted(range(len(sentences)), key=lambda number: -sum(weights[number].values()))
    convincing = any(
        trusts[number] > POOR and any(m.role is not Role.COMPANY for m in sentences[number].matches)
        for number in left
    )
    chosen: list[Evidence] = []
    pages: set[int] = set()
    terms: set[str] = set()
    while left and len(chosen) < AT_MOST:
        best, most = left[0], -1.0
        for number in left:
            if sum(weights[number].values()) < most:
                break
            page = document.passages[sentences[number].matches[0].passage].page
            worth = sum(w * (REPEATED if key in terms else 1) for key, w in weights[number].items())
            worth *= (REPEATED if page in pages else 1) * trusts[number]
            if worth > most or (worth == most and number < best):
                best, most = number, worth
        left.remove(best)
        evidence = _evidence(document, sentences[best])
        chosen.append(evidence)
        pages.add(evidence.page)
        terms.update(weights[best])
    return Proof(tuple(chosen), convincing)


def _evidence(document: Document, sentence: Sentence) -> Evidence:
    strongest = max(sentence.matches, key=lambda match: match.weight)
    return Evidence(
        span=sentence.span,
        page=document.passages[strongest.passage].page,
        quote=document.quote(sentence.span),
        reason=strongest.reason,
        match=one_line(document.quote(strongest.span)),
        weight=sum({match.key: match.weight for match in sentence.matches}.values()),
    )


class _Trusts(dict[int, float]):
    """The trust in each sentence, by its number, worked out when it is first asked for."""

    def __init__(self, trust: Trust, sentences: Sequence[Sentence]) -> None:
        self._trust = trust
        self._sentences = sentences

    def __missing__(self, number: int) -> float:
        self[number] = trust = self._trust.of(self._sentences[number])
        return trust
