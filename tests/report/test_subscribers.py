"""Subscribers load whole, or every problem of the file is told at once."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.config.workspace import SUBSCRIBERS, make_workspace
from pipeline.core.audience import Audience
from pipeline.core.errors import ConfigError
from pipeline.core.subscribers import Frequency, Interest, Subscriber, is_address
from pipeline.report.groups import load_groups
from pipeline.report.subscribers import load_subscribers
from pipeline.tagging.vocabulary_file import load_vocabulary
from tests.report.sample import PLANET, VOCABULARY

ROOT = Path(__file__).parents[2]

GOOD = """
subscribers:
  - id: north
    association: Towns of the North
    email: eu@north.example.org
    languages: [sv, en]
    interests:
      files: [water]
      searches: sewers
      pillars: [places]
      groups: [planet]
    frequency: weekly
    audience: members
"""
BAD = """
subscribers:
  - id: one
    association: One
    email: [a@example.org, "b@example.org\\nBcc: c@example.org", nobody]
    languages: [en, frr]
    interests: {files: [watr, planet], searches: [sewer], pilars: [planet]}
    frequency: weekly
    audience: publc
    colour: red
  - id: one
    association: [x]
    email: 5
    languages: []
    interests: {files: []}
    frequency: hourly
  - just words
"""


def _load(path: Path, text: str) -> tuple[Subscriber, ...]:
    path.write_text(text, encoding="utf-8")
    return load_subscribers(path, VOCABULARY, [PLANET], ["sewers"])


def test_a_subscriber_follows_files_and_searches_in_the_order_they_are_written(
    tmp_path: Path,
) -> None:
    [north] = _load(tmp_path / "subscribers.yaml", GOOD)
    assert (north.emails, north.languages) == (("eu@north.example.org",), ("sv", "en"))
    assert (north.frequency, north.audience) == (Frequency.WEEKLY, Audience.MEMBERS)
    assert north.groups == ("planet",)
    assert north.interests == (
        Interest("file", "water"),
        Interest("search", "sewers"),
        Interest("file", "digital", "pillar/places"),
        Interest("file", "cohesion-policy", "pillar/places"),
        Interest("file", "mobility", "group/planet"),
        Interest("file", "cop26", "group/planet"),
        Interest("file", "energy", "group/planet"),
    )


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as raised:
        _load(tmp_path / "subscribers.yaml", BAD)
    kinds = "a mapping of files, pillars, groups, searches, with something in one of them"
    assert list(raised.value.problems) == [
        "subscriber 'one' has an unknown key 'colour'",
        "subscriber 'one' has no e-mail address: 'b@example.org\\nBcc: c@example.org'",
        "subscriber 'one' has no e-mail address: 'nobody'",
        "subscriber 'one' reads an unknown language 'frr'; did you mean 'fr'?",
        "subscriber 'one' follows an unknown policy file 'watr'; did you mean 'water'?",
        "subscriber 'one' follows an unknown policy file 'planet', which is a pillar; "
        "list it under `pillars:`",
        "subscriber 'one' follows an unknown saved search 'sewer'; did you mean 'sewers'?",
        "subscriber 'one' has an unknown kind of interest 'pilars'; did you mean 'pillars'?",
        "subscriber 'one' has an unknown audience 'publc'; did you mean 'public'?; "
        "it is one of public, members, secretariat",
        "subscriber 'one' has no association",
        "subscriber 'one' has no email: 5",
        "subscriber 'one' has no languages",
        f"subscriber 'one' has no interests: {kinds}",
        "subscriber 'one' has an unknown frequency 'hourly'; "
        "it is one of daily, weekly, monthly, quarterly",
        "subscriber 'one' has no audience; it is one of public, members, secretariat",
        "subscriber 3 is not a mapping of id, association, email and so on",
        "subscriber id 'one' is used 2 times",
    ]


def test_a_new_workspace_has_a_file_with_an_example_and_nobody_in_it(tmp_path: Path) -> None:
    make_workspace(tmp_path)
    path = tmp_path / "models" / SUBSCRIBERS
    assert load_subscribers(path, VOCABULARY, [PLANET], []) == ()
    lines = path.read_text(encoding="utf-8").splitlines()
    example = [line.removeprefix("# ") for line in lines if line.startswith("#   ")]
    vocabulary = load_vocabulary(ROOT / "models" / "vocabulary.yaml")
    path.write_text("\n".join(["subscribers:", *example]), encoding="utf-8")
    [told] = load_subscribers(path, vocabulary, [PLANET], ["sewers"])
    assert told.interests


def test_those_of_the_sample_workspace_are_good_and_none_is_real() -> None:
    vocabulary = load_vocabulary(ROOT / "models" / "vocabulary.yaml")
    groups = load_groups(ROOT / "models" / "expert-groups.yaml", vocabulary)
    some = load_subscribers(ROOT / "models" / SUBSCRIBERS, vocabulary, groups, [])
    assert some
    assert all(email.endswith("example.org") for one in some for email in one.emails)


@pytest.mark.parametrize(
    ("frequency", "name", "first", "last"),
    [
        (Frequency.DAILY, "2026-12-31", "2026-12-31", "2026-12-31"),
        (Frequency.WEEKLY, "2026-W53", "2026-12-28", "2027-01-03"),
        (Frequency.MONTHLY, "2026-12", "2026-12-01", "2026-12-31"),
        (Frequency.QUARTERLY, "2026-Q4", "2026-10-01", "2026-12-31"),
    ],
)
def test_periods_are_those_of_the_calendar(
    frequency: Frequency, name: str, first: str, last: str
) -> None:
    period = frequency.period(date(2026, 12, 31))
    assert (period.name, str(period.first), str(period.last)) == (name, first, last)


@given(st.dates(date(1950, 1, 1), date(2150, 1, 1)), st.sampled_from(Frequency))
def test_every_day_is_in_one_period_and_the_one_before_ends_the_day_before(
    day: date, frequency: Frequency
) -> None:
    period = frequency.period(day)
    assert period.first <= day <= period.last
    assert {frequency.period(period.first), frequency.period(period.last)} == {period}
    before = frequency.before(period)
    assert before.last + timedelta(days=1) == period.first
    assert before.name < period.name


@pytest.mark.parametrize(
    "text",
    ["", "a", "a@b", "a@b..org", ".a@b.org", "a b@c.org", "a@b.org\n", "<a@b.org>", "a@b.org,c@d.e",
     "é@b.org", "a@-b.org", "a" * 250 + "@b.org", "a@b.org\u202e"],
)  # fmt: skip
def test_what_is_no_address_is_none(text: str) -> None:
    assert not is_address(text)
    assert is_address("o'neill+eu@mail.example.org")
