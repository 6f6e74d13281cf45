"""Quality: how well the documents of each source folder could be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, case, func, select

from pipeline.catalogue import schema
from pipeline.catalogue.facts import FACTS, share
from pipeline.core.document import INSIDE, UNKNOWN_LANGUAGE

# Of the recognised words of a page, their mean; below it a reader meets a wrong word in each
# line. Chosen by what it means, not measured: it decides which folder is looked at first.
UNSURE = 0.75
_RECOGNISED = '"ocr":true'  # as `rows` writes a layout; inside a word of it, quotes are escaped


@dataclass(slots=True)
class Folder:
    """What came from a folder, and how well.

    Attributes:
        path: Without a name; a message or an archive is in the folder that holds it.
        failed: Files of which nothing could be read.
        partly: Files of which a part could be read.
        recognised: Pages that were recognised from an image.
        unsure: Those of them whose words are less than `UNSURE` certain.
        unknown: Documents of unknown language.
    """

    path: str
    documents: int = 0
    pages: int = 0
    failed: int = 0
    partly: int = 0
    recognised: int = 0
    unsure: int = 0
    unknown: int = 0

    @property
    def troubles(self) -> int:
        """How much there is to look at."""
        return self.failed + self.partly + self.unsure + self.unknown


class Quality:
    """Counts over one state of a catalogue."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def folders(self) -> list[Folder]:
        """Return the source folders, those with most failures first, then most to look at.

        Documents pass one by one; only the folders' counts are kept.
        """
        found: dict[str, Folder] = {}

        def of(path: str) -> Folder:
            name = folder_of(path)
            return found.setdefault(name, Folder(name))

        for path, language, pages, recognised, unsure in self._documents():
            folder = of(path)
            folder.documents += 1
            folder.pages += pages
            folder.recognised += recognised
            folder.unsure += unsure
            folder.unknown += language == UNKNOWN_LANGUAGE
        for path, is_kept in self._failures():
            if is_kept:
                of(path).partly += 1
            else:
                of(path).failed += 1
        return sorted(found.values(), key=_urgency)

    def _documents(self) -> Iterator[tuple[str, str, int, int, int]]:
        all_, pages = FACTS.c, schema.pages.c
        is_recognised = func.instr(pages.layout, _RECOGNISED) > 0
        sure = func.json_extract(pages.layout, "$.ocr_confidence")
        unsure = case((is_recognised, sure < UNSURE), else_=False)
        counted = (
            select(pages.digest, func.count().label("pages"), share(is_recognised).label("seen"),
                   share(unsure).label("unsure"))
            .group_by(pages.digest)
            .subquery()
        )  # fmt: skip
        n = counted.c
        query = select(
            all_.path, all_.language, *(func.coalesce(c, 0) for c in (n.pages, n.seen, n.unsure))
        ).join_from(FACTS, counted, n.digest == all_.digest, isouter=True)
        for row in self._connection.execute(query):
            yield row[0], row[1], row[2], row[3], row[4]

    def _failures(self) -> Iterator[tuple[str, bool]]:
        """Yield the path of each row of the ledger, and whether something of the file is kept."""
        table, documents = schema.failures.c, schema.documents.c
        kept = select(documents.digest).where(documents.digest == table.digest).exists()
        for row in self._connection.execute(select(table.path, kept)):
            yield row[0], bool(row[1])


def folder_of(path: str) -> str:
    """Return the folder of a path; of what is inside a file, the folder of that file."""
    return path.split(INSIDE, 1)[0].rpartition("/")[0] or "/"


def _urgency(folder: Folder) -> tuple[int, int, str]:
    return -folder.failed - folder.partly, -folder.troubles, folder.path
