"""Key dates: the days that a document's sentences announce, each with what happens then.

Precision comes before recall: a date counts only where its own sentence says what happens. Dates of
cited acts, of footnotes and of the Official Journal, and those that are relative to another event
("within two years of entry into force"), are none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping

from pipeline.core.document import UNKNOWN_LANGUAGE, Document, Passage
from pipeline.core.key_dates import KeyDate, KeyKind
from pipeline.core.spans import Span
from pipeline.core.text import sentence_around
from pipeline.description.date_phrases import DATE, OTHER, Phrases
from pipeline.description.date_phrases_de import GERMAN
from pipeline.description.date_phrases_en import ENGLISH
from pipeline.description.date_phrases_es import SPANISH
from pipeline.description.date_phrases_fr import FRENCH
from pipeline.description.date_phrases_it import ITALIAN
from pipeline.description.date_phrases_nl import DUTCH
from pipeline.description.date_phrases_pl import POLISH
from pipeline.description.dates import FoundDate, find_dates

# Says what found the key dates that are kept. Raise it with every change to what is found.
VERSION = "4"

PHRASES: Mapping[str, Phrases] = {
    "de": GERMAN,
    "en": ENGLISH,
    "es": SPANISH,
    "fr": FRENCH,
    "it": ITALIAN,
    "nl": DUTCH,
    "pl": POLISH,
}

_LEADERS = re.compile(r"(?:\.\s?){5}|…{2}")  # dots of a table of contents
_CITES = re.compile(r"\b(?:OJ|JO|ABl\.|DO|GU|PB|Dz\.U\.)\s?[LC]\b[^;]{0,20}$")
# "from 12 to 14 June 2024", "les 12 et 13 juin": the first day of what lasts some.
_FIRST_DAY = re.compile(r"\b([0-3]?\d)(?:st|nd|rd|th|er|\.)?\s?(?:-|–|to|and|au|et|bis|und|al)\s?$")
_STRAIGHT = str.maketrans("’ʼ‘", "'''")


def key_dates(document: Document) -> tuple[KeyDate, ...]:
    """Return the dates that a document announces, in the order of its text.

    What lies before the document's own date is not announced. A page that is a table of contents
    announces nothing.
    """
    starts = [passage.span.start for passage in document.passages]
    dates = find_dates(document.text) if starts else []
    by_passage: dict[int, list[FoundDate]] = {}
    for date in dates:
        rank = bisect_right(starts, date.span.start) - 1
        if rank >= 0 and date.span in document.passages[rank].span:
            by_passage.setdefault(rank, []).append(date)
    return tuple(
        key
        for rank, some in by_passage.items()
        for date in some
        if (key := _announced(document, document.passages[rank], date, some))
    )


def _announced(
    document: Document, passage: Passage, date: FoundDate, others: list[FoundDate]
) -> KeyDate | None:
    language = document.language if passage.language == UNKNOWN_LANGUAGE else passage.language
    if language not in PHRASES or date.iso < document.date[: len(date.iso)]:
        return None
    if document.page(passage.page).layout.contents:
        return None
    sentence = _sentence(document.text, passage.span, date.span, others)
    if _LEADERS.search(sentence.of(document.text)):
        return None
    before, after = _around(document.text, sentence, date, others)
    if _CITES.search(before):
        return None
    first = _FIRST_DAY.search(before)
    lasting = before[: first.start()] if first else before
    kind = PHRASES[language].kind_of(f"{lasting}{DATE}{after}")
    if kind is None:
        return None
    day = date.iso
    if first and kind is KeyKind.MEETING:
        if not 1 <= int(first[1]) < int(day[8:]):
            return None
        day = f"{day[:8]}{int(first[1]):02}"
    return KeyDate(day, kind, sentence, date.span, passage.page)


def _sentence(text: str, passage: Span, date: Span, all_dates: list[FoundDate]) -> Span:
    """Return the sentence that holds a date; the full stop of a day ("3. März") ends none."""
    signs = list(passage.of(text))
    for one in all_dates:
        for at in range(one.span.start, one.span.end):
            if text[at] == ".":
                signs[at - passage.start] = ","
    inside = Span(date.start - passage.start, date.end - passage.start)
    found = sentence_around("".join(signs), inside, within=Span(0, len(signs)))
    return found.shifted(passage.start)


def _around(text: str, sentence: Span, date: FoundDate, others: list[FoundDate]) -> tuple[str, str]:
    """Return what stands in a sentence before and after a date, as patterns are matched on it."""
    parts: list[str] = []
    at = sentence.start
    for other in others:
        if at <= other.span.start and other.span in sentence:
            parts += [text[at : other.span.start], DATE if other is date else OTHER]
            at = other.span.end
    line = " ".join("".join([*parts, text[at : sentence.end]]).translate(_STRAIGHT).split())
    before, _, after = line.partition(DATE)
    return before, after
