"""Headings of official documents: the act, proposal or communication that page 1 announces."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.core.references import Scheme, find_references
from pipeline.core.spans import Span
from pipeline.core.text import fold, one_line
from pipeline.description.act_words import ACT_KINDS, ADDRESSEE, BEFORE, COMMISSION_PAPER
from pipeline.description.dates import find_dates

MOST_LINES = 14  # of a title; the longest of 435 acts in EUR-Lex PDFs takes 11
LONGEST = 1_200  # characters
FIRST_MIXED = 12  # lines; below them "Regulation (EU) ..." in small letters is the running text
FIRST_LINES = 80  # of page 1 in which a heading begins; Council documents list 40 file codes

_LINE = re.compile(r"[^\n]+")
_NUMBER = re.compile(
    r"\bn[o°ºr]\.?\s?\d|\((?:[A-ZΕ]{2,3}(?:,\s?\w+)?)\)\s*\d{4}/|\d/(?:EEC|CEE|EWG|EU|EC|CE)\b",
    re.I,
)
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_COMMISSION_PAPER = re.compile(COMMISSION_PAPER)
_ADDRESSEE = re.compile(ADDRESSEE)
_SELF_NAMED = re.compile(
    r"^(?:green paper|livre vert|grunbuch|libro verde|white paper|livre blanc|weissbuch|"
    r"proposal for an?|proposition de|vorschlag fur|propuesta de|proposta di|voorstel voor|"
    r"forslag till?|wniosek|proposta de|propunere de|navrh (?:narizeni|smernice|rozhodnuti|"
    r"nariadenia|rozhodnutia)|predlog (?:uredbe|direktive|sklepa)|prijedlog|javaslat|ehdotus|"
    r"ettepanek|priekslikums|pasiulymas|предложение за|προταση|proposta (?:ghal|li)|togra le|"
    r"corrigendum|rectificatif|berichtigung|berigtigelse|rattelse|sprostowanie|rectificatie|"
    r"rettifica|correccion de errores|retificacao|rectificare|oprava|korigendum|popravek|ispravak|"
    r"helyesbites|oikaisu|parandus|labojums|klaidu istaisymas|поправка|διορθωτικο|rettifika|"
    r"ceartuchan)\b"
)
_EEA = re.compile(r"^\s*\(?.{0,40}\b(?:EEA|EEE|EWR|EER|EOG|EØS|EES|SEE|ΕΟΧ|ЕИП|EGT|EMP|EHP)\b")
_SENTENCES = re.compile(r"[a-zà-ÿ)][.;]\s+[A-ZÀ-Þ]")
_ADOPTED = re.compile(r"\b(?:of the (?:council|commission)|du conseil|de la commission)\b")
_DATE_LINE = re.compile(r"^(?:of|du|vom|de|del|van|af|av den|z dnia|ze dne)\s+(?:\d|…|\.\.)", re.I)
_ENDS = re.compile(
    r"^(?:[\d\s]{1,4}$|\d{1,2}(?:\.\d?)*\s+\S|[ivx]{1,4}\.\s|\{|contents|table of contents|"
    r"table des matieres|sommaire|inhalt|avis juridique|indice|introduction|summary|"
    r"executive summary|explanatory memorandum|expose des motifs|begrundung|official journal|"
    r"journal officiel|amtsblatt|/\*|having regard|vu l|gestutzt|visto|vista|gelet|"
    r"uwzgledniajac|med beaktande|under henvisning|whereas|considerant|"
    r"en(?: \d+)? en|fr(?: \d+)? fr|\(\d+\)|\(\s*$|\|)"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of page 1.

    Attributes:
        title: On one line.
        kind: The act's kind, or "" where the title's words are left to say.
        span: From the heading's first line to the end of the title.
        number: The line or lines that bear the act's own number.
        dated: Whether a date inside the title is the document's own.
    """

    title: str
    kind: str
    span: Span
    number: Span
    dated: bool


def find_heading(text: str) -> Heading | None:
    """Return the first official heading among the first lines of ``text``, or nothing."""
    lines = list(_LINE.finditer(text))[:FIRST_LINES]
    for index, line in enumerate(lines):
        folded = fold(line[0].strip())
        if _SELF_NAMED.match(folded):
            return _titled(lines, index, index, kind="", dated=False)
        if _COMMISSION_PAPER.match(folded) and _is_shouted(line[0]):
            return _commission_paper(lines, index)
        kind = _act_kind(line[0], [after[0].strip() for after in lines[index + 1 : index + 4]])
        if kind:
            heading = _titled(lines, index, index, kind=kind, dated=True)
            if _is_capital(line[0]) or (index < FIRST_MIXED and _is_whole(heading.title)):
                return heading
    return None


def _is_capital(line: str) -> bool:
    """Whether the name of the act is set in capitals, as above an act and never in its text."""
    return any(word[0].isupper() for word in _WORDS.finditer(line) if fold(word[0]) in ACT_KINDS)


def _is_whole(title: str) -> bool:
    """Whether a title in small letters is one, not a sentence or a cell that names an act."""
    return (
        title[0].isalpha()
        and title[-1] not in ".,;:"
        and not _SENTENCES.search(title)
        and bool(find_dates(title) or _ADOPTED.search(fold(title)))
    )


def _act_kind(line: str, following: list[str]) -> str:
    """Return the kind of act that ``line`` is the heading of, or ""."""
    words = [fold(m[0]) for m in _WORDS.finditer(line)][:9]
    at = next((i for i, word in enumerate(words) if word in ACT_KINDS), None)
    if at is None or any(word not in BEFORE for word in words[:at]):
        return ""
    # A raised "o" breaks the line ("RÈGLEMENT (CE) N", "o", "603/2005"); decisions may have no
    # number, and drafts have dots for one: then the date line below makes it a heading.
    if not _is_number(line) and not (
        _is_shouted(line)
        and (_is_number(" ".join([line, *following])) or any(map(_DATE_LINE.match, following)))
    ):
        return ""
    return ACT_KINDS[words[at]]


def _is_number(line: str) -> bool:
    return bool(_NUMBER.search(line)) or any(
        found.scheme is Scheme.ACT for found in find_references(line)
    )


def _commission_paper(lines: list[re.Match[str]], index: int) -> Heading:
    after = index + 1
    while after < len(lines) and _is_shouted(lines[after][0]):
        if not _ADDRESSEE.search(fold(lines[after][0].strip())):
            break
        after += 1
    heading = _titled(lines, index, after, kind="", dated=False)
    return heading if heading.title else _titled(lines, index, index, kind="", dated=False)


def _titled(
    lines: list[re.Match[str]], start: int, first: int, *, kind: str, dated: bool
) -> Heading:
    """Return the heading that begins at line ``start`` and whose title begins at ``first``."""
    taken: list[str] = []
    end = lines[start].end()
    spoken = False
    for line in lines[first : first + MOST_LINES]:
        words = line[0].strip()
        if not words:
            continue
        if taken and (_ENDS.match(fold(words)) or _EEA.match(words)) and not _is_dated(words):
            break
        if spoken and _is_shouted(words):
            break  # "THE EUROPEAN PARLIAMENT AND THE COUNCIL": the preamble begins
        if sum(map(len, taken)) + len(words) > LONGEST:
            break
        # "Proposal for a" stands above a line in capitals that still belongs to the title.
        few = sum(c.isalpha() for c in words) < 4  # a raised "o", a footnote's mark
        spoken = spoken or not (few or _is_shouted(words) or _SELF_NAMED.fullmatch(fold(words)))
        words = words.split("/*")[0]
        taken.append(words.removeprefix("►B").removeprefix("▼B").strip())
        end = line.end()
    title = re.sub(r"^(?:Subject|Objet|Betreff)\s?:\s*", "", one_line(" ".join(taken)))
    return Heading(
        title,
        kind,
        Span(lines[start].start(), end),
        Span(*lines[start].span()),
        dated,
    )


def _is_dated(line: str) -> bool:
    """Whether a line begins with a date ("of", "27 November 2019 on ..."), not with a number."""
    dates = find_dates(line)
    return bool(dates) and dates[0].span.start == 0 and len(line) > len(dates[0].span)


def _is_shouted(line: str) -> bool:
    """Whether a line is set in capitals, numbers and abbreviations aside."""
    letters = [c for c in line if c.isalpha()]
    return len(letters) >= 4 and sum(c.isupper() for c in letters) >= 0.85 * len(letters)
