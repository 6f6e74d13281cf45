"""Every word that an audit says of its own, in English, from which it is translated."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.report.messages import Plural


@dataclass(frozen=True, slots=True)
class AuditLabels:
    """An audit's words in one language; what a report says too is in `wording.Labels`.

    Attributes:
        nothing: What stands where a list is empty.
        more: Says how many lines of a list are not shown.
    """

    audit: str
    contents: str
    skip: str
    period: str
    nothing: str
    more: Plural
    command: str
    coverage: str
    coverage_intro: str
    by_file: str
    by_file_and_year: str
    heat_told: str
    chart: str
    by_language: str
    by_year: str
    untagged: Plural
    year: str
    language: str
    works: str
    documents: str
    pages: str
    other_languages: str
    earlier: str
    undated: str
    last: str
    silent: str
    silent_intro: str
    missing: str
    missing_intro: str
    own_without: str
    without: str
    there: str
    twice: str
    twice_intro: str
    duplicates: str
    drafts: str
    duplicate: str
    draft: str
    later: str
    alike: str
    aged: Plural
    aged_intro: str
    review: str
    review_intro: str
    tags: str
    reviewed: str
    share: str
    waiting: str
    reading: str
    reading_intro: str
    folder: str
    failed: str
    partly: str
    recognised: str
    unsure: str
    unknown: str
    terms: str
    terms_intro: str
    concept: str
    unused: str
    examples: str


AUDIT_ENGLISH = AuditLabels(
    audit="State of the library",
    contents="What there is to do",
    skip="Skip to the findings",
    period="Period looked at",
    nothing="Nothing to do here.",
    more=Plural("{n} more line is not shown: --limit", "{n} more lines are not shown: --limit"),
    command="Command",
    coverage="Coverage",
    coverage_intro=(
        "A document counts under each policy file that it is tagged with, and under the language "
        "of most of its text. Versions of a publication count once as a publication."
    ),
    by_file="Publications and documents by policy file",
    by_file_and_year="Documents by policy file and year",
    chart="chart",
    heat_told="The darker a cell, the more documents.",
    by_language="Documents by language",
    by_year="Documents by year",
    untagged=Plural(
        "{n} document has no policy file. To see what it speaks of:",
        "{n} documents have no policy file. To see what they speak of:",
    ),
    year="Year",
    language="Language",
    works="Publications",
    documents="Documents",
    pages="Pages",
    other_languages="Other",
    earlier="Earlier",
    undated="No date",
    last="Latest",
    silent="Policy files with nothing in this period",
    silent_intro=(
        "A document counts by its date, or by the day it came in where it has none. Where "
        "suggestions wait, decide about them; else the vocabulary may miss the words of today."
    ),
    missing="Publications without a French or English version",
    missing_intro=(
        "A version is there if a document of the publication is in the language, even in part. If "
        "the version exists, ingest it; the command shows what treats the same, so also a version "
        "that is in the library and was not recognised as one. Drafts and near-duplicates of "
        "others are left out."
    ),
    own_without="The Secretariat’s own publications without a version in {}",
    without="All publications without a version in {}",
    there="Versions",
    twice="Likely duplicates and superseded drafts",
    twice_intro=(
        "Nothing is ever deleted because it looks like something else. The command shows a "
        "document with its versions; take the file that is not wanted out of its folder."
    ),
    duplicates="Documents that are nearly the same",
    drafts="Drafts of which a later version is there",
    duplicate="Nearly the same as",
    draft="Draft",
    later="Later version",
    alike="Alike",
    aged=Plural(
        "Studies, reports and guides that are more than a year old",
        "Studies, reports and guides that are more than {n} years old",
    ),
    aged_intro=(
        "Publications of which every dated version is older. The command shows what treats the "
        "same and may be newer."
    ),
    review="Tags that nobody reviewed",
    review_intro=(
        "Reviewed is what a person gave or confirmed. Waiting are suggestions that are no tags."
    ),
    tags="Tags",
    reviewed="Reviewed",
    share="Share",
    waiting="Waiting",
    reading="Reading quality by source folder",
    reading_intro=(
        "Failed files are missing from the library, of partly read ones some pages are. Unsure are "
        "pages recognised from an image whose words are less than 75% certain: a better scan "
        "helps. The command fourp failures says why each file failed and what to do first."
    ),
    folder="Folder",
    failed="Failed",
    partly="Partly read",
    recognised="From images",
    unsure="Unsure",
    unknown="Language unknown",
    terms="Vocabulary terms that never match",
    terms_intro=(
        "Terms that stand in no stored document of their language. A spelling that nobody uses "
        "can go; a right one may only wait for its document. Edit models/vocabulary.yaml."
    ),
    concept="Concept",
    unused="Terms",
    examples="Such as",
)
