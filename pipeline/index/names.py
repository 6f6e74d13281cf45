"""Names: which words of a query name a policy file or pillar, in any language."""

from __future__ import annotations

import json
import os
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from pipeline.core.concepts import Concept, Role, Vocabulary
from pipeline.core.query import And, Node, Not, Or, Subject, Word
from pipeline.index.analysis import ANALYSIS_VERSION, analyzer_for

FILE = "names.txt"
MADE = ".names.txt"  # beside a vocabulary
_TAB = "\t"
LONGEST_NAME = 24  # words of a query that are looked at together

# What stands behind a name and is not said: "(urban waste water treatment directive)", "2020-2025".
_ASIDE = re.compile(r"\s*\([^)]*\)|\s+\d{4}\s*[-–]\s*\d{4}")
_OF_ALL = "mul"
# What a passage or tag counts of a concept that the words name only as a part of it: who asks for
# waste management finds what is about the circular economy, but behind what has the words.
PART_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Names:
    """The names of concepts.

    Attributes:
        version: Of the vocabulary and the analysis that they come from.
        shown: Names by concept and language; by these a concept is looked for.
        known: By language and stems, one space apart, the concepts that these name; those that
            they name as a part come with False.
    """

    version: str = ""
    shown: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    known: Mapping[str, Mapping[str, tuple[tuple[str, bool], ...]]] = field(default_factory=dict)

    def with_subjects(self, node: Node) -> Node:
        """Return ``node`` with each run of words that names a concept as its `Subject`."""
        match node:
            case And(parts):
                found = self._with_runs(parts)
                return found[0] if len(found) == 1 else And(found)
            case Or(parts):
                return Or(tuple(self.with_subjects(part) for part in parts))
            case Word():
                return self._with_runs((node,))[0]
        return node  # what is quoted, begun or left out is meant as it stands

    def _with_runs(self, parts: Sequence[Node]) -> tuple[Node, ...]:
        found: list[Node] = []
        at = 0
        stems = [self._stems(part) for part in parts]
        while at < len(parts):
            end, subject = self._longest(parts, stems, at)
            if subject is None:
                part = parts[at]
                found.append(part if isinstance(part, Word | Not) else self.with_subjects(part))
            else:
                found.append(subject)
            at = end
        return tuple(found)

    def _stems(self, part: Node) -> dict[str, tuple[str, ...]]:
        if not isinstance(part, Word):
            return {}
        return {language: analyzer_for(language).wanted(part.text) for language in self.known}

    def _longest(
        self, parts: Sequence[Node], stems: Sequence[Mapping[str, tuple[str, ...]]], start: int
    ) -> tuple[int, Subject | None]:
        """Return where the longest name that begins at ``start`` ends, and what it names."""
        words: list[Word] = []
        for part in parts[start : start + LONGEST_NAME]:
            if not isinstance(part, Word):
                break
            words.append(part)
        for size in range(len(words), 0, -1):
            concepts: dict[str, bool] = {}
            for language, known in self.known.items():
                run = [stem for of in stems[start : start + size] for stem in of[language]]
                for concept, whole in known.get(" ".join(run), ()):
                    concepts[concept] = concepts.get(concept, False) or whole
            if concepts:
                return start + size, self._subject(tuple(words[:size]), concepts)
        return start + 1, None

    def _subject(self, words: tuple[Word, ...], concepts: Mapping[str, bool]) -> Subject:
        # Where the words are the name of one and a part of another, the first is meant.
        whole = any(concepts.values())
        meant = tuple(concept for concept, names in concepts.items() if names == whole)
        names: defaultdict[str, list[str]] = defaultdict(list)
        for concept in meant:
            for language, shown in self.shown.get(concept, {}).items():
                names[language] += shown
        return Subject(
            words,
            meant,
            {language: tuple(dict.fromkeys(of)) for language, of in names.items()},
            1.0 if whole else PART_SHARE,
        )


NO_NAMES = Names()


def version_of(vocabulary: Vocabulary) -> str:
    """Return the version of the names of a vocabulary."""
    return f"{vocabulary.digest} {ANALYSIS_VERSION}"


def names_of(vocabulary: Vocabulary) -> Names:
    """Return the names of the concepts of a vocabulary.

    A concept is named by its label, its short name, and, as a part of it, by its terms that are
    enough for a tag.
    """
    known: dict[str, dict[str, dict[str, bool]]] = defaultdict(lambda: defaultdict(dict))
    shown = {concept.id: _shown(concept) for concept in vocabulary}
    languages = {language for concept in vocabulary for language in shown[concept.id]}
    for concept in vocabulary:
        for language in languages:
            wanted = analyzer_for(language).wanted
            terms = (*concept.terms.get(language, ()), *concept.terms.get(_OF_ALL, ()))
            parts = [term.text for term in terms if term.role is Role.NAME]
            for name in parts:
                known[language][" ".join(wanted(name))][concept.id] = False
            for name in shown[concept.id].get(language, ()):
                known[language][" ".join(wanted(name))][concept.id] = True
    for of in known.values():
        of.pop("", None)  # a name of stop words alone
    return Names(version_of(vocabulary), shown, _frozen(known))


def _shown(concept: Concept) -> dict[str, tuple[str, ...]]:
    languages = dict.fromkeys([*concept.labels, *concept.short])
    names = {
        language: [
            name
            for given in (concept.labels.get(language), concept.short.get(language))
            if given
            for name in (given, _ASIDE.sub("", given).strip())
            if name
        ]
        for language in languages
    }
    return {language: tuple(dict.fromkeys(of)) for language, of in names.items()}


def _frozen(
    known: Mapping[str, Mapping[str, Mapping[str, bool]]],
) -> dict[str, dict[str, tuple[tuple[str, bool], ...]]]:
    return {
        language: {stems: tuple(concepts.items()) for stems, concepts in of.items()}
        for language, of in known.items()
    }


def keep(folder: Path, names: Names) -> None:
    """Keep names with an index, so that a search need not load the vocabulary.

    The first line is their version, the second what is shown; a line for each language and stems
    follows, sorted, so that a search reads three of them and not all.
    """
    _write(folder / FILE, names)


def keep_made(models: Path, names: Names) -> None:
    """Keep names beside their vocabulary, where `adopted` finds them for a new index."""
    _write(models / MADE, names)


def adopted(folder: Path, *, version: str, models: Path) -> bool:
    """Keep names with an index that were made in advance, and return whether there were any.

    Those of the default vocabulary take 0.6 s to make, which the first ingest of a new workspace
    would wait for before it reads anything.
    """
    try:
        text = (models / MADE).read_text(encoding="utf-8")
    except (OSError, ValueError):
        return False
    if not text.startswith(f"{version}\n"):
        return False
    _replace(folder / FILE, text)
    return True


def kept_version(folder: Path) -> str:
    """Return the version of the names that are kept with an index; "" if none are."""
    with suppress(OSError, ValueError), (folder / FILE).open(encoding="utf-8") as lines:
        return lines.readline().rstrip("\n")
    return ""


def kept(folder: Path) -> Names:
    """Return the names that are kept with an index; none if none are, or they cannot be read."""
    try:
        version, shown, *known = (folder / FILE).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return NO_NAMES
    languages = dict.fromkeys(line.partition(" ")[0] for line in known)
    return Names(version, _Shown(shown), {code: _Known(code, known) for code in languages})


def _write(path: Path, names: Names) -> None:
    lines = [names.version, _dumped(names.shown)]
    lines += sorted(
        f"{language} {stems}{_TAB}{_dumped(concepts)}"
        for language, of in names.known.items()
        for stems, concepts in of.items()
    )
    _replace(path, "\n".join(lines) + "\n")


def _replace(path: Path, text: str) -> None:
    temporary = path.with_name(f"{path.name}.new")
    temporary.write_text(text, encoding="utf-8")
    os.replace(temporary, path)


class _Shown(Mapping[str, Mapping[str, tuple[str, ...]]]):
    """Names by concept and language, read when they are asked for."""

    def __init__(self, line: str) -> None:
        self._line = line

    @cached_property
    def _names(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        try:
            told: Any = json.loads(self._line)
            return {
                concept: {language: tuple(names) for language, names in of.items()}
                for concept, of in told.items()
            }
        except (ValueError, TypeError, AttributeError):
            return {}

    def __getitem__(self, concept: str) -> Mapping[str, tuple[str, ...]]:
        return self._names[concept]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


class _Known(Mapping[str, tuple[tuple[str, bool], ...]]):
    """What stems name in one language, found among sorted lines."""

    def __init__(self, language: str, lines: Sequence[str]) -> None:
        self._start = f"{language} "
        self._lines = lines

    def __getitem__(self, stems: str) -> tuple[tuple[str, bool], ...]:
        wanted = f"{self._start}{stems}{_TAB}"
        at = bisect_left(self._lines, wanted)
        if at == len(self._lines) or not self._lines[at].startswith(wanted):
            raise KeyError(stems)
        try:
            told: Any = json.loads(self._lines[at][len(wanted) :])
            return tuple((str(concept), bool(whole)) for concept, whole in told)
        except (ValueError, TypeError):
            raise KeyError(stems) from None

    def __iter__(self) -> Iterator[str]:
        lines = (line for line in self._lines if line.startswith(self._start))
        return (line[len(self._start) :].partition(_TAB)[0] for line in lines)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
