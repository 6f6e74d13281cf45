"""Documents for tests: made by hand or by hypothesis, always lawful."""

from __future__ import annotations

import hashlib

from hypothesis import strategies as st

from pipeline.core.audience import Audience
from pipeline.core.document import (
    Document,
    Heading,
    Layout,
    Page,
    Passage,
    Place,
    Source,
    Table,
    tiled,
)
from pipeline.core.fingerprint import Fingerprint
from pipeline.core.references import Reference, Scheme
from pipeline.core.spans import Span
from pipeline.core.tags import Evidence, Grade, Origin, Reason, Tag


def source(path: str = "/library/paper.pdf", content: str = "bytes") -> Source:
    """Return a source whose digest is that of ``content``."""
    digest = hashlib.sha256(content.encode()).hexdigest()
    return Source(path, digest, "application/pdf", len(content))


def document(
    *page_texts: str,
    path: str = "/library/paper.pdf",
    title: str = "A paper",
    date: str = "2021-03-01",
    language: str = "en",
    concepts: tuple[str, ...] = (),
    work: str = "",
) -> Document:
    """Return a document of these pages, one passage a page, tagged with ``concepts``."""
    texts = list(page_texts) or ["Cities treat their waste water.\n"]
    text, bare = tiled(texts)
    pages = tuple(Page(p.number, p.span, language, 0.99) for p in bare)
    passages = tuple(Passage(p.span, p.number, language) for p in pages if len(p.span))
    first = passages[0].span if passages else Span(0, 0)
    tags = tuple(
        Tag(
            concept,
            0.9,
            Origin.RULE,
            Grade.MAIN,
            (Evidence(first, 1, first.of(text), Reason.TERM, concept, 1.0),),
        )
        for concept in concepts
    )
    return Document(
        source=source(path, "\x00".join([*texts, title, path])),
        text=text,
        pages=pages,
        passages=passages,
        title=title,
        date=date,
        kind="position paper",
        languages=(language,),
        tags=tags,
        work=work,
        audience=Audience.MEMBERS,  # as a catalogue without rules stores it
    )


_texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
_languages = st.sampled_from(["en", "fr", "mt", "und"])
_shares = st.floats(0, 1, allow_nan=False)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Draw any lawful document: pages, passages, tags with evidence, references, tables."""
    texts = draw(st.lists(_texts, min_size=1, max_size=4))
    rows = draw(st.lists(st.lists(_texts, min_size=2, max_size=2).map(tuple), max_size=2))
    layout = Layout(tables=(Table(tuple(rows)),), images=draw(_shares), furniture=(draw(_texts),))
    text, bare = tiled(texts, [layout] * len(texts))
    pages = tuple(Page(p.number, p.span, draw(_languages), draw(_shares), p.layout) for p in bare)
    passages = tuple(
        Passage(p.span, p.number, p.language, (draw(_texts),)) for p in pages if len(p.span)
    )
    tags = []
    for concept in draw(st.lists(st.sampled_from(["water", "energy", "planet"]), unique=True)):
        proof = [
            Evidence(p.span, p.page, p.span.of(text), Reason.TERM, draw(_texts), draw(_shares))
            for p in passages
        ]
        origin = Origin.RULE if proof else Origin.PERSON
        grade = draw(st.sampled_from(list(Grade)))
        tags.append(Tag(concept, draw(_shares), origin, grade, tuple(proof)))
    references = tuple(
        Reference(Scheme.ACT, "91/271/EEC", p.span, draw(st.booleans())) for p in passages
    )
    places: list[Place] = [Span(0, 0), "created"]
    return Document(
        source=source("/library/" + draw(st.sampled_from("abc")), draw(_texts)),
        text=text,
        pages=pages,
        passages=passages,
        title=draw(_texts),
        date=draw(st.sampled_from(["", "2021-03-01", "2022-12-31"])),
        kind=draw(_texts),
        institution=draw(_texts),
        audience=Audience.MEMBERS,
        languages=tuple(draw(st.lists(_languages, unique=True))),
        references=references,
        tags=tuple(tag for tag in tags if tag.grade is not Grade.REVIEW),
        candidates=tuple(tag for tag in tags if tag.grade is Grade.REVIEW),
        declared={"title": draw(_texts)},
        work=draw(st.sampled_from(["", "a-work"])),
        headings=tuple(Heading(p.span, draw(st.integers(1, 6))) for p in passages),
        members=tuple(draw(st.lists(st.builds(source, _texts, _texts), max_size=2))),
        origins={"date": draw(st.sampled_from(places))},
        fingerprint=draw(
            st.none()
            | st.builds(
                Fingerprint,
                named=_texts,
                figures=st.lists(_texts, max_size=2).map(tuple),
                length=st.integers(0, 9),
                numbers=st.binary(max_size=16),
                words=st.binary(max_size=16),
            )
        ),
    )
