"""Documents to rows of the catalogue's tables and back, without loss."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields

from sqlalchemy import RowMapping

from pipeline.core.audience import Audience
from pipeline.core.document import Document, Heading, Layout, Page, Passage, Source, Table
from pipeline.core.fingerprint import Fingerprint
from pipeline.core.references import Reference, Scheme
from pipeline.core.spans import Span
from pipeline.core.tags import Evidence, Grade, Origin, Reason, Tag


def document_row(document: Document) -> dict[str, object]:
    """Return the row of table ``documents``, without versions and times."""
    return place_row(document) | {
        "digest": document.id,
        "text": document.text,
        "title": document.title,
        "date": document.date,
        "kind": document.kind,
        "institution": document.institution,
        "languages": _json(document.languages),
        "declared": _json(dict(document.declared)),
        "work": document.work,
        "headings": _json([(h.span.start, h.span.end, h.level) for h in document.headings]),
        "origins": _json(
            {
                name: [place.start, place.end] if isinstance(place, Span) else place
                for name, place in document.origins.items()
            }
        ),
    }


def place_row(document: Document) -> dict[str, object]:
    """Return what the row of table ``documents`` says of where the document and its members are."""
    source = document.source
    return {
        "path": source.path,
        "media_type": source.media_type,
        "size": source.size,
        "provenance": source.provenance,
        "members": _json([asdict(member) for member in document.members]),
    }


def part_rows(document: Document) -> dict[str, list[dict[str, object]]]:
    """Return the rows of the tables that belong to a document, by table name."""
    key = {"digest": document.id}
    return {
        "pages": [
            key
            | _ends(page.span)
            | {
                "number": page.number,
                "language": page.language,
                "confidence": page.confidence,
                "layout": _json(_layout_facts(page.layout)),
            }
            for page in document.pages
        ],
        "passages": [
            key
            | _ends(passage.span)
            | {
                "rank": rank,
                "page": passage.page,
                "language": passage.language,
                "heading_path": _json(passage.heading_path),
            }
            for rank, passage in enumerate(document.passages)
        ],
        "document_references": [
            key
            | _ends(reference.span)
            | {
                "rank": rank,
                "scheme": reference.scheme.value,
                "value": reference.value,
                "own": int(reference.own),
            }
            for rank, reference in enumerate(document.references)
        ],
        "tags": [
            key
            | {
                "rank": rank,
                "concept": tag.concept,
                "score": tag.score,
                "origin": tag.origin.value,
                "grade": tag.grade.value,
            }
            for rank, tag in enumerate((*document.tags, *document.candidates))
        ],
        "evidence": [
            key
            | _ends(item.span)
            | {
                "concept": tag.concept,
                "rank": rank,
                "page": item.page,
                "reason": item.reason.value,
                "match": item.match,
                "weight": item.weight,
            }
            for tag in (*document.tags, *document.candidates)
            for rank, item in enumerate(tag.evidence)
        ],
    }


def suggestions_column(tags: Sequence[Tag]) -> str:
    """Return column ``tags`` of table ``suggestions``; a quote is its place in the text."""
    return _json(
        [
            {
                "concept": tag.concept,
                "score": tag.score,
                "origin": tag.origin.value,
                "grade": tag.grade.value,
                "evidence": [
                    [e.span.start, e.span.end, e.page, e.reason.value, e.match, e.weight]
                    for e in tag.evidence
                ],
            }
            for tag in tags
        ]
    )


def suggestions_in(column: str, text: str) -> tuple[Tag, ...]:
    """Return the tags that column ``tags`` of table ``suggestions`` holds, of a document's text."""
    return tuple(
        Tag(
            tag["concept"],
            tag["score"],
            Origin(tag["origin"]),
            Grade(tag["grade"]),
            tuple(
                Evidence(Span(a, b), page, text[a:b], Reason(reason), match, weight)
                for a, b, page, reason, match, weight in tag["evidence"]
            ),
        )
        for tag in json.loads(column)
    )


def fingerprint_row(document: Document) -> dict[str, object]:
    """Return the row of table ``fingerprints``, still to be compared; {} where there is none."""
    print_ = document.fingerprint
    if print_ is None:
        return {}
    row = {name: getattr(print_, name) for name in Fingerprint.__slots__}
    return row | {"digest": document.id, "figures": _json(print_.figures), "compared": 0}


def fingerprint_of(row: RowMapping) -> Fingerprint:
    """Return the fingerprint of its row."""
    facts = {name: row[name] for name in Fingerprint.__slots__}
    return Fingerprint(**facts | {"figures": tuple(json.loads(row["figures"]))})


def document_of(row: RowMapping, parts: Mapping[str, Sequence[RowMapping]]) -> Document:
    """Return the document of its row and of its parts, each in their order."""
    text: str = row["text"]
    suggested = tags_of(text, parts.get("tags", ()), parts.get("evidence", ()))
    return Document(
        source=Source(
            path=row["path"],
            sha256=row["digest"],
            media_type=row["media_type"],
            size=row["size"],
            provenance=row["provenance"],
        ),
        text=text,
        pages=tuple(
            Page(p["number"], _span(p), p["language"], p["confidence"], _layout(p["layout"]))
            for p in parts.get("pages", ())
        ),
        passages=tuple(
            Passage(_span(p), p["page"], p["language"], tuple(json.loads(p["heading_path"])))
            for p in parts.get("passages", ())
        ),
        title=row["title"],
        date=row["date"],
        kind=row["kind"],
        institution=row["institution"],
        languages=tuple(json.loads(row["languages"])),
        references=tuple(
            Reference(Scheme(r["scheme"]), r["value"], _span(r), bool(r["own"]))
            for r in parts.get("document_references", ())
        ),
        tags=tuple(tag for tag in suggested if tag.grade is not Grade.REVIEW),
        candidates=tuple(tag for tag in suggested if tag.grade is Grade.REVIEW),
        declared=json.loads(row["declared"]),
        work=row["work"],
        headings=tuple(
            Heading(Span(start, end), level) for start, end, level in json.loads(row["headings"])
        ),
        members=members_in(row["members"]),
        origins={
            name: place if isinstance(place, str) else Span(*place)
            for name, place in json.loads(row["origins"]).items()
        },
        fingerprint=fingerprint_of(one) if (one := _only(parts.get("fingerprints"))) else None,
        audience=_audience(_only(parts.get("audiences"))),
    )


def _audience(row: RowMapping | None) -> Audience:
    return Audience(row["audience"]) if row else Audience.SECRETARIAT


def tags_of(
    text: str, tags: Sequence[RowMapping], evidence: Sequence[RowMapping]
) -> tuple[Tag, ...]:
    """Return the tags of a document of their rows and those of their evidence, by rank."""
    by_concept: dict[str, list[Evidence]] = {}
    for row in evidence:
        span = _span(row)
        by_concept.setdefault(row["concept"], []).append(
            Evidence(
                span=span,
                page=row["page"],
                quote=span.of(text),
                reason=Reason(row["reason"]),
                match=row["match"],
                weight=row["weight"],
            )
        )
    return tuple(
        Tag(
            concept=row["concept"],
            score=row["score"],
            origin=Origin(row["origin"]),
            grade=Grade(row["grade"]),
            evidence=tuple(by_concept.get(row["concept"], ())),
        )
        for row in tags
    )


def members_in(column: str) -> tuple[Source, ...]:
    """Return the sources that column ``members`` holds."""
    return tuple(Source(**member) for member in json.loads(column))


def _only(rows: Sequence[RowMapping] | None) -> RowMapping | None:
    return rows[0] if rows else None


def _layout(text: str) -> Layout:
    facts = json.loads(text)
    tables = tuple(Table(tuple(tuple(row) for row in table["rows"])) for table in facts["tables"])
    return Layout(**facts | {"tables": tables, "furniture": tuple(facts["furniture"])})


def _ends(span: Span) -> dict[str, object]:
    return {"start": span.start, "end": span.end}


def _span(row: RowMapping) -> Span:
    return Span(row["start"], row["end"])


def _layout_facts(layout: Layout) -> dict[str, object]:
    # `asdict` goes through every cell of every table: a tenth of storing a document.
    facts = {one.name: getattr(layout, one.name) for one in fields(layout)}
    return facts | {"tables": [{"rows": table.rows} for table in layout.tables]}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
