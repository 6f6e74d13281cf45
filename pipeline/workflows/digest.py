"""Digests: one message for each subscriber and period, told of each work once, and never twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from pipeline.config.workspace import Workspace
from pipeline.core.concepts import Vocabulary
from pipeline.core.digests import Outgoing, State
from pipeline.core.errors import ConfigError, DocumentError
from pipeline.core.subscribers import Period, Subscriber
from pipeline.workflows import assemble
from pipeline.workflows.news import Newsroom

if TYPE_CHECKING:
    from pipeline.catalogue.store import Catalogue
    from pipeline.report.digest_values import Digest
    from pipeline.report.groups import ExpertGroup


@dataclass(frozen=True, slots=True)
class Asked:
    """Which digests are wanted.

    Attributes:
        subscribers: Ids or names of associations; all where there is none.
        since: Day from which on a work must have come in; what was not told yet where absent.
        now: With a time zone.
    """

    subscribers: tuple[str, ...] = ()
    since: date | None = None
    now: datetime = field(default_factory=lambda: datetime.now(UTC))


@dataclass(frozen=True, slots=True)
class Plan:
    """What a subscriber is to hear.

    Attributes:
        since: From which day on, by key of an interest.
        digest: Nothing where nothing is new.
        ids: Of the works of the digest, and of their documents.
        had: The message that they have in this period already; `digest` waits for the next one.
    """

    subscriber: Subscriber
    period: Period
    since: Mapping[str, str]
    digest: Digest | None
    ids: frozenset[str]
    had: Outgoing | None = None

    @property
    def is_message(self) -> bool:
        """Whether it makes a message now."""
        return self.digest is not None and self.had is None


@dataclass(frozen=True, slots=True)
class Plans:
    """What all that were asked for are to hear.

    Attributes:
        waiting: Messages that are kept and that nobody got yet.
        uncertain: Messages of which nobody knows whether they were sent.
        problems: Why a saved search cannot be asked any more, by its name.
    """

    plans: tuple[Plan, ...]
    waiting: tuple[Outgoing, ...]
    uncertain: tuple[Outgoing, ...]
    problems: Mapping[str, str]


def plan_digests(workspace: Workspace, asked: Asked) -> Plans:
    """Return what subscribers would hear now; nothing is kept, written or sent.

    Raises:
        ConfigError: If vocabulary, groups or subscribers are wrong, or there is no such subscriber.
        CatalogueError: If the catalogue cannot be used.
        IndexUnusableError: If somebody follows a search and there is no usable index.
    """
    with assemble.catalogue_of(workspace) as catalogue:
        return planned(workspace, catalogue, asked)


def planned(workspace: Workspace, catalogue: Catalogue, asked: Asked) -> Plans:
    """Return what subscribers would hear now, by a catalogue that is open."""
    vocabulary, groups, everybody = _everybody(workspace, catalogue)
    chosen = list(_chosen(everybody, asked.subscribers, str(workspace.subscribers)))
    newsroom = Newsroom(workspace, catalogue)
    plans = [_plan(catalogue, newsroom, one, asked, vocabulary, groups) for one in chosen]
    ids = {one.id for one in chosen}
    kept = [one for one in catalogue.digests.outgoing(State.PREPARED) if one.subscriber in ids]
    uncertain = catalogue.digests.outgoing(State.SENDING)
    return Plans(tuple(plans), tuple(kept), tuple(uncertain), newsroom.problems)


def prepare(workspace: Workspace, catalogue: Catalogue, plans: Plans, now: datetime) -> None:
    """Keep each planned message, and what it announces; a plan that is kept is kept whole."""
    for plan in plans.plans:
        catalogue.digests.follow(plan.subscriber.id, plan.since)
        if plan.is_message and plan.digest is not None:
            outgoing, message = compose(workspace, plan.subscriber, plan.digest, now)
            catalogue.digests.prepare(outgoing, message, plan.ids)


def compose(
    workspace: Workspace, subscriber: Subscriber, digest: Digest, now: datetime
) -> tuple[Outgoing, bytes]:
    """Return a message, and what is to be noted of it.

    Raises:
        ConfigError: If a template of the workspace's own is wrong.
    """
    from pipeline.report.digest_html import to_html
    from pipeline.report.digest_labels import digest_labels
    from pipeline.report.digest_text import to_text
    from pipeline.report.message import Letterhead, message_id, to_message

    words, settings = digest_labels(digest.language), workspace.settings
    id_ = message_id("digest", subscriber.id, digest.period.name, sender=settings.sender)
    subject = words.subject_of(digest)
    message = to_message(
        subject=subject,
        text=to_text(digest),
        html=to_html(digest, templates=workspace.templates),
        language=digest.language,
        head=Letterhead(settings.sender, settings.reply_to, words.name_of_list),
        recipients=subscriber.emails,
        name=subscriber.association,
        message_id=id_,
        made_at=now,
    )
    outgoing = Outgoing(
        subscriber=subscriber.id,
        period=digest.period.name,
        message_id=id_,
        audience=subscriber.audience,
        recipients=subscriber.emails,
        subject=subject,
        works=digest.works,
        documents=tuple(sorted({id_ for item in digest.items for id_ in item.documents})),
        made_at=now.astimezone(UTC).isoformat(timespec="seconds"),
    )
    return outgoing, message


def withdraw_outdated(workspace: Workspace, catalogue: Catalogue) -> list[Outgoing]:
    """Forget messages that nobody got and that should not be sent as they are; return these.

    Of people who are subscribers no more, have other addresses or another audience, or may not read
    any more what a message tells of. The works are news again.
    """
    by_id = {one.id: one for one in _everybody(workspace, catalogue)[2]}
    withdrawn = []
    for one in catalogue.digests.outgoing(State.PREPARED):
        subscriber = by_id.get(one.subscriber)
        theirs = subscriber and (subscriber.emails, subscriber.audience)
        if theirs != (one.recipients, one.audience) or not readable(catalogue, one):
            catalogue.digests.withdraw(one.number)
            withdrawn.append(one)
    return withdrawn


def readable(catalogue: Catalogue, outgoing: Outgoing) -> bool:
    """Return whether its readers may still read all that a message tells of."""
    documents = set(outgoing.documents)
    return catalogue.audiences.readable(documents, outgoing.audience) == documents


def decide(workspace: Workspace, number: int, *, sent: bool) -> Outgoing:
    """Say what became of a message, and return it.

    Args:
        number: Of a message of which nobody knew; or of the last one of a subscriber, if it is to
            be given out again.
        sent: Whether it came; if not, the next run gives it out again.

    Raises:
        DocumentError: If there is no such message.
        CatalogueError: If the catalogue cannot be used, or messages are being sent.
    """
    states = (State.SENDING,) if sent else (State.SENDING, State.SENT, State.WRITTEN)
    with workspace.posting(), assemble.catalogue_of(workspace) as catalogue:
        known = catalogue.digests.outgoing(*states)
        there = [one for one in known if catalogue.digests.message(one.number)]
        for one in there:
            if one.number == number:
                catalogue.digests.note(number, State.SENT if sent else State.PREPARED)
                return one
    numbers = ", ".join(str(one.number) for one in there)
    raise DocumentError(
        f"is no message that {'was being sent' if sent else 'can be given out again'}",
        where=str(number),
        remedy=f"there are: {numbers}" if numbers else "there is none",
    )


def _everybody(
    workspace: Workspace, catalogue: Catalogue
) -> tuple[Vocabulary, tuple[ExpertGroup, ...], tuple[Subscriber, ...]]:
    vocabulary = assemble.vocabulary_of(workspace)
    groups = assemble.groups_of(workspace, vocabulary)
    searches = [search.name for search in catalogue.searches.all()]
    return (
        vocabulary,
        groups,
        assemble.subscribers_of(workspace, vocabulary, groups, searches),
    )


def _plan(
    catalogue: Catalogue,
    newsroom: Newsroom,
    subscriber: Subscriber,
    asked: Asked,
    vocabulary: Vocabulary,
    groups: Sequence[ExpertGroup],
) -> Plan:
    from pipeline.report.digest import build_digest, language_for

    period = subscriber.frequency.period(asked.now.astimezone(UTC).date())
    since = _since(catalogue, subscriber, period, asked.since)
    found = newsroom.news(subscriber, since)
    had = catalogue.digests.of_period(subscriber.id, period.name)
    if not found:
        return Plan(subscriber, period, since, None, frozenset(), had)
    language = language_for(subscriber.languages)
    names = {concept.id: concept.label(language) for concept in vocabulary.files}
    names |= {f"pillar/{one.id}": one.label(language) for one in vocabulary.pillars}
    names |= {f"group/{one.id}": one.names[language] for one in groups}
    contacts = dict.fromkeys(
        one.secretary for one in groups if one.secretary and one.id in subscriber.groups
    )
    digest = build_digest(subscriber, period, [one.news for one in found], names, contacts)
    ids = frozenset().union(*(one.ids for one in found))
    return Plan(subscriber, period, since, digest, ids, had)


def _since(
    catalogue: Catalogue, subscriber: Subscriber, period: Period, asked: date | None
) -> dict[str, str]:
    """Return from which day on each interest is news.

    An interest that is new begins with the period before this one, and that day is kept: whatever
    comes in later is told sometime, also if it is tagged or opened to them much later.
    """
    if asked is not None:
        return {interest.key: asked.isoformat() for interest in subscriber.interests}
    kept = catalogue.digests.followed(subscriber.id)
    begin = subscriber.frequency.before(period).first.isoformat()
    return {one.key: kept.get(one.key, begin) for one in subscriber.interests}


def _chosen(
    everybody: Sequence[Subscriber], names: Iterable[str], where: str
) -> Iterator[Subscriber]:
    names = tuple(names)
    known = {name for one in everybody for name in (one.id, one.association)}
    if unknown := [name for name in names if name not in known]:
        ids = ", ".join(one.id for one in everybody)
        raise ConfigError(
            [f"there is no subscriber {name!r}" for name in unknown],
            where=where,
            remedy=f"choose one of: {ids}" if ids else "add one there",
        )
    for one in everybody:
        if not names or one.id in names or one.association in names:
            yield one
