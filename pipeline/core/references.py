"""Legal references of the EU, found in any language's notation and written in one canonical way.

Notations: Interinstitutional Style Guide, part one, 1.2.2 (numbering of acts) and 3.1; CELEX
numbers as in the EUR-Lex "How CELEX numbers are composed" table; ELI as in Council conclusions
2012/C 325/02; the numbers of the Council, the Parliament and the committees as on their documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from pipeline.core.notations import community, series
from pipeline.core.spans import Span


class Scheme(StrEnum):
    """The numbering that a reference belongs to."""

    DOCUMENT = "document"  # COM(2020) 98
    PROCEDURE = "procedure"  # 2021/0203(COD)
    CELEX = "celex"  # 32008L0098
    ACT = "act"  # 91/271/EEC, (EU) 2018/1999
    JOURNAL = "journal"  # OJ L 123, 4.5.2021, p. 1; OJ L, 2024/1348
    ELI = "eli"  # eli/reg/2024/1348
    COUNCIL = "council"  # ST 12345/21 REV 1
    PARLIAMENT = "parliament"  # PE-CONS 12/21, PE 123.456v01-00, A9-0123/2021
    COMMITTEE = "committee"  # COR-2020-01234, EESC-2020-01234


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


_LETTERS = r"[^\W\d_]"
# Patterns begin with a literal character where they can: the search for one is fifty times as
# quick as that for a class of them. What stands before it is looked at only where one is found.
_DOCUMENT = re.compile(r"\(\s?((?:19|20)\d\d)\s?\)\s?0*([1-9]\d{0,4})\b")
_SLASHED = re.compile(r"/((?:19|20)\d\d)/0*([1-9]\d{0,4})\b")
_SERIES_BEFORE = re.compile(rf"(?<!\w){_LETTERS}{{1,4}}\s?$")
_PROCEDURE = re.compile(
    r"/(?<=\d/)(\d{4})\s?[A-Z]?\s?"
    r"\((COD|CNS|APP|NLE|BUD|INI|RSP|SYN|AVC|ACC|DEC|INL|INS|REG|RPS|DEA)\)"
)
_YEAR_BEFORE = re.compile(r"(?<!\w)(?:19|20)\d\d$")
# Here and below: what stands before is asked after the first character, for which alone a text is
# searched in a third of the time.
_CELEX = re.compile(
    r"([0-9CE](?<!\w[0-9CE])(?:19|20)\d\d[A-Z]{1,2}\d{4}(?:R?\(\d\d\)|-(?:19|20)\d{6})?)(?!\w)"
)
_ACT_OLD = re.compile(rf"/(?<=\d/)(\d{{1,4}})/({_LETTERS}{{2,8}})(?!\w)")
_NUMBER_BEFORE = re.compile(r"(?<![\d/])\d{1,4}$")
_ACT_NEW = re.compile(
    rf"\(({_LETTERS}{{2,8}})(?:\s?,\s?{_LETTERS}{{2,8}})?\)\s{{0,2}}"
    # "No", "n°", "Nr.", "αριθ.", "N:o"; a raised "o" may stand on a line of its own.
    r"(?:[^\s\d()/,;]{1,6}\s{0,2}(?:[oº°]\s{1,2})?)?"
    r"(\d{1,4})/(\d{1,4})(?![\d/])"
)
_EARLY_YEAR = re.compile(r"5[89]|6[0-7]")  # until 1967: "Regulation No 136/66/EEC"
# Hungarian numbers regulations as English numbers decisions ("1215/2012/EU rendelet").
_REGULATION_AFTER = re.compile(r"[^\d.;]{0,60}rendelet")
_DAY_FIRST = r"(?P<day>\d{1,2})[./ ]\s?(?P<month>\d{1,2})[./ ]\s?(?P<year>(?:19|20)\d\d)"
_YEAR_FIRST = r"(?P<year2>(?:19|20)\d\d)[. ]\s?(?P<month2>\d{1,2})[. ]\s?(?P<day2>\d{1,2})"
# "L 123, 4.5.2021, p. 1"; "L 123 vom 4.5.2021, S. 1"; "L 123., 2021.5.4., 1. o."; and from
# October 2023 on "L, 2024/1348".
_JOURNAL = re.compile(
    r"(?P<series>[LC])(?<!\w[LC])(?:,\s(?P<new>(?:202[3-9]|20[3-9]\d)/[1-9]\d{0,5})(?![\d/])|"
    rf"\s?(?P<issue>\d{{1,3}})(?:\s?(?P<part>[AEIM]))?\.?,?\s"
    rf"(?:{_LETTERS}{{1,4}}\.?\s)?(?:{_DAY_FIRST}|{_YEAR_FIRST})\.?(?:\sг\.)?"
    rf"[,;]?\s(?:{_LETTERS}{{1,4}}\.?\s?)?0*(?P<page>[1-9]\d{{0,3}})(?!\d))"
)
_ELI = re.compile(r"eli/(?<=\beli/)([a-z_]{2,16})/((?:19|20)\d\d)/(\d{1,5})(?!\d)")
_COUNCIL = re.compile(
    r"/(?<=\d/)(?:\d{1,2}/)?(\d\d)(?![\d/])"
    r"((?:\s?(?:REV|COR|ADD|INIT|AMD|EXT|DCL)\b(?:\s?\d{1,2})?)*)"
)
_COUNCIL_BEFORE = re.compile(r"(?<![\w/])(?:(ST|PE-CONS)\s?)?(\d{1,5})$")
_CHANGES = re.compile(r"([A-Z]{3,4})\s?(\d*)")
_PARLIAMENT = re.compile(r"PE(?<!\wPE)\s?(\d{3}\.\d{3})(v\d\d-\d\d)?(?!\d)")
_TABLED = re.compile(r"/(?<=\d/)((?:19|20)\d\d)(?![\d/])")
_TABLED_BEFORE = re.compile(
    r"(?<!\w)(?:(?P<tabled>[AB]\d{1,2}-\d{4})|"
    r"(?P<committee>C[DdOo]R|EESC|CESE|EWSA|AdR)\s?0*(?P<number>[1-9]\d{0,4}))$"
)
_ADOPTED = re.compile(r"_TA\(((?:19|20)\d\d)\)(\d{4})(?!\d)")
_ADOPTED_BEFORE = re.compile(r"(?<!\w)P\d{1,2}$")
_COMMITTEE = re.compile(r"-((?:19|20)\d\d)-0*([1-9]\d{0,4})(?:-\d\d-\d\d)?(?!\d)")
_COMMITTEE_BEFORE = re.compile(r"(?<!\w)(?:C[DdOo]R|EESC|CESE|EWSA|AdR)$")

_REACH = 14  # characters before a match; the longest is "PE-CONS 12345"

_Found = Iterator[tuple[Scheme, str, Span]]


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


def act_year_and_number(value: str) -> tuple[int, int]:
    """Return the year and the number of an act's canonical form.

    ``91/271/EEC`` is number 271 of 1991, ``(EC) 1907/2006`` number 1907 of 2006.
    """
    first, second = re.findall(r"\d+", value)[:2]
    in_brackets = value.startswith("(")
    year_first = _is_new(first) if in_brackets else len(first) == 2 or _is_year(first)
    year, number = (first, second) if year_first else (second, first)
    return int(_full_year(year)), int(number)


def _all(text: str, start: int, end: int) -> _Found:
    yield from _documents(text, start, end)
    for match, before in _with_before(_PROCEDURE, _YEAR_BEFORE, text, start, end):
        yield Scheme.PROCEDURE, f"{before[0]}/{match[1]}({match[2]})", _both(before, match)
    for match in _CELEX.finditer(text, start, end):
        yield Scheme.CELEX, match[1], Span(*match.span())
    yield from _acts(text, start, end)
    yield from _journals(text, start, end)
    for match in _ELI.finditer(text, start, end):
        yield Scheme.ELI, f"eli/{match[1]}/{match[2]}/{int(match[3])}", Span(*match.span())
    yield from _of_institutions(text, start, end)


def _with_before(
    pattern: re.Pattern[str], before: re.Pattern[str], text: str, start: int, end: int
) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
    """Yield the matches of ``pattern`` right before which ``before`` matches, and both matches.

    The second is one of the characters before, so only its length tells its place.
    """
    for match in pattern.finditer(text, start, end):
        if found := before.search(text[max(start, match.start() - _REACH) : match.start()]):
            yield match, found


def _both(before: re.Match[str], match: re.Match[str]) -> Span:
    return Span(match.start() - len(before[0]), match.end())


def _documents(text: str, start: int, end: int) -> _Found:
    for pattern in (_DOCUMENT, _SLASHED):
        for match, before in _with_before(pattern, _SERIES_BEFORE, text, start, end):
            if name := series(before[0].strip()):
                yield Scheme.DOCUMENT, f"{name}({match[1]}) {match[2]}", _both(before, match)


def _acts(text: str, start: int, end: int) -> _Found:
    for match, before in _with_before(_ACT_OLD, _NUMBER_BEFORE, text, start, end):
        if value := _old_act(before[0], match, text, end):
            yield Scheme.ACT, value, _both(before, match)
    for match in _ACT_NEW.finditer(text, start, end):
        abbreviation, first, second = match.groups()
        if name := community(abbreviation, int(first if _is_new(first) else second)):
            yield Scheme.ACT, f"({name}) {int(first)}/{int(second)}", Span(*match.span())


def _old_act(first: str, match: re.Match[str], text: str, end: int) -> str:
    """Return the canonical form of an act whose abbreviation stands last, or ""."""
    second, abbreviation = match.groups()
    if len(first) == 2 or _is_year(first):
        name = community(abbreviation, int(_full_year(first)))
        return f"{_short_year(first)}/{int(second)}/{name}" if name else ""
    if not (_is_year(second) or _EARLY_YEAR.fullmatch(second)):
        return ""
    name = community(abbreviation, int(second))
    if name and _REGULATION_AFTER.match(text, match.end(), end):
        return f"({name}) {int(first)}/{second}"
    return f"{int(first)}/{second}/{name}" if name else ""


def _journals(text: str, start: int, end: int) -> _Found:
    for match in _JOURNAL.finditer(text, start, end):
        part = match.groupdict()
        if part["new"]:
            value = f"OJ {part['series']}, {part['new']}"
        else:
            day, month, year = (int(part[k] or part[f"{k}2"]) for k in ("day", "month", "year"))
            issue = f"{part['issue']}{part['part'] or ''}"
            value = f"OJ {part['series']} {issue}, {day}.{month}.{year}, p. {part['page']}"
        yield Scheme.JOURNAL, value, Span(*match.span())


def _of_institutions(text: str, start: int, end: int) -> _Found:
    for match, before in _with_before(_COUNCIL, _COUNCIL_BEFORE, text, start, end):
        if before[1] == "PE-CONS":
            value = f"PE-CONS {int(before[2])}/{match[1]}{_changes(match[2])}"
            yield Scheme.PARLIAMENT, value, _both(before, match)
        elif len(before[2]) >= 4 and (before[1] or match[2]):
            yield Scheme.COUNCIL, _council(before[2], match[1], match[2]), _both(before, match)
    for match in _PARLIAMENT.finditer(text, start, end):
        yield Scheme.PARLIAMENT, f"PE {match[1]}{match[2] or ''}", Span(*match.span())
    for match, before in _with_before(_TABLED, _TABLED_BEFORE, text, start, end):
        if before["tabled"]:
            yield Scheme.PARLIAMENT, f"{before[0]}{match[0]}", _both(before, match)
        else:
            value = _committee(before["committee"], match[1], before["number"])
            yield Scheme.COMMITTEE, value, _both(before, match)
    for match, before in _with_before(_ADOPTED, _ADOPTED_BEFORE, text, start, end):
        yield Scheme.PARLIAMENT, f"{before[0]}{match[0]}", _both(before, match)
    for match, before in _with_before(_COMMITTEE, _COMMITTEE_BEFORE, text, start, end):
        yield Scheme.COMMITTEE, _committee(before[0], match[1], match[2]), _both(before, match)


def _committee(abbreviation: str, year: str, number: str) -> str:
    name = "COR" if abbreviation.lower() in ("cdr", "cor", "adr") else "EESC"
    return f"{name}-{year}-{int(number):05}"


def _council(number: str, year: str, changes: str) -> str:
    return f"ST {int(number)}/{year}{_changes(changes)}"


def _changes(text: str) -> str:
    """Return " REV 1 ADD 2" of what follows a number; "INIT", the first version, is left out."""
    found = (f" {name} {number}".rstrip() for name, number in _CHANGES.findall(text))
    return "".join(change for change in found if change != " INIT")


def _is_year(number: str) -> bool:
    return len(number) == 4 and 1957 <= int(number) <= 2099


def _is_new(first: str) -> bool:
    # "(EC) No 1999/2006": acts are numbered year first only from 2015 on.
    return _is_year(first) and int(first) >= 2015


def _full_year(year: str) -> str:
    return year if len(year) == 4 else f"19{year}"


def _short_year(year: str) -> str:
    # Acts of before 1999 are cited with two digits ("91/271/EEC"), later ones with four.
    return year[2:] if len(year) == 4 and int(year) < 1999 else year
