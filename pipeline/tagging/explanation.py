"""Explanation: why a policy file is a tag of a document or not, with the formula's numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.core.concepts import Concept, Role, Vocabulary
from pipeline.core.document import Document
from pipeline.core.tags import Evidence, Grade, Reason
from pipeline.core.text import count_words
from pipeline.tagging.combined_tagger import CombinedTagger
from pipeline.tagging.enumeration import enumerated
from pipeline.tagging.matching import ANY_LANGUAGE, Match
from pipeline.tagging.proof import proof
from pipeline.tagging.scoring import Calibration, Scored, contributions, grade
from pipeline.tagging.tag_making import Doubt, Graded, doubt
from pipeline.tagging.tagger_model import SEEN
from pipeline.tagging.vocabulary_tagger import VocabularyTagger

LOOKED_FOR = 12  # words of a file that are listed where none of them stands in the document


@dataclass(frozen=True, slots=True)
class Speaking:
    """A term or a reference that stands in the document, and what it adds to the raw sum.

    Attributes:
        key: As the vocabulary has it.
        count: Its places in the text.
        pages: Where it stands, each once.
        body, lead, title: What it adds by its places in the text, near its beginning, in the title.
    """

    key: str
    reason: Reason
    role: Role
    weight: float
    count: int
    pages: tuple[int, ...]
    body: float
    lead: float
    title: float


@dataclass(frozen=True, slots=True)
class Learned:
    """What a trained model says of a policy file in a document.

    Attributes:
        main, treated: Probabilities, 0..1, that it is a main subject, and treated at all.
        main_bar, also_bar, review_bar: The probabilities that a main subject, a tag and a candidate
            need; the last two are of ``treated``.
        adds: What each feature adds to the logit of ``main``, most first.
        listed: Whether the document names it in a list of subjects, which is enough for a tag.
    """

    main: float
    treated: float
    main_bar: float
    also_bar: float
    review_bar: float
    adds: tuple[tuple[str, float], ...]
    listed: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a policy file is, or is not, a tag of a document.

    Attributes:
        score: 0..1, ``raw / (raw + half)``; 0 where nothing speaks for it.
        grade: What the tagger makes of it; nothing where it makes no tag of it.
        main, also: The scores that a main subject and an also treated one need.
        main_raw, also_raw: The raw sums that they need beside the strongest file's.
        rank: Among the policy files of which something stands in the document, from 1; 0 where
            nothing of this one does.
        files: How many these are.
        strongest: Id of the first of them, "" where there is none.
        speaking: What adds to the raw sum, most first.
        doubt: Why a person should decide about a tag that its score would give; nothing where none
            should.
        sentences: What proves it, strongest first.
        aside: Its everyday words that stand in the document, where they alone do, which does not
            count.
        looked_for: Some of its words, where none of them counts.
        tagger: Name and version.
        learned: What the trained model says; nothing where the vocabulary tags alone.
    """

    concept: str
    raw: float
    score: float
    half: float
    grade: Grade | None
    main: float
    also: float
    main_raw: float
    also_raw: float
    rank: int
    files: int
    strongest: str
    speaking: tuple[Speaking, ...]
    doubt: Doubt | None
    sentences: tuple[Evidence, ...]
    aside: tuple[str, ...]
    looked_for: tuple[str, ...]
    tagger: str
    learned: Learned | None = None


def explain(
    tagger: VocabularyTagger | CombinedTagger,
    vocabulary: Vocabulary,
    document: Document,
    concept: Concept,
) -> Explanation:
    """Return why ``concept``, a policy file, is or is not a tag of ``document``."""
    rules = tagger.rules if isinstance(tagger, CombinedTagger) else tagger
    files = {file.id for file in vocabulary.files}
    matches = rules.matches(document)
    scored = [one for one in rules.scored(document, matches) if one.concept in files]
    found = next((one for one in scored if one.concept == concept.id), None)
    strongest = scored[0].raw if scored else 0.0
    c = rules.calibration
    graded, learned = None, None
    if found and isinstance(tagger, CombinedTagger):
        listed = enumerated(document, matches, files)
        learned = _learned(tagger, document, scored, found, listed)
        every = tagger.graded(document, scored, listed)
        graded = next((one for one in every if one.scored is found), None)
    elif found and (reached := grade(found, strongest, c)):
        graded = Graded(found, reached, found.score)
    proved = proof(document, found.matches if found else ())
    given, doubted = None, None
    if graded and proved.evidence:
        doubted = doubt(document, graded, proved)
        given = Grade.REVIEW if doubted else graded.grade
    return Explanation(
        concept=concept.id,
        raw=found.raw if found else 0.0,
        score=found.score if found else 0.0,
        half=c.half,
        grade=given,
        main=c.main,
        also=c.also,
        main_raw=c.main_share * strongest,
        also_raw=c.also_share * strongest,
        rank=scored.index(found) + 1 if found else 0,
        files=len(scored),
        strongest=scored[0].concept if scored else "",
        speaking=_speaking(document, found, c) if found else (),
        doubt=doubted,
        sentences=proved.evidence,
        aside=() if found else _aside(matches, concept),
        looked_for=() if found else looked_for(concept, document.languages),
        tagger=f"{tagger.name} {tagger.version}",
        learned=learned,
    )


def _learned(
    tagger: CombinedTagger,
    document: Document,
    scored: Sequence[Scored],
    found: Scored,
    listed: frozenset[str],
) -> Learned:
    model = tagger.model
    at = scored.index(found)
    rows = model.rows(document, scored, words=count_words(document.text))
    adds = zip(SEEN, model.main.parts(rows)[at].tolist(), strict=True)
    return Learned(
        main=float(model.main.chances(rows)[at]),
        treated=float(model.treated.chances(rows)[at]),
        main_bar=model.bars.main_of(found.concept),
        also_bar=model.bars.also,
        review_bar=model.bars.review,
        adds=tuple(sorted(adds, key=lambda one: -abs(one[1]))),
        listed=found.concept in listed,
    )


def looked_for(concept: Concept, languages: Sequence[str]) -> tuple[str, ...]:
    """Return some of the words that speak for a concept in these languages, names first."""
    terms = [t for code in (*languages, ANY_LANGUAGE) for t in concept.terms.get(code, ())]
    order = list(Role)
    terms.sort(key=lambda term: (order.index(term.role), -term.weight))
    words = [*(term.text for term in terms), *concept.references]
    return tuple(dict.fromkeys(words))[:LOOKED_FOR]


def _aside(matches: Sequence[Match], concept: Concept) -> tuple[str, ...]:
    keys = (match.key for match in matches if match.concept == concept.id)
    return tuple(dict.fromkeys(keys))


def _speaking(document: Document, found: Scored, calibration: Calibration) -> tuple[Speaking, ...]:
    words = count_words(document.text)
    added = contributions(found.matches, found.title, words=words, calibration=calibration)
    example = {match.key: match for match in (*found.title, *found.matches)}
    pages: dict[str, list[int]] = {}
    for match in found.matches:
        pages.setdefault(match.key, []).append(document.passages[match.passage].page)
    return tuple(
        Speaking(
            key=one.key,
            reason=example[one.key].reason,
            role=example[one.key].role,
            weight=one.weight,
            count=one.count,
            pages=tuple(dict.fromkeys(pages.get(one.key, ()))),
            body=one.body,
            lead=one.lead,
            title=one.title,
        )
        for one in sorted(added, key=lambda one: (-one.total, one.key))
    )
