"""``fourp newsletter`` writes an issue for the public or for members, as a page or a message."""

from __future__ import annotations

import email
import shutil
from email.policy import default
from pathlib import Path

import pytest

from tests.cli.conftest import Fourp


@pytest.fixture
def root(filled: Path, tmp_path: Path) -> Path:
    shutil.copytree(filled, tmp_path / "library")
    settings = '[audience]\npublic = ["water.txt"]\n'
    (tmp_path / "library" / "fourp.toml").write_text(settings, encoding="utf-8")
    return tmp_path / "library"


def test_the_public_gets_a_page_of_what_is_public(fourp: Fourp, root: Path) -> None:
    made = fourp("--workspace", root, "newsletter", "--since", "2021", "--until", "2022")
    assert made.code == 0
    assert "Position on urban waste water" in made.out
    assert "energy efficiency" not in made.out


def test_members_get_a_message_with_all_that_is_theirs(
    fourp: Fourp, root: Path, tmp_path: Path
) -> None:
    out = tmp_path / "issue.eml"
    arguments = ["--audience", "members", "--since", "2021", "--until", "2022", "--out", out]
    made = fourp("--workspace", root, "newsletter", *arguments, "--language", "fr")
    assert (made.code, made.err) == (0, f"wrote {out}\n")
    first = out.read_bytes()
    message = email.message_from_bytes(first, policy=default)
    assert message["Subject"] == "Les nouveautés pour les membres : du 1er janvier 2021 au " + (
        "31 décembre 2022"
    )
    assert message["Content-Language"] == "fr"
    [text, _] = message.iter_parts()
    assert "Note on energy efficiency" in text.get_content()
    fourp("--workspace", root, "newsletter", *arguments, "--language", "en")
    assert message["Message-ID"] not in out.read_text(encoding="ascii")


def test_what_cannot_be_written_is_refused(fourp: Fourp, root: Path, tmp_path: Path) -> None:
    wrong = fourp("--workspace", root, "newsletter", "--out", tmp_path / "issue.pdf")
    assert (wrong.code, "no newsletter ends in .pdf" in wrong.err) == (2, True)
    wrong = fourp("--workspace", root, "newsletter", "--since", "2022", "--until", "2021")
    assert (wrong.code, "after it ends" in wrong.err) == (2, True)
    wrong = fourp("--workspace", root, "newsletter", "--audience", "secretariat")
    assert wrong.code == 2
    wrong = fourp("--workspace", root, "newsletter", "--out", tmp_path / "no" / "issue.html")
    assert (wrong.code, "cannot be written" in wrong.err) == (3, True)
