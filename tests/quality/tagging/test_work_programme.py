"""The Secretariat's work programme names every policy file: all are found, where it lists them."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.config.workspace import make_workspace, open_workspace
from pipeline.core.document import Document, Source
from pipeline.core.tags import Grade
from pipeline.workflows import assemble
from pipeline.workflows.discover import sources

PROGRAMME = (
    Path(__file__).resolve().parents[4]
    / "shared"
    / "mission"
    / "ccre-work-programme-2021-2022.fr.txt"
)
LISTED = {7, 8}  # pages of the list of policy files


@pytest.mark.skipif(not PROGRAMME.exists(), reason="../shared/mission is absent")
def test_every_policy_file_is_found_and_nearly_all_where_they_are_listed(tmp_path: Path) -> None:
    make_workspace(tmp_path)
    workspace = open_workspace(tmp_path)
    [source] = sources([PROGRAMME])
    assert isinstance(source, Source)
    document = assemble.process_of(workspace)()(source)
    assert isinstance(document, Document)
    files = {file.id for file in assemble.vocabulary_of(workspace).files}
    tags = [tag for tag in document.tags if tag.concept in files]
    assert len(tags) >= 38
    assert not [tag.concept for tag in tags if tag.grade is Grade.MAIN]  # it treats all of them
    at_their_place = [t for t in tags if any(one.page in LISTED for one in t.evidence)]
    assert len(at_their_place) >= 36, sorted(t.concept for t in tags if t not in at_their_place)
