"""Finding the vocabulary's terms and legal references in the passages of a document."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from pipeline.core.concepts import Role, Term, Vocabulary
from pipeline.core.document import UNKNOWN_LANGUAGE, Document, Passage
from pipeline.core.references import Reference, find_references
from pipeline.core.spans import Span
from pipeline.core.tags import Reason
from pipeline.tagging.registers import Registers
from pipeline.tagging.term_finder import Pattern, TermFinder

ANY_LANGUAGE = "mul"
# Languages whose terms are tried where a passage's own language is not known.
FALLBACK_LANGUAGES = ("en", "fr")
# Names of files that texts in every language use: a Dutch paper says "Green Deal".
NAMES_ELSEWHERE = "en"
# What is enough for a language to be one of a document's: characters, or a share of them.
PART = 20_000
PART_SHARE = 0.1
STRETCH = 200_000  # characters that are looked through at once: a few MB of words


class Match(NamedTuple):
    """A term or a reference that speaks for a concept, and where it stands.

    A long document has tens of thousands of them.

    Attributes:
        key: What matched, the same for every place where it stands.
        weight: Of one match, before saturation.
        start, end: Characters of the document's text; of the title for `TermMatcher.in_title`.
        passage: Number of the passage, from 0; -1 in the title.
    """

    concept: str
    key: str
    role: Role
    reason: Reason
    weight: float
    start: int
    end: int
    passage: int

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)


class TermMatcher:
    """Finds terms, by a `TermFinder` for each language, built when it is first needed.

    Args:
        vocabulary: Whose terms and references are looked for.
        reference_weight: What a legal reference adds, on the scale of the terms' weights.
    """

    def __init__(self, vocabulary: Vocabulary, *, reference_weight: float) -> None:
        from spacy.vocab import Vocab

        self._vocabulary = vocabulary
        # Of no language: that of one works out twenty attributes of each word, and none is asked.
        self._vocab = Vocab()
        self._finders: dict[str, TermFinder] = {}
        self._reference_weight = reference_weight
        self._by_reference: dict[str, list[str]] = {}
        for concept in vocabulary:
            for value in concept.references:
                self._by_reference.setdefault(value, []).append(concept.id)

    def in_document(self, document: Document) -> list[Match]:
        """Return all matches in the document's passages: terms, then references, in their order.

        The references are those that the description found, where it has run.
        """
        starts = [passage.span.start for passage in document.passages]
        found: list[Match] = []
        languages = _languages(document)
        for first, last in _stretches(document.passages, languages):
            part = document.passages[first : last + 1]
            found += self._terms_in(
                document.text,
                Span(part[0].span.start, part[-1].span.end),
                languages[part[0].language],
                starts[first : last + 1],
                first,
            )
        for reference in document.references or find_references(document.text):
            number = bisect_right(starts, reference.span.start) - 1
            if number >= 0 and reference.span in document.passages[number].span:
                found += self._cited(reference, number)
        return found

    def in_title(self, title: str, language: str) -> list[Match]:
        """Return all matches in a title."""
        found = self._terms_in(title, Span(0, len(title)), language, [0], -1)
        for reference in find_references(title):
            found += self._cited(reference, -1)
        return found

    def _cited(self, reference: Reference, number: int) -> Iterator[Match]:
        for concept_id in self._by_reference.get(reference.value, ()):
            yield Match(
                concept=concept_id,
                key=reference.value,
                role=Role.FIELD,
                reason=Reason.REFERENCE,
                weight=self._reference_weight,
                start=reference.span.start,
                end=reference.span.end,
                passage=number,
            )

    def _terms_in(
        self, text: str, span: Span, language: str, starts: Sequence[int], passage: int
    ) -> list[Match]:
        """Return the matches in a stretch of passages.

        Args:
            starts: Where its passages start.
            passage: The number of the first.
        """
        if language not in self._finders:
            self._finders[language] = TermFinder(
                self._patterns(language), language=language, vocab=self._vocab
            )
        found = self._finders[language].find(text, span.start, span.end, starts)
        registers = Registers(text, span.start, span.end)
        return [
            Match(
                pattern.concept,
                pattern.term.text,
                pattern.term.role,
                Reason.TERM,
                pattern.term.weight,
                start,
                end,
                passage + bisect_right(starts, start) - 1,
            )
            for start, end, pattern in found
            if not registers.hold(start, end)
        ]

    def _patterns(self, language: str) -> Iterator[Pattern]:
        """Yield a language's terms, those of all languages, and names as English has them."""
        known = any(language in c.terms for c in self._vocabulary)
        codes: Iterable[str] = (language,) if known else FALLBACK_LANGUAGES
        for concept in self._vocabulary:
            for code in (*codes, ANY_LANGUAGE):
                for term in concept.terms.get(code, ()):
                    yield Pattern(concept.id, term, foreign=code == ANY_LANGUAGE)
                for phrase in concept.exclusions.get(code, ()):
                    yield Pattern(concept.id, Term(phrase), excluding=True)
            if NAMES_ELSEWHERE not in codes:
                for term in concept.terms.get(NAMES_ELSEWHERE, ()):
                    if term.role is Role.NAME:
                        yield Pattern(concept.id, term, foreign=True)


def _languages(document: Document) -> dict[str, str]:
    """Return in which language passages are looked through, by their own.

    A small part in another language than the document's is a list of names, addresses or entries
    in all languages, if it is that language at all; its words would be loaded for nothing.
    """
    own = document.language
    if own == UNKNOWN_LANGUAGE:
        return {passage.language: passage.language for passage in document.passages}
    lengths: Counter[str] = Counter()
    for passage in document.passages:
        lengths[passage.language] += passage.span.end - passage.span.start
    enough = min(PART, PART_SHARE * lengths.total())
    return {
        code: code if length >= enough and code != UNKNOWN_LANGUAGE else own
        for code, length in lengths.items()
    }


def _stretches(
    passages: Sequence[Passage], languages: Mapping[str, str]
) -> Iterator[tuple[int, int]]:
    """Yield first and last of passages of one language that stand together, not too many."""
    first = 0
    for number, passage in enumerate(passages):
        begun = passages[first]
        after = passages[number + 1] if number + 1 < len(passages) else None
        if (
            after is None
            or languages[after.language] != languages[begun.language]
            or after.span.end - begun.span.start > STRETCH
            or after.span.start < passage.span.end
        ):
            yield first, number
            first = number + 1
