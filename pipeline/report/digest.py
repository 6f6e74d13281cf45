"""The digest of a subscriber, built from the works that are news to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.core.audience import Audience
from pipeline.core.cards import Card
from pipeline.core.digests import Proof
from pipeline.core.subscribers import Interest, Period, Subscriber
from pipeline.core.tags import Grade
from pipeline.core.text import fold
from pipeline.report.digest_values import Chapter, Digest, Item, Reason, Sentence
from pipeline.report.official import official_address
from pipeline.report.text import harmless
from pipeline.report.values import Language, Secretary

# Works that a message lists at most, unless it has more than twenty chapters. After a library was
# filled, all of it is new: 10,000 works make a message of 44 MB (measured), which nobody can send.
LISTED = 200
LISTED_OF_CHAPTER = 10  # at least
SPOKEN: tuple[Language, ...] = ("en", "fr")


@dataclass(frozen=True, slots=True)
class Match:
    """An interest to which a work belongs, and what proves it.

    Attributes:
        grade: Of the tag; a search has main subjects only.
        proofs: Of any versions, at most one of each.
    """

    interest: Interest
    grade: Grade
    proofs: tuple[Proof, ...] = ()


@dataclass(frozen=True, slots=True)
class News:
    """A work that is news to somebody.

    Attributes:
        cards: Of the versions that they may read; at least one.
        matches: In the order of their interests; at least one.
    """

    work: str
    cards: tuple[Card, ...]
    matches: tuple[Match, ...]


def language_for(languages: Iterable[str]) -> Language:
    """Return the language of a message: the first that fourp speaks, else English."""
    for code in languages:
        for spoken in SPOKEN:
            if code == spoken:
                return spoken
    return "en"


def build_digest(
    subscriber: Subscriber,
    period: Period,
    news: Iterable[News],
    names: Mapping[str, str],
    contacts: Iterable[Secretary] = (),
) -> Digest:
    """Return what is new for a subscriber; the order of ``news`` makes no difference.

    A work stands once, under the first interest whose main subject it is, or else the first.

    Args:
        names: Of policy files by id, and of what they are followed through, as an `Interest` has
            it, in the message's language.
    """
    chapters: dict[str, list[Item]] = {interest.key: [] for interest in subscriber.interests}
    proved: dict[str, tuple[Proof, ...]] = {}
    for one in news:
        first, *others = sorted(one.matches, key=lambda match: match.grade is not Grade.MAIN)
        reasons = [_reason(match, names) for match in (first, *others)]
        item = build_item(one.cards, reasons, subscriber.languages, subscriber.audience)
        chapters[first.interest.key].append(item)
        proved[item.work] = first.proofs
    most = max(LISTED // max(sum(map(bool, chapters.values())), 1), LISTED_OF_CHAPTER)
    return Digest(
        association=harmless(subscriber.association),
        language=language_for(subscriber.languages),
        frequency=subscriber.frequency,
        period=period,
        audience=subscriber.audience,
        chapters=tuple(
            Chapter(
                _name(interest, names),
                interest.kind == "search",
                tuple(with_quote(item, proved[item.work]) for item in items[:most]),
                len(items[most:]),
            )
            for interest in subscriber.interests
            if (items := in_order(chapters[interest.key]))
        ),
        contacts=tuple(Secretary(harmless(one.name), one.email) for one in contacts),
    )


def build_item(
    cards: Sequence[Card],
    reasons: Sequence[Reason],
    languages: Sequence[str],
    audience: Audience,
) -> Item:
    """Return a work as a message shows it, without a quote.

    Args:
        cards: Of its versions.
        reasons: Why it is there, the one it stands under first.
        languages: Of the reader, the one they like best first.
    """
    order = [*languages, *(code for code in SPOKEN if code not in languages)]

    def preference(card: Card) -> tuple[int, str, str, str]:
        rank = order.index(card.language) if card.language in order else len(order)
        return rank, card.language, card.path, card.document

    ordered = sorted(cards, key=preference)
    first = ordered[0]
    institution = next((one.institution for one in ordered if one.institution), "")
    return Item(
        work=first.work,
        title=harmless(first.title) or harmless(first.path.rsplit("/", 1)[-1]) or "?",
        title_language=first.language,
        institution=harmless(institution),
        kind=harmless(next((one.kind for one in ordered if one.kind), "")),
        date=next((one.date for one in ordered if one.date), ""),
        versions=tuple((one.document, one.language) for one in ordered),
        reasons=tuple(reasons),
        link=official_address(first.work, first.language, institution),
        path=first.path if audience is Audience.SECRETARIAT else "",
    )


def with_quote(item: Item, proofs: Iterable[Proof]) -> Item:
    """Return a work with the proof out of the version that its reader likes best, if there is one.

    Args:
        proofs: Of any versions, at most one of each.
    """
    by_document = {proof.document: proof for proof in proofs}
    for document, language in item.versions:
        proof = by_document.get(document)
        if proof and (text := harmless(proof.text)):
            return replace(item, quote=Sentence(text, proof.page, language))
    return item


def in_order(items: Iterable[Item]) -> tuple[Item, ...]:
    """Return works by grade, then date, newest first, then title."""
    by_title = sorted(items, key=lambda item: (fold(item.title), item.title, item.work))
    by_date = sorted(by_title, key=lambda item: item.date, reverse=True)
    return tuple(sorted(by_date, key=lambda item: item.reasons[0].grade is not Grade.MAIN))


def _reason(match: Match, names: Mapping[str, str]) -> Reason:
    interest = match.interest
    through = harmless(names.get(interest.through, interest.through))
    return Reason(interest.kind, _name(interest, names), through, match.grade)


def _name(interest: Interest, names: Mapping[str, str]) -> str:
    known = names.get(interest.name) if interest.kind == "file" else None
    return harmless(known or interest.name)
