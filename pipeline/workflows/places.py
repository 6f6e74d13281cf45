"""Where the file of a document is, to be opened at a page."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.config.workspace import Workspace
from pipeline.core.document import INSIDE
from pipeline.core.errors import CatalogueError, DocumentError
from pipeline.workflows import assemble
from pipeline.workflows.library import document


@dataclass(frozen=True, slots=True)
class Place:
    """A file on disk, and what of it is meant.

    Attributes:
        page: From 1.
        member: The document inside the file that is meant, "" where it is the file itself.
    """

    file: Path
    page: int
    member: str = ""

    @property
    def address(self) -> str:
        """The ``file:`` URI, at the page where the format has such addresses."""
        from pipeline.report.text import file_uri

        at_page = not self.member and self.file.suffix.lower() == ".pdf"
        return file_uri(str(self.file), page=self.page if at_page else None)


def place_of(workspace: Workspace, name: str, *, page: int = 1) -> Place:
    """Return the place of the one document of that id, path, file name or title.

    Raises:
        DocumentError: If there is none, or several, or its file is gone.
        CatalogueError: If the catalogue cannot be used.
    """
    return _there(document(workspace, name).source.path, page)


def place_at(workspace: Workspace, path: str, *, document: str, page: int) -> Place:
    """Return the place of a document that was at ``path``, or where it was seen since.

    Raises:
        DocumentError: If its file is gone.
    """
    try:
        return _there(path, page)
    except DocumentError:
        seen = _seen_last(workspace, document)
        if seen in ("", path):
            raise
    return _there(seen, page)


def _there(path: str, page: int) -> Place:
    """Return the file of a path; of a path that leads into a container, the container.

    Raises:
        DocumentError: If it is gone.
    """
    at = len(path)
    while at >= 0:
        if (file := Path(path[:at])).is_file():
            return Place(file, page, path[at:].removeprefix(INSIDE))
        at = path.rfind(INSIDE, 0, at)
    outermost = path.split(INSIDE, 1)[0]
    raise DocumentError(
        "is not there any more",
        where=path,
        remedy="put it back; or, where it was moved, tell fourp its new place: "
        f"`fourp ingest NEW/{Path(outermost).name}`",
    )


def _seen_last(workspace: Workspace, id_: str) -> str:
    """Return where the catalogue has a document, "" where it has not."""
    try:
        with assemble.catalogue_of(workspace) as catalogue:
            return next((found.source.path for found in catalogue.documents([id_])), "")
    except CatalogueError:  # the file that is gone is what is to be told
        return ""
