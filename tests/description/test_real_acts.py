"""Titles, dates and kinds of real acts, against what the Publications Office's catalogue says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from pipeline.core.document import Document, Source
from pipeline.core.text import fold
from pipeline.description.describe import DescribeStage
from pipeline.readers.text import TextReader

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
EVERY = 5  # of the 435 works, so that the test stays short
KINDS = {"REG": "regulation", "DIR": "directive", "DEC": "decision"}
# Floors below what was measured on all 843 texts (title .992, date .987, kind 1.0 of the acts that
# are no corrigenda); the dates that differ are mostly slips of the catalogue.
TITLES, DATES, KINDS_RIGHT = 0.97, 0.95, 0.99

pytestmark = pytest.mark.skipif(
    not (DATA / "eurlex").is_dir(), reason="the real acts are not beside this repository"
)


def _acts() -> Iterator[tuple[dict[str, str], str, Document]]:
    lines = (DATA / "eurlex-works.jsonl").read_text("utf-8").splitlines()
    for work in map(json.loads, lines[::EVERY]):
        for language in ("en", "fr"):
            path = DATA / "eurlex" / f"{work['celex'].lower()}.{language}.txt"
            # A few files are scripts of the site instead of the act; a corrigendum is catalogued
            # as the act that it corrects.
            if "R(" in work["celex"] or not path.exists() or path.read_bytes()[:1] == b"{":
                continue
            source = Source(str(path), "0" * 64, "text/plain", path.stat().st_size)
            yield work, language, DescribeStage()(TextReader().read(source))


def _bare(title: str) -> str:
    title = re.sub(r"\(?(?:Text with EEA|Texte présentant de l.intérêt).*", "", title)
    return re.sub(r"[\W_]+", " ", fold(title)).strip()


def test_real_acts_are_described_as_their_catalogue_does() -> None:
    acts = list(_acts())
    assert len(acts) > 100
    titles = [
        SequenceMatcher(None, _bare(act.title), _bare(work[f"title_{code}"]), False).ratio() > 0.9
        for work, code, act in acts
    ]
    dates = [act.date == work["date"] for work, _, act in acts]
    kinds = [act.kind == KINDS[work["type"].split("_")[0]] for work, _, act in acts]
    assert sum(titles) >= TITLES * len(acts)
    assert sum(dates) >= DATES * len(acts)
    assert sum(kinds) >= KINDS_RIGHT * len(acts)
