"""Reasons and remedies of the failure ledger are French in a French report."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.readers.recognition import AGAIN
from pipeline.report.labels import labels
from pipeline.report.recorded import RECORDED
from pipeline.report.render import render
from pipeline.report.values import Report, Trouble
from tests.report.hostile import hostile_texts
from tests.report.sample import sample_report

PIPELINE = Path(__file__).resolve().parents[2] / "pipeline"
SPEAKERS = (
    *sorted((PIPELINE / "readers").glob("*.py")),
    PIPELINE / "core" / "recipe.py",
    PIPELINE / "execution" / "processes.py",
    PIPELINE / "workflows" / "discover.py",
)
ERRORS = frozenset({
    "DocumentError", "MissingExtraError", "PostponedError", "TransientError", "WorkerLoss",
    "Failure",
})  # fmt: skip
# What stands for what else differs, where that would hide what is said.
KNOWN = {"AGAIN": AGAIN, "told.pages_of_images()": "2 pages of images"}
FRENCH = labels("fr")


def _said(node: ast.expr | None) -> str:
    """Return a text of the source, with "7" for what differs; "" where it is made elsewhere."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=[ast.Constant(), *_] as parts):
            return "".join(map(_part, parts))
    return ""


def _part(node: ast.expr) -> str:
    if isinstance(node, ast.FormattedValue):
        return KNOWN.get(ast.unparse(node.value), "7")
    return str(node.value) if isinstance(node, ast.Constant) else ""


def _recorded() -> Iterator[tuple[str, str]]:
    """Yield each reason and remedy that stands in the source, with where."""
    for path in SPEAKERS:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ERRORS:
                given = {word.arg: word.value for word in node.keywords}
                plain = node.args[2:] if getattr(node.func, "id", "") == "Failure" else node.args
                for one in (*plain, given.get("remedy"), given.get("reason")):
                    if text := _said(one):
                        yield text, f"{path.name}:{node.lineno}"


@pytest.mark.parametrize(("text", "where"), sorted(set(_recorded())))
def test_what_a_reader_says_has_a_translation(text: str, where: str) -> None:
    assert FRENCH.ledger(text), f"{where}: add it to report/recorded.py, run scripts/translations"


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("is cut short", "est incomplet (coupé)"),
        (
            "is cut short: 3 of 9 pages could be read and are kept, numbered as they were found",
            "est incomplet (coupé)\u00a0: 3 pages sur 9 ont pu être lues et sont gardées, "
            "numérotées comme elles ont été trouvées",
        ),
        (
            "is a scan (4 pages of images), and tesseract is not installed",
            "est un document numérisé (4 pages d’images), et tesseract n’est pas installé",
        ),
        (
            "has 3 of 9 pages that could not be recognised: page 2: tesseract failed on it; "
            "pages 4-5: too few words are certain (31%)",
            "a 3 pages sur 9 qui n’ont pas pu être reconnues\u00a0: page 2\u00a0: tesseract a "
            "échoué\u202f; pages 4-5\u00a0: trop peu de mots sont sûrs (31%)",
        ),
        (
            "fetch it again from where it came and ingest it; what was read can be searched "
            "until then",
            "récupérez-le à sa source et ajoutez-le de nouveau (fourp ingest)\u202f; ce qui a été "
            "lu peut être cherché en attendant",
        ),
    ],
)
def test_reasons_are_put_together_from_their_parts(english: str, french: str) -> None:
    assert FRENCH.ledger(english) == french
    assert labels("en").ledger(english) == english


def _with(trouble: Trouble, language: str) -> Report:
    return replace(sample_report(language), failures=(trouble,))


def test_a_reason_that_nobody_foresaw_is_told_to_be_as_it_was_recorded() -> None:
    strange = Trouble("a.pdf", "/a.pdf", "read", "sings at night", "is encrypted", 1)
    usual = replace(strange, reason="is cut short")
    page = render(_with(strange, "fr"), fmt="html")
    assert '<td lang="en">sings at night</td>' in page
    assert "<td>est chiffré</td>" in page
    for fmt in ("html", "md"):
        assert FRENCH.as_recorded in render(_with(strange, "fr"), fmt=fmt)
        assert FRENCH.as_recorded not in render(_with(usual, "fr"), fmt=fmt)
        assert labels("en").as_recorded not in render(_with(strange, "en"), fmt=fmt)
    assert json.loads(render(_with(strange, "fr"), fmt="json"))["failures"][0]["reason"] == (
        strange.reason
    )


@given(st.one_of(hostile_texts, st.sampled_from(RECORDED)), hostile_texts)
def test_any_reason_is_translated_or_left_as_it_is(text: str, inner: str) -> None:
    filled = text.replace("{}", inner) if text in RECORDED else text
    assert FRENCH.ledger(filled) is None or isinstance(FRENCH.ledger(filled), str)
