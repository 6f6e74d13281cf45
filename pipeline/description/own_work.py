"""Own work: the name of the work that a document's own numbers say it is a version of.

Language versions of an act share its number, so the number names the work: the CELEX number for
acts, "COM(2020) 98" and the like for other papers. A consolidated text is a version of its act. A
corrigendum, an annex and a part of a working document are works of their own.
"""

from __future__ import annotations

import re

from pipeline.core.document import Document
from pipeline.core.references import Reference, Scheme, act_year_and_number, find_references
from pipeline.core.spans import Span
from pipeline.core.text import fold

_LETTERS = {"regulation": "R", "directive": "L", "decision": "D", "recommendation": "H"}
# What the number of an annex or of one of several files is followed by.
_PART = re.compile(
    r"[^\n]{0,24}\n?[^\n]{0,12}?\b(?P<what>annex(?:es|e)?|anhang|anhange|bijlagen?|allegat[oi]|anexos?|"
    r"zalacznik\w*|bilag\w*|liite|liitteet|prilog[aei]?|priloh[ay]|anexa|anexe|melleklet\w*|lisa\w*|"
    r"pielikum\w*|prieda[is]|приложени[ея]|παραρτημα\w*|anness\w*|iarscribhinn\w*|"
    r"part|partie|teil|parte|deel|czesc|del|osa|cast|dalis|dala|resz|част|μεροσ)"
    r"\s*(?P<number>\d{1,2}(?:\s?(?:/|to|-|–|a|bis)\s?\d{1,2})?)?",
)
_REACH = 60  # characters after the number in which its annex stands

# Until 1967 regulations bore their number first: Regulation No 19/65/EEC.
_EARLY_REGULATION = re.compile(r"(\d{1,4})/(5[89]|6[0-7])/(?:EEC|Euratom)")

# A file saved from EUR-Lex bears the CELEX number, the language and "TXT".
_FILE_NAME = re.compile(
    r"(?:CELEX[_: -]?)?([0-9](?:19|20)\d\d[A-Z]{1,2}\d{4}(?:R\(\d\d\))?)(?:[._-][A-Z]{2})?"
    r"(?:[._-]TXT)?",
    re.IGNORECASE,
)


def own_work(document: Document) -> str:
    """Return the name of the work, or "" where no number tells.

    The text tells before the file's name does.
    """
    own = [reference for reference in document.references if reference.own]
    if document.kind == "corrigendum":
        return _corrigendum(document)
    by_scheme: dict[Scheme, Reference] = {}
    for reference in own:
        by_scheme.setdefault(reference.scheme, reference)
    if act := by_scheme.get(Scheme.ACT):
        return _celex(act.value, document.kind)
    if celex := by_scheme.get(Scheme.CELEX):
        return _without_consolidation(celex.value)
    if paper := by_scheme.get(Scheme.DOCUMENT):
        return paper.value + _part(document.text, paper.span.end)
    for scheme in (Scheme.PARLIAMENT, Scheme.COUNCIL, Scheme.COMMITTEE):
        if numbered := by_scheme.get(scheme):
            return numbered.value
    if (published := by_scheme.get(Scheme.JOURNAL)) and "/" in published.value:
        return published.value  # "OJ L, 2024/90391": a number of one document
    return _in_file_name(document.source.name)


def _corrigendum(document: Document) -> str:
    """Return what is corrected and on which day: an act has several corrigenda.

    Language versions stand on different pages of the same day's Official Journal.
    """
    corrected = [r for r in find_references(document.title) if r.scheme is Scheme.ACT]
    if corrected and isinstance(document.origins.get("date"), Span):
        return f"{corrected[0].value} corrected {document.date}"
    return _in_file_name(document.source.name)


def _celex(value: str, kind: str) -> str:
    letter = _LETTERS.get(kind)
    if letter is None:
        return value
    if letter == "R" and (early := _EARLY_REGULATION.fullmatch(value)):
        return f"319{early[2]}R{int(early[1]):04}"
    year, number = act_year_and_number(value)
    return f"3{year}{letter}{number:04}"


def _without_consolidation(celex: str) -> str:
    """Return the CELEX number of the act: ``02018R1999-20231120`` consolidates ``32018R1999``."""
    return f"3{celex[1:10]}" if celex.startswith("0") else celex


def _part(text: str, end: int) -> str:
    after = "\n".join(fold(line) for line in text[end : end + _REACH].split("\n"))
    found = _PART.match(after)
    if not found:
        return ""
    numbers = re.findall(r"\d+", found["number"] or "")
    what = (
        "part" if found["what"][:2] in ("pa", "te", "de", "cz", "os", "ca", "da", "re") else "annex"
    )
    return " ".join([f" {what}", *numbers])


def _in_file_name(name: str) -> str:
    found = _FILE_NAME.fullmatch(name.rsplit(".", 1)[0])
    return _without_consolidation(found[1].upper()) if found else ""
