"""Newsletters hold what is new for all of an audience, and nothing that it may not read."""

from __future__ import annotations

import email
from datetime import date
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.config.workspace import Workspace
from pipeline.core.audience import Audience
from pipeline.core.document import Document
from pipeline.workflows.newsletter import Issue, newsletter
from tests.mixed import NOW, everything, hidden_in, mixed_libraries, readable, store, workspace_with


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, Workspace]:
    root = tmp_path_factory.mktemp("law")
    return workspace_with(root / "all", []), workspace_with(root / "theirs", [])


def _issue(workspace: Workspace, papers: list[Document], audience: Audience) -> bytes:
    for path in workspace.catalogue.parent.glob("catalogue.sqlite*"):
        path.unlink()
    store(workspace, *papers)
    issue = Issue(audience, date(2011, 1, 1), date(2029, 12, 31), "fr", NOW)
    return newsletter(workspace, issue, "eml")


@settings(max_examples=12)
@given(mixed_libraries(), st.sampled_from([Audience.PUBLIC, Audience.MEMBERS]))
def test_what_they_may_not_read_makes_no_difference_to_any_part_of_an_issue(
    pair: tuple[Workspace, Workspace], papers: list[Document], audience: Audience
) -> None:
    content = _issue(pair[0], papers, audience)
    assert content == _issue(pair[1], readable(papers, audience), audience)
    message = email.message_from_bytes(content, policy=default)
    assert isinstance(message, EmailMessage)
    assert hidden_in(everything(message), audience) == []
