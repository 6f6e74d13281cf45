"""What the formats for reading say alike: the cover, an entry's facts, a place in a document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pipeline.core.document import INSIDE
from pipeline.core.tags import Grade, Origin, Reason
from pipeline.report.figures import Row, day_of
from pipeline.report.text import NO_BREAK, file_uri, harmless
from pipeline.report.values import Counts, Entry, Question, Report, Section, Subject, Version
from pipeline.report.wording import Labels

RECORDED_IN = "en"  # the language of the failure ledger
MOST_DAYS = 12  # of a policy file in the figures of the timeline

_PDF = "application/pdf"  # the one format whose pages an address can name
# A name ending tells a message or archive from a folder that is called "Important!".
_CONTAINER = re.compile(rf".+?\.\w{{2,4}}(?={INSIDE})", re.DOTALL)


def cover(report: Report, words: Labels) -> str:
    """Return "12 publications · 17 documents · 240 pages", and what is to do."""
    counts, waiting, unread = report.counts, len(report.waiting), len(report.failures)
    told = [
        words.count(counts.works, words.works),
        words.count(counts.documents, words.documents),
        words.count(counts.pages, words.pages),
    ]
    told += [words.count(waiting, words.waiting_count)] if waiting else []
    told += [words.count(unread, words.unread_count)] if unread else []
    return " · ".join(told)


def quiet(report: Report, words: Labels) -> str:
    """Return "Nothing new on: COP26, Mobility", or "" where there is news on each file."""
    names = ", ".join(file.name for file in report.quiet)
    return f"{words.quiet}{words.colon}{names}" if names else ""


def since_last(report: Report, words: Labels) -> list[str]:
    """Return since which report changes are told, and how much is as it was; or nothing."""
    if report.past is None:
        return []
    day = words.day(report.past.made_at.date().isoformat())
    unchanged = report.past.unchanged
    told = [words.count(unchanged, words.unchanged)] if unchanged else []
    return [words.since_last.format(day), *told]


def by_language(counts: Counts, words: Labels) -> str:
    """Return "Documents by language: English 9, French 8", or "" where there are none."""
    shares = [
        f"{words.language_name(code)}{NO_BREAK}{words.number(n)}" for code, n in counts.languages
    ]
    return f"{words.by_language}{words.colon}{', '.join(shares)}" if shares else ""


def by_bucket(row: Row, words: Labels) -> str:
    """Return "March 2021: 2, April 2021: 1"."""
    return ", ".join(f"{words.day(bucket)}{words.colon}{n}" for bucket, n in row.counts.items())


def days(entries: Sequence[Entry], words: Labels) -> str:
    """Return "8 June 2021 (2), 17 January 2022"; of many days their number, first and last."""
    dated = sorted(entries, key=day_of)
    told = Counter(words.day(entry.date or entry.added) for entry in dated)
    if len(told) > MOST_DAYS:
        count = words.count(len(dated), words.works)
        return f"{count}, {words.span(day_of(dated[0]), day_of(dated[-1]))}"
    dates = (f"{day} ({n})" if n > 1 else day for day, n in told.items())
    return ", ".join(date.replace(" ", NO_BREAK) for date in dates)


def section_count(section: Section, words: Labels) -> str:
    """Return "3 as main subject, 2 also treated", or that there is nothing."""
    parts = [
        words.count(len(entries), noun)
        for entries, noun in ((section.main, words.main_count), (section.also, words.also_count))
        if entries
    ]
    return ", ".join(parts) or words.none


def facts(entry: Entry, words: Labels) -> list[str]:
    """Return kind, institution, date, languages and pages of a work, as far as they are known."""
    known = (
        words.kind_name(entry.kind),
        words.institution_name(entry.institution),
        when(entry, words),
        words.language_list(entry.languages),
        words.count(entry.cited.pages, words.pages),
    )
    return [fact for fact in known if fact]


def when(entry: Entry, words: Labels) -> str:
    """Return the date of a work, or that it has none and when it came in."""
    if entry.date:
        return words.day(entry.date)
    came_in = f" ({words.came_in.format(words.day(entry.added))})" if entry.added else ""
    return words.date_unknown + came_in


def confidence(entry: Entry, words: Labels) -> str:
    """Return how sure a tag is and who gave it; a person's word is not measured."""
    given = f"{words.origin}{words.colon}{words.origin_name(entry.origin)}"
    if entry.origin is Origin.PERSON:
        return given
    return f"{words.confidence}{words.colon}{words.share(entry.score)} · {given}"


def standing(entry: Entry, words: Labels) -> str:
    """Return what changed, grade, confidence, who gave the tag and who looked at it."""
    change = [words.changes[entry.change]] if entry.change else []
    grade = words.main if entry.grade is Grade.MAIN else words.also
    return " · ".join((*change, grade, confidence(entry, words), review(entry, words)))


def review(entry: Entry, words: Labels) -> str:
    """Return who looked at a tag and when, or that nobody did."""
    if entry.decided is None:
        return words.said if entry.origin is Origin.PERSON else words.unreviewed
    return words.reviewed.format(entry.decided.by, words.day(entry.decided.on))


def why(entry: Entry, words: Labels) -> str:
    """Return "Why it is here: dated in the period (15 March 2021); term: “waste water”"."""
    return f"{words.why}{words.colon}{reasons(entry, words)}"


def reasons(entry: Entry, words: Labels) -> str:
    """Return why a work is listed: its day, and what speaks for the file, by kind of proof."""
    day = entry.date or entry.added
    told = [(words.dated_in if entry.date else words.arrived_in).format(words.day(day))]
    told += [words.said] if entry.origin is Origin.PERSON else []
    for reason in Reason:
        matches = dict.fromkeys(m for q in entry.quotes if q.reason is reason for m in q.matches)
        if matches:
            opening, closing = words.quotes
            named = ", ".join(f"{opening}{match}{closing}" for match in matches)
            names = words.reasons if len(matches) == 1 else words.reasons_many
            told.append(f"{names[reason]}{words.colon}{named}")
    return words.then.join(told)


def suggested(question: Question, words: Labels) -> list[str]:
    """Return the facts about a work that waits for a person's word."""
    known = (
        question.subject.file.name,
        f"{words.confidence}{words.colon}{words.share(question.score)}",
        words.day(question.date) if question.date else words.date_unknown,
        words.language_list(question.version.languages),
    )
    return list(known)


def more_waiting(report: Report, words: Labels) -> list[str]:
    """Return how many suggestions wait besides, and how to decide."""
    more = report.waiting.more
    return [*([words.count(more, words.waiting_more)] if more else []), words.waiting_form]


def contact(report: Report) -> str:
    """Return whom to ask: a name and an address, "" where nobody is named."""
    who = report.secretary
    return f"{harmless(who.name)}, {harmless(who.email)}" if who else ""


def shared(subjects: Sequence[Subject], words: Labels) -> str:
    """Return the other main subjects of a work, each with its pillar."""
    return ", ".join(f"{subject.file.name} ({subject.pillar.name})" for subject in subjects)


def page(number: int, words: Labels) -> str:
    """Return "p. 4"."""
    return f"{words.page_short}{NO_BREAK}{words.number(number)}"


def address(version: Version, number: int | None = None) -> str:
    """Return the address of a version, at a page if its format has such addresses; or "".

    What is inside a message or an archive has the address of that.
    """
    if container := _CONTAINER.match(version.path):
        return file_uri(container[0])
    return file_uri(version.path, page=number if version.media_type == _PDF else None)


def file_label(entry: Entry, version: Version, words: Labels) -> str:
    """Return what to call a version's file: by its language where there are several."""
    if len(entry.versions) == 1:
        return words.path
    return f"{words.path} ({words.language_list(version.languages)})"


def ledger(text: str, words: Labels) -> tuple[str, str]:
    """Return a reason or remedy, and its language where it is not the report's own, else ""."""
    translated = words.ledger(text)
    if translated is not None:
        return translated, ""
    return text, "" if words.language == RECORDED_IN else RECORDED_IN


def recorded(report: Report, words: Labels) -> str:
    """Return that some reasons are as they were recorded, or "" where all are translated."""
    texts = (text for one in report.failures for text in (one.reason, one.remedy))
    return words.as_recorded if any(ledger(text, words)[1] for text in texts) else ""


def notes(report: Report, words: Labels) -> list[str]:
    """Return how to read the report, in paragraphs."""
    lasting = [words.note_period, words.note_machine, words.note_confidence]
    undated = [words.count(report.undated, words.note_undated)] if report.undated else []
    return [*lasting, *undated]
