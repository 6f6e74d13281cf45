"""Names: which words of a query name a policy file or pillar, in any language."""

from __future__ import annotations

import json
import os
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.core.concepts import Concept, Role, Vocabulary
from pipeline.core.query import And, Node, Not, Or, Subject, Word
from pipeline.index.analysis import ANALYSIS_VERSION, analyzer_for

FILE = "names.json"
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
    """Keep names with an index, so that a search need not load the vocabulary."""
    kept = {"version": names.version, "shown": names.shown, "known": names.known}
    temporary = folder / f"{FILE}.new"
    temporary.write_text(json.dumps(kept, ensure_ascii=False) + "\n", encoding="utf-8")
    os.replace(temporary, folder / FILE)


def kept(folder: Path) -> Names:
    """Return the names that are kept with an index; none if none are, or they cannot be read."""
    try:
        told: Any = json.loads((folder / FILE).read_text(encoding="utf-8"))
        shown = {
            concept: {language: tuple(names) for language, names in of.items()}
            for concept, of in told["shown"].items()
        }
        known = {
            language: {
                stems: tuple((str(concept), bool(whole)) for concept, whole in concepts)
                for stems, concepts in of.items()
            }
            for language, of in told["known"].items()
        }
        return Names(str(told["version"]), shown, known)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return NO_NAMES
