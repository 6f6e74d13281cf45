"""A report as Markdown (CommonMark 0.31), for mail and wikis."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.report import phrases
from pipeline.report.text import harmless, segments, typeset
from pipeline.report.values import Entry, Past, Quote, Report, Section, Version
from pipeline.report.wording import Labels

# What CommonMark and its GitHub extensions read as more than text, wherever it stands. No line of
# ours but an item of a list begins with a document's text; a "#" at the end of a heading and the
# beginnings of bare addresses are marks anywhere.
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>&~|#@$^]|(?<=\w):(?=//)|(?i:(?<=\bwww)\.))")

_BEGINS_LIST = re.compile(r"^(\d*)([-+.)])")
_CORE = re.compile(r"[^\W_](?:.*[^\W_])?")


def to_markdown(report: Report, words: Labels) -> Iterator[str]:
    """Yield the report as Markdown, a line at a time; words out of documents are never markup."""
    return (f"{line}\n" for line in _lines(report, words))


def _lines(report: Report, words: Labels) -> Iterator[str]:
    counts = report.counts
    yield f"# {_plain(report.group.name)}"
    yield ""
    yield f"**{words.report}{words.colon}{words.span(report.since, report.until)}**"
    yield ""
    yield phrases.cover(report, words)
    if quiet := phrases.quiet(report, words):
        yield ""
        yield _plain(quiet)
    for told in phrases.since_last(report, words):
        yield ""
        yield _plain(told)
    if counts.languages:
        yield ""
        yield phrases.by_language(counts, words)
    yield ""
    yield words.readers[report.audience]
    yield ""
    if report.secretary:
        yield f"{words.contact}{words.colon}{_plain(phrases.contact(report))}"
        yield ""
    yield f"## {words.contents}"
    yield ""
    for section in report.sections:
        count = phrases.section_count(section, words)
        yield f"- {_plain(section.subject.file.name)}{words.colon}{count}"
    for section in report.sections:
        yield from _section(section, words)
    if report.past is not None:
        yield from _gone(report.past, words)
    yield from _shared(report, words)
    yield from _waiting(report, words)
    yield from _failures(report, words)
    yield from _notes(report, words)


def _section(section: Section, words: Labels) -> Iterator[str]:
    yield ""
    yield f"## {_plain(section.subject.file.name)}"
    if not section.main:
        yield ""
        yield words.nothing_main if section.also else words.nothing
    for entry in section.main:
        yield from _entry(entry, words)
    if section.also:
        yield ""
        yield f"**{words.also}**"
        yield ""
        for entry in section.also:
            yield f"- {_compact(entry, words)}"


def _entry(entry: Entry, words: Labels) -> Iterator[str]:
    yield ""
    yield f"### {_plain(typeset(entry.title, entry.title_language))}"
    yield ""
    yield " · ".join(_plain(fact) for fact in phrases.facts(entry, words))
    yield ""
    yield _plain(phrases.standing(entry, words))
    yield ""
    yield _plain(phrases.why(entry, words))
    if entry.shared:
        yield ""
        yield f"{words.shared}{words.colon}{_plain(phrases.shared(entry.shared, words))}"
    if entry.pillars:
        yield ""
        names = ", ".join(_plain(pillar.name) for pillar in entry.pillars)
        yield f"**{words.pillars}{words.colon}{names}**"
    for quote in entry.quotes:
        yield ""
        yield f"> {_quoted(quote, entry, words)}"
    yield ""
    for version in entry.versions:
        label = phrases.file_label(entry, version, words)
        yield f"- {label}{words.colon}{_plain(harmless(version.path))}"


def _compact(entry: Entry, words: Labels) -> str:
    title = _first(typeset(entry.title, entry.title_language))
    facts = [_plain(fact) for fact in phrases.facts(entry, words)]
    pages = [_place(entry.cited, quote.page, words) for quote in entry.quotes]
    told = [phrases.standing(entry, words), phrases.why(entry, words)]
    return " · ".join([title, *facts, *map(_plain, told), *pages])


def _quoted(quote: Quote, entry: Entry, words: Labels) -> str:
    text = typeset(quote.text, entry.cited.language)
    parts = [
        _bold(part) if marked else _plain(part) for part, marked in segments(text, quote.highlights)
    ]
    opening, closing = words.quotes
    return f"{opening}{''.join(parts)}{closing} ({_place(entry.cited, quote.page, words)})"


def _place(version: Version, number: int, words: Labels) -> str:
    shown = phrases.page(number, words)
    # Where "file:" links are switched off an address is text, and these two would be markup.
    address = phrases.address(version, number).replace("_", "%5F").replace("~", "%7E")
    return f"[{shown}](<{address}>)" if address else shown


def _gone(past: Past, words: Labels) -> Iterator[str]:
    yield ""
    yield f"## {words.gone}"
    yield ""
    for one in past.gone:
        yield f"- {_first(one.title)}{words.colon}{_plain(one.file.name)}"
    if not past.gone:
        yield words.no_gone


def _shared(report: Report, words: Labels) -> Iterator[str]:
    yield ""
    yield f"## {words.shared_works}"
    yield ""
    for entry in report.shared:
        pillars = ", ".join(_plain(pillar.name) for pillar in entry.pillars)
        yield f"- {_first(typeset(entry.title, entry.title_language))}{words.colon}{pillars}"
    if not report.shared:
        yield words.no_shared


def _waiting(report: Report, words: Labels) -> Iterator[str]:
    waiting = report.waiting
    yield ""
    yield f"## {words.waiting}"
    yield ""
    if not waiting:
        yield words.no_waiting
        return
    yield words.count(len(waiting.questions), words.waiting_intro)
    yield ""
    for one in waiting.questions:
        title = _first(typeset(one.title, one.version.language))
        told = [_plain(fact) for fact in phrases.suggested(one, words)]
        pages = [_place(one.version, quote.page, words) for quote in one.quotes]
        yield "- " + " · ".join([title, *told, *pages])
    for told_last in phrases.more_waiting(report, words):
        yield ""
        yield _plain(told_last)


def _failures(report: Report, words: Labels) -> Iterator[str]:
    yield ""
    yield f"## {words.failures}"
    yield ""
    if not report.failures:
        yield words.no_failures
        return
    yield words.count(len(report.failures), words.failures_intro)
    yield ""
    for trouble in report.failures:
        told = words.then.join(
            _plain(phrases.ledger(text, words)[0]) for text in (trouble.reason, trouble.remedy)
        )
        yield f"- **{_plain(trouble.name)}**{words.colon}{told}"
    if recorded := phrases.recorded(report, words):
        yield ""
        yield _plain(recorded)


def _notes(report: Report, words: Labels) -> Iterator[str]:
    yield ""
    yield f"## {words.notes}"
    for note in phrases.notes(report, words):
        yield ""
        yield _plain(note)


def _bold(text: str) -> str:
    """Return ``text`` in bold from its first to its last letter or digit.

    Next to a sign, ``**`` opens or closes nothing, or the wrong thing (CommonMark 6.2).
    """
    core = _CORE.search(text)
    if not core:
        return _plain(text)
    before, after = text[: core.start()], text[core.end() :]
    return f"{_plain(before)}**{_plain(core[0])}**{_plain(after)}"


def _first(text: str) -> str:
    """Return ``text`` to begin an item of a list, so that it begins no list of its own."""
    return _BEGINS_LIST.sub(r"\1\\\2", _plain(text))


def _plain(text: str) -> str:
    """Return ``text`` so that Markdown shows it as it is."""
    return _SPECIAL.sub(r"\\\1", text)
