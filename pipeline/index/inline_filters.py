"""Inline filters: ``lang:fr`` and the like, among the words of a query.

::

    pillar:planet              a pillar by its id or a name            pilier:
    file:water                 a policy file by its id or a name       dossier: fiche:
    group:planet               the policy files of an expert group     groupe:
    lang:fr,en                 languages of the passage                langue:
    year:2021..2023            also 2021, 2021.., ..2023-06            année:
    since:2021-03 until:2023   both included                           depuis: avant:
    kind:opinion               kind:"staff working document"           type:
    institution:commission                                             institution:
    audience:public            what the public, members ... may read   audience: lecteurs:
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pipeline.core.audience import Audience, least_reading, strictest
from pipeline.core.query import Filters
from pipeline.core.spans import Span
from pipeline.core.text import fold
from pipeline.index.query_errors import wrong

# What people type before the colon, folded, to what it means.
_FIELDS = {
    "pillar": "pillar", "pilier": "pillar",
    "file": "file", "dossier": "file", "fiche": "file",
    "group": "group", "groupe": "group",
    "lang": "lang", "language": "lang", "langue": "lang",
    "year": "year", "annee": "year", "date": "year",
    "since": "since", "depuis": "since",
    "until": "until", "avant": "until",
    "kind": "kind", "type": "kind",
    "institution": "institution",
    "audience": "audience", "lecteurs": "audience",
    "title": "title", "titre": "title",
    "ref": "ref", "reference": "ref",
}  # fmt: skip
_AUDIENCES = {
    **{audience.value: audience.value for audience in Audience},
    "membres": Audience.MEMBERS.value,
}
_NAMED = re.compile(r"([^\W\d_]+):(?=\S)")
_AROUND = ' "“”„«»'  # of a value in a list
_SHORT = 2  # letters that are nearly too many names: "re:" is no "ref:"
_ALIKE = 0.8  # of difflib; "pilar" is .91 of "pillar"
_DATE = r"\d{4}(?:-\d\d(?:-\d\d)?)?"
_RANGE = re.compile(rf"({_DATE})?(\.\.)?({_DATE})?", re.ASCII)
_FIRST_DAY = "0000-01-01"  # what a date that is told in part begins with, and ends with
_LAST_DAY = "9999-99-99"
_LANGUAGE = re.compile(r"[a-z]{2,3}")


@dataclass(frozen=True, slots=True)
class Given:
    """A filter as it was typed.

    Attributes:
        span: Of the value in the line.
    """

    field: str
    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class Known:
    """What filters may name: ids by their folded names, ids themselves among them.

    Attributes:
        groups: Policy files of each expert group, by the folded names of the group.
    """

    pillars: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def field_at(line: str, at: int) -> str | None:
    """Return the field whose name and a colon stand at ``at``.

    Raises:
        QueryError: If it is nearly the name of one.
    """
    named = _NAMED.match(line, at)
    if named is None:
        return None
    name = fold(named[1])
    if name not in _FIELDS:
        some = _FIELDS if len(name) > _SHORT else ()
        near = difflib.get_close_matches(name, some, n=1, cutoff=_ALIKE)
        if not near:
            return None
        remedy = f"did you mean {near[0]}:? To look for the word itself, put it in quotes"
        raise wrong(line, at, f"has no field {named[1]}:", remedy)
    return _FIELDS[name]


def filters_of(line: str, given: Iterable[Given], known: Known | None) -> Filters:
    """Return what the filters say together.

    Raises:
        QueryError: If one cannot be.
    """
    filters = Filters()
    for one in given:
        filters = merged(filters, _filters(line, one, known))
    return filters


def merged(one: Filters, other: Filters) -> Filters:
    """Return what both say: any of the values of each field, the later start, the earlier end."""
    untils = [until for until in (one.until, other.until) if until]
    # A month lasts as long as its last day: of "2021" and "2021-06" the second ends first.
    return Filters(
        pillars=_both(one.pillars, other.pillars),
        files=_both(one.files, other.files),
        languages=_both(one.languages, other.languages),
        kinds=_both(one.kinds, other.kinds),
        institutions=_both(one.institutions, other.institutions),
        since=max(one.since, other.since),
        until=min(untils, key=lambda until: until + _LAST_DAY[len(until) :], default=""),
        audience=least_reading(one.audience, other.audience),
    )


def _both(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one + other))


def _filters(line: str, given: Given, known: Known | None) -> Filters:
    values = list(_values(line, given))
    if not values:
        raise wrong(line, given.span.start, "has a field without a value", "put one behind the :")
    match given.field:
        case "year" | "since" | "until":
            return _dates(line, given)
        case "lang":
            return Filters(languages=tuple(_language(line, *value) for value in values))
        case "kind":
            return Filters(kinds=tuple(value.lower() for value, _ in values))
        case "institution":
            return Filters(institutions=tuple(value.lower() for value, _ in values))
        case "audience":
            return Filters(audience=_audience(line, values))
        case "pillar":
            ids = known.pillars if known else None
            return Filters(pillars=_ids(line, values, "pillar", ids))
        case "file":
            ids = known.files if known else None
            return Filters(files=_ids(line, values, "policy file", ids))
    groups = known.groups if known else {}
    names = _ids(line, values, "expert group", {name: name for name in groups})
    return Filters(files=tuple(file for name in names for file in groups[name]))


def _audience(line: str, values: Sequence[tuple[str, int]]) -> str:
    """Return who must be allowed to read what is found; "public,members" is any of both."""
    named = (identified(v, "audience", _AUDIENCES, line=line, at=at) for v, at in values)
    return strictest(map(Audience, named)).value


def _values(line: str, given: Given) -> Iterator[tuple[str, int]]:
    """Yield the values of a filter, which stand between commas, and where each stands."""
    at = line.index(given.value, given.span.start)
    for part in given.value.split(","):
        if value := part.strip(_AROUND):
            yield value, at + part.index(value)
        at += len(part) + 1


def _ids(
    line: str, values: Sequence[tuple[str, int]], what: str, known: Mapping[str, str] | None
) -> tuple[str, ...]:
    if known is None:
        return tuple(value for value, _ in values)
    return tuple(identified(value, what, known, line=line, at=at) for value, at in values)


def identified(value: str, what: str, known: Mapping[str, str], *, line: str, at: int) -> str:
    """Return the id of what is named ``value``.

    Raises:
        QueryError: If nothing is.
    """
    name = fold(value)
    if name in known:
        return known[name]
    near = difflib.get_close_matches(name, known, n=8, cutoff=0.6)
    some = list(dict.fromkeys(known[one] for one in near))[:3] or sorted(set(known.values()))[:8]
    remedy = f"{'did you mean' if near else 'there are'} {', '.join(some)}{'?' if near else ' ...'}"
    if not some:
        remedy = "there is none yet"
    raise wrong(line, at, f"has no {what} {value}", remedy)


def _dates(line: str, given: Given) -> Filters:
    found = _RANGE.fullmatch(given.value)
    first, dots, last = found.groups() if found else (None, None, None)
    if not (first or last) or (first and last and not dots) or (dots and given.field != "year"):
        remedy = "write year:2021, year:2021..2023, year:2021.., since:2021-03 or until:2023-06-30"
        raise wrong(line, given.span.start, f"has no date {given.value}", remedy)
    for day in (first, last):
        if day and not _in_calendar(day):
            remedy = "write a day, month or year that there is"
            raise wrong(line, line.index(day, given.span.start), f"has no date {day}", remedy)
    if given.field == "since":
        return Filters(since=first or "")
    if given.field == "until":
        return Filters(until=first or "")
    return Filters(since=first or "", until=(last or "") if dots else first or "")


def _in_calendar(day: str) -> bool:
    try:
        date.fromisoformat(day + _FIRST_DAY[len(day) :])
    except ValueError:
        return False
    return True


def _language(line: str, value: str, at: int) -> str:
    code = value.lower()
    if not _LANGUAGE.fullmatch(code):
        remedy = "write a code of two letters, such as lang:fr or lang:fr,en"
        raise wrong(line, at, f"has no language {value}", remedy)
    return code
