"""What every search index promises; each implementation inherits these tests."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace

import pytest

from pipeline.core.document import Document, Page, Passage, Source, tiled
from pipeline.core.ports import SearchIndex
from pipeline.core.query import And, Filters, Hit, Node, Not, Or, Phrase, Prefix, Query, Word
from pipeline.core.spans import Span
from pipeline.core.tags import Grade, Origin, Tag
from pipeline.core.text import fold

PILLARS = ("territories", "finance")


def document(
    name: str,
    *pages: str,
    language: str = "en",
    title: str = "",
    date: str = "",
    kind: str = "",
    work: str = "",
    tags: tuple[str, ...] = (),
    also: tuple[str, ...] = (),
) -> Document:
    """Return a document named ``name`` with one text per page."""
    text, tiling = tiled(list(pages))
    given = [(concept, Grade.MAIN) for concept in tags] + [
        (concept, Grade.ALSO) for concept in also
    ]
    return Document(
        source=Source(f"/library/{name}.txt", identity(name), "text/plain", len(text)),
        text=text,
        pages=tuple(Page(page.number, page.span, language) for page in tiling),
        title=title,
        date=date,
        kind=kind,
        languages=(language,),
        work=work,
        tags=tuple(Tag(concept, 0.9, Origin.PERSON, grade) for concept, grade in given),
    )


def main_tags(document: Document) -> tuple[str, ...]:
    """Return the concepts that a hit shows of a document."""
    return tuple(tag.concept for tag in document.tags if tag.grade is Grade.MAIN)


def identity(name: str) -> str:
    """Return the id of the document that `document` makes with that name."""
    return hashlib.sha256(name.encode()).hexdigest()


def every_word(*texts: str) -> Node:
    """Return what people who type these words look for."""
    return And(tuple(map(Word, texts))) if len(texts) > 1 else Word(texts[0])


def names(hits: tuple[Hit, ...]) -> list[str]:
    """Return the file names of hits, without their ends."""
    return [hit.path.removeprefix("/library/").removesuffix(".txt") for hit in hits]


WATER = document(
    "water",
    "Cities treat their waste water. The directive asks for cleaner rivers.",
    "On the second page sewage, sewage and again sewage is treated.",
    title="Urban waste water position",
    date="2022-06-15",
    kind="position",
    tags=("water", "territories"),
    also=("climate",),
)
CIRCULAR = document(
    "circular",
    "Circular economies need municipal waste collection under COM(2020) 98 final.",
    title="Circular economy action plan",
    date="2020-03-11",
    kind="communication",
    tags=("waste", "territories"),
)
CIRCULAIRE = document(
    "circulaire",
    "L'économie circulaire des villes et régions, selon le règlement (UE) 2018/1999.",
    language="fr",
    title="Économie circulaire",
    date="2021",
    kind="position",
    tags=("waste", "budget", "finance"),
)
STADT = document(
    "stadt", "Der Krieg war lang. Die Städte bauen Straßen.", language="de", title="Städte"
)


class SearchIndexContract:
    """Inherit it, and give the fixture ``index`` an empty index that knows `PILLARS`."""

    @pytest.fixture
    def library(self, index: SearchIndex) -> SearchIndex:
        """The index with the documents of this module."""
        index.add([WATER, CIRCULAR, CIRCULAIRE, STADT])
        return index

    # Adding, replacing, deleting

    def test_an_empty_index_answers_everything_with_nothing(self, index: SearchIndex) -> None:
        for node in (None, Word("water"), Prefix("wa"), Phrase(("a", "b")), Not(Word("water"))):
            found = index.search(Query(node, facets=("language", "year")))
            assert (found.hits, found.total) == ((), 0)
            assert found.facets == {"language": {}, "year": {}}
        assert index.count() == 0
        assert index.suggest("water") == ()

    def test_adding_says_how_many_and_counts_documents(self, index: SearchIndex) -> None:
        assert index.add([WATER, CIRCULAR]) == 2
        assert index.add([]) == 0
        assert index.count() == 2

    def test_adding_twice_is_adding_once(self, library: SearchIndex) -> None:
        query = Query(every_word("waste"), facets=("language", "kind"))
        before = library.search(query)
        assert library.add([WATER, WATER]) == 1
        library.add([CIRCULAR])
        after = library.search(query)
        assert names(after.hits) == names(before.hits)
        assert [h.passages for h in after.hits] == [h.passages for h in before.hits]
        assert (after.total, after.facets, library.count()) == (before.total, before.facets, 4)

    def test_a_document_added_again_replaces_its_older_self(self, library: SearchIndex) -> None:
        changed = document("water", "Only lakes are left.", title="Lakes", date="2023-01-01")
        library.add([changed])
        assert library.search(Query(Word("sewage"))).total == 0
        assert names(library.search(Query(Word("lake"))).hits) == ["water"]
        assert library.count() == 4

    def test_a_retagged_document_is_found_under_its_new_tags_only(
        self, library: SearchIndex
    ) -> None:
        tag = Tag("energy", 1.0, Origin.PERSON, Grade.MAIN)
        library.add([WATER.with_tags((tag,))])
        assert library.search(Query(None, Filters(files=("water",)))).total == 0
        assert names(library.search(Query(None, Filters(files=("energy",)))).hits) == ["water"]

    def test_an_amended_document_keeps_its_passages_and_has_its_new_facts(
        self, library: SearchIndex
    ) -> None:
        word, before = Query(Word("sewage")), library.count()
        scores = [hit.score for hit in library.search(word).hits]
        amended = replace(WATER, tags=CIRCULAR.tags, work="a-work", date="2023-01-01")
        with library.batch() as batch:
            batch.amend(amended)
        [hit] = library.search(word).hits
        assert (hit.tags, hit.work, hit.date) == (main_tags(CIRCULAR), "a-work", "2023-01-01")
        assert [hit.score] == scores
        assert library.count() == before
        with library.batch() as batch:
            batch.amend(WATER)
        [hit] = library.search(word).hits
        assert (hit.tags, hit.date) == (main_tags(WATER), WATER.date)
        library.add([amended])
        assert [hit.tags for hit in library.search(word).hits] == [main_tags(CIRCULAR)]
        library.delete([WATER.id])
        assert library.search(word).hits == ()
        assert library.count() == before - 1

    def test_only_what_the_index_holds_can_be_amended_and_once_in_a_batch(
        self, library: SearchIndex
    ) -> None:
        with library.batch() as batch:
            with pytest.raises(ValueError, match="is not in the index"):
                batch.amend(document("unknown", "Text."))
            batch.amend(WATER)
            with pytest.raises(ValueError, match="in this batch already"):
                batch.put(WATER)
            batch.put(CIRCULAR)
            with pytest.raises(ValueError, match="in this batch already"):
                batch.amend(CIRCULAR)

    def test_a_deleted_document_is_gone_and_unknown_ids_are_passed_over(
        self, library: SearchIndex
    ) -> None:
        library.delete([WATER.id, identity("nobody")])
        library.delete([])
        assert library.search(Query(Word("river"))).total == 0
        assert library.search(Query(Phrase(("waste", "water")))).total == 0
        assert library.count() == 3

    def test_everything_can_be_deleted_and_added_again(self, library: SearchIndex) -> None:
        library.delete([d.id for d in (WATER, CIRCULAR, CIRCULAIRE, STADT)])
        assert (library.count(), library.search(Query(None)).total) == (0, 0)
        library.add([STADT])
        assert names(library.search(Query(Word("Stadt"))).hits) == ["stadt"]

    def test_a_generation_stays_while_documents_come_and_go(self, index: SearchIndex) -> None:
        before = index.generation
        index.add([WATER])
        index.delete([WATER.id])
        assert before
        assert index.generation == before

    # Words

    @pytest.mark.parametrize(
        ("words", "found"),
        [
            (("economy",), ["circular"]),
            (("economies", "circular"), ["circular"]),
            (("économie",), ["circulaire"]),
            (("ECONOMIE", "circulaires"), ["circulaire"]),
            (("l’économie",), ["circulaire"]),
            (("stadt",), ["stadt"]),
            (("STÄDTE", "strasse"), ["stadt"]),
            (("straßen",), ["stadt"]),
        ],
    )
    def test_words_are_compared_folded_and_stemmed_in_the_language_of_the_text(
        self, library: SearchIndex, words: tuple[str, ...], found: list[str]
    ) -> None:
        # "économie" and "economies" also happen to have one stem.
        assert set(found) <= set(names(library.search(Query(every_word(*words))).hits))

    def test_words_that_nobody_wrote_find_nothing(self, library: SearchIndex) -> None:
        for node in (Word("eau"), Word("econ"), every_word("lynx", "otter")):
            assert library.search(Query(node)).hits == ()

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("COM(2020) 98", ["circular"]),
            ("COM(2020)98", ["circular"]),
            ("com(2020) 98", []),
            ("2020/98", ["circular"]),
            ("(EU) 2018/1999", ["circulaire"]),
            ("2018/1999", ["circulaire"]),
            ("1999", ["circulaire"]),
            ("COM(2020) 9", []),
            ("2018/199", []),
        ],
    )
    def test_a_reference_is_one_word_in_any_language(
        self, library: SearchIndex, text: str, found: list[str]
    ) -> None:
        hits = library.search(Query(Word(text))).hits
        if text != "com(2020) 98":
            assert names(hits) == found
        else:  # not a reference as it is written; its parts are words
            assert names(hits) == ["circular"]

    def test_a_stop_word_of_one_language_is_a_word_of_another(self, library: SearchIndex) -> None:
        library.add([document("peace", "After the war towns are rebuilt.")])
        assert names(library.search(Query(every_word("war", "town"))).hits) == ["peace"]
        assert names(library.search(Query(Word("war"))).hits) == ["peace"]

    def test_stop_words_are_found_where_there_is_nothing_else(self, index: SearchIndex) -> None:
        index.add([document("the", "The and of it."), document("other", "Rivers flow.")])
        assert names(index.search(Query(Word("the"))).hits) == ["the"]
        assert names(index.search(Query(every_word("the", "river"))).hits) == ["other"]

    def test_works_with_all_words_come_before_works_with_some(self, index: SearchIndex) -> None:
        index.add(
            [
                document("some", "Harbour harbour harbour harbour harbour. Nothing else here."),
                document(
                    "all", "A harbour, far away in a long, long text, and there a lighthouse."
                ),
                document("none", "Mountains."),
            ]
        )
        found = index.search(Query(every_word("harbour", "lighthouse")))
        assert names(found.hits) == ["all", "some"]
        assert found.hits[0].score > found.hits[1].score > 0
        assert found.total == 2

    def test_scores_fall_along_the_list_where_works_with_some_words_score_more(
        self, index: SearchIndex
    ) -> None:
        rest = "and very many other things which nobody asked for are told here as well " * 30
        index.add(
            [
                document("some", "Harbour lighthouse. " * 6, title="Harbour lighthouse"),
                document("all", f"A harbour {rest} a lighthouse {rest} a ferry."),
                *(document(f"ferry{n}", "Ferry.") for n in range(6)),
            ]
        )
        found = index.search(Query(every_word("harbour", "lighthouse", "ferry"), limit=3)).hits
        assert names(found)[:2] == ["all", "some"]
        assert found[0].score > found[1].score > found[2].score > 0
        alone = index.search(Query(Or((Word("harbour"), Word("lighthouse"), Word("ferry"))))).hits
        assert names(alone)[0] == "some"

    def test_of_equal_passages_the_first_is_shown(self, index: SearchIndex) -> None:
        index.add([document("same", *["The same page again."] * 5)])
        (hit,) = index.search(Query(Word("page"))).hits
        assert (hit.page, hit.passages) == (1, 5)

    def test_rare_words_and_titles_weigh_more(self, index: SearchIndex) -> None:
        rest = "of towns which have far too many words to say all that in a line " * 6
        filler = [document(f"n{n}", f"Budget {rest}") for n in range(8)]
        rare = document("rare", f"Lynx {rest}")
        titled = document("titled", f"Nothing {rest}", title="Budget")
        index.add([*filler, rare, titled])
        found = index.search(Query(Or((Word("budget"), Word("lynx"))), limit=20))
        assert names(found.hits)[:2] == ["rare", "titled"]

    # Phrases, prefixes, operators

    @pytest.mark.parametrize(
        ("words", "found"),
        [
            (("waste", "water"), ["water"]),
            (("Waste", "WATER"), ["water"]),
            (("water", "waste"), []),
            (("wastes", "water"), []),
            (("economies",), ["circular"]),
            (("economy",), ["circular"]),
            (("economies", "need"), ["circular"]),
            (("economy", "need"), []),
            (("economie", "circulaire", "des"), ["circulaire"]),
            (("l'économie", "circulaire"), ["circulaire"]),
            (("the", "second", "page"), ["water"]),
            (("rivers", "On"), []),
            (("action", "plan"), ["circular"]),
            (("final", "circular"), []),
        ],
    )
    def test_a_phrase_is_exact_but_for_case_and_accents(
        self, library: SearchIndex, words: tuple[str, ...], found: list[str]
    ) -> None:
        assert names(library.search(Query(Phrase(words))).hits) == found

    def test_a_prefix_finds_words_that_begin_so(self, library: SearchIndex) -> None:
        found = library.search(Query(Prefix("Circul")))
        assert sorted(names(found.hits)) == ["circulaire", "circular"]
        assert library.search(Query(Prefix("circularx"))).total == 0
        assert names(library.search(Query(Prefix("écono"), Filters(languages=("fr",)))).hits) == [
            "circulaire"
        ]

    def test_not_leaves_out(self, library: SearchIndex) -> None:
        both = library.search(Query(Word("waste")))
        assert sorted(names(both.hits)) == ["circular", "water"]
        found = library.search(Query(And((Word("waste"), Not(Word("economy"))))))
        assert names(found.hits) == ["water"]

    def test_not_alone_finds_all_the_rest(self, library: SearchIndex) -> None:
        found = library.search(Query(Not(Prefix("circul"))))
        assert sorted(names(found.hits)) == ["stadt", "water"]
        assert library.search(Query(Not(Not(Prefix("circul"))))).total == 2

    def test_or_finds_either(self, library: SearchIndex) -> None:
        found = library.search(Query(Or((Word("sewage"), Phrase(("die", "Städte"))))))
        assert sorted(names(found.hits)) == ["stadt", "water"]

    def test_words_that_are_not_there_do_not_loosen_phrases_and_exclusions(
        self, library: SearchIndex
    ) -> None:
        node = And((Word("waste"), Word("nowhere"), Not(Word("economy"))))
        assert names(library.search(Query(node)).hits) == ["water"]
        node = And((Word("waste"), Word("nowhere"), Phrase(("action", "plan"))))
        assert names(library.search(Query(node)).hits) == ["circular"]

    # Filters

    @pytest.mark.parametrize(
        ("filters", "found"),
        [
            (Filters(), ["water", "circulaire", "circular", "stadt"]),
            (Filters(pillars=("territories",)), ["water", "circular"]),
            (Filters(pillars=("territories", "finance")), ["water", "circulaire", "circular"]),
            (Filters(files=("waste",)), ["circulaire", "circular"]),
            (Filters(files=("waste",), pillars=("finance",)), ["circulaire"]),
            (Filters(files=("climate",)), []),
            (Filters(languages=("fr", "de")), ["circulaire", "stadt"]),
            (Filters(languages=("xx",)), []),
            (Filters(kinds=("position",)), ["water", "circulaire"]),
            (Filters(since="2021-01-01"), ["water", "circulaire"]),
            (Filters(since="2022-06-15", until="2022-06-15"), ["water"]),
            (Filters(since="2022-06-16"), []),
            (Filters(until="2021"), ["circulaire", "circular"]),
            (Filters(until="2020-03-10"), []),
        ],
    )
    def test_without_words_all_that_pass_the_filters_come_newest_first(
        self, library: SearchIndex, filters: Filters, found: list[str]
    ) -> None:
        answer = library.search(Query(None, filters))
        assert names(answer.hits) == found
        assert answer.total == len(found)

    def test_filters_hold_for_words_too(self, library: SearchIndex) -> None:
        word = Or((Word("waste"), Word("économie")))
        assert names(library.search(Query(word, Filters(kinds=("position",)))).hits) != []
        assert names(library.search(Query(word, Filters(since="2022"))).hits) == ["water"]
        assert names(library.search(Query(word, Filters(languages=("fr",)))).hits) == ["circulaire"]

    def test_the_language_is_the_passages_not_the_documents(self, index: SearchIndex) -> None:
        mixed = document("mixed", "The river is blue.", "La rivière est bleue.")
        first, second = mixed.pages
        index.add([replace(mixed, pages=(first, replace(second, language="fr")))])
        found = index.search(Query(None, Filters(languages=("fr",))))
        assert [(hit.page, hit.language, hit.passages) for hit in found.hits] == [(2, "fr", 1)]
        assert names(index.search(Query(Word("rivieres"))).hits) == ["mixed"]
        assert index.search(Query(Word("bleues"), Filters(languages=("en",)))).total == 0

    # Works, pages of the answer, facets

    def test_versions_of_a_work_are_one_hit_with_the_best_passage(self, index: SearchIndex) -> None:
        index.add(
            [
                document("en", "Twinning towns.", "Twinning, twinning!", "Else.", work="w"),
                document("fr", "Le twinning.", language="fr", work="w"),
                document("single", "About twinning and so much else, at greater length."),
            ]
        )
        found = index.search(Query(Word("twinning"), facets=("language",)))
        assert found.total == 2
        assert {hit.work for hit in found.hits} == {"w", identity("single")}
        work = next(hit for hit in found.hits if hit.work == "w")
        assert work.passages == 3
        assert found.facets == {"language": {"en": 2, "fr": 1}}
        english = index.search(Query(Word("twinning"), Filters(languages=("en",))))
        best = next(hit for hit in english.hits if hit.work == "w")
        assert (names((best,)), best.page, best.passages) == (["en"], 2, 2)

    def test_facets_count_works_not_passages(self, library: SearchIndex) -> None:
        library.add([document("old", "waste", kind="position", date="1999-01-01", work=WATER.id)])
        asked = ("pillar", "file", "language", "year", "kind")
        found = library.search(Query(Word("waste"), facets=asked, limit=1))
        assert found.total == 2
        assert found.facets == {
            "pillar": {"territories": 2},
            "file": {"waste": 1, "water": 1},
            "language": {"en": 2},
            "year": {"1999": 1, "2020": 1, "2022": 1},
            "kind": {"communication": 1, "position": 1},
        }
        assert list(found.facets) == list(asked)

    def test_facets_count_only_what_passes_the_filters(self, library: SearchIndex) -> None:
        found = library.search(Query(None, Filters(kinds=("position",)), facets=("file", "year")))
        assert found.facets == {
            "file": {"budget": 1, "waste": 1, "water": 1},
            "year": {"2021": 1, "2022": 1},
        }

    @pytest.mark.parametrize(
        ("node", "total"),
        [
            (None, 24),
            (Word("town"), 24),
            (every_word("town", "seven"), 12),
            (every_word("town", "two"), 24),  # four with both, the others behind them
            (Prefix("to"), 24),
        ],
    )
    def test_pages_of_any_size_are_parts_of_one_list(
        self, index: SearchIndex, node: Node | None, total: int
    ) -> None:
        numbers = ("one", "two", "three", "seven", "seven seven", "seven towns")
        index.add([document(f"d{n}", f"A town {w}", w) for n, w in enumerate(numbers * 4)])
        whole = index.search(Query(node, limit=100))
        assert len(whole.hits) == whole.total == len(set(names(whole.hits))) == total
        assert [hit.score for hit in whole.hits] == sorted(
            (hit.score for hit in whole.hits), reverse=True
        )
        for size in (1, 5, 24):
            pages = [
                index.search(Query(node, offset=at, limit=size)) for at in range(0, total, size)
            ]
            assert [hit for page in pages for hit in page.hits] == list(whole.hits)
            assert {page.total for page in pages} == {total}
        assert index.search(Query(node, offset=total)).hits == ()
        assert index.search(Query(node, limit=0)).total == total

    def test_equal_works_come_by_document_id(self, index: SearchIndex) -> None:
        index.add([document(f"twin{n}", "The same text.") for n in range(12)])
        for node in (Word("text"), None):
            found = [hit.document for hit in index.search(Query(node, limit=20)).hits]
            assert found == sorted(found)

    # Hits

    def test_a_hit_tells_all_that_is_known(self, library: SearchIndex) -> None:
        (hit,) = library.search(Query(Word("sewage"))).hits
        assert hit.document == hit.work == WATER.id
        assert hit.path == "/library/water.txt"
        assert (hit.title, hit.page) == ("Urban waste water position", 2)
        assert (hit.language, hit.date, hit.kind) == ("en", "2022-06-15", "position")
        assert hit.tags == ("water", "territories")
        assert hit.passages == 1

    def test_a_hit_has_the_heading_path_of_its_passage(self, index: SearchIndex) -> None:
        whole = document("headed", "Intro.\nSewers leak.\n")
        passages = (
            Passage(Span(0, 7), 1, "en"),
            Passage(Span(7, 20), 1, "en", ("Annex", "Drains of old\ncities")),
        )
        index.add([replace(whole, passages=passages)])
        (hit,) = index.search(Query(Word("sewer"))).hits
        assert (hit.snippet, hit.heading_path) == (
            "Sewers leak.",
            ("Annex", "Drains of old cities"),
        )
        (by_heading,) = index.search(Query(Phrase(("old", "cities")))).hits
        assert by_heading.heading_path == hit.heading_path
        assert index.search(Query(Word("drain"))).hits[0].passages == 1

    def test_highlights_are_the_inflected_words_themselves(self, library: SearchIndex) -> None:
        (hit,) = library.search(Query(every_word("economy", "municipality"))).hits[:1]
        lit = [span.of(hit.snippet) for span in hit.highlights]
        assert lit == ["economies", "municipal"]
        (hit,) = library.search(Query(Phrase(("economie", "circulaire")))).hits
        assert [span.of(hit.snippet) for span in hit.highlights] == ["L'économie circulaire"]
        (hit,) = library.search(Query(Word("COM(2020) 98"))).hits
        assert [span.of(hit.snippet) for span in hit.highlights] == ["COM(2020) 98"]
        (hit,) = library.search(Query(And((Prefix("muni"), Not(Word("river")))))).hits
        assert [span.of(hit.snippet) for span in hit.highlights] == ["municipal"]

    def test_the_snippet_is_the_part_that_matches_with_white_space_folded(
        self, index: SearchIndex
    ) -> None:
        filler = "Nothing of interest\n\n stands here. " * 40
        index.add(
            [document("long", f"{filler}The turbine and\tthe  dynamo. {filler}turbine {filler}")]
        )
        (hit,) = index.search(Query(every_word("turbines", "dynamo"))).hits
        assert "The turbine and the dynamo." in hit.snippet
        assert len(hit.snippet) <= 240
        assert hit.snippet == " ".join(hit.snippet.split())
        assert [fold(span.of(hit.snippet)) for span in hit.highlights] == ["turbine", "dynamo"]

    # Odd texts

    @pytest.mark.parametrize(
        "text",
        ["", " \n ", "!!! ... ---", "\u00ad", "x" * 1_000_000, "é" * 300, "\x00\x01", "a'" * 500],
        ids=["empty", "blank", "marks", "hyphen", "megabyte", "accents", "control", "apostrophes"],
    )
    def test_odd_texts_are_taken_in_and_found_without_words(
        self, index: SearchIndex, text: str
    ) -> None:
        index.add([document("odd", text), WATER])
        assert index.count() == 2
        assert sorted(names(index.search(Query(None)).hits)) == ["odd", "water"]
        assert names(index.search(Query(Word("river"))).hits) == ["water"]
        index.delete([identity("odd")])
        assert names(index.search(Query(None)).hits) == ["water"]

    def test_a_word_of_a_megabyte_is_found_by_itself(self, index: SearchIndex) -> None:
        index.add([document("odd", "x" * 1_000_000)])
        for node in (Word("x" * 1_000_000), Prefix("xxx"), Phrase(("x" * 1_000_000,))):
            (hit,) = index.search(Query(node)).hits
            assert len(hit.snippet) <= 240
            assert [span.of(hit.snippet) for span in hit.highlights] == [hit.snippet]

    def test_a_document_without_pages_is_counted_and_listed(self, index: SearchIndex) -> None:
        index.add([document("nothing", title="A title all the same")])
        assert index.count() == 1
        assert names(index.search(Query(Word("title"))).hits) == ["nothing"]

    def test_soft_hyphens_and_decomposed_accents_do_not_hide_words(
        self, index: SearchIndex
    ) -> None:
        index.add([document("odd", "E\u0301cono\u00admie verte", language="fr")])
        (hit,) = index.search(Query(Word("économie"))).hits
        assert [span.of(hit.snippet) for span in hit.highlights] == ["Économie"]

    @pytest.mark.parametrize("text", ["", "!!!", "\x00", "'", "-", "\u00ad"])
    def test_a_word_without_letters_finds_nothing_and_hinders_nothing(
        self, library: SearchIndex, text: str
    ) -> None:
        for node in (Word(text), Prefix(text), Phrase((text,)), Not(Word(text))):
            assert library.search(Query(node)).total == 0
        assert names(library.search(Query(And((Word(text), Word("sewage"))))).hits) == ["water"]

    def test_an_unknown_facet_is_told(self, index: SearchIndex) -> None:
        with pytest.raises(ValueError, match="no facet 'colour'"):
            index.search(Query(None, facets=("colour",)))

    # Suggestions

    @pytest.mark.parametrize(
        ("slip", "meant"),
        [
            ("sewwage", "sewage"),
            ("direcitve", "directive"),
            ("irvers", "rivers"),
            ("Citeis", "cities"),
        ],
    )
    def test_a_slip_of_the_pen_gets_the_word_suggested(
        self, library: SearchIndex, slip: str, meant: str
    ) -> None:
        assert library.suggest(slip, limit=1) == (meant,)

    def test_suggestions_are_few_near_and_never_the_word_itself(self, library: SearchIndex) -> None:
        assert library.suggest("zzzzzz") == ()
        assert "sewage" not in library.suggest("sewage")
        assert len(library.suggest("citie", limit=1)) == 1
        library.delete([WATER.id])
        assert "sewage" not in library.suggest("sewwage")


def closing(index: SearchIndex) -> Iterator[SearchIndex]:
    """Yield ``index`` to a fixture's user and close it afterwards."""
    yield index
    index.close()
