"""Parallel texts: the same act, paper or term in several languages, which should get the same tags.

English is what the others are measured against. Every kind of text is cut into two halves by its
key alone; who mends the vocabulary or the matching looks at one and reports the other.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple, TypeVar
from zlib import crc32

from pipeline.config.workspace import Workspace
from pipeline.core.concepts import Role
from pipeline.core.document import Document, Source
from pipeline.tagging.matching import TermMatcher
from pipeline.tagging.vocabulary_tagger import REFERENCE_WEIGHT
from pipeline.workflows import assemble
from pipeline.workflows.discover import sources

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
PAPERS = Path(__file__).parent / "translations"
LANGUAGES = "bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv".split()
PIVOT = "en"
T = TypeVar("T")

Files = frozenset[str]  # ids of policy files


class Version(NamedTuple):
    """A text, by what all its versions share, in one language."""

    key: str
    language: str


class Tagged(NamedTuple):
    """What a version gets.

    Attributes:
        shown: Main subjects and what is also treated.
        candidates: These, and what is left for a person to review.
    """

    shown: Files
    candidates: Files


class Agreement(NamedTuple):
    """How far a language agrees with English: files of both, of that language only, of English."""

    both: int
    added: int
    missed: int

    @property
    def f1(self) -> float:
        """Return F1 against English; 1 where neither has any."""
        either = 2 * self.both + self.added + self.missed
        return 2 * self.both / either if either else 1.0


def held_out(key: str) -> bool:
    """Return whether a text is of the half that is only measured on."""
    return crc32(key.encode()) % 2 == 1


def acts(data: Path = DATA) -> dict[Version, Path]:
    """Return plain texts of acts: two in all languages, some 400 in English and French."""
    found: dict[Version, Path] = {}
    for path in sorted([*(data / "eurlex24").glob("*.txt"), *(data / "eurlex").glob("*.txt")]):
        key, language, _ = path.name.lower().split(".")
        found.setdefault(Version(key, language), path)
    for path in sorted((data / "rendered").glob("x24_*.gt.txt")):
        _, key, language, _ = path.name.lower().split("_")
        found.setdefault(Version(key, language), path)
    return _with_pivot(found)


def papers() -> dict[Version, Path]:
    """Return beginnings of papers of the sample corpus, translated."""
    found = {}
    for path in sorted(PAPERS.glob("*.txt")):
        key, language, _ = path.name.split(".")
        found[Version(key, language)] = path
    return found


def terms(data: Path = DATA) -> dict[Version, str]:
    """Return the official names of EuroVoc's concepts."""
    folder = data / "eurovoc" / "labels_27_languages" / "label_mappings_tc"
    found: dict[Version, str] = {}
    for language in LANGUAGES:
        path = folder / f"{language}.json"
        if path.exists():
            labels: dict[str, str] = json.loads(path.read_text(encoding="utf-8-sig"))
            found |= {Version(key, language): label for key, label in labels.items()}
    return _with_pivot(found)


def tagged(workspace: Workspace, texts: Mapping[Version, Path]) -> dict[Version, Tagged]:
    """Return what the workspace's tagger gives to each text."""
    files = frozenset(file.id for file in assemble.vocabulary_of(workspace).files)
    versions = {str(path.resolve()): version for version, path in texts.items()}
    executor = assemble.executor_of(workspace, jobs=None)
    readable = [one for one in sources(texts.values()) if isinstance(one, Source)]
    found = {}
    for source, answer in executor.map(assemble.process_of(workspace), readable):
        assert isinstance(answer, Document), answer
        shown = frozenset(tag.concept for tag in answer.tags) & files
        doubtful = frozenset(tag.concept for tag in answer.candidates) & files
        found[versions[str(Path(source.path).resolve())]] = Tagged(shown, shown | doubtful)
    return found


def telling(workspace: Workspace, names: Mapping[Version, str]) -> dict[Version, Files]:
    """Return the policy files of which each name holds a term that speaks alone."""
    vocabulary = assemble.vocabulary_of(workspace)
    files = {file.id for file in vocabulary.files}
    matcher = TermMatcher(vocabulary, reference_weight=REFERENCE_WEIGHT)
    return {
        version: frozenset(
            match.concept
            for match in matcher.in_title(name, version.language)
            if match.concept in files and match.role is not Role.COMPANY
        )
        for version, name in names.items()
    }


def agreements(found: Mapping[Version, Files], keys: Callable[[str], bool]) -> dict[str, Agreement]:
    """Return each language's agreement with English, over the keys that are wanted."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for (key, language), files in found.items():
        if language != PIVOT and keys(key):
            english = found[Version(key, PIVOT)]
            counts[language]["both"] += len(files & english)
            counts[language]["added"] += len(files - english)
            counts[language]["missed"] += len(english - files)
    return {
        language: Agreement(count["both"], count["added"], count["missed"])
        for language, count in sorted(counts.items())
    }


def total(found: Iterable[Agreement]) -> Agreement:
    """Return the agreement of several languages together."""
    return Agreement(*(sum(counts) for counts in zip(*found, strict=True)))


def _with_pivot(found: Mapping[Version, T]) -> dict[Version, T]:
    pivots: Collection[str] = {version.key for version in found if version.language == PIVOT}
    return {version: one for version, one in found.items() if version.key in pivots}


def differences(
    found: Mapping[Version, Files], keys: Callable[[str], bool]
) -> Iterator[tuple[Version, Files, Files]]:
    """Yield each version that differs from English: what it adds, what it misses."""
    for version, files in sorted(found.items()):
        if version.language != PIVOT and keys(version.key):
            english = found[Version(version.key, PIVOT)]
            if files != english:
                yield version, files - english, english - files
