"""PDF files without their end, with torn pages, and with a notice in place of a form."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.core.document import Document
from pipeline.core.errors import DocumentError, PartlyReadError
from pipeline.readers.pdf import PdfReader
from pipeline.readers.pdf_opening import is_whole
from pipeline.readers.pdf_salvage import salvaged
from tests.readers.broken_pdfs import Body, deflated, file_of, operators, pages, stream, written
from tests.readers.sources import source_of

NUMBERS = ("One.", "Two.", "Three.", "Four.")


def _kept(path: Path) -> tuple[str, Document]:
    with pytest.raises(PartlyReadError) as error:
        PdfReader().read(source_of(path))
    assert error.value.where == path.name
    assert error.value.remedy
    return error.value.what, error.value.document


def _lines(document: Document) -> list[str]:
    return [document.quote(page.span).strip() for page in document.pages]


def _refused(path: Path) -> str:
    with pytest.raises(DocumentError) as error:
        PdfReader().read(source_of(path))
    assert not isinstance(error.value, PartlyReadError)
    return error.value.what


def test_the_pages_before_the_cut_are_kept_and_counted(tmp_path: Path) -> None:
    whole = file_of(pages(NUMBERS, tree_first=True))
    cut = whole[: whole.index(b"(Three.)")]
    what, document = _kept(written(tmp_path / "a.pdf", cut))
    assert _lines(document) == ["One.", "Two."]
    assert what.startswith("is cut short: 2 of 4 pages could be read and are kept")


def test_pages_are_kept_when_the_page_tree_is_cut_off(tmp_path: Path) -> None:
    whole = file_of(pages(NUMBERS))
    cut = whole[: whole.index(b"/Type/Pages")]
    what, document = _kept(written(tmp_path / "a.pdf", cut))
    assert _lines(document) == list(NUMBERS)
    assert what == "is cut short, but all 4 pages that it names could be read and are kept"


def test_pages_that_stand_in_another_order_are_kept_in_that_of_the_tree(tmp_path: Path) -> None:
    objects = pages(NUMBERS, tree_first=True)
    front = {n: objects.pop(n) for n in (16, 17)}  # the last page comes first in the file
    _, document = _kept(written(tmp_path / "a.pdf", file_of(front | objects, end=False)))
    assert _lines(document) == list(NUMBERS)


def test_a_page_whose_font_is_cut_off_is_not_kept_as_other_letters(tmp_path: Path) -> None:
    objects = pages(NUMBERS, tree_first=True)
    font = objects.pop(3)
    whole = file_of(objects | {3: font})
    assert _refused(written(tmp_path / "a.pdf", whole[: whole.rindex(b"3 0 obj")])) == (
        "is cut short"
    )


def test_a_page_that_inherits_its_font_is_kept_with_it(tmp_path: Path) -> None:
    objects = pages(("One.",), tree_first=True)
    objects[2] = "<</Type/Pages/Count 1/Kids[10 0 R]/Resources 4 0 R/MediaBox[0 0 595 842]>>"
    objects[10] = "<</Type/Page/Parent 2 0 R/Contents 11 0 R>>"
    _, document = _kept(written(tmp_path / "a.pdf", file_of(objects, end=False)))
    assert _lines(document) == ["One."]


def test_pages_in_object_streams_are_kept(tmp_path: Path) -> None:
    page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources 4 0 R/Contents %d 0 R>>"
    inner = {10: page % 11, 12: page % 13, 4: "<</Font<</F1 3 0 R>>>>"}
    offsets = [sum(len(b) + 1 for b in list(inner.values())[:n]) for n in range(len(inner))]
    head = " ".join(f"{n} {at}" for n, at in zip(inner, offsets, strict=True)) + " "
    packed = (head + " ".join(inner.values())).encode()
    objects: dict[int, Body] = {
        3: "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        11: stream(operators("One.")),
        13: deflated(operators("Two.")),
        7: deflated(packed, entries=f"/Type/ObjStm/N {len(inner)}/First {len(head)}"),
    }
    _, document = _kept(written(tmp_path / "a.pdf", file_of(objects, end=False)))
    assert _lines(document) == ["One.", "Two."]


def test_an_encrypted_file_without_its_end_is_not_read_as_noise(tmp_path: Path) -> None:
    content = file_of(pages(NUMBERS), end=False) + b"99 0 obj\n<</Encrypt 5 0 R>>\nendobj\n"
    assert salvaged(content) is None
    assert _refused(written(tmp_path / "a.pdf", content)) == "is cut short"


def test_a_page_tree_that_is_a_loop_ends(tmp_path: Path) -> None:
    objects = pages(("One.",), tree_first=True)
    objects[2] = "<</Type/Pages/Count 2/Kids[2 0 R 10 0 R]/Parent 2 0 R>>"
    objects[10] = "<</Type/Page/Parent 2 0 R/Contents 11 0 R/MediaBox[0 0 595 842]>>"
    salvage = salvaged(file_of(objects, end=False))
    assert salvage is None  # its resources are nowhere, and the search for them ends


def test_a_page_that_is_missing_leaves_its_place_empty_and_is_named(tmp_path: Path) -> None:
    objects = pages(NUMBERS)
    objects[12] = "null"
    path = written(tmp_path / "a.pdf", file_of(objects))
    what, document = _kept(path)
    assert what == "is damaged: page 2 of 4 cannot be read"
    assert _lines(document) == ["One.", "", "Three.", "Four."]


def test_the_end_is_found_behind_noise_longer_than_a_block(tmp_path: Path) -> None:
    whole = file_of(pages(NUMBERS))
    assert is_whole(written(tmp_path / "a.pdf", whole + b"\n" * 3_000_000))
    assert not is_whole(written(tmp_path / "b.pdf", whole + b"\n9 0 obj" + b"\n" * 3_000_000))
    assert not is_whole(written(tmp_path / "c.pdf", b"%PDF-1.7\n" + bytes(3_000_000)))


def test_a_sign_of_the_end_that_lies_across_two_blocks_is_found(tmp_path: Path) -> None:
    for after in range(2**20 - 12, 2**20 + 2):
        content = b"%PDF-1.7\n1 0 obj\n" + b"startxref" + b"\n" * after
        assert is_whole(written(tmp_path / "a.pdf", content)), after


def test_a_dynamic_form_is_told_and_its_notice_is_not_its_text(tmp_path: Path) -> None:
    notice = "Please wait... If this message is not eventually replaced, get Adobe Reader."
    for catalog in ("/NeedsRendering true", ""):
        objects = pages((notice,), catalog=f"{catalog}/AcroForm<</XFA 6 0 R/Fields[]>>")
        objects[6] = stream(b"<xdp:xdp/>")
        path = written(tmp_path / "a.pdf", file_of(objects))
        assert "form of the XFA kind" in _refused(path)


def test_a_form_that_shows_its_pages_is_read(tmp_path: Path) -> None:
    objects = pages(("Application form",), catalog="/AcroForm<</XFA 6 0 R/Fields[]>>")
    objects[6] = stream(b"<xdp:xdp/>")
    path = written(tmp_path / "a.pdf", file_of(objects))
    assert PdfReader().read(source_of(path)).text == "Application form\n"


def test_scripts_and_actions_of_a_file_do_nothing(tmp_path: Path) -> None:
    action = "<</S/JavaScript/JS(app.launchURL\\('http://127.0.0.1:9/'\\); while(1){})>>"
    objects = pages(("Harmless.",), catalog=f"/OpenAction {action}/AA<</WC {action}>>")
    path = written(tmp_path / "a.pdf", file_of(objects))
    assert PdfReader().read(source_of(path)).text == "Harmless.\n"
