"""Review by spreadsheet: questions out to colleagues, their decisions back in, each once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.core.errors import ConfigError
from pipeline.core.reviews import Decision, Review, standing
from pipeline.core.text import fold, one_line
from pipeline.report.form import columns
from pipeline.report.labels import labels, languages
from pipeline.report.sheet import read_sheet, write_sheet
from pipeline.workflows import assemble
from pipeline.workflows.indexing import index_documents
from pipeline.workflows.review_queue import Question, questions
from pipeline.workflows.reviewing import policy_file, reviewer, suggestion, unknown_file

if TYPE_CHECKING:
    from pipeline.catalogue.store import Catalogue
    from pipeline.config.workspace import Workspace
    from pipeline.core.concepts import Vocabulary
    from pipeline.core.document import Document

HEAD = (
    "document", "work", "title", "path", "language", "date", "file", "label (en)", "label (fr)",
    "score", "grade", "evidence", "page", "other versions", "decision", "by", "note", "seen",
)  # fmt: skip
NEEDED = ("document", "file", "decision")
_MEANT = {"yes": Decision.MAIN, "also": Decision.ALSO, "no": Decision.REJECTED}
SENTENCES = 3


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a sheet.

    Attributes:
        decided: The decisions that are new, in the order of the rows.
        unchanged: Rows that say what holds already.
        empty: Rows without a decision.
        overtaken: Rows that say something else than what somebody else decided after the sheet was
            written, which stands; told in words.
        indexed: Whether the search index knows.
    """

    decided: tuple[Review, ...]
    unchanged: int
    empty: int
    overtaken: tuple[str, ...]
    indexed: bool = True


def export_questions(
    workspace: Workspace, path: Path, *, file: str | None, group: str | None, limit: int
) -> int:
    """Write the most useful questions to a sheet, and return how many there are.

    Raises:
        ConfigError: If there is no such file or group, or the sheet is neither CSV nor XLSX.
        WriteError: If it cannot be written.
    """
    vocabulary = assemble.vocabulary_of(workspace)
    with assemble.catalogue_of(workspace) as catalogue:
        seen = catalogue.reviews.last()
        asked = questions(workspace, catalogue, file=file, group=group, limit=limit)
        rows = [
            _row(one, document, vocabulary, seen)
            for one in asked
            for document in catalogue.documents([one.document])
        ]
    words = labels(workspace.settings.language, workspace.locale)
    write_sheet(path, HEAD, rows, choices={"decision": tuple(words.choices.values())})
    return len(rows)


def import_decisions(
    workspace: Workspace, path: Path, *, by: str | None = None, dry_run: bool = False
) -> Imported:
    """Keep what people filled in; the same sheet twice is the same as once.

    Args:
        by: Who decided where a row does not say.
        dry_run: Whether only to tell what would be decided.

    Raises:
        ConfigError: If anything in the sheet is wrong; all of it is listed, and nothing is kept.
        CatalogueError: If the catalogue cannot be used.
    """
    spoken = [labels(code, workspace.locale) for code in languages(workspace.locale)]
    meant = {decision.value: decision for decision in _MEANT.values()}
    meant |= {fold(words.choices[key]): _MEANT[key] for words in spoken for key in words.choices}
    rows = read_sheet(path, needed=NEEDED, names=columns(spoken))
    name = reviewer(workspace, by)
    with assemble.catalogue_of(workspace) as catalogue:
        vocabulary = assemble.vocabulary_of(workspace)
        asked, problems = _asked(rows, catalogue, vocabulary, name, meant)
        if problems:
            raise ConfigError(
                problems, where=str(path), remedy="correct the sheet and import it again"
            )
        new, overtaken = _sorted_out(catalogue, asked)
        if new and not dry_run:
            new = catalogue.reviews.add(new)
    indexed = dry_run or not new or index_documents(workspace, sorted({r.document for r in new}))
    return Imported(
        tuple(new),
        unchanged=len(asked) - len(new) - len(overtaken),
        empty=sum(not row.get("decision", "").strip() for row in rows),
        overtaken=tuple(overtaken),
        indexed=indexed,
    )


@dataclass(frozen=True, slots=True)
class _Row:
    """A decision of a sheet, and the last decision that was known when it was written."""

    number: int
    review: Review
    seen: int | None


def _row(asked: Question, document: Document, vocabulary: Vocabulary, seen: int) -> list[str]:
    concept = vocabulary.get(asked.concept)
    tag = suggestion(document, asked.concept)
    evidence = tag.evidence[:SENTENCES] if tag else ()
    return [
        document.id,
        document.work_id,
        document.title,
        document.source.path,
        document.language,
        document.date,
        asked.concept,
        *(concept.label(code) if concept else "" for code in ("en", "fr")),
        "" if asked.score is None else f"{asked.score:.2f}",
        asked.grade or "",
        "\n".join(one_line(item.quote) for item in evidence),
        ", ".join(dict.fromkeys(str(item.page) for item in evidence)),
        "; ".join(f"{review.decision} ({review.by})" for review in asked.elsewhere),
        "",
        "",
        "",
        str(seen),
    ]


def _asked(
    rows: Sequence[Mapping[str, str]],
    catalogue: Catalogue,
    vocabulary: Vocabulary,
    name: str,
    meant: Mapping[str, Decision],
) -> tuple[list[_Row], list[str]]:
    """Return the rows with a decision, and all that is wrong with any of them."""
    lacking = [column for column in NEEDED if rows and column not in rows[0]]
    if lacking or not rows:
        what = f"no column {', '.join(map(repr, lacking))}" if lacking else "no rows"
        return [], [f"it has {what}; `fourp review --export FILE` writes a good one"]
    known = catalogue.reviews.dates(row["document"].strip() for row in rows)
    found: list[_Row] = []
    problems: list[str] = []
    said: dict[tuple[str, str], _Row] = {}
    for number, row in enumerate(rows, start=2):  # the head is the first
        if not row["decision"].strip():
            continue
        wrong = list(_wrong(row, known, vocabulary, meant))
        problems += [f"row {number}: {one}" for one in wrong]
        if wrong:
            continue
        one = _decision(number, row, vocabulary, name, meant)
        key = one.review.document, one.review.concept
        before = said.setdefault(key, one)
        if before.review.decision is not one.review.decision:
            problems.append(f"row {number}: says something else than row {before.number}")
        elif before is one:
            found.append(one)
    return found, problems


def _wrong(
    row: Mapping[str, str],
    known: Mapping[str, str],
    vocabulary: Vocabulary,
    meant: Mapping[str, Decision],
) -> list[str]:
    problems = []
    if row["document"].strip() not in known:
        problems.append(f"no document of the library has the id {row['document'].strip()!r}")
    if not policy_file(vocabulary, row["file"]):
        problems.append(unknown_file(vocabulary, row["file"].strip()))
    if fold(row["decision"].strip()) not in meant:
        words = ", ".join(meant)
        problems.append(f"the decision {row['decision'].strip()!r} is none of: {words}")
    if (seen := row.get("seen", "").strip()) and not seen.removesuffix(".0").isdecimal():
        problems.append(f"'seen' is {seen!r}, not the number that was exported")
    return problems


def _decision(
    number: int,
    row: Mapping[str, str],
    vocabulary: Vocabulary,
    name: str,
    meant: Mapping[str, Decision],
) -> _Row:
    seen = row.get("seen", "").strip().removesuffix(".0")
    review = Review(
        row["document"].strip(),
        policy_file(vocabulary, row["file"]),
        meant[fold(row["decision"].strip())],
        row.get("by", "").strip() or name,
        note=row.get("note", "").strip(),
    )
    return _Row(number, review, int(seen) if seen else None)


def _sorted_out(catalogue: Catalogue, asked: Sequence[_Row]) -> tuple[list[Review], list[str]]:
    """Return the decisions that are new, and the rows that somebody else's decision overtook."""
    history = catalogue.reviews.of(row.review.document for row in asked)
    holding = standing(review for reviews in history.values() for review in reviews)
    new, overtaken = [], []
    for row in asked:
        review = row.review
        held = holding.get((review.document, review.concept))
        if held is not None and held.decision is review.decision:
            continue
        about = [r for r in history.get(review.document, ()) if r.concept == review.concept]
        last = about[-1] if about else None
        if last and row.seen is not None and last.number > row.seen and last.by != review.by:
            said = "took it back" if last.undoes else f"said {last.decision}"
            overtaken.append(
                f"row {row.number}: {review.concept}: {last.by} {said} on {last.at[:10]}, "
                "after the sheet was written"
            )
        else:
            new.append(review)
    return new, overtaken
