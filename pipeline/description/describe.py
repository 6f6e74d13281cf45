"""DescribeStage: what a document is called, its date and kind, who made it, and what it cites."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.core.document import Document
from pipeline.core.references import Reference, Scheme, find_references
from pipeline.description.dates import FoundDate, find_dates
from pipeline.description.headings import Heading, find_heading
from pipeline.description.kinds import adopted_by, institution_of, is_cemr, kind_of
from pipeline.description.titles import declared_title, first_title, is_title, largest_title

HEAD = 4_000  # characters of the first pages in which a document says what it is
LITTLE = 400  # characters; a first page with less is a cover, and the next one is read as well
OPENING = 2_000  # characters in which a date on its own line is the document's
BESIDE_DATE = 40  # characters beside a date on its line: a place, "Adopted on", a file number
LINES_OF_KIND = 15
FIRST_OF_ALL = 8  # lines; who made a document stands there, whom it speaks of may stand below
MASTHEAD = 120  # characters of an undated act's heading that name who adopts it
LONGEST_OF_KIND = 80  # characters; a longer line is a sentence that speaks of a report
BESIDE_NUMBER = 24  # characters beside a document's own number on its line ("final", "(OR. en)")

_DEADLINE = re.compile(
    r"\b(?:by|until|before|from|since|d'ici|jusqu'au|avant|bis|vor|ab|seit|OJ.*)\s*"
    r"(?:le |au |the |zum )?$"
)


class DescribeStage:
    """Adds title, date, kind, institution and references to a document."""

    name = "describe"
    version = "1"

    def __call__(self, document: Document) -> Document:
        """Return the document described; what the text does not say stays empty.

        ``declared["date_from"]`` says where the date is from: "heading" (the act's own),
        "declared" (the file names a date), "page" (the first pages), "created" (of the file).
        """
        head = _head(document)
        heading = find_heading(head)
        title = _title(document, head, heading)
        kind = _kind(head, heading, title)
        date, date_from = _date(document, head, heading)
        declared = dict(document.declared)
        declared.pop("date_from", None)
        if date_from:
            declared["date_from"] = date_from
        return replace(
            document,
            title=title,
            date=date,
            kind=kind,
            institution=_adopter(heading, kind) or _author(document, head, title),
            references=_references(document, head, heading),
            declared=declared,
        )


def _head(document: Document) -> str:
    """Return the beginning of the text: page 1, and more pages while there is little on them."""
    end = 0
    for page in document.pages:
        end = page.span.end
        if len(document.text[:end].strip()) >= LITTLE:
            break
    return document.text[: min(end, HEAD)]


def _title(document: Document, head: str, heading: Heading | None) -> str:
    if heading and heading.title:
        return heading.title
    declared = document.declared.get("title", "")
    return (
        declared_title(declared, document.text[: 2 * HEAD])
        or largest_title(document.declared.get("largest_text", ""))
        or first_title(head)
        or (declared if is_title(declared) else "")
    )


def _date(document: Document, head: str, heading: Heading | None) -> tuple[str, str]:
    """Return the ISO date and where it is from, or two empty strings."""
    if heading and heading.dated and (own := find_dates(heading.title)):
        return own[0].iso, "heading"
    if named := find_dates(document.declared.get("date", "")):
        return named[0].iso, "declared"
    created = document.declared.get("created", "")
    latest = max(created, document.declared.get("modified", "")) or "9999"
    for found in find_dates(head[:OPENING]):
        # A date after the file was made is a deadline, or the day of the meeting announced.
        if found.iso <= latest and _stands_alone(head, found):
            return found.iso, "page"
    return (created, "created") if created else ("", "")


def _stands_alone(head: str, date: FoundDate) -> bool:
    """Whether a date has its line to itself ("Brussels, 11.12.2019", "Adopted on 3 October 2017").

    Dates inside sentences are those of other events: on 39 sample documents, taking the first
    date of any kind gave the document's own date in 17, this rule and then the file's date of
    creation in 34.
    """
    start = head.rfind("\n", 0, date.span.start) + 1
    end = head.find("\n", date.span.end)
    line = head[start : end if end >= 0 else len(head)].strip()
    before = head[start : date.span.start]
    beside = len(line) - len(date.span)
    return beside <= BESIDE_DATE and not _DEADLINE.search(before)


def _kind(head: str, heading: Heading | None, title: str) -> str:
    if heading and heading.kind:
        return heading.kind
    if heading:
        title = f"{head[heading.span.start : heading.span.end]} {title}"
    lines = head.splitlines()[:LINES_OF_KIND]
    return kind_of(title, "\n".join(line for line in lines if len(line) <= LONGEST_OF_KIND))


def _adopter(heading: Heading | None, kind: str) -> str:
    """Return who adopted the act of that heading, or ""."""
    if heading is None or not (heading.kind or kind == "corrigendum"):
        return ""
    # "COMMISSION REGULATION (EU) ... of", "... OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL of":
    # who adopts stands before the date, whom the act concerns after it.
    dates = find_dates(heading.title)
    return adopted_by(heading.title[: dates[0].span.start if dates else MASTHEAD])


def _author(document: Document, head: str, title: str) -> str:
    """Return the institution that made a document which is no act, or ""."""
    lines = [
        line for line in head.splitlines()[: 2 * LINES_OF_KIND] if len(line) <= LONGEST_OF_KIND
    ]
    if named := (
        institution_of("\n".join(lines[:FIRST_OF_ALL]))
        or institution_of(document.declared.get("author", ""))
        or institution_of(title)
    ):
        return named
    # Position papers name the institutions that they address; their author is named last.
    return "cemr" if is_cemr(head) else institution_of("\n".join(lines))


def _references(document: Document, head: str, heading: Heading | None) -> tuple[Reference, ...]:
    found = find_references(document.text)
    own = _own(found, head, heading)
    return tuple(replace(r, own=True) if i in own else r for i, r in enumerate(found))


def _own(found: list[Reference], head: str, heading: Heading | None) -> set[int]:
    """Return which references identify the document: its number, alone on a line or in its title.

    Those inside the title after the first name the acts that it amends.
    """
    if heading is None:
        return set()
    own: set[int] = set()
    numbered = False
    for index, reference in enumerate(found):
        if reference.span.start >= heading.number.end:
            break
        if reference.span in heading.number:
            if heading.dated and not numbered and reference.scheme is Scheme.ACT:
                own.add(index)
                numbered = True
        elif reference.scheme is not Scheme.ACT:
            start = head.rfind("\n", 0, reference.span.start) + 1
            end = head.find("\n", reference.span.end)
            line = head[start:end].strip()
            if len(line) - len(reference.span) <= BESIDE_NUMBER and not line.startswith("{"):
                own.add(index)
    return own
