"""A report as a Word document with real headings, page numbers and languages."""

from __future__ import annotations

from pipeline.core.document import UNKNOWN_LANGUAGE
from pipeline.report import phrases
from pipeline.report.text import harmless, segments, typeset
from pipeline.report.values import Entry, Past, Quote, Report, Section, Version
from pipeline.report.word_file import FACTS, Run, WordFile
from pipeline.report.wording import Labels


def to_docx(report: Report, words: Labels) -> bytes:
    """Return the report as a DOCX file."""
    period = words.span(report.since, report.until)
    file = WordFile(
        title=f"{report.group.name} – {period}", language=report.language, made_at=report.made_at
    )
    _cover(file, report, period, words)
    for section in report.sections:
        _section(file, section, words)
    if report.past is not None:
        _gone(file, report.past, words)
    _shared(file, report, words)
    _waiting(file, report, words)
    _failures(file, report, words)
    file.heading(words.notes, 1)
    for note in phrases.notes(report, words):
        file.paragraph([Run(note)])
    return file.content()


def _cover(file: WordFile, report: Report, period: str, words: Labels) -> None:
    file.heading(report.group.name, 0)
    file.paragraph([Run(f"{words.report}{words.colon}{period}")], style="Subtitle")
    file.paragraph([Run(phrases.cover(report, words), bold=True)])
    lines = [phrases.quiet(report, words), phrases.by_language(report.counts, words)]
    for told in (*phrases.since_last(report, words), *lines):
        if told:
            file.paragraph([Run(told)])
    file.paragraph([Run(f"{words.made} {words.moment(report.made_at)}")])
    file.paragraph([Run(words.readers[report.audience])])
    if report.secretary:
        file.paragraph([Run(f"{words.contact}{words.colon}{phrases.contact(report)}")])
    file.heading(words.contents, 1)
    for section in report.sections:
        count = f"{words.colon}{phrases.section_count(section, words)}"
        name = Run(section.subject.file.name, anchor=_anchor(section))
        file.paragraph([name, Run(count)], style="List Bullet")


def _anchor(section: Section) -> str:
    """Return a name that Word takes: letters, digits and "_", at most 40."""
    plain = "".join(c if c.isascii() and c.isalnum() else "_" for c in section.subject.file.id)
    return f"file_{plain}"[:40]


def _section(file: WordFile, section: Section, words: Labels) -> None:
    file.heading(section.subject.file.name, 1, anchor=_anchor(section))
    if not section.main:
        file.paragraph([Run(words.nothing_main if section.also else words.nothing)])
    for entry in section.main:
        _entry(file, entry, words, level=2)
    if section.also:
        file.heading(words.also, 2)
    for entry in section.also:
        _entry(file, entry, words, level=3)


def _entry(file: WordFile, entry: Entry, words: Labels, *, level: int) -> None:
    title = typeset(entry.title, entry.title_language)
    file.heading(title, level, language=_code(entry.title_language))
    file.paragraph([Run(" · ".join(phrases.facts(entry, words)))], style=FACTS)
    for quote in entry.quotes:
        file.paragraph(_quoted(quote, entry, words), style="Quote")
    file.paragraph([Run(phrases.standing(entry, words))], style=FACTS)
    file.paragraph([Run(phrases.why(entry, words))], style=FACTS)
    if entry.shared:
        shared = phrases.shared(entry.shared, words)
        file.paragraph([Run(f"{words.shared}{words.colon}{shared}")], style=FACTS)
    if entry.pillars:
        names = ", ".join(pillar.name for pillar in entry.pillars)
        file.paragraph([Run(f"{words.pillars}{words.colon}{names}", bold=True)], style=FACTS)
    for version in entry.versions:
        label = phrases.file_label(entry, version, words)
        path = Run(harmless(version.path), address=phrases.address(version))
        file.paragraph([Run(f"{label}{words.colon}"), path], style=FACTS)


def _quoted(quote: Quote, entry: Entry, words: Labels) -> list[Run]:
    language = entry.cited.language
    parts = segments(typeset(quote.text, language), quote.highlights)
    opening, closing = words.quotes
    return [
        Run(opening),
        *(Run(part, bold=marked, language=_code(language)) for part, marked in parts),
        Run(f"{closing} ("),
        _page(entry.cited, quote.page, words),
        Run(")"),
    ]


def _page(version: Version, number: int, words: Labels) -> Run:
    return Run(phrases.page(number, words), address=phrases.address(version, number))


def _code(language: str) -> str:
    """Return a language's code where it is one that a program for writing can know."""
    known = language.isascii() and language.isalpha() and len(language) <= 3
    return language if known and language != UNKNOWN_LANGUAGE else ""


def _gone(file: WordFile, past: Past, words: Labels) -> None:
    file.heading(words.gone, 1)
    for one in past.gone:
        file.paragraph([Run(f"{one.title}{words.colon}{one.file.name}")], style="List Bullet")
    if not past.gone:
        file.paragraph([Run(words.no_gone)])


def _shared(file: WordFile, report: Report, words: Labels) -> None:
    file.heading(words.shared_works, 1)
    for entry in report.shared:
        title = Run(
            typeset(entry.title, entry.title_language), language=_code(entry.title_language)
        )
        names = ", ".join(pillar.name for pillar in entry.pillars)
        file.paragraph([title, Run(f"{words.colon}{names}")], style="List Bullet")
    if not report.shared:
        file.paragraph([Run(words.no_shared)])


def _waiting(file: WordFile, report: Report, words: Labels) -> None:
    file.heading(words.waiting, 1)
    if not report.waiting:
        file.paragraph([Run(words.no_waiting)])
        return
    file.paragraph([Run(words.count(len(report.waiting.questions), words.waiting_intro))])
    for one in report.waiting.questions:
        language = one.version.language
        title = Run(typeset(one.title, language), language=_code(language))
        runs = [title, Run(" · " + " · ".join(phrases.suggested(one, words)))]
        for quote in one.quotes:
            runs += [Run(" · "), _page(one.version, quote.page, words)]
        file.paragraph(runs, style="List Bullet")
    for told in phrases.more_waiting(report, words):
        file.paragraph([Run(told)])


def _failures(file: WordFile, report: Report, words: Labels) -> None:
    file.heading(words.failures, 1)
    if not report.failures:
        file.paragraph([Run(words.no_failures)])
        return
    file.paragraph([Run(words.count(len(report.failures), words.failures_intro))])
    rows = [
        (Run(one.name), _ledger(one.reason, words), _ledger(one.remedy, words))
        for one in report.failures
    ]
    file.table((words.document, words.reason, words.remedy), rows)
    if recorded := phrases.recorded(report, words):
        file.paragraph([Run(recorded)])


def _ledger(recorded: str, words: Labels) -> Run:
    text, language = phrases.ledger(recorded, words)
    return Run(text, language=language)
