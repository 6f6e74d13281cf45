"""Feeds hold each work once, newest first, and are valid Atom whatever the titles are."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pipeline.core.cards import Card
from pipeline.report.atom import NAMESPACE, to_atom
from pipeline.report.feeds import LONGEST, NEVER, Feed, build_feed
from pipeline.report.text import harmless

NAMES = {"planet": "Planet", "water": "Water & <sea>"}
ENGLISH = Card(
    document="a" * 64,
    work="(EU) 2027/1",
    path="/library/act.en.pdf",
    title="Act on towns",
    language="en",
    date="2027-01-02",
    kind="regulation",
    institution="commission",
    concepts=("water", "planet"),
    added_at="2027-02-02T10:00:00+00:00",
)
FRENCH = replace(
    ENGLISH,
    document="b" * 64,
    path="/library/act.fr.pdf",
    title="Acte sur les villes",
    language="fr",
    added_at="2027-02-03T10:00:00+00:00",
)
HOSTILE = "<script>alert(1)</script>]]>\x00\x1b\u202e\ufffe&\r\n"

_texts = st.text(st.characters(exclude_categories=["Cs"])) | st.just(HOSTILE)
_cards = st.builds(
    lambda title, path, work, name: replace(
        ENGLISH, title=title, path="/" + path, work=work, institution=name, kind=name
    ),
    _texts, _texts, _texts, _texts,
)  # fmt: skip


def _feed(*cards: Card, name: str = "Water") -> Feed:
    return build_feed("file/water", name, cards, NAMES, "en")


def _broken_rules(content: bytes) -> list[str]:
    """Return which rules of RFC 4287 a feed breaks: those on what must be there, and how often."""
    root = etree.fromstring(content)
    broken = [] if root.tag == f"{{{NAMESPACE}}}feed" else ["the root is no atom:feed"]
    entries = root.findall(f"{{{NAMESPACE}}}entry")
    for element in (root, *entries):
        for name in ("id", "title", "updated"):  # 4.1.1, 4.1.2: exactly one
            found = element.findall(f"{{{NAMESPACE}}}{name}")
            if len(found) != 1 or not (found[0].text or "").strip():
                broken.append(f"{element.tag} has {len(found)} {name}")
        if not re.fullmatch(
            r"urn:uuid:[0-9a-f-]{36}", element.findtext(f"{{{NAMESPACE}}}id") or ""
        ):
            broken.append("an id is no IRI")  # 4.2.6
        updated = element.findtext(f"{{{NAMESPACE}}}updated") or ""
        if datetime.fromisoformat(updated).tzinfo is None or "T" not in updated:
            broken.append("a date has no time zone")  # 3.3
    if not root.findtext(f"{{{NAMESPACE}}}author/{{{NAMESPACE}}}name"):
        broken.append("there is no author")  # 4.1.1
    for entry in entries:  # 4.1.2: an entry without an alternate link has content
        if entry.find(f"{{{NAMESPACE}}}content") is None:
            broken.append("an entry has neither content nor link")
        if any(not c.get("term") for c in entry.findall(f"{{{NAMESPACE}}}category")):
            broken.append("a category has no term")  # 4.2.2.1
    ids = [entry.findtext(f"{{{NAMESPACE}}}id") for entry in entries]
    if len(set(ids)) != len(ids):
        broken.append("two entries have one id")
    return broken


def test_versions_of_a_work_are_one_entry_in_the_language_of_the_feed() -> None:
    [entry] = _feed(FRENCH, ENGLISH).entries
    assert (entry.title, entry.updated) == ("Act on towns", FRENCH.added_at)
    assert entry.summary == "European Commission · Regulation · 2 January 2027 · English, French"
    assert entry.categories == ("Planet", "Water & <sea>")
    french = build_feed("file/water", "Eau", [ENGLISH, FRENCH], NAMES, "fr")
    assert (french.title, french.entries[0].title) == ("Nouveautés\u00a0: Eau", FRENCH.title)
    assert french.entries[0].id == entry.id
    assert french.id != _feed().id


def test_the_newest_stand_first_and_old_ones_are_left_out() -> None:
    cards = [
        replace(ENGLISH, work=f"w{n}", added_at=f"2027-01-01T00:00:{n:02}+00:00") for n in range(60)
    ]
    feed = _feed(*cards)
    assert len(feed.entries) == LONGEST
    assert feed.updated == feed.entries[0].updated == "2027-01-01T00:00:59+00:00"
    assert to_atom(feed) == to_atom(_feed(*reversed(cards)))


def test_an_id_does_not_depend_on_titles_dates_or_tags() -> None:
    changed = replace(ENGLISH, title="Another", date="", concepts=(), path="/else.pdf")
    assert _feed(changed).entries[0].id == _feed(ENGLISH).entries[0].id


def test_a_feed_without_entries_is_valid() -> None:
    assert _feed().updated == NEVER
    assert _broken_rules(to_atom(_feed())) == []


@given(st.lists(_cards, max_size=6), _texts)
def test_any_titles_make_valid_atom_that_says_them_as_they_are(
    cards: list[Card], name: str
) -> None:
    feed = _feed(*cards, name=name)
    content = to_atom(feed)
    assert _broken_rules(content) == []
    titles = etree.fromstring(content).findall(f"{{{NAMESPACE}}}entry/{{{NAMESPACE}}}title")
    assert [title.text for title in titles] == [entry.title for entry in feed.entries]
    assert all(harmless(entry.title) == entry.title for entry in feed.entries)
