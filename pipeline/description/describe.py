"""DescribeStage: what a document is called, its date and kind, who made it, and what it cites."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.core.document import Document
from pipeline.core.references import Reference, Scheme, find_references
from pipeline.description.dates import FoundDate, find_dates
from pipeline.description.headings import Heading, find_heading
from pipeline.description.kinds import adopted_by, institution_of, kind_of
from pipeline.description.titles import declared_title, first_title, is_title, largest_title

HEAD = 4_000  # characters of the first pages in which a document says what it is
LITTLE = 400  # characters; a first page with less is a cover, and the next one is read as well
OPENING = 2_000  # characters in which a date is the document's own more often than not
SHORT_LINE = 60  # characters; a date on such a line stands for itself, not in a sentence
LINES_OF_KIND = 15
LONGEST_OF_KIND = 80  # characters; a longer line is a sentence that speaks of a report
BESIDE_NUMBER = 24  # characters beside a document's own number on its line ("final", "(OR. en)")

_DEADLINE = re.compile(
    r"\b(?:by|until|before|from|since|d'ici|jusqu'au|avant|bis|vor|ab|seit|OJ.*)\s*(?:le |au |the |zum )?$"
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
        date, date_from = _date(document, head, heading)
        declared = dict(document.declared)
        declared.pop("date_from", None)
        if date_from:
            declared["date_from"] = date_from
        return replace(
            document,
            title=title,
            date=date,
            kind=_kind(head, heading, title),
            institution=_institution(head, heading),
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
    return (
        declared_title(document.declared, document.text[: 2 * HEAD])
        or largest_title(document.declared.get("largest_text", ""))
        or first_title(head)
        or (
            document.declared.get("title", "")
            if is_title(document.declared.get("title", ""))
            else ""
        )
    )


def _date(document: Document, head: str, heading: Heading | None) -> tuple[str, str]:
    """Return the ISO date and where it is from, or two empty strings."""
    if heading and heading.dated and (own := find_dates(heading.title)):
        return own[0].iso, "heading"
    if named := find_dates(document.declared.get("date", "")):
        return named[0].iso, "declared"
    found = [date for date in find_dates(head[:OPENING]) if not _is_deadline(head, date)]
    alone = [date for date in found if len(_line_of(head, date)) <= SHORT_LINE]
    if found:
        return (alone or found)[0].iso, "page"
    created = document.declared.get("created", "")
    return (created, "created") if created else ("", "")


def _is_deadline(head: str, date: FoundDate) -> bool:
    return bool(_DEADLINE.search(head[max(date.span.start - 30, 0) : date.span.start]))


def _line_of(head: str, date: FoundDate) -> str:
    start = head.rfind("\n", 0, date.span.start) + 1
    end = head.find("\n", date.span.end)
    return head[start : end if end >= 0 else len(head)].strip()


def _kind(head: str, heading: Heading | None, title: str) -> str:
    if heading and heading.kind:
        return heading.kind
    if heading:
        title = f"{head[heading.span.start : heading.span.end]} {title}"
    lines = head.splitlines()[:LINES_OF_KIND]
    return kind_of(title, "\n".join(line for line in lines if len(line) <= LONGEST_OF_KIND))


def _institution(head: str, heading: Heading | None) -> str:
    if heading and heading.kind:
        # "COMMISSION REGULATION (EU) ..." or "... OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL"
        line = head[heading.number.start : heading.number.end]
        if adopted := adopted_by(line) or adopted_by(heading.title[: len(line) + 100]):
            return adopted
    return institution_of("\n".join(head.splitlines()[: 2 * LINES_OF_KIND]))


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
