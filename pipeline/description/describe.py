"""DescribeStage: what a document is called, its date and kind, who made it, and what it cites."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.core.document import Document, Place
from pipeline.core.references import Reference, find_references
from pipeline.core.spans import Span
from pipeline.core.text import one_line
from pipeline.description.dates import FoundDate, find_dates
from pipeline.description.headings import Heading, find_heading
from pipeline.description.kinds import adopted_by, institution_of, is_cemr, kind_of
from pipeline.description.own_numbers import journal_reference, own_references
from pipeline.description.titles import declared_title, first_title, is_title, largest_title

HEAD = 4_000  # characters of the first pages in which a document says what it is
LITTLE = 400  # characters; a first page with less is a cover, and the next one is read as well
OPENING = 2_000  # characters in which a date on its own line is the document's
BESIDE_DATE = 40  # characters beside a date on its line: a place, "Adopted on", a file number
LINES_OF_KIND = 15
FIRST_OF_ALL = 8  # lines; who made a document stands there, whom it speaks of may stand below
MASTHEAD = 120  # characters of an undated act's heading that name who adopts it
LONGEST_OF_KIND = 80  # characters; a longer line is a sentence that speaks of a report

Fact = tuple[str, Place]  # what it is, and where it was read
NOTHING: Fact = ("", "")

_ANOTHERS = re.compile(
    # A deadline, or the issue of the Official Journal that published another document.
    r"(?:\b(?:by|until|before|from|since|d'ici|jusqu'au|avant|bis|vor|ab|seit|OJ.*)\s*"
    r"(?:le |au |the |zum )?|"
    r"\b[LC](?:\s\d{1,3}(?:\s?[AEIM])?|,\s(?:19|20)\d\d/\d{1,6}),?\s(?:[^\W\d_]{1,4}\.?\s)?)$"
)


class DescribeStage:
    """Adds title, date, kind, institution, references, and where each was read."""

    name = "describe"
    version = "2"

    def __call__(self, document: Document) -> Document:
        """Return the document described; what the text does not say stays empty.

        ``origins`` of the result says for each fact where it stands in the text; a title or date
        that the file declares is from "declared", the day on which the file was made "created".
        """
        head = _head(document)
        heading = find_heading(head)
        title = _title(document, head, heading)
        kind = _kind(head, heading, title)
        facts = {
            "title": title,
            "date": _date(document, head, heading, kind[0]),
            "kind": kind,
            "institution": _adopter(heading, kind[0]) or _author(document, head, title),
        }
        return replace(
            document,
            title=facts["title"][0],
            date=facts["date"][0],
            kind=facts["kind"][0],
            institution=facts["institution"][0],
            references=_references(document, head, heading),
            origins={name: place for name, (value, place) in facts.items() if value},
        )


def _head(document: Document) -> str:
    """Return the beginning of the text: page 1, and more pages while there is little on them."""
    end = 0
    for page in document.pages:
        end = page.span.end
        if len(document.text[:end].strip()) >= LITTLE:
            break
    return document.text[: min(end, HEAD)]


def _title(document: Document, head: str, heading: Heading | None) -> Fact:
    if heading and heading.title:
        return heading.title, _place(head, heading.title) or heading.span
    declared = document.declared.get("title", "")
    if title := declared_title(declared, document.text[: 2 * HEAD]):
        return title, "declared"
    title = largest_title(document.declared.get("largest_text", "")) or first_title(head)
    if title:
        return title, _place(head, title) or Span(0, len(head))
    return (declared, "declared") if is_title(declared) else NOTHING


def _place(head: str, words: str) -> Span | None:
    """Return where ``words`` stand, over however many lines."""
    found = re.search(r"\s+".join(map(re.escape, words.split())), head)
    return Span(*found.span()) if found else None


def _date(document: Document, head: str, heading: Heading | None, kind: str) -> Fact:
    """Return the ISO date and where it is from, or nothing."""
    if heading and heading.dated and (own := find_dates(heading.title)):
        inside = find_dates(heading.span.of(head))
        place = inside[0].span.shifted(heading.span.start) if inside else heading.span
        return own[0].iso, place
    if named := find_dates(document.declared.get("date", "")):
        return named[0].iso, "declared"
    created = document.declared.get("created", "")
    latest = max(created, document.declared.get("modified", "")) or "9999"
    # A date after the file was made is a deadline, or the day of the meeting announced.
    dates = [found for found in find_dates(head[:OPENING]) if found.iso <= latest]
    if kind == "corrigendum":  # it names the day of the act, too; its own has a line to itself
        dates.sort(key=lambda found: _beside(head, found) > 0)
    for found in dates:
        if _stands_alone(head, found):
            return found.iso, found.span
    return (created, "created") if created else NOTHING


def _stands_alone(head: str, date: FoundDate) -> bool:
    """Whether a date has its line to itself ("Brussels, 11.12.2019", "Adopted on 3 October 2017").

    Dates inside sentences are those of other events: on 39 sample documents, taking the first
    date of any kind gave the document's own date in 17, this rule and then the file's date of
    creation in 34.
    """
    before = head[head.rfind("\n", 0, date.span.start) + 1 : date.span.start]
    return _beside(head, date) <= BESIDE_DATE and not _ANOTHERS.search(before)


def _beside(head: str, date: FoundDate) -> int:
    """Return how many characters stand on the line of a date besides it."""
    start = head.rfind("\n", 0, date.span.start) + 1
    end = head.find("\n", date.span.end)
    return len(head[start : end if end >= 0 else len(head)].strip()) - len(date.span)


def _kind(head: str, heading: Heading | None, title: Fact) -> Fact:
    if heading and heading.kind:
        return heading.kind, heading.number
    words, place = title
    if heading:
        words = one_line(f"{heading.span.of(head)} {words}")
        place = heading.span
    lines = [line for line in _lines(head)[:LINES_OF_KIND] if len(line) <= LONGEST_OF_KIND]
    kind, number = kind_of([words, *(line.of(head) for line in lines)])
    return kind, place if number <= 0 else lines[number - 1]


def _adopter(heading: Heading | None, kind: str) -> Fact | None:
    """Return who adopted the act of that heading, or nothing."""
    if heading is None or not (heading.kind or kind == "corrigendum"):
        return None
    # "COMMISSION REGULATION (EU) ... of", "... OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL of":
    # who adopts stands before the date, whom the act concerns after it.
    dates = find_dates(heading.title)
    adopter = adopted_by(heading.title[: dates[0].span.start if dates else MASTHEAD])
    return (adopter, heading.span) if adopter else None


def _author(document: Document, head: str, title: Fact) -> Fact:
    """Return the institution that made a document which is no act, or nothing."""
    lines = [line for line in _lines(head)[: 2 * LINES_OF_KIND] if len(line) <= LONGEST_OF_KIND]
    texts = [line.of(head) for line in lines]
    name, number = institution_of(texts[:FIRST_OF_ALL])
    if name:
        return name, lines[number]
    if name := institution_of([document.declared.get("author", "")])[0]:
        return name, "declared"
    if name := institution_of([title[0]])[0]:
        return name, title[1]
    # Position papers name the institutions that they address; their author is named last.
    if is_cemr(head):
        return "cemr", Span(0, len(head))
    name, number = institution_of(texts)
    return (name, lines[number]) if name else NOTHING


def _lines(text: str) -> list[Span]:
    """Return the lines of ``text`` without their ends."""
    lines, at = [], 0
    for line in text.splitlines(keepends=True):
        lines.append(Span(at, at + len(line.rstrip("\r\n\f\v\x1c\x1d\x1e\x85\u2028\u2029"))))
        at += len(line)
    return lines


def _references(document: Document, head: str, heading: Heading | None) -> tuple[Reference, ...]:
    found = find_references(document.text)
    own = own_references(document.text, found, head, heading)
    marked = [replace(r, own=True) if i in own else r for i, r in enumerate(found)]
    published = journal_reference(head)
    if published:
        marked.append(published)
    return tuple(sorted(marked, key=lambda r: (r.span.start, -r.span.end)))
