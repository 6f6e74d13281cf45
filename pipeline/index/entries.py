"""Entry: what the index keeps of a document and of each of its passages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.core.audience import Audience
from pipeline.core.document import Document, Passage
from pipeline.core.spans import Span
from pipeline.core.tags import Grade
from pipeline.core.text import one_line
from pipeline.index.analysis import analyzer_for, prepared

# BM25F (Robertson, Zaragoza and Taylor 2004): the weighted frequencies of a word in the fields
# of a passage are added up, and only the sum is saturated. With these values, the pivot below and
# `weighed.SATURATION` nDCG@10 is .406 on Cranfield (.396 with a pivot of 100, .384 then without
# titles) and .963 and .941 on the English and German questions of XQuAD.
TITLE_WEIGHT = 2.0
HEADING_WEIGHT = 1.0
LENGTH_SLOPE = 0.75  # "b" of BM25: how much longer passages are held back
# Content words of a rather short passage. Passages are cut to similar lengths, so a fixed pivot
# does for the average length, and a posting's weight is final when it is written.
PIVOT_LENGTH = 60.0

LOWEST_WEIGHT = 0.001  # weights have three decimals: more than ranking needs

# Phrases must not run from the title into a heading, nor from there into the text.
GAP = 2


@dataclass(frozen=True, slots=True)
class Row:
    """What is kept of a document.

    Attributes:
        tags: Concept ids of the main subjects, policy files and pillars, best first.
        languages: Language of each of its passages, in their order; at least one.
    """

    document: str
    work: str
    path: str
    title: str
    date: str
    kind: str
    tags: tuple[str, ...]
    languages: tuple[str, ...]
    institution: str = ""
    audience: str = Audience.SECRETARIAT.value


@dataclass(frozen=True, slots=True)
class Shown:
    """What is kept of a passage to show it; ``text`` is as `analysis.prepared` returns it."""

    text: str
    page: int
    language: str
    heading_path: tuple[str, ...]

    def values(self) -> tuple[object, ...]:
        """Return the values of the fields; `astuple` would copy each of them."""
        return self.text, self.page, self.language, self.heading_path


@dataclass(frozen=True, slots=True)
class Posted:
    """What a passage is found by.

    Attributes:
        stems: Stem or reference to its weight in the passage, above 0.
        places: Folded word to its positions in title, headings and text, rising.
    """

    stems: dict[str, float]
    places: dict[str, list[int]]


@dataclass(frozen=True, slots=True)
class Entry:
    """A document as the index takes it in."""

    row: Row
    passages: tuple[Shown, ...]

    def titles(self) -> dict[str, Posted]:
        """Return what the title is found by, once for each language of the passages."""
        titles: dict[str, Posted] = {}
        for language in dict.fromkeys(self.row.languages):
            titles[language] = Posted({}, {})
            _count(titles[language], prepared(self.row.title), language, first=0)
        return titles

    def posted(self) -> Iterator[tuple[Shown, Posted]]:
        """Yield each passage with what it is found by.

        The words of the title weigh in every passage, but as a phrase it stands in the first.
        """
        titles = self.titles()
        for number, shown in enumerate(self.passages):
            title = titles[shown.language]
            yield shown, _posted(shown, title, self.row.title if number == 0 else "")


def entry_of(document: Document) -> Entry:
    """Return what the index keeps of ``document``.

    A document without passages is kept page by page, one without pages as one empty passage.
    """
    passages = tuple(_shown(document, passage) for passage in _passages(document))
    return Entry(row_of(document), passages)


def row_of(document: Document) -> Row:
    """Return what is kept of ``document`` besides its passages."""
    return Row(
        document=document.id,
        work=document.work_id,
        path=document.source.path,
        title=document.title,
        date=document.date,
        kind=one_line(document.kind),
        tags=tuple(tag.concept for tag in document.tags if tag.grade is Grade.MAIN),
        languages=tuple(passage.language for passage in _passages(document)),
        institution=one_line(document.institution),
        audience=document.audience.value,
    )


def _passages(document: Document) -> tuple[Passage, ...]:
    if document.passages:
        return document.passages
    if not document.pages:
        return (Passage(Span(0, 0), page=1, language=document.language),)
    return tuple(Passage(p.span, p.number, p.language) for p in document.pages)


def _shown(document: Document, passage: Passage) -> Shown:
    headings = tuple(prepared(heading) for heading in passage.heading_path)
    text = prepared(document.quote(passage.span))
    return Shown(text, passage.page, passage.language, headings)


def _posted(shown: Shown, title: Posted, first_title: str) -> Posted:
    posted = Posted({}, {})
    end = _count(posted, shown.text, shown.language, first=0)
    slope = 1 - LENGTH_SLOPE + LENGTH_SLOPE * sum(posted.stems.values()) / PIVOT_LENGTH
    weights = {stem: count / slope for stem, count in posted.stems.items()}
    _weigh(weights, title.stems, TITLE_WEIGHT)
    for heading in shown.heading_path:
        field = Posted({}, posted.places)
        end = _count(field, heading, shown.language, first=end + GAP)
        _weigh(weights, field.stems, HEADING_WEIGHT)
    if first_title:
        _count(Posted({}, posted.places), prepared(first_title), shown.language, first=end + GAP)
    rounded = {stem: round(w, 3) or LOWEST_WEIGHT for stem, w in weights.items()}
    return Posted(rounded, posted.places)


def _count(posted: Posted, text: str, language: str, *, first: int) -> int:
    """Add the words and references of ``text``, uncounted yet, and return the position after."""
    analyzer = analyzer_for(language)
    after = analyzer.count(text, stems=posted.stems, places=posted.places, first=first)
    for stem, _ in analyzer.references(text):
        posted.stems[stem] = posted.stems.get(stem, 0.0) + 1.0
    return after


def _weigh(weights: dict[str, float], stems: dict[str, float], weight: float) -> None:
    for stem, count in stems.items():
        weights[stem] = weights.get(stem, 0.0) + weight * count
