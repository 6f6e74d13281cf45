"""The same text has the same policy files in every language; floors may be raised, never lowered.

Measured on the half of the texts that nobody looked at when terms and matching were mended;
``scripts/bench parallel`` prints both halves, and acts in English and French besides.
"""

from __future__ import annotations

import pytest

from pipeline.config.workspace import Workspace, make_workspace, open_workspace
from tests.quality.tagging.parallel import (
    DATA,
    LANGUAGES,
    PIVOT,
    acts,
    agreements,
    held_out,
    tagged,
    telling,
    terms,
    total,
)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    root = tmp_path_factory.mktemp("workspace")
    make_workspace(root)  # the default vocabulary and model, whatever this checkout's hold
    return open_workspace(root)


def test_names_of_concepts_hold_terms_of_the_files_that_they_hold_in_english(
    workspace: Workspace,
) -> None:
    names = terms()
    if not names:
        pytest.skip(f"{DATA}/eurovoc is absent")
    found = agreements(telling(workspace, names), held_out)
    assert set(found) == set(LANGUAGES) - {PIVOT}
    assert total(found.values()).f1 >= 0.775
    assert {language: one.f1 for language, one in found.items() if one.f1 < 0.71} == {}


def test_acts_in_all_languages_get_the_files_of_the_english_act(workspace: Workspace) -> None:
    known = acts()
    texts = {
        version: path
        for version, path in known.items()
        if sum(other.key == version.key for other in known) == len(LANGUAGES)
    }
    if not texts:
        pytest.skip(f"{DATA}/eurlex24 is absent")
    shown = {version: tags.shown for version, tags in tagged(workspace, texts).items()}
    assert len({version.key for version in shown}) == 4
    found = agreements(shown, lambda _: True)
    assert total(found.values()).f1 >= 0.9, found
