"""Audience: who reads what, and which folders say so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.audience import (
    Audience,
    AudienceDecision,
    AudienceRules,
    least_reading,
    strictest,
)

PUBLIC, MEMBERS, SECRETARIAT = Audience

RULES = AudienceRules(
    otherwise=MEMBERS,
    public=("eur-lex", "papers/published", "*.ojs"),
    members=("/srv/shared/notes",),
    secretariat=("secrétariat", "published/drafts"),
)


@pytest.mark.parametrize(
    ("path", "audience", "pattern"),
    [
        ("/srv/eur-lex/2021/act.pdf", PUBLIC, "eur-lex"),
        ("/srv/EUR-Lex/act.pdf", PUBLIC, "eur-lex"),
        ("/srv/eur-lexicon/act.pdf", MEMBERS, ""),
        ("/srv/papers/published/act.pdf", PUBLIC, "papers/published"),
        ("/srv/papers/2021/published/act.pdf", MEMBERS, ""),
        ("/srv/papers/published/drafts/act.pdf", SECRETARIAT, "published/drafts"),
        ("/srv/shared/notes/act.pdf", MEMBERS, "/srv/shared/notes"),
        ("/home/srv/shared/notes/eur-lex/act.pdf", PUBLIC, "eur-lex"),
        ("/srv/notice.ojs", PUBLIC, "*.ojs"),
        ("/srv/eur-lex/mail.eml!/Secretariat/note.pdf", SECRETARIAT, "secrétariat"),
        ("/srv/batch.ojs!/note.pdf", PUBLIC, "*.ojs"),
        ("/srv/elsewhere.pdf", MEMBERS, ""),
    ],
)
def test_the_strictest_rule_that_fits_a_path_counts(
    path: str, audience: Audience, pattern: str
) -> None:
    assert RULES.rule(path) == (audience, pattern)


def test_the_public_reads_least_and_the_secretariat_everything() -> None:
    assert [a.reads for a in Audience] == [
        (PUBLIC,),
        (PUBLIC, MEMBERS),
        (PUBLIC, MEMBERS, SECRETARIAT),
    ]


@given(st.sampled_from(Audience), st.sampled_from(Audience))
def test_of_two_audiences_the_one_that_reads_less_reads_nothing_that_the_other_may_not(
    one: Audience, other: Audience
) -> None:
    less = Audience(least_reading(one, other))
    assert set(less.reads) == set(one.reads) & set(other.reads)
    assert strictest([one, other]) in (one, other)
    assert less.may_read(strictest([one, other])) == (one is other)


def test_no_audience_is_no_limit() -> None:
    assert least_reading("", "") == ""
    assert least_reading("", "members") == least_reading("members", "") == "members"


def test_somebody_must_have_decided() -> None:
    with pytest.raises(ValueError, match="nobody decided"):
        AudienceDecision("a" * 64, PUBLIC, " ")
