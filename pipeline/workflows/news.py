"""News: which works a subscriber has not been told of, and why they would want to be."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.config.workspace import Workspace
from pipeline.core.audience import Audience
from pipeline.core.cards import Card
from pipeline.core.digests import Arrival, Proof
from pipeline.core.errors import QueryError
from pipeline.core.query import Hit
from pipeline.core.subscribers import Interest, Subscriber
from pipeline.core.tags import Grade
from pipeline.workflows import library
from pipeline.workflows.saved_searches import saved_query

if TYPE_CHECKING:
    from pipeline.catalogue.store import Catalogue
    from pipeline.report.digest import Match, News


@dataclass(frozen=True, slots=True)
class Found:
    """A work that is news to somebody, and all ids that it is known by."""

    news: News
    ids: frozenset[str]


class Newsroom:
    """Finds news for one subscriber after the other; what they share is asked for once."""

    def __init__(self, workspace: Workspace, catalogue: Catalogue) -> None:
        self._workspace = workspace
        self._catalogue = catalogue
        self._searches = {search.name: search for search in catalogue.searches.all()}
        self._arrivals: dict[tuple[str, Audience], list[Arrival]] = {}
        self._cards: dict[Audience, dict[str, Card]] = {}
        self._hits: dict[tuple[str, Audience], dict[str, Hit]] = {}
        self.problems: dict[str, str] = {}  # why a search cannot be asked any more, by its name

    def news(self, subscriber: Subscriber, since: Mapping[str, str]) -> list[Found]:
        """Return the works that are news to a subscriber.

        Args:
            since: By key of an interest, the day from which on a work must have come in.

        Raises:
            IndexUnusableError: If they follow a search and there is no usable index.
        """
        if not since:  # a pillar without policy files
            return []
        arrivals = self._since(min(since.values()), subscriber.audience)
        fitting = {
            one.work: interests
            for one in arrivals
            if (interests := list(self._fitting(one, subscriber, since)))
        }
        some = [one for one in arrivals if one.work in fitting]
        told = self._catalogue.digests.announced(subscriber.id, some)
        new = [one for one in some if one.work not in told]
        return self._detailed(new, fitting, subscriber.audience)

    def _detailed(
        self,
        new: Iterable[Arrival],
        fitting: Mapping[str, list[tuple[Interest, Grade]]],
        audience: Audience,
    ) -> list[Found]:
        from pipeline.report.digest import News

        new = list(new)
        ids = {id_ for one in new for id_ in one.documents}
        cards = self._cards_of(ids, audience)
        files = {i.name for one in new for i, _ in fitting[one.work] if i.kind == "file"}
        proofs: dict[tuple[str, str], Proof] = {
            (proof.document, proof.concept): proof
            for proof in self._catalogue.arrivals.proofs(cards, files)
        }
        found = []
        for one in new:
            matches = tuple(
                self._match(one, interest, grade, proofs, audience)
                for interest, grade in fitting[one.work]
            )
            own = tuple(cards[id_] for id_ in one.documents if id_ in cards)
            if own:
                found.append(Found(News(one.work, own, matches), one.ids))
        return found

    def _match(
        self,
        work: Arrival,
        interest: Interest,
        grade: Grade,
        proofs: Mapping[tuple[str, str], Proof],
        audience: Audience,
    ) -> Match:
        from pipeline.report.digest import Match

        if interest.kind == "file":
            keys = ((id_, interest.name) for id_ in work.documents)
            return Match(interest, grade, tuple(proofs[key] for key in keys if key in proofs))
        hits = self._found_by(interest.name, audience)
        own = (hits[id_] for id_ in work.documents if id_ in hits)
        said = (Proof(hit.document, interest.key, hit.snippet, hit.page) for hit in own)
        return Match(interest, grade, tuple(said))

    def _fitting(
        self, work: Arrival, subscriber: Subscriber, since: Mapping[str, str]
    ) -> Iterable[tuple[Interest, Grade]]:
        for interest in subscriber.interests:
            if work.first_at < since[interest.key]:
                continue
            if interest.kind == "file":
                if interest.name in work.grades:
                    yield interest, work.grades[interest.name]
            elif (
                not self._found_by(interest.name, subscriber.audience)
                .keys()
                .isdisjoint(work.documents)
            ):
                yield interest, Grade.MAIN

    def _cards_of(self, ids: Collection[str], audience: Audience) -> dict[str, Card]:
        known = self._cards.setdefault(audience, {})
        new = [id_ for id_ in ids if id_ not in known]
        known |= {card.document: card for card in self._catalogue.cards(audience, new)}
        return {id_: known[id_] for id_ in ids if id_ in known}

    def _since(self, day: str, audience: Audience) -> list[Arrival]:
        key = (day, audience)
        if key not in self._arrivals:
            self._arrivals[key] = self._catalogue.arrivals.since(day, audience)
        return self._arrivals[key]

    def _found_by(self, name: str, audience: Audience) -> dict[str, Hit]:
        """Return the best passage of each work that a search finds, by its document."""
        key = (name, audience)
        if key not in self._hits:
            search = self._searches[name]
            try:
                query = saved_query(self._workspace, search.line, search.filters, audience)
                hits = library.search(self._workspace, query).hits
            except QueryError as error:  # it names a policy file that is in the vocabulary no more
                self.problems[name] = str(error)
                hits = ()
            self._hits[key] = {hit.document: hit for hit in hits}
        return self._hits[key]
