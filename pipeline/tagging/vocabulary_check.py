"""Checking a vocabulary: what an editor should look at, before and beside any document."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pipeline.core.concepts import Concept, Role, Term, Vocabulary
from pipeline.core.document import Document
from pipeline.core.tags import Reason
from pipeline.tagging.matching import ANY_LANGUAGE, TermMatcher
from pipeline.tagging.term_finder import words_of

THIN = 0.5  # of the English terms; a language that has fewer for a policy file has a gap
ALWAYS = 0.3  # of a language's documents; a name or a field term in more says nothing of any
ENOUGH = 20  # documents of a language, before its terms are said to stand in too many, or in none


class Kind(StrEnum):
    """What a finding is about."""

    TWICE = "twice"  # the same words stand twice in a concept: one of them is never counted
    AMBIGUOUS = "ambiguous"  # a name, or a reference, of two policy files
    GAP = "gap"  # a language lacks a label, a name, or half of the terms
    ENDED = "ended"  # its last day is over
    ALWAYS = "always"  # stands in so many documents that it says nothing
    NEVER = "never"  # stands in no document of its language


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at.

    Attributes:
        language: Code of the terms' language, "" where it is about none.
        what: The words, reference or name in question.
        told: A sentence for the editor.
    """

    kind: Kind
    concept: str
    language: str
    what: str
    told: str


@dataclass(frozen=True, slots=True)
class Usage:
    """In how many documents terms stand.

    Attributes:
        documents: By language.
        terms: By language, concept and term.
    """

    documents: Mapping[str, int]
    terms: Mapping[tuple[str, str, str], int]


def check_vocabulary(vocabulary: Vocabulary, *, today: date | None = None) -> list[Finding]:
    """Return what there is to look at in the vocabulary itself, by kind, language and concept."""
    found = [
        *_twice(vocabulary),
        *_ambiguous_names(vocabulary),
        *_ambiguous_references(vocabulary),
        *_gaps(vocabulary),
        *_ended(vocabulary, (today or date.today()).isoformat()),
    ]
    order = list(Kind)
    return sorted(found, key=lambda f: (order.index(f.kind), f.language, f.concept, f.what))


def count_usage(vocabulary: Vocabulary, documents: Iterable[Document]) -> Usage:
    """Return in how many of the documents each term stands."""
    matcher = TermMatcher(vocabulary, reference_weight=1.0)
    by_language: Counter[str] = Counter()
    terms: Counter[tuple[str, str, str]] = Counter()
    for document in documents:
        language = document.language
        by_language[language] += 1
        terms.update(
            {
                (language, match.concept, match.key)
                for match in matcher.in_document(document)
                if match.reason is Reason.TERM
            }
        )
    return Usage(by_language, terms)


def check_usage(vocabulary: Vocabulary, usage: Usage) -> list[Finding]:
    """Return terms that stand in too many documents of their language, and those in none."""
    found = []
    for concept, language, term in _terms(vocabulary):
        if language == ANY_LANGUAGE:
            documents = sum(usage.documents.values())
            codes: Iterable[str] = usage.documents
        else:
            documents, codes = usage.documents.get(language, 0), (language,)
        count = sum(usage.terms.get((code, concept.id, term.text), 0) for code in codes)
        if documents < ENOUGH:
            continue
        if term.role is not Role.COMPANY and count > ALWAYS * documents:
            told = f"stands in {count} of {documents} documents, so it says little as {term.role}"
            found.append(Finding(Kind.ALWAYS, concept.id, language, term.text, told))
        elif not count:
            told = f"stands in none of {documents} documents"
            found.append(Finding(Kind.NEVER, concept.id, language, term.text, told))
    return sorted(found, key=lambda f: (f.kind, f.language, f.concept, f.what))


def coverage(vocabulary: Vocabulary) -> dict[str, dict[Role, int]]:
    """Return the number of terms by language and role; languages by code, English first."""
    counts: dict[str, dict[Role, int]] = defaultdict(lambda: dict.fromkeys(Role, 0))
    for _, language, term in _terms(vocabulary):
        counts[language][term.role] += 1
    return {code: counts[code] for code in sorted(counts, key=lambda code: (code != "en", code))}


def _terms(vocabulary: Vocabulary) -> Iterator[tuple[Concept, str, Term]]:
    for concept in vocabulary:
        for language, terms in concept.terms.items():
            for term in terms:
                yield concept, language, term


def _twice(vocabulary: Vocabulary) -> Iterator[Finding]:
    seen: dict[tuple[str, str, tuple[str, ...]], Term] = {}
    for concept, language, term in _terms(vocabulary):
        words = words_of(term.text, language)
        if term.exact_case or not words:
            continue
        before = seen.setdefault((concept.id, language, words), term)
        if before is not term:
            told = f"is matched as {before.text!r} ({before.role}) is; one of them is enough"
            yield Finding(Kind.TWICE, concept.id, language, term.text, told)


def _ambiguous_names(vocabulary: Vocabulary) -> Iterator[Finding]:
    named: dict[tuple[str, tuple[str, ...]], Concept] = {}
    for concept, language, term in _terms(vocabulary):
        if term.role is not Role.NAME:
            continue
        words = (term.text,) if term.exact_case else words_of(term.text, language)
        before = named.setdefault((language, words), concept)
        if before is not concept:
            told = f"names {before.id} too: neither is certain where it stands"
            yield Finding(Kind.AMBIGUOUS, concept.id, language, term.text, told)


def _ambiguous_references(vocabulary: Vocabulary) -> Iterator[Finding]:
    cited: dict[str, Concept] = {}
    for concept in vocabulary:
        for reference in concept.references:
            before = cited.setdefault(reference, concept)
            if before is not concept:
                told = f"is a reference of {before.id} too"
                yield Finding(Kind.AMBIGUOUS, concept.id, "", reference, told)


def _gaps(vocabulary: Vocabulary) -> Iterator[Finding]:
    languages = {language for _, language, _ in _terms(vocabulary)} - {ANY_LANGUAGE}
    for concept in vocabulary.files:
        wanted = len(concept.terms.get("en", ()))
        for language in sorted(languages):
            terms = concept.terms.get(language, ())
            if language not in concept.labels:
                told = "has no label in this language"
            elif not any(term.role is Role.NAME for term in terms):
                told = "has no term that names it in this language"
            elif len(terms) < THIN * wanted:
                told = f"has {len(terms)} terms in this language, English has {wanted}"
            else:
                continue
            yield Finding(Kind.GAP, concept.id, language, concept.label(language), told)


def _ended(vocabulary: Vocabulary, today: str) -> Iterator[Finding]:
    for concept in vocabulary:
        if not concept.valid_until or concept.valid_until >= today:
            continue
        told = f"ended on {concept.valid_until}; "
        if concept.replaced_by:
            told += f"later documents are tagged {concept.replaced_by}"
        else:
            told += "name what follows it (replaced_by), or a later valid_until"
        yield Finding(Kind.ENDED, concept.id, "", concept.label("en"), told)
