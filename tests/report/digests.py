"""Digests for tests of how they are written: one of each thing, and ones made to hurt."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import strategies as st

from pipeline.core.audience import Audience
from pipeline.core.cards import Card
from pipeline.core.digests import Proof
from pipeline.core.subscribers import Frequency, Interest, Subscriber
from pipeline.core.tags import Grade
from pipeline.report.digest import Match, News, build_digest
from pipeline.report.digest_values import Digest
from pipeline.report.values import Secretary
from tests.report.hostile import hostile_texts

MADE_AT = datetime(2026, 12, 2, 9, tzinfo=UTC)
WATER, ENERGY = Interest("file", "water"), Interest("file", "energy", "pillar/planet")
SEWERS = Interest("search", "sewers")
NAMES = {
    "en": {"water": "Water", "energy": "Energy", "pillar/planet": "Planet"},
    "fr": {"water": "Eau", "energy": "Énergie", "pillar/planet": "Planète"},
}


def card(name: str = "a", *, language: str = "en", work: str = "", **facts: str) -> Card:
    """Return the card of a version of a work."""
    known = {
        "document": f"{name}-{language}",
        "work": work or name,
        "path": f"/library/{name}.{language}.pdf",
        "title": f"Title of {name} ({language})",
        "date": "2026-11-03",
        "kind": "position paper",
        "institution": "CEMR",
        "added_at": "2026-12-01T08:00:00+00:00",
    } | facts
    return Card(language=language, concepts=("water",), **known)


def proof(one: Card, page: int = 4, concept: str = "water") -> Proof:
    """Return a proof out of a document."""
    return Proof(one.document, concept, f"Sentence of\n{one.document}.", page)


def subscriber(*languages: str, audience: Audience = Audience.MEMBERS) -> Subscriber:
    """Return a subscriber who follows two files and a search."""
    return Subscriber(
        "north", "Towns of the North", ("eu@north.example.org",), languages or ("en",),
        (WATER, ENERGY, SEWERS), Frequency.WEEKLY, audience, ("planet",),
    )  # fmt: skip


def digest(*news: News, whom: Subscriber | None = None) -> Digest:
    """Return the digest of a week."""
    whom = whom or subscriber()
    language = "fr" if whom.languages[0] == "fr" else "en"
    period = whom.frequency.period(date(2026, 12, 2))
    contacts = [Secretary("Ann Ek", "ann@example.org")]
    return build_digest(whom, period, news, NAMES[language], contacts)


def sample(*languages: str, audience: Audience = Audience.MEMBERS) -> Digest:
    """Return a digest that says each thing that one can say."""
    english, french = (
        card("act", work="32021R1057", language=code, institution="European Commission")
        for code in ("en", "fr")
    )
    heat = card("heat", date="", institution="", kind="")
    note = card("note")
    return digest(
        News("32021R1057", (english, french), (Match(WATER, Grade.MAIN, (proof(english),)),)),
        News(
            "heat",
            (heat,),
            (
                Match(WATER, Grade.ALSO, (proof(heat),)),
                Match(ENERGY, Grade.MAIN, (proof(heat, 7, "energy"),)),
                Match(SEWERS, Grade.MAIN, (proof(heat, 2, "search/sewers"),)),
            ),
        ),
        News("note", (note,), (Match(ENERGY, Grade.ALSO),)),
        whom=subscriber(*languages, audience=audience),
    )


@st.composite
def hostile_digests(draw: st.DrawFn) -> tuple[Digest, str]:
    """Draw a digest in which each text is made to hurt, and a name of its reader that is, too."""
    language = draw(st.sampled_from(["en", "fr", "x\" onclick='alert(1)"]))
    one = card(
        language=language,
        work=draw(hostile_texts) or "w",
        path=draw(st.sampled_from(["/library/{}.pdf", "{}"])).format(draw(hostile_texts)),
        title=draw(hostile_texts),
        kind=draw(hostile_texts),
        institution=draw(hostile_texts),
    )
    search = Interest("search", draw(hostile_texts) or "x")
    interests = (WATER, Interest("file", "energy", draw(hostile_texts)), search)
    association = draw(hostile_texts)
    whom = Subscriber(
        "north", association, ("eu@north.example.org",), draw(st.sampled_from([("en",), ("fr",)])),
        interests, draw(st.sampled_from(Frequency)), draw(st.sampled_from(Audience)),
    )  # fmt: skip
    said = (Proof(one.document, "water", draw(hostile_texts), 1),)
    some = draw(st.lists(st.sampled_from(interests), min_size=1, max_size=3, unique=True))
    news = News(one.work, (one,), tuple(Match(i, Grade.MAIN, said) for i in some))
    period = whom.frequency.period(date(2026, 12, 2))
    names = {"water": draw(hostile_texts) or "x"}
    secretary = Secretary(draw(hostile_texts), "ann@example.org")
    return build_digest(whom, period, [news], names, [secretary]), association
