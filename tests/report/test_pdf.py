"""A report as PDF: tagged, with title and language; it fetches nothing and nothing in it acts."""

from __future__ import annotations

import io
import re
import socket
import subprocess
import sys
import zlib
from pathlib import Path
from types import ModuleType

import pypdfium2
import pytest
from hypothesis import given, settings
from lxml import etree
from pypdfium2 import raw

from pipeline.core.errors import ConfigError
from pipeline.report.audit_render import render_audit
from pipeline.report.pdf import to_pdf
from pipeline.report.render import render
from pipeline.report.values import Language, Report
from tests.report.audits import sample_audit
from tests.report.hostile import hostile_reports
from tests.report.pdfs import addresses, needs_pdf, text_of
from tests.report.sample import MADE_AT, sample_report

# What would run, start, send or carry something (PDF 32000-1, tables 198, 44 and 220).
_ACTIVE = re.compile(rb"/(JavaScript|JS|Launch|SubmitForm|ImportData|EmbeddedFile|RichMedia)\b")


def _objects(content: bytes) -> bytes:
    """Return a PDF's bytes with its streams inflated."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL)
    inflated = []
    for stream in streams:
        try:
            inflated.append(zlib.decompress(stream))
        except zlib.error:
            inflated.append(stream)
    return b"\n".join((content, *inflated))


@needs_pdf
@pytest.mark.parametrize("language", ["en", "fr"])
def test_report_is_tagged_and_has_title_language_outline_and_page_numbers(
    language: Language,
) -> None:
    report = sample_report(language)
    content = render(report, fmt="pdf")
    with pypdfium2.PdfDocument(content) as file:
        assert raw.FPDFCatalog_IsTagged(file)
        assert file.get_metadata_dict()["Title"].startswith(report.group.name)
        outline = [(one.level, one.get_title()) for one in file.get_toc()]
        assert file.get_page(0).get_size() == pytest.approx((595.3, 841.9), abs=0.1)
        pages = len(file)
    assert outline[0] == (0, report.group.name)
    for section in report.sections:
        assert (1, section.subject.file.name) in outline
    objects = _objects(content)
    assert f"/Lang ({language})".encode() in objects
    assert objects.count(b"/S /Figure") == objects.count(b"/Alt (") == 3
    assert f"1 / {pages}" in text_of(content)


@needs_pdf
def test_contents_lead_to_their_pages_and_quotes_to_those_of_the_document() -> None:
    report = sample_report("en")
    content = render(report, fmt="pdf")
    links = addresses(content)
    assert links.count("") >= len(report.sections)
    assert "Mobility, p. 3" in text_of(content)
    assert "file:///library/2021/water%20paper.pdf#page=2" in links


@needs_pdf
def test_the_same_report_is_the_same_file() -> None:
    assert render(sample_report("fr"), fmt="pdf") == render(sample_report("fr"), fmt="pdf")


@needs_pdf
@pytest.mark.parametrize("language", ["en", "fr"])
def test_audit_is_a_pdf_too(language: Language) -> None:
    content = render_audit(sample_audit(language), fmt="pdf")
    assert "fourp review" in text_of(content)
    assert not _ACTIVE.search(_objects(content))


@needs_pdf
@settings(max_examples=10)  # a third of a second each
@given(hostile_reports())
def test_hostile_text_is_only_text_in_a_pdf(report: Report) -> None:
    content = render(report, fmt="pdf")
    assert not _ACTIVE.search(re.sub(rb"\((?:[^()\\]|\\.)*\)", b"", _objects(content)))
    assert all(not one or one.startswith(("file:///", "mailto:")) for one in addresses(content))
    packet = re.search(rb"<rdf:RDF.*?</rdf:RDF>", _objects(content), re.DOTALL)
    assert packet
    etree.parse(io.BytesIO(packet[0]))


@needs_pdf
def test_nothing_is_fetched_that_the_page_does_not_hold(tmp_path: Path) -> None:
    hiding = tmp_path / "hiding.css"
    hiding.write_text("p { display: none }")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        away = f"http://127.0.0.1:{server.getsockname()[1]}"
        page = (
            f'<html lang="en"><title>T</title><link rel="stylesheet" href="{away}/a.css">'
            f'<link rel="stylesheet" href="{hiding.as_uri()}"><link rel="attachment" href="{away}">'
            f'<style>@import "{away}/b.css"; p {{ background: url({away}/c.png) }}</style>'
            f'<p>Here. <img src="{away}/d.png" alt="seen"> <object data="{away}/e"></object>'
            f'<svg width="9" height="9"><image href="{away}/f.png" width="9" height="9"/></svg></p>'
        )
        assert "Here." in text_of(to_pdf(page, made_at=MADE_AT))
        with pytest.raises(TimeoutError):
            server.accept()


def test_what_is_missing_is_told_with_what_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(ConfigError, match=r'WeasyPrint.*pip install "fourp\[pdf\]"'):
        render(sample_report("en"), fmt="pdf")

    class _Loading(ModuleType):
        def __getattr__(self, name: str) -> object:
            raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setitem(sys.modules, "weasyprint", _Loading("weasyprint"))
    with pytest.raises(ConfigError, match=r"Pango.*apt-get install libpango-1\.0-0"):
        render(sample_report("en"), fmt="pdf")


@needs_pdf
def test_readers_in_the_same_process_go_on_refusing_half_images() -> None:
    code = (
        "from datetime import UTC, datetime\n"
        "from PIL import ImageFile\n"
        "from pipeline.report.pdf import to_pdf\n"
        "to_pdf('<title>x</title>', made_at=datetime.now(UTC))\n"
        "assert not ImageFile.LOAD_TRUNCATED_IMAGES\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
