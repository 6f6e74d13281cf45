"""Legal references of the EU, found in any language's notation and written in one canonical way.

Notations: Interinstitutional Style Guide, part one, 1.2.2 (numbering of acts) and 3.1; CELEX
numbers as in the EUR-Lex "How CELEX numbers are composed" table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from pipeline.core.spans import Span


class Scheme(StrEnum):
    """The numbering that a reference belongs to."""

    DOCUMENT = "document"  # COM(2020) 98
    PROCEDURE = "procedure"  # 2021/0203(COD)
    CELEX = "celex"  # 32008L0098
    ACT = "act"  # 91/271/EEC, (EU) 2018/1999


@dataclass(frozen=True, slots=True)
class Reference:
    """A legal reference and where it stands.

    Attributes:
        scheme: Its numbering.
        value: Canonical form ("COM(2020) 98", "91/271/EEC", "(EU) 2018/1999").
        span: Where it stands in the document's text.
        own: Whether the document is that act itself, not a text that cites it.
    """

    scheme: Scheme
    value: str
    span: Span
    own: bool = False


# The Union's abbreviation in its own languages, by what it stands for. Greek and Bulgarian use
# their own letters; Irish AE is left out, it is also a Latin ending.
_COMMUNITY = {
    "EU": ("EU", "UE", "ΕΕ", "ЕС", "ES", "EL", "ELi", "AE"),
    "EC": ("EC", "CE", "EG", "EF", "EK", "EY", "ΕΚ", "ЕО", "EÜ", "WE", "KE", "EB", "ES"),
    "EEC": ("EEC", "CEE", "EWG", "EEG", "EØF", "ETY", "ΕΟΚ", "ЕИО", "EHS", "EMÜ", "EGK", "EEK",
            "EWG", "EGS", "EEĠ", "KEE", "EEB"),
    "Euratom": ("Euratom", "EURATOM", "Евратом", "Ευρατόμ"),
}  # fmt: skip
_CANONICAL = {spelling: name for name, all_ in reversed(_COMMUNITY.items()) for spelling in all_}
# Czech, Slovak, Slovene, Croatian and Lithuanian "ES" is EC before Lisbon; numbers tell which.
_SUFFIX = "|".join(sorted(map(re.escape, _CANONICAL), key=len, reverse=True))

_DOCUMENT = re.compile(
    r"\b(COM|SWD|JOIN|SEC|C)\s?(?:\(\s?((?:19|20)\d\d)\s?\)\s?|/((?:19|20)\d\d)/0*)(\d{1,5})\b"
)
_PROCEDURE = re.compile(
    r"\b((?:19|20)\d\d)/(\d{4})\s?[A-Z]?\s?\((COD|CNS|APP|NLE|BUD|INI|RSP|SYN|AVC)\)"
)
_CELEX = re.compile(r"\b([1-9CE](?:19|20)\d\d(?:[A-Z]{1,2})\d{4}(?:R\(\d\d\))?)(?!\w)")
_ACT_OLD = re.compile(rf"(?<![\d/])((?:19|20)?\d\d)/(\d{{1,4}})/({_SUFFIX})(?!\w)")
_ACT_NEW = re.compile(
    rf"\(({_SUFFIX})(?:\s?,\s?(?:{_SUFFIX}))?\)\s{{0,2}}"
    r"(?:(?:No|N°|Nº|nº|n°|n\.|Nr\.?|nr\.?|č\.|št\.|br\.|αριθ\.|№|numru|Uimh\.)\s{0,2})?"
    r"(\d{1,4})/(\d{1,4})(?![\d/])"
)


def find_references(text: str, *, start: int = 0, end: int | None = None) -> list[Reference]:
    """Return the legal references in ``text[start:end]``, in the order in which they stand."""
    stop = len(text) if end is None else end
    found: dict[tuple[int, int], Reference] = {}
    for scheme, value, span in _all(text, start, stop):
        found.setdefault((span.start, span.end), Reference(scheme, value, span))
    return sorted(found.values(), key=lambda r: (r.span.start, -r.span.end))


def canonical(text: str) -> str | None:
    """Return the canonical form of the first reference in ``text``, or nothing."""
    found = find_references(text)
    return found[0].value if found else None


def _all(text: str, start: int, end: int) -> Iterator[tuple[Scheme, str, Span]]:
    for match in _DOCUMENT.finditer(text, start, end):
        series, year, slashed, number = match.groups()
        yield Scheme.DOCUMENT, f"{series}({year or slashed}) {int(number)}", Span(*match.span())
    for match in _PROCEDURE.finditer(text, start, end):
        year, number, kind = match.groups()
        yield Scheme.PROCEDURE, f"{year}/{number}({kind})", Span(*match.span())
    for match in _CELEX.finditer(text, start, end):
        yield Scheme.CELEX, match[1], Span(*match.span())
    for match in _ACT_OLD.finditer(text, start, end):
        year, number, suffix = match.groups()
        community = _community(suffix, int(_full_year(year)))
        yield Scheme.ACT, f"{_short_year(year)}/{int(number)}/{community}", Span(*match.span())
    for match in _ACT_NEW.finditer(text, start, end):
        suffix, first, second = match.groups()
        year = int(first) if _is_year(first) and not _is_year_after(second, first) else int(second)
        community = _community(suffix, year)
        yield Scheme.ACT, f"({community}) {int(first)}/{int(second)}", Span(*match.span())


def _community(suffix: str, year: int) -> str:
    if suffix == "ES":
        return "EU" if year > 2009 else "EC"
    return _CANONICAL[suffix]


def _is_year(number: str) -> bool:
    return len(number) == 4 and 1957 <= int(number) <= 2099


def _is_year_after(second: str, first: str) -> bool:
    # "(EC) No 1999/2006": acts are numbered year first only from 2015 on.
    return _is_year(second) and int(first) < 2015


def _full_year(year: str) -> str:
    return year if len(year) == 4 else f"19{year}"


def _short_year(year: str) -> str:
    # Acts of before 1999 are cited with two digits ("91/271/EEC"), later ones with four.
    return year[2:] if len(year) == 4 and int(year) < 1999 else year
