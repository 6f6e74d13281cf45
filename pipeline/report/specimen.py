"""A made-up report that says each thing that a report can say, to try templates with."""

from __future__ import annotations

from datetime import UTC, date, datetime

from pipeline.core.spans import Span
from pipeline.core.tags import Grade, Origin, Reason
from pipeline.report.values import (
    Change,
    Counts,
    Decided,
    Entry,
    Gone,
    Language,
    Named,
    Past,
    Question,
    Quote,
    Report,
    Secretary,
    Section,
    Subject,
    Trouble,
    Version,
    Waiting,
)


def specimen(language: Language, *, past: bool) -> Report:
    """Return a report with every part, and a policy file with nothing new.

    Args:
        language: Of its labels.
        past: Whether it tells what changed since an earlier report.
    """
    made_at = datetime(2021, 4, 1, tzinfo=UTC)
    places, planet = Named("places", "Places"), Named("planet", "Planet")
    water, energy = Named("water", "Water"), Named("energy", "Energy")
    digital = Subject(Named("digital", "Digital"), places)
    version = Version("d1", ("en",), "/library/a.pdf", "application/pdf", 3, "A paper")
    other = Version("d2", ("und",), "a.eml!/b.txt", "text/plain", 0, "Another")
    quote = Quote("Towns treat water.", 1, Reason.TERM, ("water",), (Span(12, 17),))
    main = Entry(
        "w1", "A paper", "en", "CEMR", "study", "2021-03-02", "", Grade.MAIN, 0.9, Origin.RULE,
        Decided("Ann", "2021-03-30"), version, (version, other), (quote,), (digital,), (places,),
        Change.NEW if past else None,
    )  # fmt: skip
    also = Entry(
        "w2", "Another", "und", "", "", "", "2021-03-03", Grade.ALSO, 1.0, Origin.PERSON,
        None, other, (other,), (), (), (), Change.DECIDED if past else None,
    )  # fmt: skip
    asked = Question("w1", Subject(energy, planet), "A paper", "", 0.3, version, (quote,))
    return Report(
        group=Named("group", "A group"),
        language=language,
        since=date(2021, 1, 1),
        until=date(2021, 3, 31),
        made_at=made_at,
        counts=Counts(2, 2, 3, (("en", 1), ("und", 1))),
        sections=(
            Section(Subject(water, planet), (main,), (also,)),
            Section(Subject(energy, planet), (), ()),
        ),
        waiting=Waiting((asked,), 1, 7),
        failures=(Trouble("c.pdf", "/library/c.pdf", "read", "is encrypted", "ask for it", 1),),
        undated=1,
        past=Past(made_at, 3, (Gone("Old", water),)) if past else None,
        secretary=Secretary("Ann Ek", "ann@example.org"),
    )
