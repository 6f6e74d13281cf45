"""Topics: what documents without a policy file have in common, and words that a vocabulary lacks.

Key phrases are one to three words that no stop word begins or ends, compared by their forms. A
phrase weighs by TF-IDF (Spärck Jones 1972) within its language, and tells a group of documents
apart by how much more it weighs there than in the rest of the library. Documents are grouped by
average linkage of their cosine distances.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module

from pipeline.core.concepts import Vocabulary
from pipeline.core.document import Document
from pipeline.tagging.matching import ANY_LANGUAGE
from pipeline.tagging.term_finder import words_of
from pipeline.tagging.word_forms import forms_of

LONGEST = 3  # words of a phrase
READ = 20_000  # characters of a document: its beginning tells what it is about
GROUPED_AT_MOST = 2_000  # documents of a language: distances of all pairs are held, 8 bytes each
APART = 0.9  # cosine distance from which two groups of documents are not merged
SMALLEST = 3  # documents of a topic
SHOWN = 8  # phrases of a topic
COMMONEST = 0.4  # share of the documents of a language that a phrase of a topic may stand in
MANY = 20  # documents of a language, from which on that share is told from chance
# Documents of a policy file in a language before terms are proposed, and with a phrase among them:
# three papers have hundreds of phrases in common by chance.
ENOUGH, OFTEN = 5, 3
_WORD = re.compile(r"[^\W\d_]+|[^\w\s'’-]")  # other signs end a phrase


@dataclass(frozen=True, slots=True)
class Paper:
    """What is compared of a document: a whole library of them has to be held.

    Attributes:
        text: Its beginning.
        to_review: Whether a suggestion waits for a person.
    """

    id: str
    path: str
    title: str
    date: str
    language: str
    text: str
    to_review: bool


def paper_of(document: Document) -> Paper:
    """Return what is compared of a document."""
    return Paper(
        id=document.id,
        path=document.source.path,
        title=document.title,
        date=document.date,
        language=document.language,
        text=document.text[:READ],
        to_review=bool(document.candidates),
    )


@dataclass(frozen=True, slots=True)
class Topic:
    """Documents that speak of the same thing.

    Attributes:
        phrases: What tells them apart, as the documents write it; most telling first.
        documents: Closest to all the others first.
        years: How many there are by year; "" where a document has no date.
        to_review: How many of them have a suggestion that waits for a person.
    """

    language: str
    phrases: tuple[str, ...]
    documents: tuple[Paper, ...]
    years: Mapping[str, int]
    to_review: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that a policy file's documents use and its vocabulary lacks.

    Attributes:
        inside, outside: In how many documents of the file they stand, and in how many others of the
            language.
    """

    language: str
    text: str
    inside: int
    outside: int


def topics(
    untagged: Iterable[Paper], tagged: Iterable[Paper], *, smallest: int = SMALLEST
) -> list[Topic]:
    """Return groups of documents without a policy file, largest first.

    Args:
        untagged: Documents without a main subject; of each language the latest count.
        tagged: Other documents, from which a topic's phrases must tell it apart.
        smallest: Documents that make a topic.
    """
    asked, rest = _by_language(untagged), _by_language(tagged)
    found: list[Topic] = []
    for language, documents in asked.items():
        documents.sort(key=lambda document: document.date, reverse=True)
        found += _grouped(language, documents[:GROUPED_AT_MOST], rest[language], smallest)
    return sorted(found, key=lambda topic: (-len(topic.documents), topic.language, topic.phrases))


def missing_terms(
    inside: Iterable[Paper],
    outside: Iterable[Paper],
    vocabulary: Vocabulary,
    concept: str,
    *,
    limit: int = 30,
) -> list[Phrase]:
    """Return phrases that tell a policy file's documents from others and that it has no term for.

    Those come first whose G squared (Dunning 1993), of the documents with the phrase inside and
    outside, is highest.

    Args:
        inside: Documents that are about the policy file.
        limit: Phrases of a language, of which there are some documents at least.
    """
    own, rest = _by_language(inside), _by_language(outside)
    found: list[Phrase] = []
    for language, documents in sorted(own.items()):
        if len(documents) < ENOUGH:
            continue
        known = _known(vocabulary, concept, language)
        surfaces: dict[str, Counter[str]] = defaultdict(Counter)
        here = Counter(k for d in documents for k in set(_keys(d, language, surfaces)))
        there = Counter(k for d in rest[language] for k in set(_keys(d, language, None)))
        sizes = len(documents), len(rest[language])
        scored = [
            (_g_squared(count, sizes[0], there[key], sizes[1]), key)
            for key, count in here.items()
            if count >= OFTEN and key not in known and count * sizes[1] > there[key] * sizes[0]
        ]
        scored.sort(key=lambda one: (-one[0], one[1]))
        chosen = _without_parts([key for _, key in scored[: 4 * limit]], here)[:limit]
        found += [
            Phrase(language, surfaces[key].most_common(1)[0][0], here[key], there[key])
            for key in chosen
        ]
    return found


def _by_language(documents: Iterable[Paper]) -> dict[str, list[Paper]]:
    found: dict[str, list[Paper]] = defaultdict(list)
    for document in documents:
        if document.text.strip():
            found[document.language].append(document)
    return found


def _grouped(
    language: str, documents: Sequence[Paper], rest: Sequence[Paper], smallest: int
) -> Iterator[Topic]:
    if len(documents) < smallest:
        return
    import numpy as np
    from sklearn.cluster import AgglomerativeClustering
    from sklearn.feature_extraction.text import TfidfVectorizer

    surfaces: dict[str, Counter[str]] = defaultdict(Counter)
    many = len(documents) + len(rest) >= MANY
    vectors = TfidfVectorizer(
        analyzer=lambda document: list(_keys(document, language, surfaces)),
        min_df=2, max_df=COMMONEST if many else 1.0, sublinear_tf=True,
    )  # fmt: skip
    try:
        weights = vectors.fit_transform([*documents, *rest])
    except ValueError:  # no phrase stands in two documents
        return
    own = weights[: len(documents)]
    total = weights.sum(axis=0).A1
    keys = vectors.get_feature_names_out()
    distances = np.clip(1 - (own @ own.T).toarray(), 0, None)
    clusters = AgglomerativeClustering(
        n_clusters=None, metric="precomputed", linkage="average", distance_threshold=APART
    ).fit_predict(distances)
    for cluster in np.unique(clusters):
        members = np.flatnonzero(clusters == cluster)
        if len(members) < smallest:
            continue
        here = own[members].sum(axis=0).A1
        others = weights.shape[0] - len(members)
        telling = here / len(members) - (total - here) / max(others, 1)
        best = [keys[n] for n in np.argsort(-telling)[: 6 * SHOWN] if telling[n] > 0]
        if not best:  # they have only in common what all have
            continue
        best.sort(key=lambda key: (-round(telling[vectors.vocabulary_[key]], 6), -len(key.split())))
        near = members[np.argsort(distances[np.ix_(members, members)].sum(axis=0), kind="stable")]
        chosen = tuple(documents[n] for n in near)
        yield Topic(
            language=language,
            phrases=tuple(
                surfaces[key].most_common(1)[0][0]
                for key in _without_parts(best, Counter())[:SHOWN]
            ),
            documents=chosen,
            years=dict(sorted(Counter(document.date[:4] for document in chosen).items())),
            to_review=sum(document.to_review for document in chosen),
        )


def _keys(
    document: Paper, language: str, surfaces: dict[str, Counter[str]] | None
) -> Iterator[str]:
    """Yield the forms of a document's phrases; note how they were written."""
    forms, stops = forms_of(language), _stop_words(language)
    text = f"{document.title}. {document.text}"
    found = list(_WORD.finditer(text))
    words = [one[0].lower() for one in found]
    good = [len(word) > 2 and word.isalpha() and word not in stops for word in words]
    for first, begins in enumerate(good):
        if not begins:
            continue
        for last in range(first, min(first + LONGEST, len(words))):
            if not words[last].isalpha():
                break
            if good[last]:
                key = " ".join(forms[word] for word in words[first : last + 1])
                if surfaces is not None:
                    written = text[found[first].start() : found[last].end()]
                    surfaces[key][" ".join(written.lower().split())] += 1
                yield key


def _without_parts(keys: Sequence[str], counts: Counter[str]) -> list[str]:
    """Return phrases without those that are part of one before, or of a longer one as frequent."""
    chosen: list[str] = []
    for key in keys:
        padded = f" {key} "
        whole = [one for one in keys if padded in f" {one} " and one != key]
        if any(padded in f" {one} " or f" {one} " in padded for one in chosen):
            continue
        if counts and any(counts[one] == counts[key] for one in whole):
            continue
        chosen.append(key)
    return chosen


def _known(vocabulary: Vocabulary, concept: str, language: str) -> set[str]:
    found = vocabulary.get(concept)
    terms = found.terms if found is not None else {}
    return {
        " ".join(words_of(term.text, language))
        for code in (language, ANY_LANGUAGE)
        for term in terms.get(code, ())
    }


def _g_squared(inside: int, of: int, outside: int, rest: int) -> float:
    """Return the log likelihood ratio of two proportions being one."""
    from math import log

    share = (inside + outside) / (of + rest)
    parts = (
        (inside, of * share), (of - inside, of * (1 - share)),
        (outside, rest * share), (rest - outside, rest * (1 - share)),
    )  # fmt: skip
    return 2 * sum(seen * log(seen / wanted) for seen, wanted in parts if seen and wanted)


@lru_cache(maxsize=32)
def _stop_words(language: str) -> frozenset[str]:
    try:
        return frozenset(import_module(f"spacy.lang.{language}.stop_words").STOP_WORDS)
    except ImportError:  # spaCy has none of Maltese
        return frozenset()
