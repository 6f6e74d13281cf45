"""Newsletters: one issue for the public or for members, out of the catalogue."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pipeline.config.workspace import Workspace
from pipeline.core.audience import Audience
from pipeline.core.digests import Proof
from pipeline.core.files import write_whole
from pipeline.core.tags import Grade
from pipeline.workflows import assemble
from pipeline.workflows.dates import agenda

if TYPE_CHECKING:
    from pipeline.report.agenda import Item
    from pipeline.report.newsletter import Newsletter
    from pipeline.report.values import Language

Form = Literal["html", "eml"]

AHEAD = timedelta(days=90)  # of key dates


@dataclass(frozen=True, slots=True)
class Issue:
    """Which issue is wanted.

    Attributes:
        audience: The public or members.
        since, until: First and last day of the period.
        made_at: With a time zone.
    """

    audience: Audience
    since: date
    until: date
    language: Language
    made_at: datetime = field(default_factory=lambda: datetime.now(UTC))


def newsletter(
    workspace: Workspace,
    issue: Issue,
    form: Form,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> bytes:
    """Return an issue as the bytes of a file.

    Args:
        progress: Told how many documents of how many have been looked through for key dates.

    Raises:
        ConfigError: If the vocabulary or a template of the workspace's own is wrong.
        CatalogueError: If the catalogue cannot be used.
    """
    from pipeline.report.newsletter_html import to_html

    letter = _letter(workspace, issue, progress)
    page = to_html(letter, templates=workspace.templates)
    return page.encode("utf-8") if form == "html" else _message(workspace, letter, page, issue)


def write_newsletter(
    workspace: Workspace,
    issue: Issue,
    form: Form,
    out: Path,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> None:
    """Write an issue to a file, which is replaced where it is there.

    Raises:
        ConfigError, CatalogueError: As `newsletter` does.
        WriteError: If the file cannot be written.
    """
    write_whole(out, newsletter(workspace, issue, form, progress))


def _letter(workspace: Workspace, issue: Issue, progress: Callable[[int, int], None]) -> Newsletter:
    from pipeline.report.newsletter import Novelty, build_newsletter

    vocabulary = assemble.vocabulary_of(workspace)
    files = [file.id for file in vocabulary.files]
    first, last = issue.since.isoformat(), issue.until.isoformat()
    with assemble.catalogue_of(workspace) as catalogue:
        ids = catalogue.reports.documents(files, since=first, until=last, audience=issue.audience)
        main = [
            one
            for one in catalogue.arrivals.of(ids, issue.audience)
            if Grade.MAIN in one.grades.values()
        ]
        shown = {id_ for one in main for id_ in one.documents}
        cards = {card.document: card for card in catalogue.cards(issue.audience, shown)}
        proofs: dict[str, list[Proof]] = {}
        for proof in catalogue.arrivals.proofs(cards, files):
            proofs.setdefault(proof.document, []).append(proof)
    novelties = [
        Novelty(
            tuple(cards[id_] for id_ in one.documents),
            one.grades,
            tuple(proof for id_ in one.documents for proof in proofs.get(id_, ())),
        )
        for one in main
        if all(id_ in cards for id_ in one.documents)
    ]
    dates: tuple[Item, ...] = ()
    if issue.audience is not Audience.PUBLIC:
        dates = agenda(
            workspace,
            since=(issue.until + timedelta(days=1)).isoformat(),
            until=(issue.until + AHEAD).isoformat(),
            audience=issue.audience,
            language=issue.language,
            progress=progress,
        )
    return build_newsletter(
        novelties,
        vocabulary,
        language=issue.language,
        audience=issue.audience,
        since=issue.since,
        until=issue.until,
        dates=dates,
    )


def _message(workspace: Workspace, letter: Newsletter, page: str, issue: Issue) -> bytes:
    from pipeline.report.message import Letterhead, message_id, to_message
    from pipeline.report.newsletter_labels import newsletter_labels
    from pipeline.report.newsletter_text import to_text

    say, settings = newsletter_labels(letter.language), workspace.settings
    names = ("newsletter", letter.audience.value, letter.language, str(letter.since))
    return to_message(
        subject=say.subject_of(letter),
        text=to_text(letter),
        html=page,
        language=letter.language,
        head=Letterhead(settings.sender, settings.reply_to, say.title_of(letter)),
        recipients=(),
        name="",
        message_id=message_id(*names, str(letter.until), sender=settings.sender),
        made_at=issue.made_at,
    )
