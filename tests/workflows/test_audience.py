"""Audiences: what somebody may not read is in nothing that is made for them."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.config.settings import Settings
from pipeline.config.workspace import Workspace
from pipeline.core.audience import Audience
from pipeline.core.document import Document
from pipeline.core.failures import Failure
from pipeline.core.query import Filters, Or, Query, Word
from pipeline.execution.serial import SerialExecutor
from pipeline.report.labels import labels
from pipeline.workflows import assemble, dates, library
from pipeline.workflows.audience import audience_of, set_audience
from pipeline.workflows.feeds import write_feeds
from pipeline.workflows.indexing import update_index
from pipeline.workflows.ingest import ingest
from pipeline.workflows.report import Asked, group_report, write_group_report
from pipeline.workflows.saved_searches import save
from tests import documents as papers
from tests import libraries

RULES = Settings(public=("open",), members=("between us",), secretariat=("closed",))
FOLDERS = {
    Audience.PUBLIC: "/papers/open",
    Audience.MEMBERS: "/papers/between us",
    Audience.SECRETARIAT: "/papers/closed",
}
FORMATS: tuple[Literal["html", "docx", "xlsx", "md", "csv", "json"], ...] = (
    "html", "docx", "xlsx", "md", "csv", "json",
)  # fmt: skip
SOME_DAY = datetime(2023, 6, 1, tzinfo=UTC)

audiences = st.sampled_from(Audience)


@dataclass(frozen=True)
class Paper:
    """A paper as a folder and a person make it.

    Attributes:
        folder: Of the rule that fits it.
        said: What a person says, if anybody does.
        work: Number of the work that it is a version of.
    """

    folder: Audience
    said: Audience | None
    work: int

    @property
    def audience(self) -> Audience:
        return self.said or self.folder


def secret(number: int) -> str:
    """Return a word that stands in this paper's name, title and text, and nowhere else."""
    return "zyx" + chr(ord("a") + number) * 4


def stored(workspace: Workspace, made: Sequence[Paper]) -> None:
    """Fill a workspace with papers, a failure for each, and the index."""
    documents: list[Document] = []
    for number, paper in enumerate(made):
        word = secret(number)
        documents.append(
            papers.document(
                f"Sewage is treated, says {word}. Comments may be sent until 5 May 2027 to {word}.",
                path=f"{FOLDERS[paper.folder]}/{word}.pdf",
                title=f"On {word}",
                concepts=("water", "planet"),
                work=f"work {paper.work}",
                language=("en", "fr", "de")[number % 3],
            )
        )
    with assemble.catalogue_of(workspace) as catalogue:
        catalogue.store(documents, reading_version="r", recipe_version="v")
        catalogue.fail(
            [
                Failure(replace(one.source, path=one.source.path + ".lost"), "read", "lost", "look")
                for one in documents
            ]
        )
    update_index(workspace)
    for paper, document in zip(made, documents, strict=True):
        if paper.said is not None:
            set_audience(workspace, [document], paper.said, by="Ann")


def outputs(workspace: Workspace, audience: Audience, folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of everything that is made for an audience."""
    for fmt in FORMATS:
        asked = Asked("planet", date(2020, 1, 1), date(2022, 1, 1), "en", fmt, SOME_DAY, audience)
        made = group_report(workspace, asked)
        yield fmt, made if isinstance(made, str) else _unzipped(made)
    write_feeds(workspace, folder, audience)
    for feed in folder.iterdir():
        yield feed.name, feed.read_text(encoding="utf-8")
    items = dates.agenda(workspace, since="2020-01-01", audience=audience, language="en")
    yield "ics", dates.calendar(items, labels("en")).replace(b"\r\n ", b"").decode()
    node = Or((Word("sewage"), Word("comments")))
    for query in (Query(node), Query(None)):
        found = library.search(
            workspace, replace(query, filters=Filters(audience=audience), facets=("audience",))
        )
        yield "search", str(found)
        if found.hits:
            like = library.document(workspace, found.hits[0].document)
            yield "similar", str(library.similar(workspace, like, 10, audience))


def _unzipped(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return "\n".join(
            package.read(name).decode("utf-8", "ignore") for name in package.namelist()
        )


@given(st.lists(st.builds(Paper, audiences, st.none() | audiences, st.integers(0, 2)), max_size=5))
@settings(max_examples=12, deadline=None)
def test_what_an_audience_may_not_read_is_in_nothing_that_is_made_for_it(
    made: list[Paper],
) -> None:
    with TemporaryDirectory() as folder:
        root = Path(folder)
        workspace = replace(libraries.library(root / "library"), settings=RULES)
        stored(workspace, made)
        save(workspace, "sewage", "sewage", Filters())
        for audience in Audience:
            theirs = {n for n, paper in enumerate(made) if audience.may_read(paper.audience)}
            for name, text in outputs(workspace, audience, root / f"feeds for {audience}"):
                told = {number for number in range(len(made)) if secret(number) in text}
                assert told <= theirs, (audience, name)
                if name in ("json", "html"):  # so that silence is not what passes
                    assert told == theirs, (audience, name)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A library of three papers, one of them in a folder for the secretariat."""
    made = replace(libraries.library(tmp_path / "library"), settings=RULES)
    inbox = libraries.folder(tmp_path / "open" / "inbox")
    (inbox / "closed").mkdir()
    (inbox / "energy.txt").rename(inbox / "closed" / "energy.txt")
    ingest(made, [inbox], executor=SerialExecutor())
    return made


def _audiences(workspace: Workspace) -> dict[str, str]:
    results = library.search(workspace, Query(None))
    return {hit.path.rsplit("/", 1)[-1]: hit.audience for hit in results.hits}


def _found(workspace: Workspace, audience: Audience) -> set[str]:
    results = library.search(workspace, Query(None, Filters(audience=audience)))
    return {hit.path.rsplit("/", 1)[-1] for hit in results.hits}


def test_folders_say_who_may_read_what_is_in_them(workspace: Workspace) -> None:
    assert _audiences(workspace) == {
        "water.txt": "public",
        "eau.txt": "public",
        "energy.txt": "secretariat",
    }
    assert _found(workspace, Audience.MEMBERS) == {"water.txt", "eau.txt"}


def test_other_rules_count_at_once_for_what_is_stored_and_indexed(workspace: Workspace) -> None:
    stricter = replace(workspace, settings=replace(RULES, secretariat=("inbox",)))
    assert _found(stricter, Audience.MEMBERS) == set()
    assert set(_audiences(stricter).values()) == {"secretariat"}
    assert _found(workspace, Audience.PUBLIC) == {"water.txt", "eau.txt"}


def test_an_index_that_cannot_learn_of_an_audience_does_not_tell_what_it_knew(
    workspace: Workspace,
) -> None:
    stricter = replace(workspace, settings=replace(RULES, secretariat=("water.txt",)))
    with workspace.writing():  # as by an ingest at the same time
        assert _found(stricter, Audience.PUBLIC) == {"eau.txt"}


def test_a_person_beats_the_rules_until_that_is_taken_back(workspace: Workspace) -> None:
    water = library.document(workspace, "water.txt")
    [changed] = set_audience(workspace, [water], Audience.MEMBERS, by="Ann").changed
    assert (changed.before.audience, changed.after.audience) == ("public", "members")
    assert _found(workspace, Audience.PUBLIC) == {"eau.txt"}
    ingest(workspace, [Path(water.source.path)], executor=SerialExecutor(), force=True)
    standing = audience_of(workspace, water)
    assert standing.audience is Audience.MEMBERS
    assert standing.decision is not None
    assert standing.decision.by == "Ann"
    set_audience(workspace, [water], None, by="Bea")
    assert audience_of(workspace, water).decision is None
    assert _found(workspace, Audience.PUBLIC) == {"water.txt", "eau.txt"}


def test_the_same_bytes_in_a_stricter_folder_are_for_the_fewer(
    workspace: Workspace, tmp_path: Path
) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    (closed / "copy.txt").write_text(libraries.WATER, encoding="utf-8")
    ingest(workspace, [closed], executor=SerialExecutor())
    assert _found(workspace, Audience.PUBLIC) == {"eau.txt"}
    standing = audience_of(workspace, library.document(workspace, "water.txt"))
    assert (standing.path, standing.pattern) == (str(closed / "copy.txt"), "closed")


def test_what_lies_inside_a_document_goes_with_it(workspace: Workspace, tmp_path: Path) -> None:
    inbox = tmp_path / "open" / "papers"
    inbox.mkdir()
    with zipfile.ZipFile(inbox / "papers.zip", "w") as package:
        package.writestr("note.txt", libraries.WATER.replace("Towns", "Cities"))
    ingest(workspace, [inbox], executor=SerialExecutor())
    package_, note = (library.document(workspace, name) for name in ("papers.zip", "note.txt"))
    assert audience_of(workspace, note).audience is Audience.PUBLIC
    [changed] = set_audience(workspace, [package_], Audience.SECRETARIAT, by="Ann").changed
    assert changed.inside == 1
    assert audience_of(workspace, note).audience is Audience.SECRETARIAT
    assert "note.txt" not in _found(workspace, Audience.MEMBERS)
    ingest(workspace, [inbox], executor=SerialExecutor(), force=True)
    assert audience_of(workspace, note).audience is Audience.SECRETARIAT
    set_audience(workspace, [note], Audience.MEMBERS, by="Ann")
    assert audience_of(workspace, note).audience is Audience.MEMBERS


def test_a_work_that_is_hidden_since_the_last_report_is_not_named_as_gone(
    workspace: Workspace, tmp_path: Path
) -> None:
    asked = Asked("planet", date(2021, 1, 1), date(2021, 12, 31), "en", "json", SOME_DAY)
    write_group_report(workspace, asked, tmp_path / "first.json")
    water = library.document(workspace, "water.txt")
    set_audience(workspace, [water], Audience.SECRETARIAT, by="Ann")
    later = replace(asked, since="last", made_at=datetime(2023, 7, 1, tzinfo=UTC))
    assert water.title not in str(group_report(workspace, later))
    untouched = replace(later, audience=Audience.SECRETARIAT)
    with pytest.raises(Exception, match="no report of planet for the secretariat"):
        group_report(workspace, untouched)


def test_audiences_are_counted(workspace: Workspace) -> None:
    results = library.search(workspace, Query(None, facets=("audience",)))
    assert json.dumps(results.facets["audience"]) == '{"public": 2, "secretariat": 1}'
