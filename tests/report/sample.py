"""A small library made up for the tests of reports, with its vocabulary and expert group."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from pipeline.core.concepts import Concept, Vocabulary
from pipeline.core.document import Document, Page, Source, tiled
from pipeline.core.extracts import Extract
from pipeline.core.failures import Failure
from pipeline.core.reviews import Decision, Review
from pipeline.core.spans import Span
from pipeline.core.tags import Evidence, Grade, Origin, Reason, Tag
from pipeline.report.groups import ExpertGroup
from pipeline.report.model import build_report
from pipeline.report.values import Language, Report

SINCE, UNTIL = date(2021, 3, 1), date(2021, 3, 31)
MADE_AT = datetime(2021, 4, 1, 8, 30, tzinfo=UTC)

VOCABULARY = Vocabulary(
    (
        Concept("places", {"en": "Places", "fr": "Lieux"}),
        Concept("planet", {"en": "Planet", "fr": "Planète"}),
        Concept(
            "digital", {"en": "Digitalisation", "fr": "Digitalisation : services"}, broader="places"
        ),
        Concept(
            "cohesion-policy",
            {"en": "Cohesion policy", "fr": "Politique de cohésion"},
            broader="places",
        ),
        Concept(
            "water", {"en": "Water legislation", "fr": "Législation sur l’eau"}, broader="planet"
        ),
        Concept("energy", {"en": "Energy legislation", "fr": "Énergie"}, broader="planet"),
        Concept("cop26", {"en": "COP26", "fr": "COP 26"}, broader="planet"),
        Concept("mobility", {"en": "Mobility", "fr": "Mobilité"}, broader="planet"),
    ),
    digest="sample",
)

PLANET = ExpertGroup(
    "planet",
    {"en": "Planet expert group", "fr": "Groupe d’experts Planète"},
    ("mobility", "cop26", "water", "energy"),
)


@dataclass(frozen=True, slots=True)
class Proof:
    """A tag to give: the file, and the sentence and words that prove it, each on its own page."""

    file: str
    sentences: tuple[tuple[str, str], ...] = ()  # sentence, matched words
    score: float = 0.9
    grade: Grade = Grade.MAIN
    origin: Origin = Origin.RULE
    reason: Reason = Reason.TERM


def paper(
    *proofs: Proof,
    title: str = "A paper",
    path: str = "/library/paper.pdf",
    date: str = "2021-03-15",
    language: str = "en",
    work: str = "",
    kind: str = "position paper",
    institution: str = "CEMR",
    media_type: str = "application/pdf",
) -> Document:
    """Return a document with one page for each sentence of its proofs."""
    sentences = [sentence for proof in proofs for sentence, _ in proof.sentences] or [title or "-"]
    text, bare = tiled(sentences)
    pages = iter(bare)
    tags = tuple(_tag(proof, [next(pages) for _ in proof.sentences], text) for proof in proofs)
    digest = hashlib.sha256(f"{path}|{title}|{text}".encode("utf-8", "replace")).hexdigest()
    bare_document = Document(
        source=Source(path, digest, media_type, len(text)),
        text=text,
        pages=bare,
        title=title,
        date=date,
        kind=kind,
        institution=institution,
        languages=(language,) if language else (),
        work=work,
    )
    return bare_document.with_tags(tags)


def _tag(proof: Proof, pages: Sequence[Page], text: str) -> Tag:
    evidence = []
    for page, (sentence, match) in zip(pages, proof.sentences, strict=True):
        span = Span(page.span.start, page.span.start + len(sentence))
        evidence.append(Evidence(span, page.number, span.of(text), proof.reason, match, 1.0))
    return Tag(proof.file, proof.score, proof.origin, proof.grade, tuple(evidence))


def library() -> list[Document]:
    """Return documents that show each thing a report can say."""
    water = "The directive asks every town to treat its\nurban waste water before 2030."
    eau = "La directive demande à chaque ville de traiter\nses eaux résiduaires : dès 2030 !"
    return [
        paper(
            Proof(
                "water",
                (
                    (water, "urban waste water"),
                    ("See Directive 91/271/EEC, as amended.", "91/271/EEC"),
                ),
                score=0.93,
            ),
            Proof("digital", (("Meters report online.", "online"),), score=0.6),
            title="Clean water for every town",
            path="/library/2021/water paper.pdf",
            work="water-2021",
        ),
        paper(
            Proof("water", ((eau, "eaux résiduaires"),), score=0.88),
            title="De l'eau propre : l'affaire de toutes les villes",
            path="/library/2021/eau – prise de position.pdf",
            language="fr",
            work="water-2021",
            institution="CCRE",
        ),
        paper(
            Proof(
                "water",
                (("Rivers know no border.", "Rivers"),),
                score=0.41,
                grade=Grade.ALSO,
                origin=Origin.MODEL,
                reason=Reason.FEATURE,
            ),
            Proof(
                "energy",
                (("District heating warms one home in eight.", "District heating"),),
                score=0.995,
                origin=Origin.MODEL,
                reason=Reason.FEATURE,
            ),
            Proof(
                "mobility",
                (("Boats and barges carry less.", "barges"),),
                score=0.22,
                grade=Grade.REVIEW,
            ),
            Proof("cop26", (("A summit is near.", "summit"),), score=0.3, grade=Grade.REVIEW),
            title="Heat from rivers",
            path="/library/heat.html",
            date="2021-03-02",
            kind="briefing",
            media_type="text/html",
        ),
        paper(
            Proof("energy", origin=Origin.PERSON, score=1.0),
            title="",
            path="/library/scan_0042.pdf",
            date="",
            language="",
            kind="",
            institution="",
        ),
        paper(
            Proof("mobility", (("Buses run late.", "Buses"),), grade=Grade.ALSO, score=0.35),
            title="Night buses",
            date="2021-03",
            kind="web article",
            institution="City of Examples",
        ),
        paper(Proof("water", (("Old water.", "water"),)), title="Old", date="2019-03-15"),
        paper(Proof("cop26", (("A summit.", "summit"),)), title="Neither date nor day", date=""),
        paper(Proof("digital", (("Data spaces.", "Data"),)), title="Of another group"),
    ]


def added() -> dict[str, str]:
    """Return on which days the undated documents came in, as far as it is known."""
    return {
        document.id: "2021-03-20T07:00:00+00:00"
        for document in library()
        if document.source.name == "scan_0042.pdf"
    }


def reviews() -> dict[tuple[str, str], Review]:
    """Return what people decided about the library."""
    by_name = {document.source.name: document.id for document in library()}
    made = [
        Review(by_name["scan_0042.pdf"], "energy", Decision.MAIN, by="Anna Ek", number=3),
        Review(by_name["heat.html"], "cop26", Decision.REJECTED, by="Ben", number=7),
    ]
    return {(r.document, r.concept): replace(r, at="2021-03-22T10:00:00+00:00") for r in made}


def failures() -> list[Failure]:
    """Return two rows of a ledger, out of order."""
    return [
        Failure(
            Source("/library/z-locked.pdf", "b" * 64, "application/pdf", 9),
            "read",
            "is encrypted",
            "remove the password (qpdf --decrypt) and ingest it again",
        ),
        Failure(
            Source("/library/broken_table.docx", "a" * 64, "application/zip", 9),
            "read",
            "ends in the middle of a file",
            "ask for the file again",
            tries=2,
        ),
    ]


def extracts(
    documents: Iterable[Document], added: Mapping[str, str] | None = None
) -> Iterator[Extract]:
    """Yield what a report for the group says of each document."""
    for document in documents:
        arrived = (added or {}).get(document.id, "")
        yield Extract.of(document, PLANET.files, added_at=arrived)


def sample_report(language: Language) -> Report:
    """Return the report on that library."""
    return build_report(
        PLANET,
        extracts(library(), added()),
        VOCABULARY,
        since=SINCE,
        until=UNTIL,
        failures=failures(),
        language=language,
        made_at=MADE_AT,
        reviews=reviews(),
    )
