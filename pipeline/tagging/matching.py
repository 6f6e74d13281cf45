"""Finding the vocabulary's terms and legal references in the passages of a document."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.core.concepts import Concept, Role, Term, Vocabulary
from pipeline.core.document import Document, Passage
from pipeline.core.references import Reference, find_references
from pipeline.core.spans import Span
from pipeline.core.tags import Reason
from pipeline.tagging.tokens import PolicyTokenizer

if TYPE_CHECKING:
    from spacy.matcher import PhraseMatcher
    from spacy.tokens import Doc

ANY_LANGUAGE = "mul"
# Languages whose terms are tried where a passage's own language is not known.
FALLBACK_LANGUAGES = ("en", "fr")
# Names of files that texts in every language use: a Dutch paper says "Green Deal".
NAMES_ELSEWHERE = "en"


@dataclass(frozen=True, slots=True)
class Match:
    """A term or a reference that speaks for a concept, and where it stands.

    Attributes:
        key: What matched, the same for every place where it stands.
        weight: Of one match, before saturation.
        span: In the document's text; in the title for `TermMatcher.in_title`.
        passage: Number of the passage, from 0; -1 in the title.
    """

    concept: str
    key: str
    role: Role
    reason: Reason
    weight: float
    span: Span
    passage: int


class TermMatcher:
    """Finds terms with spaCy's PhraseMatcher, one for each language, built when first needed.

    Args:
        vocabulary: Whose terms and references are looked for.
        reference_weight: What a legal reference adds, on the scale of the terms' weights.
    """

    def __init__(self, vocabulary: Vocabulary, *, reference_weight: float) -> None:
        import spacy

        self._vocabulary = vocabulary
        self._nlp = spacy.blank("xx")
        self._tokenizer = PolicyTokenizer(self._nlp.vocab)
        self._nlp.tokenizer = self._tokenizer
        self._matchers: dict[str, PhraseMatcher] = {}
        self._terms: list[tuple[Concept, Term]] = []
        self._reference_weight = reference_weight
        self._by_reference: dict[str, list[str]] = {}
        for concept in vocabulary:
            for value in concept.references:
                self._by_reference.setdefault(value, []).append(concept.id)

    def in_document(self, document: Document) -> list[Match]:
        """Return all matches in the document's passages: terms, then references, in their order.

        The references are those that the description found, where it has run.
        """
        found = [
            match
            for number, passage in enumerate(document.passages)
            for match in self._terms_in(document.text, passage, number)
        ]
        starts = [passage.span.start for passage in document.passages]
        for reference in document.references or find_references(document.text):
            number = bisect_right(starts, reference.span.start) - 1
            if number >= 0 and reference.span in document.passages[number].span:
                found += self._cited(reference, number)
        return found

    def in_title(self, title: str, language: str) -> list[Match]:
        """Return all matches in a title."""
        passage = Passage(Span(0, len(title)), 1, language)
        found = list(self._terms_in(title, passage, -1))
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
                span=reference.span,
                passage=number,
            )

    def _terms_in(self, text: str, passage: Passage, number: int) -> Iterator[Match]:
        self._tokenizer.language = passage.language
        doc = self._tokenizer.between(text, passage.span.start, passage.span.end)
        found = doc.user_data["found"]
        for first, last, index in self._longest(doc, text, passage.language):
            concept, term = self._terms[index]
            yield Match(
                concept=concept.id,
                key=term.text,
                role=term.role,
                reason=Reason.TERM,
                weight=term.weight,
                span=Span(found[first].start(), found[last - 1].end()),
                passage=number,
            )

    def _longest(self, doc: Doc, text: str, language: str) -> Iterator[tuple[int, int, int]]:
        """Yield matches as token ranges and term numbers, without those inside longer ones.

        Within a concept the longest match wins. A name covers the shorter terms of every other
        concept too: "Gender Action Plan" says nothing about action plans.
        """
        found = [
            (first, last, self._number(key))
            for key, first, last in self._matcher(language)(doc)
            if self._spelled(doc, text, first, last, self._number(key))
        ]
        found.sort(key=lambda m: (m[0] - m[1], m[0]))
        covered: dict[str, set[int]] = {}
        names: list[tuple[int, int]] = []
        for first, last, number in found:
            concept, term = self._terms[number]
            own = covered.setdefault(concept.id, set())
            inside_name = any(a <= first and last <= b and b - a > last - first for a, b in names)
            if inside_name or own.issuperset(range(first, last)):
                continue
            own.update(range(first, last))
            if term.role is Role.NAME and last - first > 1:
                names.append((first, last))
            yield first, last, number

    def _spelled(self, doc: Doc, text: str, first: int, last: int, number: int) -> bool:
        term = self._terms[number][1]
        if not term.exact_case:
            return True
        found = doc.user_data["found"]
        return text[found[first].start() : found[last - 1].end()] == term.text.rstrip("+")

    def _number(self, key: int) -> int:
        return int(self._nlp.vocab.strings[key])

    def _matcher(self, language: str) -> PhraseMatcher:
        if language not in self._matchers:
            from spacy.matcher import PhraseMatcher

            matcher = PhraseMatcher(self._nlp.vocab, attr="ORTH")
            self._tokenizer.language = language
            for concept, term in self._terms_for(language):
                pattern = self._nlp.make_doc(term.text)
                if len(pattern):
                    matcher.add(str(len(self._terms)), [pattern])
                    self._terms.append((concept, term))
            self._matchers[language] = matcher
        return self._matchers[language]

    def _terms_for(self, language: str) -> Iterator[tuple[Concept, Term]]:
        """Yield a language's terms, those of all languages, and names as English has them."""
        known = any(language in c.terms for c in self._vocabulary)
        codes: Iterable[str] = (language,) if known else FALLBACK_LANGUAGES
        for concept in self._vocabulary:
            for code in (*codes, ANY_LANGUAGE):
                for term in concept.terms.get(code, ()):
                    yield concept, term
            if NAMES_ELSEWHERE not in codes:
                for term in concept.terms.get(NAMES_ELSEWHERE, ()):
                    if term.role is Role.NAME:
                        yield concept, term
