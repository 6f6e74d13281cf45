"""Pages are valid HTML, by the parser of the standard, and LibreOffice opens the office files."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import datetime
from pathlib import Path

import html5lib
import pytest
from hypothesis import given, settings
from lxml import html

from pipeline.report.audit_render import render_audit
from pipeline.report.changes import listing, since_report
from pipeline.report.render import render
from pipeline.report.values import Language, Report
from tests.report.audits import sample_audit
from tests.report.hostile import hostile_reports
from tests.report.pdfs import text_of
from tests.report.sample import sample_report

SOFFICE = shutil.which("soffice")


def _check(page: str) -> None:
    """Raise what is wrong with a page (WHATWG HTML, section 13.2), and with what points in it."""
    html5lib.HTMLParser(strict=True).parse(page)
    root = html.document_fromstring(page)
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in root.xpath("//a/@href") if href.startswith("#")} <= set(ids)
    assert set(root.xpath("//@aria-labelledby")) <= set(ids)
    for moment in root.xpath("//time/@datetime"):
        assert len(datetime.fromisoformat(moment).isoformat()) == len("2021-04-01T08:30:00+00:00")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_pages_are_valid(language: Language) -> None:
    report = sample_report(language)
    _check(render(report, fmt="html"))
    _check(render(since_report(report, listing(report)), fmt="html"))
    _check(render_audit(sample_audit(language), fmt="html").decode())


@settings(max_examples=25)
@given(hostile_reports())
def test_pages_with_hostile_texts_are_valid(report: Report) -> None:
    _check(render(report, fmt="html"))


@pytest.mark.skipif(SOFFICE is None, reason="files are not opened: LibreOffice is not installed")
def test_libreoffice_shows_what_a_report_says(tmp_path: Path) -> None:
    report = sample_report("fr")
    (tmp_path / "word.docx").write_bytes(render(report, fmt="docx"))
    (tmp_path / "sheets.xlsx").write_bytes(render(report, fmt="xlsx"))
    command = [str(SOFFICE), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"]
    command += ["--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    for name in ("word.docx", "sheets.xlsx"):
        subprocess.run(
            [*command, str(tmp_path / name)], check=True, capture_output=True, timeout=120,
            env=os.environ | {"HOME": str(tmp_path)},
        )  # fmt: skip
    for name in ("word.pdf", "sheets.pdf"):
        said = text_of((tmp_path / name).read_bytes())
        assert "Groupe d’experts Planète" in said
        assert "De l'eau propre" in said
        assert "broken_table.docx" in said
