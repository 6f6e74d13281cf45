"""Training: a tagger's model from labels that people gave, and its cross-validated answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.core.concepts import Vocabulary
from pipeline.core.document import Document
from pipeline.core.errors import ConfigError
from pipeline.core.tags import Tag
from pipeline.core.text import count_words
from pipeline.tagging.combined_tagger import CombinedTagger
from pipeline.tagging.features import pair_features
from pipeline.tagging.scoring import Scored
from pipeline.tagging.tagger_model import Bars, Blend, TaggerModel, with_logits
from pipeline.tagging.vocabulary_tagger import VocabularyTagger
from pipeline.tagging.word_model import WordModel, grams

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FOLDS = 5
ENOUGH_DOCUMENTS = 40  # below this a random fold lacks whole pillars
ENOUGH_LABELS = 5  # policy files with `ENOUGH_OF_LABEL` documents
ENOUGH_OF_LABEL = 3
WORDS_AT_MOST = 8000  # words and pairs of words that the model keeps
# Inverse strengths of regularisation. Of .01, .05, .1, .2 and 1 the blend did best from .05 to .2
# over three splits of the development labels; with more it learns single documents.
WORDS_C = 10.0
BLEND_C = 0.1
# A file's own bar counts as much as its documents by this many documents with the usual one.
SHRINKAGE = 20
REVIEW_SHARE = 0.4  # of the bar of a tag: from there on a person is asked
# Of the F-measure that a bar is chosen by: a wrong subject costs an expert's trust, so recall
# counts this much beside precision. Of 1, .8 and .65, .8 did best on labels not seen in training.
BETA = 0.8
DRAWS = 100  # of the pairs that a bar is chosen by


@dataclass(frozen=True, slots=True)
class Example:
    """A document and what people said of it.

    Attributes:
        work: Its versions are kept on one side of every split.
        primary, secondary: Policy files that it is about, and that it also treats.
        undecided: Policy files of which nobody said anything; they teach nothing.
    """

    document: Document
    work: str
    primary: frozenset[str]
    secondary: frozenset[str]
    undecided: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Prepared:
    """An example with what the vocabulary finds in it: policy files, strongest first."""

    example: Example
    scored: tuple[Scored, ...]
    features: NDArray[np.float64]


def prepare(examples: Sequence[Example], vocabulary: Vocabulary) -> list[Prepared]:
    """Return the examples with their features."""
    rules = VocabularyTagger(vocabulary)
    files = {file.id for file in vocabulary.files}
    prepared = []
    for example in examples:
        document = example.document
        scored = tuple(one for one in rules.scores(document) if one.concept in files)
        rows = pair_features(document, scored, words=count_words(document.text))
        prepared.append(Prepared(example, scored, rows))
    return prepared


def train(prepared: Sequence[Prepared], vocabulary: Vocabulary) -> TaggerModel:
    """Return the model that these examples teach.

    The word model's part in the blend is learned from its answers about documents that it has not
    seen (stacked generalisation, Wolpert 1992), and so are the bars.

    Raises:
        ConfigError: If there is too little to learn from.
    """
    import numpy as np

    _check_enough(prepared)
    logits: list[dict[str, float]] = [{} for _ in prepared]
    for learn, ask in folds(prepared):
        words = _fit_words([prepared[n] for n in learn])
        for n in ask:
            logits[n] = words.logits(prepared[n].example.document)
    rows = np.vstack(
        [with_logits(p.features, p.scored, one) for p, one in zip(prepared, logits, strict=True)]
    )
    pairs = [(n, one.concept) for n, p in enumerate(prepared) for one in p.scored]
    examples = [prepared[n].example for n, _ in pairs]
    main = np.array([c in e.primary for e, (_, c) in zip(examples, pairs, strict=True)])
    second = np.array([c in e.secondary for e, (_, c) in zip(examples, pairs, strict=True)])
    decided = np.array([c not in e.undecided for e, (_, c) in zip(examples, pairs, strict=True)])
    works = np.array([e.work for e in examples])
    usable = decided & ~(second & ~main)  # "also treated" is neither right nor wrong as a subject
    chances = _unseen(rows, main, works, usable)
    chances_treated = _unseen(rows, main | second, works, decided)
    missed = sum(len(p.example.primary - {s.concept for s in p.scored}) for p in prepared)
    usual = _best_bar(chances[usable], main[usable], missed)
    also = _best_bar(chances_treated[decided], (main | second)[decided], 0)
    concepts = np.array([c for _, c in pairs])
    own = {}
    for name in sorted(set(concepts[main])):
        here = usable & (concepts == name)
        best = _best_bar(chances[here], main[here], 0)
        count = int(main[here].sum())
        own[name] = (count * best + SHRINKAGE * usual) / (count + SHRINKAGE)
    return TaggerModel(
        files=tuple(sorted(file.id for file in vocabulary.files)),
        words=_fit_words(prepared),
        main=_fit_blend(rows[usable], main[usable]),
        treated=_fit_blend(rows[decided], (main | second)[decided]),
        bars=Bars(own, usual, also, REVIEW_SHARE * also),
    )


def cross_validated(
    prepared: Sequence[Prepared], vocabulary: Vocabulary, *, seed: int = 0
) -> Iterator[tuple[Prepared, tuple[Tag, ...]]]:
    """Yield each example with the tags of a model that saw nothing of its work.

    Raises:
        ConfigError: If there is too little to learn from.
    """
    for learn, ask in folds(prepared, seed=seed):
        tagger = CombinedTagger(vocabulary, train([prepared[n] for n in learn], vocabulary))
        for n in ask:
            yield prepared[n], tagger.suggest(prepared[n].example.document)


def folds(prepared: Sequence[Prepared], *, seed: int = 0) -> Iterator[tuple[Any, Any]]:
    """Yield positions to learn from and to ask about, works kept together."""
    from sklearn.model_selection import GroupKFold

    works = [p.example.work for p in prepared]
    splitter = GroupKFold(FOLDS, shuffle=True, random_state=seed)
    yield from splitter.split(works, groups=works)


def _check_enough(prepared: Sequence[Prepared]) -> None:
    counts: dict[str, int] = {}
    for one in prepared:
        for name in one.example.primary:
            counts[name] = counts.get(name, 0) + 1
    files = sum(count >= ENOUGH_OF_LABEL for count in counts.values())
    problems = []
    if len(prepared) < ENOUGH_DOCUMENTS:
        problems.append(
            f"{len(prepared)} labelled documents are too few: {ENOUGH_DOCUMENTS} are needed"
        )
    if files < ENOUGH_LABELS:
        problems.append(
            f"{files} policy files have {ENOUGH_OF_LABEL} documents or more: "
            f"{ENOUGH_LABELS} are needed"
        )
    if problems:
        raise _too_little(problems)


def _too_little(problems: Sequence[str]) -> ConfigError:
    return ConfigError(
        problems,
        where="the labels to learn from",
        remedy="label more documents (`fourp review`, `fourp tag`) or add a file of labels",
    )


def _fit_words(prepared: Sequence[Prepared]) -> WordModel:
    import numpy as np
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    vectors = TfidfVectorizer(
        analyzer=grams, sublinear_tf=True, min_df=2, max_df=0.5, max_features=WORDS_AT_MOST
    )
    seen = vectors.fit_transform([p.example.document for p in prepared])
    labels, coefficients, intercepts = [], [], []
    for name in sorted(frozenset().union(*(p.example.primary for p in prepared))):
        known = [n for n, p in enumerate(prepared) if name not in p.example.undecided]
        right = np.array([name in prepared[n].example.primary for n in known])
        if right.sum() < 2 or right.all():
            continue
        one = LogisticRegression(C=WORDS_C, class_weight="balanced", max_iter=500)
        one.fit(seen[known], right)
        labels.append(name)
        coefficients.append(one.coef_[0])
        intercepts.append(float(one.intercept_[0]))
    return WordModel(
        places={word: int(place) for word, place in vectors.vocabulary_.items()},
        idf=vectors.idf_,
        labels=tuple(labels),
        coefficients=np.array(coefficients, dtype=np.float32).reshape(len(labels), -1),
        intercepts=np.array(intercepts),
    )


def _fit_blend(rows: NDArray[np.float64], right: NDArray[np.bool_]) -> Blend:
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    if right.all() or not right.any():
        verdict = "right" if right.all() else "wrong"
        raise _too_little([f"everything that the vocabulary finds is {verdict} in the labels"])
    scaler = StandardScaler().fit(rows)
    fitted = LogisticRegression(C=BLEND_C, max_iter=2000).fit(scaler.transform(rows), right)
    return Blend(scaler.mean_, scaler.scale_, fitted.coef_[0], float(fitted.intercept_[0]))


def _unseen(
    rows: NDArray[np.float64],
    right: NDArray[np.bool_],
    works: NDArray[np.str_],
    usable: NDArray[np.bool_],
) -> NDArray[np.float64]:
    """Return each pair's probability by a blend that saw nothing of its work."""
    import numpy as np
    from sklearn.model_selection import GroupKFold

    chances = np.zeros(len(rows))
    for learn, ask in GroupKFold(FOLDS).split(rows, groups=works):
        kept = learn[usable[learn]]
        chances[ask] = _fit_blend(rows[kept], right[kept]).chances(rows[ask])
    return chances


def _best_bar(chances: NDArray[np.float64], right: NDArray[np.bool_], missed: int) -> float:
    """Return the bar with the best F-measure, on the average of bootstrap draws (Efron 1979).

    The one bar that is best on all pairs jumps by a tenth when a document is added.

    Args:
        missed: Right pairs that no bar can reach.
    """
    import numpy as np

    random = np.random.default_rng(len(chances))
    bars = []
    for _ in range(DRAWS):
        drawn = random.integers(len(chances), size=len(chances))
        if right[drawn].any():
            bars.append(_bar(chances[drawn], right[drawn], missed))
    return float(np.mean(bars)) if bars else _bar(chances, right, missed)


def _bar(chances: NDArray[np.float64], right: NDArray[np.bool_], missed: int) -> float:
    """Return the bar with the best F-measure, midway to the next probability below it."""
    import numpy as np

    order = np.argsort(-chances, kind="stable")
    hits = np.cumsum(right[order])
    given = np.arange(1, len(order) + 1)
    weight = BETA * BETA
    best = int(np.argmax((1 + weight) * hits / (given + weight * (right.sum() + missed))))
    below = chances[order[best + 1]] if best + 1 < len(order) else 0.0
    return float((chances[order[best]] + below) / 2)
