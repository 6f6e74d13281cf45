"""An audit as Markdown (CommonMark 0.31 with GitHub's tables), for mail and wikis."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.report.audit_labels import AuditLabels
from pipeline.report.audit_sections import sections
from pipeline.report.audit_tables import Cell, Section, Table
from pipeline.report.audit_values import Audit
from pipeline.report.wording import Labels

# What is more than text, wherever it stands; the beginnings of bare addresses too.
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>&~|#@$^!]|(?<=\w):(?=//)|(?i:(?<=\bwww)\.))")


def to_markdown(audit: Audit, say: AuditLabels, words: Labels) -> str:
    """Return the audit as Markdown; words out of documents are never markup."""
    return "\n".join(_lines(audit, say, words)) + "\n"


def _lines(audit: Audit, say: AuditLabels, words: Labels) -> Iterator[str]:
    yield f"# {say.audit}"
    yield ""
    counts = ((audit.works, words.works), (audit.documents, words.documents))
    told = [words.count(n, noun) for n, noun in (*counts, (audit.pages, words.pages))]
    yield " · ".join(told)
    yield ""
    yield f"{say.period}{words.colon}{words.span(audit.since, audit.until)}"
    for section in sections(audit, say, words):
        yield from _section(section, say.nothing)


def _section(section: Section, nothing: str) -> Iterator[str]:
    yield ""
    yield f"## {_plain(section.title)}"
    yield ""
    yield _plain(section.intro)
    if section.note:
        yield ""
        yield f"{_plain(section.note)} {_code(section.command)}"
    if section.count == 0:
        yield ""
        yield f"**{nothing}**"
    for table in section.tables:
        yield from _table(table)


def _table(table: Table) -> Iterator[str]:
    yield ""
    yield f"**{_plain(table.caption)}**"
    yield ""
    yield _row(_plain(name) for name, _ in table.columns)
    yield _row("---:" if kind == "number" else "---" for _, kind in table.columns)
    for row in table.rows:
        yield _row(map(_cell, row))
    if table.more:
        yield ""
        yield _plain(table.more)


def _row(texts: Iterable[str]) -> str:
    return f"| {' | '.join(texts)} |"


def _cell(cell: Cell) -> str:
    return _code(cell.text) if cell.kind == "command" and cell.text else _plain(cell.text)


def _code(command: str) -> str:
    # Inside a code span neither of the two could be written as itself.
    return f"`{command}`" if not set("`|") & set(command) else _plain(command)


def _plain(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
