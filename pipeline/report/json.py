"""A report as one JSON object, and back; docs/report.schema.json is its JSON Schema.

Shape, with "?" for text that may be empty and "[...]" for a list::

    format          "fourp-report/1"; the number grows when a reader of the old shape would fail
    language        code of that of every name below ("en", "fr", "pt_BR")
    group           {id, name}
    period          {since, until}          ISO dates, both included
    made_at         ISO time in UTC
    audience        whom it is for: public, members or secretariat
    secretary       {name, email} of whom to ask, or null
    counts          {works, documents, pages, languages: [[code, documents]]}
    sections        [one per policy file, in the vocabulary's order]
      subject       {file: {id, name}, pillar: {id, name}}
      main, also    [entries, newest first]
        work        id shared by all language versions
        title, title_language
        institution?, kind?
        date?       ISO date; may be a month (2021-03) or a year (2021)
        added?      ISO date on which it came in, only where there is no date
        grade       "main" or "also"
        score       0..1
        origin      "rule", "model" or "person"
        decided?    {by, on}: who looked at the tag, and the ISO date; null where nobody did
        versions    [{document, languages: [code], path, media_type, pages, title}]
        cited       id of the version that the quotes are from
        quotes      [{text, page, reason, matches: [text], highlights: [[start, end]]}]
                    reason is "term", "reference" or "feature"; highlights count code points
        shared      [{file, pillar}]        the other main subjects of the work
        pillars     [{id, name}]            the other pillars that it is mainly about
        change      "new", "decided", "updated", "retagged"; null where no past report is told of
    waiting         {questions, more, seen}
      questions     [works that may be about a file, most likely first]
        work, subject, title, date?, score, quotes   as above
        version     as in versions: the one to decide about
      more          number of questions besides
      seen          number of the last decision that the report knows
    failures        [{name, path, stage, reason, remedy, tries}]
    undated         number of works that are in no period
    past            {made_at, unchanged, gone: [{title, file: {id, name}}]}: the report since which
                    changes are told; null where all of the period is told

Control characters, lone surrogates and marks of reading direction, which only a path can hold,
are written as escapes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date, datetime
from itertools import islice
from typing import Any

from pipeline.core.audience import Audience
from pipeline.core.spans import Span
from pipeline.core.tags import Grade, Origin, Reason
from pipeline.report.values import (
    Change,
    Counts,
    Decided,
    Entry,
    Gone,
    Named,
    Past,
    Question,
    Quote,
    Report,
    Secretary,
    Section,
    Subject,
    Trouble,
    Version,
    Waiting,
)

FORMAT = "fourp-report/1"

_AT_ONCE = 1_000  # tokens of JSON

# Anything that a terminal or an editor does not show as itself; all below U+10000, so that one
# four-digit escape says it.
_UNSEEN = re.compile(
    "[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff]"
)


def to_json(report: Report) -> Iterator[str]:
    """Yield the report as one JSON object, in parts; the module's docstring tells its shape."""
    shape = {
        "format": FORMAT,
        "language": report.language,
        "group": asdict(report.group),
        "period": {"since": report.since.isoformat(), "until": report.until.isoformat()},
        "made_at": report.made_at.isoformat(),
        "audience": report.audience,
        "secretary": asdict(report.secretary) if report.secretary else None,
        "counts": asdict(report.counts),
        "sections": [
            {
                "subject": asdict(section.subject),
                "main": section.main,
                "also": section.also,
            }
            for section in report.sections
        ],
        "waiting": {
            "questions": report.waiting.questions,
            "more": report.waiting.more,
            "seen": report.waiting.seen,
        },
        "failures": [asdict(trouble) for trouble in report.failures],
        "undated": report.undated,
        "past": asdict(report.past) | {"made_at": report.past.made_at.isoformat()}
        if report.past
        else None,
    }
    # Entries and questions are made into dictionaries when their turn comes.
    encoder = json.JSONEncoder(ensure_ascii=False, indent=2, allow_nan=False, default=_told)
    tokens = encoder.iterencode(shape)
    while part := "".join(islice(tokens, _AT_ONCE)):
        yield _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", part)
    yield "\n"


def from_json(text: str) -> Report:
    """Return the report that ``to_json`` wrote.

    Raises:
        ValueError: If the text is no report, or one of another format.
    """
    shape = json.loads(text)
    if not isinstance(shape, dict) or shape.get("format") != FORMAT:
        raise ValueError(f"not a report of the format {FORMAT}")
    try:
        return _report(shape)
    except (KeyError, TypeError, StopIteration) as error:
        raise ValueError(f"a report of the format {FORMAT} lacks something: {error!r}") from error


def _told(value: object) -> dict[str, object]:
    match value:
        case Entry():
            return asdict(value) | {"cited": value.cited.document, "quotes": _quotes(value.quotes)}
        case Question():
            return asdict(value) | {"quotes": _quotes(value.quotes)}
    raise TypeError(f"{value!r} has no JSON")


def _quotes(quotes: tuple[Quote, ...]) -> list[dict[str, object]]:
    return [
        asdict(quote) | {"highlights": [[span.start, span.end] for span in quote.highlights]}
        for quote in quotes
    ]


def _report(shape: Mapping[str, Any]) -> Report:
    counts = shape["counts"]
    return Report(
        group=Named(**shape["group"]),
        language=shape["language"],
        since=date.fromisoformat(shape["period"]["since"]),
        until=date.fromisoformat(shape["period"]["until"]),
        made_at=datetime.fromisoformat(shape["made_at"]),
        counts=Counts(**counts | {"languages": tuple(map(_pair, counts["languages"]))}),
        sections=tuple(
            Section(
                subject=_subject(section["subject"]),
                main=tuple(map(_read_entry, section["main"])),
                also=tuple(map(_read_entry, section["also"])),
            )
            for section in shape["sections"]
        ),
        waiting=Waiting(
            tuple(map(_read_question, shape["waiting"]["questions"])),
            shape["waiting"]["more"],
            shape["waiting"]["seen"],
        ),
        failures=tuple(Trouble(**trouble) for trouble in shape["failures"]),
        undated=shape["undated"],
        past=_past(shape["past"]) if shape["past"] else None,
        audience=Audience(shape["audience"]),
        secretary=Secretary(**shape["secretary"]) if shape["secretary"] else None,
    )


def _past(shape: Mapping[str, Any]) -> Past:
    return Past(
        datetime.fromisoformat(shape["made_at"]),
        shape["unchanged"],
        tuple(Gone(one["title"], Named(**one["file"])) for one in shape["gone"]),
    )


def _pair(pair: list[Any]) -> tuple[str, int]:
    return pair[0], pair[1]


def _subject(shape: Mapping[str, Any]) -> Subject:
    return Subject(Named(**shape["file"]), Named(**shape["pillar"]))


def _read_entry(shape: dict[str, Any]) -> Entry:
    versions = tuple(map(_version, shape["versions"]))
    return Entry(
        **shape
        | {
            "grade": Grade(shape["grade"]),
            "origin": Origin(shape["origin"]),
            "decided": Decided(**shape["decided"]) if shape["decided"] else None,
            "cited": next(v for v in versions if v.document == shape["cited"]),
            "versions": versions,
            "quotes": tuple(map(_quote, shape["quotes"])),
            "shared": tuple(map(_subject, shape["shared"])),
            "pillars": tuple(Named(**pillar) for pillar in shape["pillars"]),
            "change": Change(shape["change"]) if shape["change"] else None,
        }
    )


def _read_question(shape: dict[str, Any]) -> Question:
    return Question(
        **shape
        | {
            "subject": _subject(shape["subject"]),
            "version": _version(shape["version"]),
            "quotes": tuple(map(_quote, shape["quotes"])),
        }
    )


def _version(shape: dict[str, Any]) -> Version:
    return Version(**shape | {"languages": tuple(shape["languages"])})


def _quote(shape: dict[str, Any]) -> Quote:
    return Quote(
        **shape
        | {
            "reason": Reason(shape["reason"]),
            "matches": tuple(shape["matches"]),
            "highlights": tuple(Span(start, end) for start, end in shape["highlights"]),
        }
    )
