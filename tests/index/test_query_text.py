"""What people type becomes a query tree, or an error that shows where it went wrong."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.core.errors import QueryError
from pipeline.core.query import And, Filters, Fuzzy, InTitle, Node, Not, Or, Phrase, Prefix, Word
from pipeline.index.inline_filters import Known
from pipeline.index.query_text import MAX_DEPTH, MIN_PREFIX, parse_line, parse_query, to_text

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
        ("article 12", Word("article 12")),
        ("a art. 12 b", And((A, Word("art. 12"), B))),
        ("article AND 12", And((Word("article"), Word("12")))),
        ("a~", Fuzzy("a", 1)),
        ("water~", Fuzzy("water", 1)),
        ("resilence~", Fuzzy("resilence", 2)),
        ("resilence~1", Fuzzy("resilence", 1)),
        ("water~2, b", And((Fuzzy("water", 2), B))),
        ("water~3", Word("water~3")),
        ("a -water~", And((A, Not(Fuzzy("water", 1))))),
        ("~", None),
        ("title:water", InTitle(Word("water"))),
        ("Titre:eau", InTitle(Word("eau"))),
        ('title:"water policy"', InTitle(Phrase(("water", "policy")))),
        ("title:wat*", InTitle(Prefix("wat"))),
        ("title:watre~", InTitle(Fuzzy("watre", 1))),
        ("title:COM(2020)652 a", And((InTitle(Word("COM(2020) 652")), A))),
        ("a NOT title:b", And((A, Not(InTitle(B))))),
        ("-title:b", Not(InTitle(B))),
        ("(title:a OR b) c", And((Or((InTitle(A), B)), C))),
        ("¿title:a", InTitle(A)),
        ("ref:2020/652", Word("2020/652")),
        ("reference:32008L0098", Word("32008L0098")),
        ("ref:COM(2020)652", Word("COM(2020) 652")),
        ('ref:"COM(2020) 652"', Word("COM(2020) 652")),
        ("référence:91/271/CEE.", Word("91/271/EEC")),
        ("ref:article 12", Word("article 12")),
        ("a ref:652, b", And((A, Word("652"), B))),
        ("http://a.example", Word("http://a.example")),
        ("Re:a b:c 10:30", And((Word("Re:a"), Word("b:c"), Word("10:30")))),
        ("lang: fr", And((Word("lang"), Word("fr")))),
        ('"lang:fr"', Phrase(("lang", "fr"))),
        ("a AND. b", And((A, Word("and"), B))),
        ("/OU title", And((Word("ou"), Word("title")))),
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
        ("a title:!", 8, "nothing to look for in titles"),
        ("title:(a b)", 6, "nothing to look for in titles"),
        ("title:-a", 6, "nothing to look for in titles"),
        ("title:title:a", 6, "nothing to look for in titles"),
        ("title:lang:fr", 6, "nothing to look for in titles"),
        ('a title:"b c', 8, "a quotation mark without a second one"),
        ("a title:wa*er", 10, "a * that does not end a word"),
        ("a title:w*", 9, "a * after too few letters"),
        ("a ref:water", 6, "no reference"),
        ("ref:1*2", 4, "no reference"),
        ("ref:lang:1", 4, "no reference"),
        ("tilte:a", 0, "no field tilte:"),
        ("a titel:b", 2, "no field titel:"),
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


@pytest.mark.parametrize("text", ["NOT", "-", "OR", "AND"])
def test_operators_in_a_row_have_an_error_that_names_one(text: str) -> None:
    with pytest.raises(QueryError, match="nothing to look for"):
        parse_query(f"a OR {text} OR b")


plain = st.text(alphabet="abcdefghijklmnopqrstuvwxyzéßąλ", min_size=1, max_size=8)
simple = st.one_of(
    plain.map(Word),
    st.sampled_from(["COM(2020) 652", "91/271/EEC", "(EU) 2018/1999", "2020/652"]).map(Word),
    st.lists(plain, min_size=1, max_size=4).map(lambda words: Phrase(tuple(words))),
    plain.filter(lambda word: len(word) >= MIN_PREFIX).map(Prefix),
    st.builds(Fuzzy, plain, st.integers(1, 2)),
    st.sampled_from(["article 12", "art. 3a", "article", "12"]).map(Word),
)
leaves = simple | simple.map(InTitle)
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


signs = st.sampled_from(
    [
        "AND", "OR", "NOT", "AND.", "(", ")", '"', "-", "*", "~", "~2", ":", ",", "..", ".", "a",
        "/", "_", "COM(2020) 1", "wa*", "wat~", "art.", "article 12", "12", "2008/98/EC", "(EU)",
        "title:", "titre:", "ref:", "lang:", "fr", "year:", "2021", "2021-13", "since:", "until:",
        "pillar:", "planet", "file:", "water", "group:", "kind:", "institution:", "tilte:", " ",
    ]
)  # fmt: skip
typed = (
    st.text()
    | st.text(alphabet='ab "()-*~:,.ANDORTUSF«»/12COM\n', max_size=60)
    | st.lists(signs).map(" ".join)
    | st.lists(signs).map("".join)
)
KNOWN = Known({"planet": "planet"}, {"water": "water"}, {"planet": ("water",)})


@given(typed)
@example("(" * 5000)
@example("NOT " * 5000 + "a")
@example("-" * 5000 + "a")
@example("a " * 5000)
@example("title:" * 5000 + "a")
@example("lang:" * 5000)
@example("kind:" + "a," * 5000)
@example("~" * 5000)
@example("." * 5000)
def test_no_text_raises_anything_but_a_query_error(text: str) -> None:
    for known in (None, KNOWN):
        try:
            node, filters = parse_line(text, known)
        except QueryError as error:
            line, under, _ = str(error).split("\n", 2)
            assert 0 <= under.index("^") <= len(line) == len(text)
            continue
        # Of a number that was no reference after a slash, the text may be one: "/2000/0/EC".
        if node is not None and not set("/:.") & set(text):
            assert parse_line(to_text(node)) == (node, Filters())
        assert set(filters.files) <= {"water"} or known is None
