"""PDF pages come out in the order in which they are read, without what only pages repeat."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from pipeline.core.document import Document
from pipeline.readers.pdf import PdfReader
from tests.readers.pdfs import HEIGHT, WIDTH, canvas, grid, lines, written
from tests.readers.sources import source_of

SIZE = 9.0
PITCH = 11.0
LEFT = 60.0
# Words of our own, long enough that lines fill their column.
WORDS = (
    "towns regions villages budgets waste water energy housing transport culture sport schools "
    "forests rivers coasts islands borders mountains partners members councils mayors delegates "
    "reports opinions requests answers programmes projects measures targets deadlines reviews"
).split()
Place = tuple[float, float, str]  # left and baseline in points, and the line


def read(path: Path) -> Document:
    return PdfReader().read(source_of(path))


def _columns(count: int, rows: int, *, top: float) -> list[list[Place]]:
    """Return the lines of justified-looking columns, each line its own words."""
    choice = random.Random(count * 100 + rows)
    width = (WIDTH - 2 * LEFT - (count - 1) * 18) / count
    columns = []
    for column in range(count):
        left = LEFT + column * (width + 18)
        places = []
        for row in range(rows):
            text = f"c{column}r{row}"
            while (
                stringWidth(longer := f"{text} {choice.choice(WORDS)}", "Helvetica", SIZE) < width
            ):
                text = longer
            places.append((left, top - row * PITCH, text))
        columns.append(places)
    return columns


def _by_column(columns: Sequence[Sequence[Place]]) -> list[Place]:
    return [place for column in columns for place in column]


def _by_row(columns: Sequence[Sequence[Place]]) -> list[Place]:
    return [place for row in zip(*columns, strict=True) for place in row]


def _at_random(columns: Sequence[Sequence[Place]]) -> list[Place]:
    places = _by_column(columns)
    random.Random(7).shuffle(places)
    return places


def _drawn(path: Path, places: Sequence[Place], *, spanning: str = "") -> Path:
    page = canvas(path)
    if spanning:
        page.setFont("Helvetica", SIZE)
        page.drawString(LEFT, HEIGHT - 80, spanning)
    for left, baseline, text in places:
        page.setFont("Helvetica", SIZE)
        page.drawString(left, baseline, text)
    page.save()
    return path


@pytest.mark.parametrize("count", [2, 3])
@pytest.mark.parametrize("drawn", [_by_column, _by_row, _at_random])
def test_columns_are_read_one_after_the_other_however_they_were_drawn(
    count: int, drawn: Callable[[list[list[Place]]], list[Place]], tmp_path: Path
) -> None:
    columns = _columns(count, 40, top=HEIGHT - 110)
    path = _drawn(tmp_path / "a.pdf", drawn(columns))
    document = read(path)
    assert document.text.split() == " ".join(text for _, _, text in _by_column(columns)).split()
    assert document.pages[0].layout.columns == count


def test_a_line_across_the_columns_stays_above_them(tmp_path: Path) -> None:
    columns = _columns(2, 30, top=HEIGHT - 110)
    spanning = "A title that runs over both of the columns of this page of the brochure of towns"
    document = read(_drawn(tmp_path / "a.pdf", _by_row(columns), spanning=spanning))
    assert document.text.startswith(spanning)
    assert document.text.index("c0r29") < document.text.index("c1r0")


def test_a_table_of_two_columns_without_rules_is_read_row_by_row(tmp_path: Path) -> None:
    rows = [(f"Article {n}{', first paragraph' * (n % 3 == 0)}", f"Point {n}") for n in range(30)]
    places = [
        (left, HEIGHT - 110 - number * 20, cell)
        for number, row in enumerate(rows)
        for left, cell in zip((LEFT, LEFT + 260), row, strict=True)
    ]
    words = " ".join(read(_drawn(tmp_path / "a.pdf", places)).text.split())
    assert words == " ".join(cell for row in rows for cell in row)


def test_text_of_right_to_left_scripts_keeps_the_order_of_the_file() -> None:
    from pipeline.readers.pdf_lines import Line
    from pipeline.readers.pdf_order import in_reading_order

    hebrew = "\u05e2\u05d9\u05e8\u05d9\u05d9\u05d4 \u05de\u05e7\u05d5\u05de\u05d9\u05ea"
    given = [
        Line(hebrew, 300 - 240 * (n % 2), 500 - 240 * (n % 2), -n, -n + 10, 10, False, n)
        for n in range(20)
    ]
    assert in_reading_order(given) == (given, 1)


def _with_heads(path: Path, bodies: Sequence[str], *, head: str, foot: str) -> Path:
    page = canvas(path)
    for number, body in enumerate(bodies, start=1):
        page.setFont("Helvetica", 8)
        page.drawString(LEFT, HEIGHT - 30, head.format(number))
        lines(page, body.split("\n"))
        page.setFont("Helvetica", 8)
        page.drawString(WIDTH / 2, 30, foot.format(number))
        page.showPage()
    page.save()
    return path


BODIES = [f"They met on day {n * n}.\nThere were {n * 3} towns." for n in range(2, 7)]


def test_running_heads_and_page_numbers_are_layout_facts_and_no_text(tmp_path: Path) -> None:
    path = _with_heads(tmp_path / "a.pdf", BODIES, head="Bulletin of towns, May", foot="- {} -")
    document = read(path)
    assert document.text.split() == " ".join(BODIES).split()
    assert document.pages[3].layout.furniture == ("Bulletin of towns, May", "- 4 -")


def test_first_lines_that_differ_in_their_figures_are_text(tmp_path: Path) -> None:
    bodies = [f"Grants paid to towns: {n * n * 137} euro" for n in range(1, 7)]
    document = read(written(tmp_path / "a.pdf", *([body, "More."] for body in bodies)))
    assert all(body in document.text for body in bodies)


def test_a_page_that_says_only_what_others_say_is_not_left_empty(tmp_path: Path) -> None:
    document = read(written(tmp_path / "a.pdf", *[["This page is blank on purpose."]] * 4))
    assert all(document.quote(page.span).strip() for page in document.pages)


def test_the_head_of_the_official_journal_is_known_on_a_single_page(tmp_path: Path) -> None:
    head = "26.4.2023 EN Official Journal of the European Union L 111/1"
    path = _with_heads(tmp_path / "a.pdf", BODIES[:1], head=head, foot="1/1")
    assert read(path).pages[0].layout.furniture == (head, "1/1")


def _with_note(page: Canvas, *, left: float, note: str, body: Sequence[str]) -> None:
    page.setFont("Helvetica", 11)
    for row, text in enumerate(body):
        page.drawString(left, HEIGHT - 100 - row * 14, text)
    page.setFont("Helvetica", 7)
    page.drawString(left, 80, note)


def test_footnotes_stand_after_the_text_of_their_page(tmp_path: Path) -> None:
    page = canvas(tmp_path / "a.pdf")
    body = [
        "Towns treat their waste water",
        "in plants of their own, which",
        "they share with others",
    ]
    _with_note(page, left=LEFT, note="(1) Directive on water.", body=[*body, *body, *body])
    _with_note(page, left=LEFT + 250, note="(2) Not yet published.", body=[*body, *body, *body])
    page.save()
    document = read(tmp_path / "a.pdf")
    assert document.text.endswith("(1) Directive on water.\n(2) Not yet published.\n")


def test_the_sign_of_a_note_is_parted_from_its_word_and_a_square_metre_is_not(
    tmp_path: Path,
) -> None:
    page = canvas(tmp_path / "a.pdf")
    text = page.beginText(LEFT, HEIGHT - 100)
    for words, size, rise in (
        ("under this legislation", 11, 0), ("25", 6, 4), (", on 300 km", 11, 0), ("2", 6, 4),
        (" of land", 11, 0),
    ):  # fmt: skip
        text.setFont("Helvetica", size)
        text.setRise(rise)
        text.textOut(words)
    page.drawText(text)
    page.save()
    assert read(tmp_path / "a.pdf").text == "under this legislation 25, on 300 km2 of land\n"


def test_a_word_that_the_end_of_the_page_cuts_is_whole_on_the_first(tmp_path: Path) -> None:
    document = read(written(tmp_path / "a.pdf", ["For all munici-"], ["palities of the region."]))
    first, second = (document.quote(page.span) for page in document.pages)
    assert first.split() == ["For", "all", "municipalities"]
    assert second.split() == ["of", "the", "region."]


def test_a_first_half_before_and_keeps_its_hyphen_and_the_space(tmp_path: Path) -> None:
    path = written(tmp_path / "a.pdf", ["Regeln der Land-", "und Forstwirtschaft."])
    assert "Land- und Forstwirtschaft" in " ".join(read(path).text.split())


def test_paragraphs_are_parted_by_an_empty_line(tmp_path: Path) -> None:
    page = Canvas(str(tmp_path / "a.pdf"), pagesize=A4, invariant=1)
    lines(page, ["First line,", "second line."], top=100)
    lines(page, ["Another paragraph", "of two lines."], top=150)
    page.save()
    assert read(tmp_path / "a.pdf").text == (
        "First line,\nsecond line.\n\nAnother paragraph\nof two lines.\n"
    )


def test_rows_of_a_ruled_table_beside_text_stay_together(tmp_path: Path) -> None:
    page = canvas(tmp_path / "a.pdf")
    lines(page, ["Text before the table of the funds."], top=100)
    rows = [["Fund", "Budget"], *([f"Fund {n}", f"{n} million"] for n in range(8))]
    grid(page, rows)
    lines(page, ["Text after it."], top=460)
    page.save()
    words = " ".join(read(tmp_path / "a.pdf").text.split())
    assert "Fund 3 3 million Fund 4 4 million" in words
    assert words.endswith("Text after it.")
