"""Archives as documents: their list of files is the text, and each file is a member."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath

from pipeline.core.document import INSIDE, Document, Source, tiled
from pipeline.core.errors import DocumentError
from pipeline.readers.containers import Part, members_of
from pipeline.readers.sections import sections

IN_ARCHIVE = "in archive"


def archive_document(source: Source, parts: Iterable[Part]) -> Document:
    """Return the archive as a document: its name and the labels of its files, one a line.

    Raises:
        DocumentError: If it holds no files, or too much.
    """
    members = tuple(members_of(source, parts, provenance=IN_ARCHIVE))
    if not members:
        raise DocumentError(
            "is an archive without files",
            where=source.name,
            remedy="leave it out, or pack it again",
        )
    labels = [member.path.removeprefix(source.path + INSIDE) for member in members]
    lines = [source.name, "", *labels, ""]
    whole, pages = tiled(sections("\n".join(lines)))
    declared = {"title": PurePosixPath(source.name).stem.replace("_", " ")}
    return Document(source=source, text=whole, pages=pages, declared=declared, members=members)
