"""The tables of what a library holds: by policy file, by language, by year."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.report import audit_tables as cells
from pipeline.report.audit_labels import AuditLabels
from pipeline.report.audit_tables import Cell, Kind, Table
from pipeline.report.audit_values import Audit, Count, Coverage
from pipeline.report.figures import Row, Tally
from pipeline.report.text import headed
from pipeline.report.wording import Labels

YEARS = 8  # with a column of their own; earlier ones share one

_OWN = ("en", "fr")


def coverage_tables(audit: Audit, say: AuditLabels, words: Labels) -> tuple[Table, ...]:
    """Return the tables of coverage; those of languages and years only where there are any."""
    tables = (_by_file(audit, say, words), _by_file_and_year(audit, say, words))
    languages = _counts(say.by_language, say.language, audit.languages, say, words)
    years = _counts(say.by_year, say.year, audit.years, say, words)
    return (*tables, *(table for table in (languages, years) if table.rows))


def by_year(audit: Audit) -> Tally:
    """Return the documents of each policy file in each year that has a column."""
    years = _years(audit)
    rows = (
        Row(one.subject.file, {year: n for year, n in sorted(one.years) if year in years})
        for one in audit.coverage
    )
    return Tally(tuple(reversed(years)), tuple(rows))


def _years(audit: Audit) -> list[str]:
    this = audit.until.year
    return [str(year) for year in range(this, this - YEARS, -1)]


def _by_file(audit: Audit, say: AuditLabels, words: Labels) -> Table:
    def row(one: Coverage) -> tuple[Cell, ...]:
        own = [dict(one.languages).get(code, 0) for code in _OWN]
        counts = (one.works, one.documents, *own, one.documents - sum(own))
        return (
            cells.text(one.subject.file.name),
            cells.text(one.subject.pillar.name),
            *(cells.number(count, words) for count in counts),
            cells.day(one.last, words) if one.last else Cell("–"),
            cells.command(one.shows),
        )

    own_names = [headed(words.language_name(code)) for code in _OWN]
    numbers = (say.works, say.documents, *own_names, say.other_languages)
    return Table(
        say.by_file,
        ((words.file, "text"), (words.pillar, "text"), *_numbers(*numbers), (say.last, "text"),
         (say.command, "command")),
        tuple(map(row, audit.coverage)),
    )  # fmt: skip


def _by_file_and_year(audit: Audit, say: AuditLabels, words: Labels) -> Table:
    own = _years(audit)

    def row(one: Coverage) -> Iterator[Cell]:
        yield cells.text(one.subject.file.name)
        years = dict(one.years)
        undated = years.pop("", 0)
        shown = [years.pop(year, 0) for year in own]
        ahead = sum(count for year, count in years.items() if year > own[0])
        for count in (*shown, sum(years.values()) - ahead, undated + ahead):
            yield cells.number(count, words)

    columns = _numbers(*own, say.earlier, say.undated)
    rows = tuple(tuple(row(one)) for one in audit.coverage)
    return Table(say.by_file_and_year, ((words.file, "text"), *columns), rows)


def _counts(
    caption: str, head: str, counts: tuple[Count, ...], say: AuditLabels, words: Labels
) -> Table:
    is_year = head == say.year

    def row(one: Count) -> tuple[Cell, ...]:
        name = (one.code or say.undated) if is_year else headed(words.language_name(one.code))
        numbers = cells.number(one.documents, words), cells.number(one.works, words)
        return (cells.text(name), *numbers, cells.command(one.shows))

    numbers = _numbers(say.documents, say.works)
    return Table(
        caption, ((head, "text"), *numbers, (say.command, "command")), tuple(map(row, counts))
    )


def _numbers(*names: str) -> tuple[tuple[str, Kind], ...]:
    return tuple((name, "number") for name in names)
