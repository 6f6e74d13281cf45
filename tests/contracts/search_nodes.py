"""What every search index promises of nearly right words, titles, compounds and references."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.core.document import Document
from pipeline.core.ports import SearchIndex
from pipeline.core.query import And, Fuzzy, InTitle, Node, Not, Or, Phrase, Prefix, Query, Word
from tests.contracts.search_index import document, every_word, identity, names

Titled = Word | Phrase | Prefix | Fuzzy


def found(index: SearchIndex, node: Node) -> list[str]:
    """Return the sorted names of the documents that match."""
    return sorted(names(index.search(Query(node, loosen=False, limit=100)).hits))


def lit(index: SearchIndex, node: Node) -> list[str]:
    """Return what lights up in the best hit."""
    hit = index.search(Query(node)).hits[0]
    return [span.of(hit.snippet) for span in hit.highlights]


def in_languages(whole: Document, *languages: str) -> Document:
    """Return a document whose pages are in these languages."""
    pages = zip(whole.pages, languages, strict=True)
    return replace(whole, pages=tuple(replace(page, language=code) for page, code in pages))


class NearlyRightWords:
    """Promises of `Fuzzy`."""

    @pytest.fixture
    def papers(self, index: SearchIndex) -> SearchIndex:
        index.add(
            [
                document("right", "Resilience of towns by the sea."),
                document("near", "Resiliense of towns, as some write it."),
                document("other", "The tea is served at six."),
            ]
        )
        return index

    @pytest.mark.parametrize(
        ("typed", "slips", "matches"),
        [
            ("resilience", 1, ["near", "right"]),
            ("resilince", 1, ["right"]),  # a letter too few
            ("resilience", 2, ["near", "right"]),
            ("reslience", 1, ["right"]),
            ("resiilience", 1, ["right"]),  # a letter too many
            ("rezilience", 1, ["right"]),  # a wrong one
            ("reislience", 1, ["right"]),  # two swapped
            ("reisliecne", 1, []),
            ("reisliecne", 2, ["right"]),
            ("RÉSILINCE", 1, ["right"]),
            ("rzzzlience", 2, []),
        ],
    )
    def test_words_with_so_many_slips_are_found(
        self, papers: SearchIndex, typed: str, slips: int, matches: list[str]
    ) -> None:
        assert found(papers, Fuzzy(typed, slips)) == matches

    def test_what_is_nearer_to_what_was_typed_comes_first(self, papers: SearchIndex) -> None:
        hits = papers.search(Query(Fuzzy("resiliense"))).hits
        assert names(hits) == ["near", "right"]

    def test_a_short_word_may_have_fewer_slips_or_none(self, papers: SearchIndex) -> None:
        assert found(papers, Fuzzy("sea", 2)) == ["other", "right"]  # "tea"; not "ten", "the"
        assert found(papers, Fuzzy("xe", 2)) == []
        assert found(papers, Fuzzy("by", 2)) == ["right"]

    def test_only_what_matches_lights_up(self, papers: SearchIndex) -> None:
        assert lit(papers, Fuzzy("resilince")) == ["Resilience"]
        assert lit(papers, And((Word("served"), Fuzzy("tea", 2)))) == ["tea", "served"]
        assert lit(papers, And((Word("town"), Fuzzy("by", 2)))) == ["towns", "by"]

    def test_nearly_right_words_stand_beside_and_inside_others(self, papers: SearchIndex) -> None:
        assert found(papers, And((Fuzzy("resilience"), Word("sea")))) == ["right"]
        assert found(papers, And((Word("town"), Not(Fuzzy("writes"))))) == ["right"]
        assert found(papers, Or((Fuzzy("sevred"), Word("sea")))) == ["other", "right"]


class Titles:
    """Promises of `InTitle`."""

    @pytest.fixture
    def papers(self, index: SearchIndex) -> SearchIndex:
        index.add(
            [
                document("title", "Rivers.", "Towns.", title="Urban waste water policies"),
                document("text", "Urban waste water policies are told.", title="Rivers"),
                in_languages(
                    document("both", "The river is blue.", "La rivière.", title="Les rivières"),
                    "en",
                    "fr",
                ),
            ]
        )
        return index

    @pytest.mark.parametrize(
        ("part", "matches"),
        [
            (Word("policy"), ["title"]),
            (Word("wastes"), ["title"]),
            (Phrase(("waste", "water")), ["title"]),
            (Phrase(("water", "waste")), []),
            (Phrase(("policy",)), []),
            (Prefix("pol"), ["title"]),
            (Prefix("riv"), ["both", "text"]),
            (Prefix("xyz"), []),
            (Fuzzy("polices"), ["title"]),
            (Fuzzy("rivres"), ["text"]),
            (Word("town"), []),
            (Word("!"), []),
        ],
    )
    def test_only_the_title_counts(
        self, papers: SearchIndex, part: Titled, matches: list[str]
    ) -> None:
        assert found(papers, InTitle(part)) == matches

    @pytest.mark.parametrize(
        "part",
        [Word("rivière"), Phrase(("les", "rivières")), Prefix("rivi"), Fuzzy("rivieers", 2)],
    )
    def test_a_title_is_read_in_each_language_of_the_document(
        self, papers: SearchIndex, part: Titled
    ) -> None:
        assert "both" in found(papers, InTitle(part))

    def test_a_title_is_read_in_languages_that_begin_on_a_later_page(
        self, index: SearchIndex
    ) -> None:
        whole = document("late", "Nothing.", "Rien.", title="Abécédaire")
        index.add([in_languages(whole, "en", "fr")])
        for part in (Word("abécédaires"), Prefix("abéc"), Fuzzy("abecedare")):
            hits = index.search(Query(And((InTitle(part), Word("rien"))))).hits
            assert [(hit.page, hit.language) for hit in hits] == [(2, "fr")]

    def test_words_of_the_title_and_of_the_text_go_together(self, papers: SearchIndex) -> None:
        assert found(papers, And((InTitle(Word("policy")), Word("river")))) == ["title"]
        assert found(papers, And((InTitle(Word("policy")), Word("blue")))) == []
        assert found(papers, Or((InTitle(Word("policy")), Word("blue")))) == ["both", "title"]

    def test_the_passage_with_the_other_word_is_shown(self, papers: SearchIndex) -> None:
        (hit,) = papers.search(Query(And((InTitle(Prefix("urban")), Word("town"))))).hits
        assert (hit.page, [span.of(hit.snippet) for span in hit.highlights]) == (2, ["Towns"])

    def test_titles_can_be_left_out(self, papers: SearchIndex) -> None:
        assert found(papers, And((Word("water"), Not(InTitle(Word("water")))))) == ["text"]
        assert found(papers, Not(InTitle(Prefix("riv")))) == ["title"]

    def test_the_title_of_a_deleted_document_is_found_no_more(self, papers: SearchIndex) -> None:
        papers.delete([identity("title")])
        for part in (Word("policy"), Prefix("pol"), Fuzzy("polices"), Phrase(("waste", "water"))):
            assert found(papers, InTitle(part)) == []


class Compounds:
    """Promises of words that are parts of others."""

    @pytest.fixture
    def papers(self, index: SearchIndex) -> SearchIndex:
        index.add(
            [
                document("Wasser", "Das Wasser ist kalt.", language="de"),
                document("Trinkwasser", "Das Trinkwasser ist kalt.", language="de"),
                document("Rahmen", "Die Wasserrahmenrichtlinie ist kalt.", language="de"),
                document("Rest", "Trinken. Die Rahmenrichtlinie.", language="de"),
                document("english", "Das Trinkwasser and the hauptwassers.", language="en"),
            ]
        )
        return index

    def test_a_word_finds_the_compounds_it_is_a_part_of_behind_itself(
        self, papers: SearchIndex
    ) -> None:
        hits = names(papers.search(Query(Word("Wasser"))).hits)
        assert hits[0] == "Wasser"
        assert sorted(hits[1:]) == ["Rahmen", "Trinkwasser"]

    def test_the_compound_lights_up(self, papers: SearchIndex) -> None:
        assert lit(papers, And((Word("Wasser"), Prefix("Trink")))) == ["Trinkwasser"]

    def test_a_compound_does_not_find_its_parts(self, papers: SearchIndex) -> None:
        assert found(papers, Word("Trinkwasser")) == ["Trinkwasser", "english"]
        assert found(papers, Phrase(("Wasser",))) == ["Wasser"]

    def test_a_language_without_compounds_has_whole_words_only(self, papers: SearchIndex) -> None:
        assert "english" not in found(papers, Word("Wasser"))

    def test_the_rest_of_a_compound_must_be_a_word_of_the_library(
        self, papers: SearchIndex
    ) -> None:
        papers.delete([identity("Rest")])
        assert found(papers, Word("Wasser")) == ["Wasser"]

    def test_a_short_word_is_no_part_of_another(self, index: SearchIndex) -> None:
        index.add(
            [
                document("Abend", "Das Abendrot kommt.", language="de"),
                document("Rot", "Der Abend ist rot.", language="de"),
            ]
        )
        assert found(index, Word("rot")) == ["Rot"]


class References:
    """Promises of articles and numbers of acts."""

    @pytest.fixture
    def papers(self, index: SearchIndex) -> SearchIndex:
        index.add(
            [
                document("article", "As Article 12 says."),
                document("art", "See art. 12 of the act."),
                document("Artikel", "Nach Artikel 12 gilt das.", language="de"),
                document("other", "Article 120 and Article 1; twelve of 12 articles."),
                document("act", "Directive 2008/98/EC, and COM(2020) 652 final."),
            ]
        )
        return index

    @pytest.mark.parametrize(
        "typed", ["article 12", "Article 12", "art. 12", "art 12", "Artikel 12", "artículo 12"]
    )
    def test_an_article_is_found_however_it_is_written(
        self, papers: SearchIndex, typed: str
    ) -> None:
        assert found(papers, Word(typed)) == ["Artikel", "art", "article"]
        assert lit(papers, Word(typed))[0] in ("Article 12", "art. 12", "Artikel 12")

    def test_articles_with_other_numbers_are_others(self, papers: SearchIndex) -> None:
        assert found(papers, Word("article 120")) == ["other"]
        assert found(papers, Word("article 1")) == ["other"]
        assert found(papers, Word("article 2")) == []

    def test_words_apart_that_name_no_article_stay_words(self, papers: SearchIndex) -> None:
        assert found(papers, every_word("article", "12")) == ["article", "other"]

    @pytest.mark.parametrize(
        ("typed", "matches"),
        [
            ("2008/98", ["act"]),
            ("2008/98/EC", ["act"]),
            ("2008/98/CE", ["act"]),
            ("COM(2020) 652", ["act"]),
            ("2020/652", ["act"]),
            ("2008/9", []),
            ("2020/65", []),
        ],
    )
    def test_an_act_is_found_by_each_form_of_its_number(
        self, papers: SearchIndex, typed: str, matches: list[str]
    ) -> None:
        assert found(papers, Word(typed)) == matches
