"""A snippet shows why a passage matches, within its width."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.query import And, Node, Not, Or, Phrase, Prefix, Word
from pipeline.index.analysis import analyzer_for, prepared
from pipeline.index.snippets import WIDTH, snippet_of

words = st.sampled_from("water waters the l'eau Städte COM(2020)1 91/271/EEC x é 2020 and".split())
texts = st.one_of(
    st.lists(words | st.text(max_size=12), max_size=120).map(" ".join),
    st.text(max_size=300),
    st.integers(0, 2000).map("water".__mul__),
)
leaves = st.one_of(
    words.map(Word),
    words.map(Prefix),
    st.lists(words, min_size=1, max_size=3).map(lambda parts: Phrase(tuple(parts))),
)
nodes = leaves | st.lists(leaves | leaves.map(Not), min_size=1, max_size=4).map(
    lambda parts: Or(tuple(parts))
)


@given(texts, st.sampled_from(["en", "fr", "und"]), nodes)
def test_highlights_lie_inside_the_snippet_in_their_order_and_apart(
    text: str, language: str, node: Node
) -> None:
    line = prepared(text)
    snippet, highlights = snippet_of(line, language, node)
    assert snippet in line
    assert len(snippet) <= WIDTH
    assert all(0 <= span.start < span.end <= len(snippet) for span in highlights)
    assert all(one.end <= other.start for one, other in pairwise(highlights))


@given(texts, words)
def test_where_a_word_matches_it_lights_up(text: str, word: str) -> None:
    line = prepared(text)
    analyzer = analyzer_for("en")
    wanted = set(analyzer.wanted(word))
    matching = [token.span for token in analyzer.tokens(line) if token.stem in wanted]
    snippet, highlights = snippet_of(line, "en", Word(word))
    assert bool(highlights) == bool(wanted and matching) or not wanted
    for span in highlights:
        lit = {token.stem for token in analyzer.tokens(span.of(snippet))}
        assert lit & wanted or len(snippet) == WIDTH or not wanted


def test_the_window_with_most_of_the_words_is_taken() -> None:
    gap = "filler " * 60
    line = prepared(f"alpha alpha alpha {gap} alpha and beta {gap} beta beta {gap}")
    snippet, highlights = snippet_of(line, "en", And((Word("alpha"), Word("beta"))))
    assert "alpha and beta" in snippet
    assert [span.of(snippet) for span in highlights] == ["alpha", "beta"]


def test_a_snippet_is_cut_at_spaces_and_shows_what_comes_before() -> None:
    line = "wonderful " * 50 + "turbine " + "marvellous " * 50
    snippet, _ = snippet_of(prepared(line), "en", Word("turbine"))
    assert set(snippet.split()) == {"wonderful", "turbine", "marvellous"}
    assert len(snippet) > WIDTH - 20
    assert 0 < snippet.index("turbine") < WIDTH // 2


def test_without_words_a_snippet_is_the_beginning() -> None:
    line = "word " * 100
    snippet, highlights = snippet_of(prepared(line), "en", None)
    assert line.startswith(snippet)
    assert highlights == ()
    assert snippet_of("", "en", Word("x")) == ("", ())


def test_what_is_left_out_does_not_light_up() -> None:
    node = And((Word("river"), Not(Word("lake"))))
    snippet, highlights = snippet_of("A river without a lake.", "en", node)
    assert [span.of(snippet) for span in highlights] == ["river"]
