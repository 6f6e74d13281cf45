"""Digests announce each work once for ever, and nothing to people who may not read it."""

from __future__ import annotations

import email
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.config.workspace import Workspace
from pipeline.core.audience import Audience
from pipeline.core.digests import State
from pipeline.core.document import Document
from pipeline.core.errors import CatalogueError, ConfigError
from pipeline.core.query import Filters
from pipeline.core.reviews import Decision, Review
from pipeline.execution.serial import SerialExecutor
from pipeline.workflows import assemble
from pipeline.workflows.audience import set_audience
from pipeline.workflows.digest import Asked, compose, plan_digests
from pipeline.workflows.ingest import ingest
from pipeline.workflows.library import document as named
from pipeline.workflows.posting import post_digests
from pipeline.workflows.saved_searches import save
from tests import libraries
from tests.documents import document
from tests.mixed import (
    NOW,
    everything,
    hidden_in,
    mixed_libraries,
    paper,
    readable,
    store,
    workspace_with,
)
from tests.subscriptions import subscribe, subscriber

WEEK = timedelta(days=7)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return workspace_with(tmp_path / "library", [subscriber()])


def _titles(workspace: Workspace, at: datetime = NOW, since: date | None = None) -> list[str]:
    """Return the titles of all works that subscribers would hear of."""
    plans = plan_digests(workspace, Asked(since=since, now=at)).plans
    return sorted(
        item.title
        for plan in plans
        if plan.is_message and plan.digest
        for item in plan.digest.items
    )


def _post(workspace: Workspace, out: Path, at: datetime = NOW) -> list[str]:
    outcome = post_digests(workspace, Asked(now=at), out=out, send=False)
    assert not outcome.failed
    return [str(one.file and one.file.name) for one in outcome.posted]


def _message(path: Path) -> EmailMessage:
    message = email.message_from_bytes(path.read_bytes(), policy=default)
    assert isinstance(message, EmailMessage)
    return message


def test_what_came_in_since_the_period_before_is_told_once(
    workspace: Workspace, tmp_path: Path
) -> None:
    store(workspace, paper("old"), at=datetime(2026, 11, 22, 23, 59, tzinfo=UTC))
    store(workspace, paper("last-week"), at=datetime(2026, 11, 23, tzinfo=UTC))
    store(workspace, paper("other", "planet"), paper("new"))
    assert _titles(workspace) == ["Title of last-week", "Title of new"]
    assert _titles(workspace, since=date(2026, 12, 1)) == ["Title of new"]
    assert len(_titles(workspace, since=date(2020, 1, 1))) == 3
    out = tmp_path / "out"
    assert _post(workspace, out) == ["north-2026-W49.eml"]
    assert _post(workspace, out) == []
    assert _titles(workspace, at=NOW + WEEK) == []
    assert _titles(workspace, at=NOW + WEEK, since=date(2026, 11, 1)) == ["Title of old"]


def test_a_period_has_one_message_and_what_comes_later_waits_for_the_next(
    workspace: Workspace, tmp_path: Path
) -> None:
    store(workspace, paper("first"))
    _post(workspace, tmp_path)
    store(workspace, paper("second"))
    [plan] = plan_digests(workspace, Asked(now=NOW)).plans
    assert plan.digest
    assert not plan.is_message
    assert _post(workspace, tmp_path) == []
    assert _post(workspace, tmp_path, at=NOW + WEEK) == ["north-2026-W50.eml"]
    one, other = (
        _message(tmp_path / "north-2026-W49.eml"),
        _message(tmp_path / "north-2026-W50.eml"),
    )
    assert one["Message-ID"] != other["Message-ID"]
    assert "Title of first" not in everything(other)


def test_new_bytes_versions_and_tags_of_a_work_that_was_told_are_no_news(
    workspace: Workspace, tmp_path: Path
) -> None:
    told = paper("told")
    store(workspace, told)
    _post(workspace, tmp_path)
    store(workspace, told.with_tags(document(concepts=("energy",)).tags))  # read anew
    store(workspace, replace(told, work="a-number"), at=NOW)  # linked: another work's id
    store(workspace, paper("papier", work="a-number", language="fr"), at=NOW + WEEK)
    assert _titles(workspace, at=NOW + WEEK) == []


def test_a_work_that_fits_only_later_is_told_then(workspace: Workspace, tmp_path: Path) -> None:
    late = paper("late", "planet")
    store(workspace, paper("first"), late)
    _post(workspace, tmp_path)
    with assemble.catalogue_of(workspace) as catalogue:
        review = Review(late.id, "energy", Decision.MAIN, by="Ann")
        catalogue.reviews.add([review])
    assert _titles(workspace, at=NOW + 3 * WEEK) == ["Title of late"]


def test_an_interest_that_is_new_does_not_bring_what_was_there_before(
    workspace: Workspace, tmp_path: Path
) -> None:
    store(workspace, paper("water"), paper("energy", "energy"))
    subscribe(workspace, [subscriber(interests={"files": ["water"]})])
    _post(workspace, tmp_path)
    subscribe(workspace, [subscriber()])
    assert _titles(workspace, at=NOW + WEEK) == ["Title of energy"]  # of the period before
    assert _titles(workspace, at=NOW + 2 * WEEK) == []


def test_a_dry_run_changes_nothing(workspace: Workspace) -> None:
    store(workspace, paper("new"))
    with sqlite3.connect(workspace.catalogue) as connection:
        before = list(connection.iterdump())
        assert _titles(workspace) == _titles(workspace) == ["Title of new"]
        assert list(connection.iterdump()) == before
    connection.close()


def test_a_message_that_was_kept_is_given_out_by_the_next_run_as_it_was(
    workspace: Workspace, tmp_path: Path
) -> None:
    store(workspace, paper("new"))
    kept = _kept(workspace)
    assert _titles(workspace) == []
    assert _post(workspace, tmp_path, at=NOW + WEEK) == ["north-2026-W49.eml"]
    assert (tmp_path / "north-2026-W49.eml").read_bytes() == kept


@pytest.mark.parametrize(
    ("change", "whom"),
    [
        ({"audience": "public"}, []),
        ({"email": "else@example.org"}, ["else@example.org"]),
        ({"id": "south", "email": "south@example.org"}, ["south@example.org"]),
    ],
)
def test_a_kept_message_is_not_given_out_to_whom_it_was_not_made_for(
    workspace: Workspace, tmp_path: Path, change: dict[str, str], whom: list[str]
) -> None:
    store(workspace, paper("new"))
    _kept(workspace)
    subscribe(workspace, [subscriber() | change])
    outcome = post_digests(workspace, Asked(now=NOW), out=tmp_path, send=False)
    assert [one.subscriber for one in outcome.withdrawn] == ["north"]
    assert [address for one in outcome.posted for address in one.outgoing.recipients] == whom


def test_a_kept_message_is_not_given_out_when_it_may_not_be_read_any_more(
    workspace: Workspace, tmp_path: Path
) -> None:
    secret, other = paper("secret"), paper("other")
    store(workspace, secret, other)
    _kept(workspace)
    set_audience(workspace, [secret], Audience.SECRETARIAT, by="Ann")
    assert _post(workspace, tmp_path) == ["north-2026-W49.eml"]
    told = everything(_message(tmp_path / "north-2026-W49.eml"))
    assert "Title of other" in told
    assert "secret" not in told
    set_audience(workspace, [secret], Audience.MEMBERS, by="Ann")
    assert _titles(workspace, at=NOW + WEEK) == ["Title of secret"]


def _kept(workspace: Workspace) -> bytes:
    """Keep the message that is due, as a run does that is killed then; return its bytes."""
    from pipeline.workflows.digest import planned, prepare

    with assemble.catalogue_of(workspace) as catalogue:
        prepare(workspace, catalogue, planned(workspace, catalogue, Asked(now=NOW)), NOW)
        [one] = catalogue.digests.outgoing(State.PREPARED)
        return catalogue.digests.message(one.number)


def test_only_one_run_gives_messages_out_and_an_ingest_may_go_on(
    workspace: Workspace, tmp_path: Path
) -> None:
    store(workspace, paper("new"))
    with workspace.posting(), pytest.raises(CatalogueError, match="is sending messages"):
        _post(workspace, tmp_path)
    with workspace.writing():
        assert _post(workspace, tmp_path)


def test_an_unknown_subscriber_is_told_with_those_there_are(workspace: Workspace) -> None:
    with pytest.raises(ConfigError, match="no subscriber 'nort'"):
        plan_digests(workspace, Asked(("nort",)))
    plans = plan_digests(workspace, Asked(("Towns of north",))).plans
    assert [plan.subscriber.id for plan in plans] == ["north"]


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, Workspace]:
    root = tmp_path_factory.mktemp("law")
    return workspace_with(root / "all", []), workspace_with(root / "theirs", [])


def _messages(workspace: Workspace, papers: Sequence[Document]) -> list[bytes]:
    """Return the messages that are due if a library holds these documents."""
    for path in workspace.catalogue.parent.glob("catalogue.sqlite*"):
        path.unlink()
    store(workspace, *papers)
    plans = plan_digests(workspace, Asked(now=NOW)).plans
    return [compose(workspace, p.subscriber, p.digest, NOW)[1] for p in plans if p.digest]


@settings(max_examples=40)
@given(mixed_libraries(), st.sampled_from(Audience))
def test_what_they_may_not_read_makes_no_difference_to_any_part_of_a_message(
    pair: tuple[Workspace, Workspace], papers: list[Document], audience: Audience
) -> None:
    theirs = readable(papers, audience)
    made = []
    for workspace, some in zip(pair, (papers, theirs), strict=True):
        subscribe(workspace, [subscriber(audience=audience.value, languages=["fr", "en"])])
        made.append(_messages(workspace, some))
    assert made[0] == made[1]
    for content in made[0]:
        message = email.message_from_bytes(content, policy=default)
        assert isinstance(message, EmailMessage)
        assert hidden_in(everything(message), audience) == []


def test_a_saved_search_tells_only_what_they_may_read(tmp_path: Path) -> None:
    workspace = workspace_with(
        tmp_path / "library",
        [
            subscriber("members", interests={"searches": ["sewers"], "files": ["water"]}),
            subscriber("public", interests={"searches": ["sewers"]}, audience="public"),
        ],
    )
    inbox = libraries.folder(tmp_path / "inbox")
    (inbox / "secret").mkdir()
    secret = libraries.WATER.replace("treatment plant", "secret plant")
    (inbox / "secret" / "hidden.txt").write_text(secret, encoding="utf-8")
    ingest(workspace, [inbox], executor=SerialExecutor())
    save(workspace, "sewers", '"small towns"', Filters())
    plans = plan_digests(workspace, Asked()).plans
    members, public = plans
    assert members.digest
    [first, other] = members.digest.chapters
    assert (first.is_search, first.name) == (True, "sewers")
    assert [(i.title, i.reasons[1].name) for i in first.items] == [
        ("Position on urban waste water", "Water")
    ]
    assert first.items[0].quote
    assert "Sewage" in first.items[0].quote.text
    assert [item.title_language for item in other.items] == ["fr"]
    assert public.digest is None
    set_audience(workspace, [named(workspace, "water.txt")], Audience.PUBLIC, by="Ann")
    assert plan_digests(workspace, Asked(("public",))).plans[0].digest


def test_an_ingest_of_the_same_files_anew_announces_nothing(tmp_path: Path) -> None:
    workspace = workspace_with(tmp_path / "library", [subscriber()])
    inbox = libraries.folder(tmp_path / "inbox")
    ingest(workspace, [inbox], executor=SerialExecutor())
    now = datetime.now(UTC)
    assert _post(workspace, tmp_path / "out", at=now)
    ingest(workspace, [inbox], executor=SerialExecutor(), force=True)
    assert _titles(workspace, at=now + WEEK) == []
