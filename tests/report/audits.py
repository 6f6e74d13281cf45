"""An audit made up for tests, with each thing that one can say."""

from __future__ import annotations

from datetime import UTC, date, datetime

from pipeline.report import audit_commands as commands
from pipeline.report.audit_values import (
    Audit,
    Count,
    Coverage,
    Folder,
    Listed,
    Missing,
    Pair,
    Paper,
    Terms,
    Work,
)
from pipeline.report.text import harmless
from pipeline.report.values import Language, Named, Subject


def sample_audit(
    language: Language,
    *,
    title: str = "Position on waste water",
    path: str = "/library/my papers",
    term: str = "sewage",
) -> Audit:
    """Return an audit in which these words come from outside."""
    told = harmless(title)
    paper = Paper("0123456789ab", told, "en", "2021-03", "study")
    other = Paper("ba9876543210", told, "fr", "", "")
    work = Work(paper, ("en", "pl"), "2021-03-01", commands.similar(paper.id))
    return Audit(
        language=language,
        since=date(2021, 1, 1),
        until=date(2021, 3, 31),
        made_at=datetime(2021, 4, 1, 8, 30, tzinfo=UTC),
        old=5,
        documents=1200,
        works=900,
        pages=24_000,
        coverage=(
            _coverage("water", "Water", recent=3, reviewed=2),
            _coverage("energy", "Energy", recent=0, waiting=4),
            _coverage("cop26", "COP26", recent=0, ended=True),
        ),
        languages=(Count("en", 800, 700, commands.show_language("en")),),
        years=(Count("2021", 3, 2, commands.show_year("2021")), Count("", 1, 1, "")),
        untagged=2,
        names_untagged=commands.SHOW_UNTAGGED,
        missing=(
            Missing("fr", Listed(1, (work,)), Listed(70, (work,))),
            Missing("en", Listed(0, ()), Listed(0, ())),
        ),
        lacking=70,
        duplicates=Listed(1, (Pair(paper, other, 0.97, commands.show(paper.id)),)),
        drafts=Listed(0, ()),
        aged=Listed(1, (work,)),
        folders=Listed(
            2,
            (
                Folder(path, 9, 90, 1, 1, 4, 2, 3, commands.retry(path)),
                Folder("/library/fine", 5, 50, 0, 0, 0, 0, 0, ""),
            ),
        ),
        troubled=1,
        terms=Listed(
            1,
            (Terms(Named("water", "Water"), "en", 7, (harmless(term),), commands.CHECK_TERMS),),
        ),
    )


def _coverage(
    id_: str, name: str, *, recent: int, reviewed: int = 0, waiting: int = 0, ended: bool = False
) -> Coverage:
    return Coverage(
        subject=Subject(Named(id_, name), Named("planet", "Planet")),
        works=4,
        documents=5,
        languages=(("en", 3), ("fr", 1), ("de", 1)),
        years=(("2021", 2), ("2003", 2), ("", 1)),
        last="2021-03-05",
        recent=recent,
        reviewed=reviewed,
        waiting=waiting,
        ended=ended,
        shows=commands.show_file(id_),
        fills=commands.review(id_) if waiting else commands.find_terms(id_),
        reviews=commands.review(id_),
    )
