"""The sample corpus keeps its promises: labels, coverage, files and text layers."""

from __future__ import annotations

import datetime
import json
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import yaml
from docx import Document

from pipeline.core.errors import MissingExtraError
from pipeline.language.langdetect_detector import LangdetectDetector
from pipeline.readers.docx import DocxReader
from pipeline.readers.ocr import Recogniser
from pipeline.readers.pdf import PdfReader
from tests.readers.drawn import needs_packs
from tests.readers.sources import source_of as source_at

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "corpus" / "sample"
PILLARS = {
    "people": "gender-equality rights-and-values disability migration-and-asylum "
    "integration-inclusion gender-based-violence social-rights future-of-europe social-dialogue",
    "partnership": "ndici culture-external dear eastern-partnership eu-africa enlargement gap-iii",
    "places": "mff-budget esf-plus european-semester recovery procurement-state-aid digital "
    "better-regulation local-investment cohesion-policy rural-development",
    "planet": "green-deal climate-fit-for-55 circular-economy environment-programme "
    "zero-pollution water energy renovation-wave sustainable-finance mobility cop26 biodiversity",
}
POLICY_FILES = {name: pillar for pillar, names in PILLARS.items() for name in names.split()}
FIELDS = ["id", "path", "work", "language", "title", "date", "kind", "institution",
          "primary", "secondary", "pages", "note"]  # fmt: skip
LARGEST_TOTAL = 3_000_000  # bytes; every clone carries the sample

Entry = dict[str, Any]
ENTRIES: list[Entry] = [
    json.loads(line)
    for line in (SAMPLE / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
]


def noted(entry: Entry, note: str) -> bool:
    return bool(entry["note"].startswith(note))


PDFS = [
    entry for entry in ENTRIES if entry["path"].endswith(".pdf") and not noted(entry, "corrupt")
]
(SCAN,) = (entry for entry in PDFS if noted(entry, "scan"))
READABLE_PDFS = [entry for entry in PDFS if not noted(entry, "scan")]
LABELLED = [entry for entry in ENTRIES if not noted(entry, "corrupt")]


def source_of(entry: Entry) -> tuple[Entry, str]:
    text = (SAMPLE / "sources" / f"{entry['id']}.md").read_text(encoding="utf-8")
    _, front_matter, body = text.split("---\n", 2)
    return yaml.safe_load(front_matter), body


def words(text: str) -> Counter[str]:
    """Words as a reader sees them: hyphens at line ends closed, markup and ligatures gone."""
    plain = unicodedata.normalize("NFKC", text).replace("\r", "")
    # pdfium gives the hyphen at the end of a line as U+FFFE (or U+0002 in older builds).
    closed = re.sub(r"[\ufffe\u0002]\n?|-\n", "", plain)
    return Counter(re.findall(r"[^\W_]{4,}", closed.replace("-", "")))


def pdf_pages(entry: Entry) -> list[str]:
    with pypdfium2.PdfDocument(SAMPLE / entry["path"]) as document:
        return [page.get_textpage().get_text_range() for page in document]


def test_the_policy_files_of_this_test_are_the_38_in_four_pillars() -> None:
    assert len(POLICY_FILES) == 38
    assert set(POLICY_FILES.values()) == {"people", "partnership", "places", "planet"}


def test_every_line_of_the_manifest_has_the_same_fields_and_a_valid_date() -> None:
    for entry in ENTRIES:
        assert list(entry) == FIELDS, entry["path"]
        assert "2021-01-01" <= entry["date"] <= "2022-12-31", entry["path"]
        datetime.date.fromisoformat(entry["date"])
    assert len({entry["id"] for entry in ENTRIES}) == len(ENTRIES)


def test_every_label_is_a_known_policy_file_and_none_is_both_primary_and_secondary() -> None:
    for entry in ENTRIES:
        labels = entry["primary"] + entry["secondary"]
        assert set(labels) <= set(POLICY_FILES), entry["path"]
        assert len(labels) == len(set(labels)), entry["path"]


def test_the_manifest_lists_exactly_the_files_that_are_there() -> None:
    there = {f"documents/{path.name}" for path in (SAMPLE / "documents").iterdir()}
    assert {entry["path"] for entry in ENTRIES} == there
    assert {entry["id"] for entry in ENTRIES} == {
        path.stem for path in (SAMPLE / "sources").iterdir()
    }


def test_file_names_with_accents_are_stored_composed() -> None:
    names = [entry["path"] for entry in ENTRIES]
    assert all(unicodedata.is_normalized("NFC", name) for name in names)
    assert any(not name.isascii() and " " in name for name in names)


def test_labels_and_languages_are_well_spread() -> None:
    languages = Counter(entry["language"] for entry in ENTRIES)
    assert len(ENTRIES) >= 36
    assert languages["en"] >= 16
    assert languages["fr"] >= 12
    assert all(languages[code] == 2 for code in ("de", "es", "it", "nl", "pl"))
    covered = {name for entry in LABELLED for name in entry["primary"]}
    assert covered == set(POLICY_FILES)
    dates = {entry["date"][:7] for entry in ENTRIES}
    assert len(dates) >= 18


def test_two_works_have_versions_in_two_languages_with_the_same_labels() -> None:
    works: dict[str, list[Entry]] = {}
    for entry in ENTRIES:
        works.setdefault(entry["work"], []).append(entry)
    pairs = [versions for versions in works.values() if len(versions) > 1]
    assert len(pairs) >= 2
    for versions in pairs:
        assert len({entry["language"] for entry in versions}) == len(versions)
        assert len({tuple(entry["primary"]) for entry in versions}) == 1


def test_the_odd_ones_are_there() -> None:
    notes = [entry["note"] for entry in ENTRIES]
    for note, number in (("scan", 1), ("corrupt", 1), ("off-topic", 2), ("bilingual", 1)):
        assert sum(text.startswith(note) for text in notes) == number, note
    off_topic = [entry for entry in ENTRIES if noted(entry, "off-topic")]
    assert all(not entry["primary"] and not entry["secondary"] for entry in off_topic)
    assert max(entry["pages"] for entry in ENTRIES) >= 8
    suffixes = Counter(Path(entry["path"]).suffix for entry in ENTRIES)
    assert suffixes[".docx"] >= 2
    assert suffixes[".html"] >= 2
    assert suffixes[".md"] == suffixes[".txt"] == 1


def test_sources_are_between_250_and_900_words_long_except_the_programme() -> None:
    for entry in ENTRIES:
        front_matter, body = source_of(entry)
        if front_matter["layout"] != "programme":
            assert 230 <= len(body.split()) <= 900, entry["id"]


def test_the_sample_stays_small() -> None:
    total = sum(path.stat().st_size for path in SAMPLE.rglob("*") if path.is_file())
    assert total < LARGEST_TOTAL


@pytest.mark.parametrize("entry", READABLE_PDFS, ids=lambda entry: entry["id"])
def test_a_pdf_carries_the_text_of_its_source(entry: Entry) -> None:
    assert (SAMPLE / entry["path"]).read_bytes().startswith(b"%PDF-")
    pages = pdf_pages(entry)
    assert len(pages) == entry["pages"]
    missing = words(source_of(entry)[1]) - words("\n".join(pages))
    # A word cut by the end of a page or a column may be lost; a line of text may not.
    assert missing.total() <= 3, missing


def test_the_scan_is_one_picture_without_text() -> None:
    assert "".join(pdf_pages(SCAN)).strip() == ""
    with pypdfium2.PdfDocument(SAMPLE / SCAN["path"]) as document:
        kinds = [item.type for item in document[0].get_objects()]
        assert kinds == [pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]


def test_the_scan_is_told_without_tesseract(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingExtraError, match="tesseract is not installed"):
        PdfReader().read(source_at(SAMPLE / SCAN["path"]))


@needs_packs("fra")
def test_the_scan_is_read_word_for_word_with_tesseract() -> None:
    document = PdfReader(Recogniser(LangdetectDetector())).read(source_at(SAMPLE / SCAN["path"]))
    missing = words(source_of(SCAN)[1]) - words(document.text)
    assert missing.total() <= 3, missing
    assert document.pages[0].layout.ocr_confidence > 0.9


def test_the_corrupt_file_starts_like_a_pdf_and_stops_in_the_middle() -> None:
    (entry,) = (entry for entry in ENTRIES if noted(entry, "corrupt"))
    content = (SAMPLE / entry["path"]).read_bytes()
    assert content.startswith(b"%PDF-")
    assert b"%%EOF" not in content
    with pytest.raises(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(content)


def test_one_title_in_the_metadata_is_bad_and_the_others_are_right() -> None:
    bad = []
    for entry in READABLE_PDFS:
        with pypdfium2.PdfDocument(SAMPLE / entry["path"]) as document:
            if document.get_metadata_dict()["Title"] != entry["title"]:
                bad.append(entry["id"])
    assert bad == ["en-climate-minutes"]


def test_a_word_document_has_its_title_its_date_and_its_headings() -> None:
    for entry in ENTRIES:
        if entry["path"].endswith(".docx"):
            document = Document(str(SAMPLE / entry["path"]))
            created = document.core_properties.created
            assert document.core_properties.title == entry["title"]
            assert created is not None
            assert created.date().isoformat() == entry["date"]
            styles = {item.style.name for item in document.paragraphs if item.style}
            assert {"Heading 1", "Heading 2"} <= styles


def test_a_word_document_is_read_with_the_words_and_headings_of_its_source() -> None:
    for entry in ENTRIES:
        if entry["path"].endswith(".docx"):
            read = DocxReader().read(source_at(SAMPLE / entry["path"]))
            missing = words(source_of(entry)[1]) - words(read.text)
            assert not missing, (entry["path"], missing)
            assert {1, 2} <= {heading.level for heading in read.headings}


def test_a_fresh_build_gives_the_same_bytes() -> None:
    builder = [sys.executable, "-B", str(ROOT / "scripts" / "make-sample"), "--check"]
    outcome = subprocess.run(builder, capture_output=True, text=True, check=False)
    assert outcome.returncode == 0, outcome.stderr
