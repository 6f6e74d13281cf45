"""Every word that a report says of its own, in English, from which it is translated."""

from __future__ import annotations

from pipeline.core.audience import Audience
from pipeline.core.key_dates import KeyKind
from pipeline.core.tags import Origin, Reason
from pipeline.report.messages import Plural
from pipeline.report.names import INSTITUTIONS, KINDS
from pipeline.report.recorded import RECORDED
from pipeline.report.speech import Speech
from pipeline.report.values import Change
from pipeline.report.wording import Labels

ENGLISH = Labels(
    colon=": ",
    opening="“",
    closing="”",
    report="What is new",
    made="Made on",
    readers={
        Audience.PUBLIC: "For everybody.",
        Audience.MEMBERS: "For members and the Secretariat.",
        Audience.SECRETARIAT: "For the Secretariat alone.",
    },
    contents="Policy files",
    skip="Skip to the policy files",
    works=Plural("publication", "publications"),
    documents=Plural("document", "documents"),
    pages=Plural("page", "pages"),
    main_count=Plural("as main subject", "as main subject"),
    also_count=Plural("in part", "in part"),
    main="Main subject",
    also="Also treated",
    nothing="Nothing new in this period.",
    nothing_main="No new publication has it as its main subject.",
    none="nothing new",
    quiet="Nothing new on",
    change="Change",
    changes={
        Change.NEW: "New",
        Change.DECIDED: "Decided by a person",
        Change.UPDATED: "Updated",
        Change.RETAGGED: "Tagged anew",
    },
    since_last="Changes since the report of {}",
    unchanged=Plural(
        "{n} entry is as it was and not listed.", "{n} entries are as they were and not listed."
    ),
    gone="No longer listed",
    no_gone="All that the last report listed still belongs here.",
    waiting_count=Plural("to review", "to review"),
    unread_count=Plural("document that could not be read", "documents that could not be read"),
    by_language="Documents by language",
    languages_told="The longer a bar, the more documents are mostly in the language.",
    charts="At a glance",
    timeline="Publications by policy file over time",
    timeline_told=(
        "Each mark is a publication at its date: full where the policy file is its main subject, "
        "hollow where it is also treated."
    ),
    heat_by_month="Publications by policy file and month",
    heat_by_year="Publications by policy file and year",
    heat_told="The darker a cell, the more publications.",
    by_month="By month",
    by_year="By year",
    total="In all",
    shared="Also a main subject",
    pillars="Shared with",
    shared_works="Shared with other pillars",
    no_shared="No publication of this report is mainly about another pillar, too.",
    why="Why it is here",
    dated_in="dated in the period ({})",
    arrived_in="undated, came in during the period ({})",
    said="a person said so",
    then="; ",
    reviewed="reviewed by {} on {}",
    unreviewed="not reviewed",
    reviewed_by="Reviewed by",
    reviewed_on="Reviewed on",
    dated="Date",
    date_unknown="date unknown",
    came_in="came in on {}",
    added="Came in on",
    title="Title",
    institution="Institution",
    kind="Kind",
    languages="Languages",
    page="Page",
    page_short="p.",
    file="Policy file",
    pillar="Pillar",
    grade="Grade",
    confidence="Confidence",
    origin="Given by",
    reason="Reason",
    quote="Quote",
    matches="Matched words",
    path="File",
    link="Link",
    work="Publication",
    waiting="To review",
    waiting_intro=Plural(
        "A suggestion waits for a person’s word: the publication may be about the policy file, "
        "too, and is not listed above for it.",
        "{n} suggestions wait for a person’s word: publications that may be about a policy file, "
        "too, and are not listed above for it.",
    ),
    waiting_more=Plural(
        "{n} more suggestion waits; see “fourp review”.",
        "{n} more suggestions wait; see “fourp review”.",
    ),
    waiting_form=(
        "To decide, fill in the sheet “To review” of this report as an Excel workbook (XLSX) and "
        "send it back; “fourp review --import” takes it."
    ),
    no_waiting="No suggestion waits for a person’s word.",
    decision="Decision",
    by="By",
    note="Note",
    seen="Seen",
    document_id="Document id",
    file_id="File id",
    period="Period",
    audience="Readers",
    contact="Contact",
    choose="Choose one of: {}",
    choices={"yes": "yes", "also": "also", "no": "no"},
    overview="Overview",
    unread="Not read",
    failures="Documents that could not be read",
    failures_intro=Plural(
        "This document was found, but could not be read, or only in part.",
        "These {n} documents were found, but could not be read, or only in part.",
    ),
    no_failures="Every document that was found could be read.",
    document="Document",
    remedy="What to do",
    notes="How to read this report",
    note_period=(
        "A publication is listed if one of its language versions is dated in the period. Where no "
        "date could be found, the day on which the document came in counts, and the entry says so."
    ),
    note_machine=(
        "Documents are sorted into policy files by machine, unless a person is named as the "
        "source. The quotes show why; open the document at the page before you rely on it."
    ),
    note_confidence=(
        "Confidence runs from 0% to 100%. Under “also treated” are publications that deal "
        "with the policy file in part only."
    ),
    note_undated=Plural(
        "{n} more publication has neither a date nor a known day of arrival and is not listed.",
        "{n} more publications have neither a date nor a known day of arrival and are not listed.",
    ),
    origins={
        Origin.RULE: "the vocabulary",
        Origin.MODEL: "the trained tagger",
        Origin.PERSON: "a person",
    },
    reasons={
        Reason.TERM: "term",
        Reason.REFERENCE: "legal reference",
        Reason.FEATURE: "learned feature",
    },
    reasons_many={
        Reason.TERM: "terms",
        Reason.REFERENCE: "legal references",
        Reason.FEATURE: "learned features",
    },
    between="{} to {}",
    within_month="{}–{}",
    within_year="{} to {}",
    on="{}",
    first="1",
    unknown_language="language unknown",
    as_recorded="What stands in English is as the program recorded it.",
    recorded={text: text for text in RECORDED},
    agenda="Key dates (fourp)",
    announced={
        KeyKind.CONSULTATION: "Last day for comments",
        KeyKind.ENTRY_INTO_FORCE: "Entry into force",
        KeyKind.APPLICATION: "Starts to apply",
        KeyKind.TRANSPOSITION: "Deadline for transposition",
        KeyKind.MEETING: "Meeting",
        KeyKind.REPORT: "Report or review due",
    },
    kinds={name: name for name in KINDS},
    institutions={name: name for name in INSTITUTIONS},
    speech=Speech("en", "en_GB", lambda number: int(number != 1)),
)
