"""Subjects: what matches words that name a concept, in every language of the index.

A passage matches that has the words, or all words of another name of the concept; and of a
document that is tagged with the concept, at least the first passage of each language. How rare the
subject is counts over all languages together, so that its passages compete on equal terms.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from pipeline.core.query import And, Node, Or, Subject
from pipeline.index.analysis import analyzer_for
from pipeline.index.shelf import Shelf
from pipeline.index.weighed import (
    NO_NUMBERS,
    NOTHING,
    Numbers,
    Weighed,
    all_lowest,
    any_highest,
    any_summed,
    rarity,
    saturated,
    within,
)  # fmt: skip

# Of the score of the words themselves: these come first when all else is equal.
NAME_SHARE = 0.9
TAG_SHARE = 0.5  # of a weight of 1, that of a word that a passage of usual length has once


@dataclass(slots=True)
class _Found:
    """By language, the passages with the words, and all that match."""

    literal: dict[str, Weighed] = field(default_factory=dict)
    matching: dict[str, Weighed] = field(default_factory=dict)
    rarity: float = 0.0


class Subjects:
    """What matches the subjects of one query.

    Args:
        shelf: Where the passages are.
        languages: All that are searched.
    """

    def __init__(self, shelf: Shelf, languages: Iterable[str]) -> None:
        self._shelf = shelf
        self._languages = tuple(languages)
        self._found: list[tuple[Subject, _Found]] = []

    def matching(self, node: Subject, language: str) -> Weighed:
        """Return what each passage of ``language`` that matches a subject has of it."""
        return self._matched(node).matching.get(language, NOTHING)

    def scored(self, node: Subject, language: str) -> Weighed:
        """Return the score of each passage of ``language`` that matches a subject."""
        return self.matching(node, language).times(self._matched(node).rarity)

    def via(self, node: Node | None, language: str, passage: int) -> tuple[str, ...]:
        """Return the concepts through which alone a passage matches."""
        found = [
            concept
            for subject in subjects_of(node)
            if self._only_named(self._matched(subject), language, passage)
            for concept in subject.concepts
        ]
        return tuple(dict.fromkeys(found))

    def _only_named(self, found: _Found, language: str, passage: int) -> bool:
        one = np.array([passage])
        all_, literal = (f.get(language, NOTHING).numbers for f in (found.matching, found.literal))
        return bool(within(one, all_)[0] and not within(one, literal)[0])

    def _matched(self, node: Subject) -> _Found:
        for known, found in self._found:
            if known == node:
                return found
        found = self._match(node)
        self._found.append((node, found))
        return found

    def _match(self, node: Subject) -> _Found:
        found = _Found()
        having = size = 0
        for language in self._languages:
            wanted = analyzer_for(language).wanted
            stems = [stem for word in node.words for stem in wanted(word.text)]
            found.literal[language] = self._having_all(language, stems)
            names = {wanted(name) for name in node.names.get(language, ())} - {tuple(stems)}
            named = any_highest([self._having_all(language, name) for name in sorted(names)])
            found.matching[language] = any_highest(
                [found.literal[language], named.times(NAME_SHARE * node.share)]
            )
            having += len(found.matching[language])
            size += len(self._shelf.in_language(language))
        found.rarity = rarity(having, size)
        tagged = self._tagged(node.concepts)
        for language in self._languages:
            named_by = found.matching[language].numbers
            by_tag = self._by_tag(language, tagged, named_by).times(node.share)
            found.matching[language] = any_summed([found.matching[language], by_tag])
        return found

    def _having_all(self, language: str, stems: Sequence[str]) -> Weighed:
        """Return the passages that have all stems, by the one that they have least of."""
        if not stems:
            return NOTHING
        found = all_lowest([self._shelf.stems(language, stem) for stem in dict.fromkeys(stems)])
        return Weighed(found.numbers, saturated(found.weights))

    def _tagged(self, concepts: Sequence[str]) -> Numbers:
        """Return the rows of the documents that are tagged with one of the concepts."""
        return np.unique(
            np.concatenate([NO_NUMBERS, *(self._shelf.having("tag", one) for one in concepts)])
        )

    def _by_tag(self, language: str, tagged: Numbers, having: Numbers) -> Weighed:
        """Return what the tag adds to each passage that has a name, and to the first of each."""
        passages = self._shelf.in_language(language)
        if not len(tagged) or not len(passages):
            return NOTHING
        rows = self._shelf.table.rows_of(passages)
        first = np.unique(rows, return_index=True)[1]
        counting = within(passages, having)
        counting[first] = True
        passages = passages[counting & within(rows, tagged)]
        return Weighed(passages, np.full(len(passages), TAG_SHARE))


def subjects_of(node: Node | None) -> Iterator[Subject]:
    """Yield the subjects that are looked for."""
    match node:
        case Subject():
            yield node
        case And(parts) | Or(parts):
            for part in parts:
                yield from subjects_of(part)
        case _:  # what is left out is not looked for
            return
