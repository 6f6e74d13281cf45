"""PDF files: text, hyphens, tables, what they declare, and what is wrong with some of them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.core.errors import DocumentError, PartlyReadError
from pipeline.readers.pdf import PdfReader
from tests.readers.drawn import needs_packs
from tests.readers.pdfs import HEIGHT, LEFT, WIDTH, canvas, grid, lines, picture, written
from tests.readers.sources import source_of

ROWS = (("Country", "Year", "Share"), ("Belgium", "2021", "41 %"), ("Malta", "2022", "7 %"))


def _refused(path: Path) -> DocumentError:
    with pytest.raises(DocumentError) as error:
        PdfReader().read(source_of(path))
    assert error.value.where == path.name
    assert error.value.remedy
    return error.value


def test_each_page_of_the_file_is_a_page_of_the_document(tmp_path: Path) -> None:
    document = PdfReader().read(source_of(written(tmp_path / "a.pdf", ["One."], [], ["Three."])))
    assert [document.quote(page.span).strip() for page in document.pages] == ["One.", "", "Three."]


def test_a_word_cut_at_a_line_end_is_whole_and_the_line_ends_after_it(tmp_path: Path) -> None:
    path = written(tmp_path / "a.pdf", ["Les collecti-", "vités locales agissent."])
    assert PdfReader().read(source_of(path)).text == "Les collectivités\nlocales agissent.\n"


def test_a_compound_cut_at_its_hyphen_keeps_it_where_another_page_has_it(tmp_path: Path) -> None:
    path = written(
        tmp_path / "a.pdf", ["Une gouvernance multi-", "niveaux."], ["Le multi-niveaux."]
    )
    assert "multi-niveaux" in PdfReader().read(source_of(path)).text.splitlines()[0]


def test_a_page_with_a_grid_has_its_table_and_keeps_its_words(tmp_path: Path) -> None:
    file = canvas(tmp_path / "a.pdf")
    grid(file, ROWS)
    file.save()
    document = PdfReader().read(source_of(tmp_path / "a.pdf"))
    assert [table.rows for table in document.pages[0].layout.tables] == [ROWS]
    assert "Belgium" in document.text


def test_a_cell_of_a_thousand_words_is_read_whole(tmp_path: Path) -> None:
    file = canvas(tmp_path / "a.pdf")
    grid(file, (("Aim", "Share"), ("", "41 %")))
    file.setFont("Helvetica", 1)
    written = [" ".join(f"{10 * row + n:03}" for n in range(10)) for row in range(100)]
    for row, text in enumerate(written):
        file.drawString(LEFT + 4 + 25 * (row % 4), HEIGHT - 226 - 0.7 * (row // 4), text)
    file.save()
    rows = PdfReader().read(source_of(tmp_path / "a.pdf")).pages[0].layout.tables[0].rows
    assert sorted(rows[1][0].split()) == [f"{n:03}" for n in range(1_000)]


def test_a_table_on_a_turned_page_has_its_rows_the_right_way(tmp_path: Path) -> None:
    file = canvas(tmp_path / "a.pdf")
    file.setPageRotation(90)
    file.rotate(90)
    file.translate(0, -WIDTH)
    grid(file, ROWS, left=0)
    file.save()
    document = PdfReader().read(source_of(tmp_path / "a.pdf"))
    assert [table.rows for table in document.pages[0].layout.tables] == [ROWS]


def test_a_table_drawn_through_a_form_is_found_where_it_is_shown(tmp_path: Path) -> None:
    file = canvas(tmp_path / "a.pdf")
    file.beginForm("table")
    grid(file, ROWS)
    file.endForm()
    file.translate(20, -60)
    file.scale(0.8, 0.8)
    file.doForm("table")
    file.save()
    document = PdfReader().read(source_of(tmp_path / "a.pdf"))
    assert [table.rows for table in document.pages[0].layout.tables] == [ROWS]


def test_a_frame_around_text_is_no_table(tmp_path: Path) -> None:
    file = canvas(tmp_path / "a.pdf")
    lines(file, ["In a nutshell"])
    file.grid([50, 300, 500], [600, 700, HEIGHT - 50])
    file.save()
    assert PdfReader().read(source_of(tmp_path / "a.pdf")).pages[0].layout.tables == ()


def test_what_is_filled_into_a_form_is_read(tmp_path: Path) -> None:
    form = canvas(tmp_path / "form.pdf")
    lines(form, ["Consultation on urban waste water", "Your municipality:"])
    form.acroForm.textfield(name="town", value="Sampletown", x=72, y=600, width=300, height=20)
    form.showPage()
    lines(form, ["Another page."])
    form.save()
    first, second = PdfReader().read(source_of(tmp_path / "form.pdf")).pages
    text = PdfReader().read(source_of(tmp_path / "form.pdf")).text
    assert first.span.of(text).split() == [
        "Consultation", "on", "urban", "waste", "water", "Your", "municipality:", "Sampletown",
    ]  # fmt: skip
    assert second.span.of(text) == "Another page.\n"


def test_a_page_says_how_much_of_it_images_cover(tmp_path: Path) -> None:
    file = canvas(tmp_path / "a.pdf")
    lines(file, ["A caption."])
    picture(file, width=WIDTH, height=HEIGHT / 4)
    file.save()
    assert PdfReader().read(source_of(tmp_path / "a.pdf")).pages[0].layout.images == 0.25


def test_what_the_file_declares_is_kept(tmp_path: Path) -> None:
    file = canvas(tmp_path / "a.pdf")
    file.setTitle("Closing the loop")
    file.setAuthor("The Secretariat")
    lines(file, ["Text."])
    file.save()
    declared = PdfReader().read(source_of(tmp_path / "a.pdf")).declared
    assert declared["title"] == "Closing the loop"
    assert declared["author"] == "The Secretariat"
    assert declared["created"] == "2000-01-01"  # what an invariant file says


def test_the_largest_lines_of_the_first_page_are_kept_for_the_title(tmp_path: Path) -> None:
    file = canvas(tmp_path / "a.pdf")
    lines(file, ["Position paper"], size=12, top=60)
    lines(file, ["Clean water is", "a shared bill"], size=24)
    lines(file, ["Municipalities pay today."] * 8, top=300)
    file.save()
    document = PdfReader().read(source_of(tmp_path / "a.pdf"))
    assert document.declared["largest_text"] == "Clean water is\na shared bill"


def test_a_page_in_one_size_has_no_largest_lines(tmp_path: Path) -> None:
    document = PdfReader().read(source_of(written(tmp_path / "a.pdf", ["One.", "Another line."])))
    assert "largest_text" not in document.declared


def test_an_encrypted_pdf_is_told_with_the_way_to_open_it(tmp_path: Path) -> None:
    error = _refused(written(tmp_path / "a.pdf", ["Secret."], password="secret"))
    assert error.what == "is encrypted"
    assert "qpdf --decrypt" in error.remedy


def test_a_pdf_that_was_cut_short_is_not_read_as_if_it_were_whole(tmp_path: Path) -> None:
    path = written(tmp_path / "a.pdf", *[[f"Page {n}."] for n in range(9)])
    whole = path.read_bytes()
    for share in (0.3, 0.6, 0.9):
        path.write_bytes(whole[: int(len(whole) * share)])
        assert "cut short" in _refused(path).what or "damaged" in _refused(path).what


def test_a_pdf_cut_in_a_later_revision_is_cut_short(tmp_path: Path) -> None:
    path = written(tmp_path / "a.pdf", ["Text."])
    path.write_bytes(path.read_bytes() + b"\n99 0 obj\n<< /Type /Page")
    error = _refused(path)
    assert error.what.startswith("is cut short")
    assert isinstance(error, PartlyReadError)
    assert error.document.text == "Text.\n"


def test_bytes_before_the_header_and_after_the_end_do_no_harm(tmp_path: Path) -> None:
    path = written(tmp_path / "a.pdf", ["Text."])
    path.write_bytes(b"HTTP noise\r\n" + path.read_bytes() + b"\r\n" * 3000)
    assert "Text." in PdfReader().read(source_of(path)).text


@needs_packs()
def test_pages_of_images_among_pages_of_text_are_read(tmp_path: Path) -> None:
    file = canvas(tmp_path / "a.pdf")
    picture(file, width=WIDTH, height=HEIGHT)
    file.showPage()
    lines(file, ["Text."])
    file.save()
    document = PdfReader().read(source_of(tmp_path / "a.pdf"))
    assert [page.layout.images for page in document.pages] == [1.0, 0.0]


def test_a_pdf_without_pages_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
        b"trailer<</Root 1 0 R/Size 3>>\nstartxref\n0\n%%EOF\n"
    )
    assert _refused(path).what in ("has no pages", "is damaged and cannot be opened")


def test_the_readers_load_no_library_before_a_file_is_read() -> None:
    heavy = "{'pypdfium2', 'pdfplumber', 'pdfminer', 'lxml', 'yaml', 'charset_normalizer', 'PIL'}"
    code = f"import pipeline.readers.registry, sys; print({heavy} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
