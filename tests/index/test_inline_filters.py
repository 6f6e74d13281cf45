"""Filters among the words of a query say what every hit must be, or what is wrong with them."""

from __future__ import annotations

import pytest

from pipeline.core.errors import QueryError
from pipeline.core.query import And, Filters, InTitle, Node, Or, Word
from pipeline.index.inline_filters import Known, merged
from pipeline.index.query_text import parse_line

WATER, SEA = Word("water"), Word("sea")
KNOWN = Known(
    pillars={"planet": "planet", "planete": "planet", "people": "people"},
    files={"water": "water", "eau": "water", "circular-economy": "ce", "economie circulaire": "ce"},
    groups={"planet": ("water", "ce"), "nobody": ()},
)


@pytest.mark.parametrize(
    ("text", "filters"),
    [
        ("pillar:planet", Filters(pillars=("planet",))),
        ("pilier:Planète", Filters(pillars=("planet",))),
        ("pillar:planet,people", Filters(pillars=("planet", "people"))),
        ("pillar:planet pilier:people", Filters(pillars=("planet", "people"))),
        ("file:water", Filters(files=("water",))),
        ("dossier:Eau", Filters(files=("water",))),
        ('fiche:"économie circulaire"', Filters(files=("ce",))),
        ("fiche:«économie circulaire»,", Filters(files=("ce",))),
        ("file:water,circular-economy,eau", Filters(files=("water", "ce"))),
        ("group:planet", Filters(files=("water", "ce"))),
        ("groupe:PLANET", Filters(files=("water", "ce"))),
        ("lang:fr", Filters(languages=("fr",))),
        ("langue:FR,en", Filters(languages=("fr", "en"))),
        ("language:fr lang:fr", Filters(languages=("fr",))),
        ("year:2021", Filters(since="2021", until="2021")),
        ("année:2021..2023", Filters(since="2021", until="2023")),
        ("annee:2021..", Filters(since="2021")),
        ("YEAR:..2023-06", Filters(until="2023-06")),
        ("date:2021-03-11", Filters(since="2021-03-11", until="2021-03-11")),
        ("year:2021-03..2021-05-31", Filters(since="2021-03", until="2021-05-31")),
        ("since:2021-03", Filters(since="2021-03")),
        ("depuis:2021 avant:2023-02-28", Filters(since="2021", until="2023-02-28")),
        ("until:2023", Filters(until="2023")),
        ("since:2021 since:2021-03", Filters(since="2021-03")),
        ("year:2021 until:2021-06", Filters(since="2021", until="2021-06")),
        ("until:2021-06 until:2021", Filters(until="2021-06")),
        ("until:2021-06-30 until:2021-06", Filters(until="2021-06-30")),
        ("kind:Opinion", Filters(kinds=("opinion",))),
        (
            'type:"staff working document",opinion',
            Filters(kinds=("staff working document", "opinion")),
        ),
        (
            'kind:opinion,"staff working document"',
            Filters(kinds=("opinion", "staff working document")),
        ),
        ("audience:public", Filters(audience="public")),
        ("lecteurs:Membres", Filters(audience="members")),
        ("audience:public,members", Filters(audience="members")),
        ("audience:secrétariat audience:members", Filters(audience="members")),
        ("institution:Commission,council", Filters(institutions=("commission", "council"))),
    ],
)
def test_a_filter_says_what_every_hit_must_be(text: str, filters: Filters) -> None:
    assert parse_line(text, KNOWN) == (None, filters)


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("water lang:fr", WATER),
        ("lang:fr water", WATER),
        ("water AND lang:fr", WATER),
        ("lang:fr AND water", WATER),
        ("lang:fr ET water", WATER),
        ("AND lang:fr water", WATER),
        ("water lang:fr sea", And((WATER, SEA))),
        ("water AND lang:fr AND sea", And((WATER, SEA))),
        ("water OR sea lang:fr", Or((WATER, SEA))),
        ("(water OR sea) AND lang:fr", Or((WATER, SEA))),
        ("title:water lang:fr", InTitle(WATER)),
        ("lang:fr", None),
        ("lang:fr AND lang:fr", None),
        ("(water) lang:fr (sea)", And((WATER, SEA))),
    ],
)
def test_a_filter_may_stand_anywhere_beside_the_words(text: str, node: Node | None) -> None:
    assert parse_line(text) == (node, Filters(languages=("fr",)))


def test_without_the_names_of_a_workspace_anything_may_be_named() -> None:
    _, filters = parse_line("pillar:a,b file:c")
    assert filters == Filters(pillars=("a", "b"), files=("c",))


@pytest.mark.parametrize(
    ("text", "caret", "told"),
    [
        ("water OR lang:fr", 9, "lang:fr inside parentheses, OR or NOT"),
        ("lang:fr OR water", 0, "lang:fr inside"),
        ("a NOT lang:fr", 6, "lang:fr inside"),
        ("a -lang:fr", 3, "lang:fr inside"),
        ("a (b lang:fr)", 5, "lang:fr inside"),
        ("(lang:fr)", 1, "lang:fr inside"),
        ("water AND lang:fr OR sea", 10, "lang:fr inside"),
        ("a pilar:planet", 2, "no field pilar:; did you mean pillar:?"),
        ("languge:fr", 0, "did you mean language:?"),
        ("a pillar:plante", 9, "no pillar plante; did you mean planet?"),
        ("pillar:planet,peple", 14, "no pillar peple; did you mean people?"),
        ('file:"water, aeu"', 13, "no policy file aeu; did you mean water?"),
        ("file:xyz", 5, "no policy file xyz; there are ce, water ..."),
        ("group:planets", 6, "no expert group planets; did you mean planet?"),
        ("a lang:french", 7, "no language french; write a code"),
        ("lang:fr,f", 8, "no language f; write a code"),
        ("audience:pubic", 9, "no audience pubic; did you mean public?"),
        ("kind:,", 5, "a field without a value"),
        ('kind:""', 5, "a field without a value"),
        ('a kind:"b', 7, "a quotation mark without a second one"),
        ("a year:21", 7, "no date 21; write year:2021"),
        ("year:2021..2022..2023", 5, "no date 2021..2022..2023"),
        ("year:..", 5, "no date ..;"),
        ("year:20212022", 5, "no date 20212022"),
        ("since:2021..2023", 6, "no date 2021..2023"),
        ("until:soon", 6, "no date soon"),
        ("since:2021-13", 6, "no date 2021-13; write a day, month or year that there is"),
        ("year:2021..2021-02-29", 11, "no date 2021-02-29"),
        ("year:0000", 5, "no date 0000"),
        ("year:٢٠٢١", 5, "no date ٢٠٢١"),
    ],
)
def test_an_error_has_a_caret_under_the_value_and_a_remedy(
    text: str, caret: int, told: str
) -> None:
    with pytest.raises(QueryError) as raised:
        parse_line(text, KNOWN)
    line, under, rest = str(raised.value).split("\n")
    assert (line, under) == (text, " " * caret + "^")
    assert told in rest


@pytest.mark.parametrize("known", [None, Known()])
def test_a_workspace_without_groups_says_so(known: Known | None) -> None:
    with pytest.raises(QueryError, match="no expert group planet; there is none yet"):
        parse_line("group:planet", known)


def test_merged_filters_ask_for_what_both_do() -> None:
    one = Filters(pillars=("a",), languages=("fr",), since="2021", until="2022")
    other = Filters(pillars=("b", "a"), kinds=("k",), since="2021-03", until="2022-05")
    assert (
        merged(one, other)
        == merged(one, merged(other, other))
        == Filters(
            pillars=("a", "b"), languages=("fr",), kinds=("k",), since="2021-03", until="2022-05"
        )
    )
    assert merged(one, Filters()) == merged(Filters(), one) == one
