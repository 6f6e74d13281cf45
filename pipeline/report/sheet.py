"""Tables that people fill in: written and read as CSV or XLSX, with nothing in them that acts."""

from __future__ import annotations

import csv
import io
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from pipeline.core.errors import ConfigError
from pipeline.core.files import write_whole
from pipeline.report.csv import defused, undefused
from pipeline.report.workbook import Table, read_tables, workbook

ENDINGS = (".csv", ".xlsx")

# What a file that is no table, or a damaged one, makes of its readers.
_BROKEN = (BadZipFile, KeyError, ValueError, csv.Error, ParseError, zlib.error, EOFError)
_REMEDY = f"name a file that ends in {' or '.join(ENDINGS)}"


def write_sheet(
    path: Path,
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    choices: Mapping[str, Sequence[str]],
) -> None:
    """Write a table; in a workbook its head stays in sight and its columns can be filtered.

    Args:
        choices: What a column takes, offered as a list in a workbook.

    Raises:
        ConfigError: If the file's ending is neither of the two.
        WriteError: If it cannot be written.
    """
    _check_ending(path)
    if path.suffix.lower() == ".xlsx":
        made = workbook([Table("Sheet", head, rows, choices)])
    else:
        made = _csv(head, rows)
    write_whole(path, made)


def read_sheet(
    path: Path, *, needed: Sequence[str] = (), names: Mapping[str, str] | None = None
) -> list[dict[str, str]]:
    """Return the rows of a table, by the names in its head; empty rows are left out.

    Args:
        needed: Of a workbook's sheets the first with all these columns is read; where none has
            them, the one that was looked at last.
        names: What columns are called besides, in lower case, and the names that they have then.

    Raises:
        ConfigError: If it cannot be read as what its ending says.
    """
    _check_ending(path)
    try:
        content = path.read_bytes()
        is_book = path.suffix.lower() == ".xlsx"
        tables = read_tables(content) if is_book else [_from_csv(content)]
    except OSError as error:
        raise ConfigError(
            [f"it cannot be read ({error.strerror})"], where=str(path), remedy="name a file that is"
        ) from error
    except _BROKEN as error:
        raise ConfigError(
            [f"it is no table ({error})"],
            where=str(path),
            remedy="save it again as XLSX, or as CSV in UTF-8",
        ) from error
    heads = [_head(rows, names or {}) for rows in tables]
    chosen = next((n for n, head in enumerate(heads) if set(needed) <= set(head)), 0)
    head, rows = heads[chosen], tables[chosen]
    return [
        dict(zip(head, [*row, *[""] * len(head)], strict=False))
        for row in rows[1:]
        if any(cell.strip() for cell in row)
    ]


def _head(rows: Sequence[Sequence[str]], names: Mapping[str, str]) -> list[str]:
    said = [name.strip().casefold() for name in rows[0]] if rows else []
    return [names.get(name, name) for name in said]


def _check_ending(path: Path) -> None:
    if path.suffix.lower() not in ENDINGS:
        raise ConfigError(
            [f"no table can be in a file that ends in {path.suffix or 'nothing'}"],
            where=str(path),
            remedy=_REMEDY,
        )


def _csv(head: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([defused(cell) for cell in row] for row in rows)
    return lines.getvalue().encode("utf-8-sig", "replace")  # Excel needs the mark for accents


def _from_csv(content: bytes) -> list[list[str]]:
    text = content.decode("utf-8-sig")
    # Excel in French and German writes semicolons; the head has no other use for either.
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    read = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return [[undefused(cell) for cell in row] for row in read]
