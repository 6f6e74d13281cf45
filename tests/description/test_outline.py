"""Numbered parts of legal texts are headings in every language, and passages follow them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.core.document import Document, Heading
from pipeline.core.spans import Span
from pipeline.description.outline import OutlineStage
from pipeline.description.passages import PassageStage
from tests.description.papers import paper

outline = OutlineStage()
cut = PassageStage()

ACT = """REGULATION ON WATER

CHAPTER I
GENERAL PROVISIONS

Article 1
Subject matter

1. This Regulation lays down rules on the water of towns.

Article 2

Member States shall report each year.

ANNEX
"""


def _found(document: Document) -> list[tuple[int, str]]:
    return [(h.level, " ".join(document.quote(h.span).split())) for h in document.headings]


def test_chapters_and_articles_have_their_titles_and_levels() -> None:
    assert _found(outline(paper(ACT))) == [
        (2, "CHAPTER I GENERAL PROVISIONS"), (4, "Article 1 Subject matter"), (4, "Article 2"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "line",
    """Article 3|Article premier|Artikel 3|Artículo 3|Articolo 3|Artigo 3|Artykuł 3|Článek 3
    Článok 3|3. člen|Članak 3.|Articolul 3|Άρθρο 3|Член 3|3 artikla|Artikkel 3|3 straipsnis|3. pants
    3. cikk|Artikolu 3|Airteagal 3""".replace("\n    ", "|").split("|"),
)  # fmt: skip
def test_an_article_is_a_heading_in_each_language(line: str) -> None:
    text = f"Before it.\n\n{line}\n\nWords of the article, which say something.\n"
    assert _found(outline(paper(text))) == [(4, line)]


def test_a_sentence_about_an_article_is_no_heading() -> None:
    assert outline(paper("Under\nArticle 3 applies to towns\nand Article 5.\n")).headings == ()


def test_other_headings_come_below_the_parts() -> None:
    text = "Article 1\n\nScope\n\nTowns.\n\nBy whom\n\nMayors.\n"
    own = Heading(Span(text.index("By whom"), text.index("By whom") + 7), 1)
    document = outline(replace(paper(text), headings=(own,)))
    assert _found(document) == [(4, "Article 1"), (5, "By whom")]


def test_passages_do_not_cross_headings_and_know_where_they_stand() -> None:
    document = cut(outline(paper(ACT, "It goes on.\n")))
    assert [(p.page, p.heading_path) for p in document.passages] == [
        (1, ()),
        (1, ("CHAPTER I GENERAL PROVISIONS", "Article 1 Subject matter")),
        (1, ("CHAPTER I GENERAL PROVISIONS", "Article 2")),
        (2, ("CHAPTER I GENERAL PROVISIONS", "Article 2")),
    ]
    assert document.quote(document.passages[1].span).startswith("CHAPTER I\n")
