"""OutlineStage: the parts that legal texts number, added to the headings that a reader found.

"Article 5" on a line of its own is a heading in every format and language, whether or not its
letters stand out. The words for the parts are those of the Joint Practical Guide and the
Interinstitutional Style Guide (2.1, structure of an act) in the languages of the EU.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.core.document import Document, Heading
from pipeline.core.spans import Span
from pipeline.core.text import fold

_PARTS = """part partie teil parte deel del czesc cast partea μερος част osa dalis dala resz parti
    cuid title titre titel titulo titolo tytul hlava naslov dio titlul τιτλος дял osasto jaotis
    sadala cim titolu teideal avdelning afsnit annex annexe anhang anexo allegato bijlage zalacznik
    priloha priloga prilog anexa παραρτημα приложение liite lisa priedas pielikums melleklet anness
    iarscribhinn bilaga bilag"""
_CHAPTERS = """chapter chapitre kapitel capitulo capitolo hoofdstuk rozdzial kapitola poglavje
    poglavlje capitolul κεφαλαιο глава luku peatukk skyrius nodala fejezet kapitolu caibidil"""
_SECTIONS = """section abschnitt seccion sezione seccao afdeling sekcja oddzial oddil oddiel oddelek
    odjeljak sectiunea τμημα раздел jakso jagu skirsnis iedala szakasz taqsima roinn avsnitt"""
_ARTICLES = """article artikel articulo articolo artigo artykul clanek clanok clen clanak articolul
    αρθρο член artikla artikkel straipsnis pants cikk artikolu airteagal"""
_LEVELS = {
    word: level
    for level, words in enumerate((_PARTS, _CHAPTERS, _SECTIONS, _ARTICLES), start=1)
    for word in words.split()
}
LONGEST_TITLE = 160  # characters
_NUMBER = r"(?:\d{1,3}[a-z]{0,2}|[IVXLC]{1,7}|premier|unique|unico|único|1er)"
_PART = re.compile(
    rf"^[ \t]*(?:([^\W\d_]{{3,16}})[ \t]+{_NUMBER}|{_NUMBER}\.?[ \t]+([^\W\d_]{{3,16}}))\.?[ \t]*"
    r"(?:[-–—:][ \t]*\S[^\n]{0,150})?$",
    re.MULTILINE,
)
_WORDS_AFTER = re.compile(r"\S")
_TITLE = re.compile(
    r"\s*\n[ \t]*([^\W\d_a-z][^\n]*[^\s.;:,])[ \t]*\n(?:\s*\n|[ \t]*(?![^\W\d_A-Z]))"
)


class OutlineStage:
    """Adds the numbered parts of a legal text to a document's headings."""

    name = "outline"
    version = "1"

    def __call__(self, document: Document) -> Document:
        """Return the document with the headings that its readers find, and its numbered parts.

        A part's own title, the line below its number, belongs to its heading; other headings
        come below the parts.
        """
        parts = list(_parts(document.text, document.headings))
        parts = [p for p in parts if not document.page_at(p.span.start).layout.contents]
        if not parts:
            return document
        others = [
            heading
            for heading in document.headings
            if not any(
                h.span.start < heading.span.end and heading.span.start < h.span.end for h in parts
            )
        ]
        lowest = max(part.level for part in parts)
        lowered = [replace(h, level=h.level + lowest) for h in others]
        return replace(
            document, headings=tuple(sorted([*parts, *lowered], key=lambda h: h.span.start))
        )


def _parts(text: str, headings: Sequence[Heading]) -> Iterator[Heading]:
    by_start = {heading.span.start: heading for heading in headings}
    for match in _PART.finditer(text):
        level = _LEVELS.get(fold(match[1] or match[2]))
        if level is None:
            continue
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        end = match.start() + len(match[0].rstrip())
        yield Heading(Span(start, _end_of_title(text, start, end, by_start)), level)


def _end_of_title(text: str, start: int, end: int, by_start: dict[int, Heading]) -> int:
    """Return where the part's heading ends, its title included."""
    own = by_start.get(start)
    if own and own.span.end > end:
        return own.span.end
    following = _WORDS_AFTER.search(text, end)
    if following and following.start() in by_start:
        return by_start[following.start()].span.end
    if by_start:
        return end  # the reader sees letters: what it takes for text is no title
    title = _TITLE.match(text, end)
    return title.end(1) if title and len(title[1]) <= LONGEST_TITLE else end
