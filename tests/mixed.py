"""Libraries with documents of all audiences, for tests of what leaves them."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from pipeline.config.workspace import Workspace, open_workspace
from pipeline.core.audience import Audience
from pipeline.core.document import Document
from pipeline.workflows import assemble
from tests import libraries
from tests.documents import document
from tests.subscriptions import subscribe

NOW = datetime(2026, 12, 2, 9, tzinfo=UTC)  # a Wednesday
FOLDERS = {
    "public": Audience.PUBLIC,
    "members": Audience.MEMBERS,
    "secret": Audience.SECRETARIAT,
}
RULES = """
[audience]
public = ["public"]
members = ["members"]
secretariat = ["secret"]
"""


def workspace_with(root: Path, entries: Sequence[Mapping[str, Any]]) -> Workspace:
    """Return a new workspace whose folders say who may read what, and its subscribers."""
    workspace = libraries.library(root)
    shutil.rmtree(root / "models" / "vocabulary")  # all languages would take a second to load
    (root / "fourp.toml").write_text(RULES, encoding="utf-8")
    subscribe(workspace, entries)
    return open_workspace(root)


def paper(
    name: str, *concepts: str, folder: str = "members", work: str = "", language: str = "en"
) -> Document:
    """Return a document of one sentence, in the folder of an audience."""
    return document(
        f"Sentence of {name}.\n",
        path=f"/library/{folder}/{name}.pdf",
        title=f"Title of {name}",
        concepts=concepts or ("water",),
        work=work,
        language=language,
    )


def store(workspace: Workspace, *papers: Document, at: datetime = NOW) -> None:
    """Put documents into a library, as if they came in at a time."""
    with assemble.catalogue_of(workspace) as catalogue:
        known = catalogue.known()
        catalogue.store(papers, reading_version="1", recipe_version="1")
    with sqlite3.connect(workspace.catalogue) as connection:
        for paper in papers:
            if paper.id not in known:
                moment = at.isoformat(timespec="seconds")
                connection.execute(
                    "UPDATE documents SET added_at = ? WHERE digest = ?", (moment, paper.id)
                )
    connection.close()


_folders = st.sampled_from(["public", "members", "secret"])


@st.composite
def mixed_libraries(draw: st.DrawFn) -> list[Document]:
    """Draw documents of all audiences, many of them versions of the same works."""
    papers = []
    for number in range(draw(st.integers(1, 6))):
        folder = draw(_folders)
        papers.append(
            replace(
                paper(
                    f"{folder}{number}",
                    *draw(st.sampled_from([("water",), ("energy",), ("water", "energy"), ()])),
                    folder=folder,
                    work=draw(st.sampled_from(["", "one", "two", "32021R1057"])),
                    language=draw(st.sampled_from(["en", "fr", "mt"])),
                ),
                institution=f"Institution of {folder}{number}",
                kind=f"kind of {folder}{number}",
                date=f"20{draw(st.integers(10, 30))}-01-{number + 1:02}",
            )
        )
    return papers


def readable(papers: Sequence[Document], audience: Audience) -> list[Document]:
    """Return those of some documents that an audience may read."""
    return [
        paper for paper in papers if audience.may_read(FOLDERS[paper.source.path.split("/")[2]])
    ]


def hidden_in(told: str, audience: Audience) -> list[str]:
    """Return the names of documents in a text that its readers may not know of."""
    return [
        f"{folder}{number}"
        for folder, whom in FOLDERS.items()
        for number in range(6)
        if not audience.may_read(whom) and f"{folder}{number}" in told
    ]


def everything(message: EmailMessage) -> str:
    """Return all headers and parts of a message as they are read."""
    parts = [str(part.get_content()) for part in message.walk() if not part.is_multipart()]
    return "\n".join([*(f"{name}: {value}" for name, value in message.items()), *parts])
