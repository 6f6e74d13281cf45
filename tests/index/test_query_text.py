"""What people type becomes a query tree, or an error that shows where it went wrong."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.core.errors import QueryError
from pipeline.core.query import And, Node, Not, Or, Phrase, Prefix, Word
from pipeline.index.query_text import MAX_DEPTH, MIN_PREFIX, parse_query, to_text

A, B, C = Word("a"), Word("b"), Word("c")


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("", None),
        ("  \t\n", None),
        ("?! ... -", None),
        ('""', None),
        ("water", Word("water")),
        ("a b", And((A, B))),
        ("a AND b", And((A, B))),
        ("a ET b", And((A, B))),
        ("a OR b c", Or((A, And((B, C))))),
        ("a OU b OR c", Or((A, B, C))),
        ("(a OR b) c", And((Or((A, B)), C))),
        ("a NOT b", And((A, Not(B)))),
        ("a AND NOT b", And((A, Not(B)))),
        ("a SAUF b", And((A, Not(B)))),
        ("a -b", And((A, Not(B)))),
        ("-b", Not(B)),
        ("NOT NOT a", Not(Not(A))),
        ("a -(b c)", And((A, Not(And((B, C)))))),
        ('a -"b c"', And((A, Not(Phrase(("b", "c")))))),
        ("a - b", And((A, B))),
        ("zero-pollution", Word("zero-pollution")),
        ("or et not", And((Word("or"), Word("et"), Word("not")))),
        ("ANDRE ORE", And((Word("ANDRE"), Word("ORE")))),
        ('"waste water"', Phrase(("waste", "water"))),
        ("« eaux usées »", Phrase(("eaux", "usées"))),
        ("„Städte und“", Phrase(("Städte", "und"))),
        ('"zero-pollution plan"', Phrase(("zero", "pollution", "plan"))),
        ('"a"b', And((Phrase(("a",)), B))),
        ("circ*", Prefix("circ")),
        ("water, rivers!", And((Word("water"), Word("rivers")))),
        ("(water)", Word("water")),
        ("l'eau", Word("l'eau")),
        ("COM(2020) 652", Word("COM(2020) 652")),
        ("a COM(2020)0652 OR b", Or((And((A, Word("COM(2020) 652"))), B))),
        ("directive 91/271/CEE", And((Word("directive"), Word("91/271/EEC")))),
        ("((EU) 2018/1999)", Word("(EU) 2018/1999")),
        ("-COM(2020) 652", Not(Word("COM(2020) 652"))),
        ("2020/652", Word("2020/652")),
    ],
)  # fmt: skip
def test_text_becomes_the_tree_that_people_mean(text: str, node: Node | None) -> None:
    assert parse_query(text) == node


@pytest.mark.parametrize(
    ("text", "caret", "what"),
    [
        ("water AND", 9, "nothing to look for after AND"),
        ("OR water", 0, "nothing to look for before OR"),
        ("a OR OR b", 5, "nothing to look for after OR"),
        ("a AND )", 6, "nothing to look for after AND"),
        ("NOT", 3, "nothing to look for after NOT"),
        ("()", 1, "nothing to look for after ("),
        ("(?)", 2, "nothing to look for after ("),
        ("a (b", 2, "a ( without a )"),
        ("a b) c", 3, "a ) without a ("),
        ('a "b c', 2, "a quotation mark without a second one"),
        ("wa*er", 2, "a * that does not end a word"),
        ("*er", 0, "a * that does not end a word"),
        ("a w*", 3, "a * after too few letters"),
        ("a\nAND", 5, "nothing to look for after AND"),
        ("(" * (MAX_DEPTH + 1) + "a", MAX_DEPTH, "is nested too deeply"),
    ],
)
def test_an_error_has_a_caret_under_the_place_and_a_remedy(
    text: str, caret: int, what: str
) -> None:
    with pytest.raises(QueryError) as raised:
        parse_query(text)
    line, under, told = str(raised.value).split("\n")
    assert line == text.replace("\n", " ")
    assert under == " " * caret + "^"
    assert what in told
    assert raised.value.remedy


plain = st.text(alphabet="abcdefghijklmnopqrstuvwxyzéßąλ", min_size=1, max_size=8)
leaves = st.one_of(
    plain.map(Word),
    st.sampled_from(["COM(2020) 652", "91/271/EEC", "(EU) 2018/1999", "2020/652"]).map(Word),
    st.lists(plain, min_size=1, max_size=4).map(lambda words: Phrase(tuple(words))),
    plain.filter(lambda word: len(word) >= MIN_PREFIX).map(Prefix),
)
trees = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=4).map(lambda parts: And(tuple(parts))),
        st.lists(inner, min_size=2, max_size=4).map(lambda parts: Or(tuple(parts))),
        inner.map(Not),
    ),
    max_leaves=12,
)


@given(trees)
def test_a_tree_survives_being_written_and_read(node: Node) -> None:
    assert parse_query(to_text(node)) == node


typed = (
    st.text()
    | st.text(alphabet='ab "()-*ANDORTUSF«»/12COM\n', max_size=60)
    | st.lists(
        st.sampled_from(
            ["AND", "OR", "NOT", "(", ")", '"', "-", "*", "a", "COM(2020) 1", "wa*", " "]
        )
    ).map(" ".join)
)


@given(typed)
@example("(" * 5000)
@example("NOT " * 5000 + "a")
@example("-" * 5000 + "a")
@example("a " * 5000)
def test_no_text_raises_anything_but_a_query_error(text: str) -> None:
    try:
        node = parse_query(text)
    except QueryError:
        return
    if node is not None:
        assert parse_query(to_text(node)) == node
