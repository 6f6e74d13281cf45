"""What every search index promises of order, pages, filters, and of documents that change."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest

from pipeline.core.audience import Audience
from pipeline.core.document import Document, Passage
from pipeline.core.ports import SearchIndex
from pipeline.core.query import Filters, Node, Or, Order, Prefix, Query, Word
from pipeline.core.spans import Span
from pipeline.core.tags import Grade, Origin, Tag
from tests.contracts.search_index import document, every_word, identity, names


def made_by(institution: str, document: Document) -> Document:
    """Return ``document`` as one of an institution."""
    return replace(document, institution=institution)


PAPERS = (
    made_by("commission", document("may", "Water.", date="2021-05", tags=("territories",))),
    made_by("council", document("march", "Water and water.", date="2021-03-11")),
    made_by("commission", document("year", "Waste water.", date="2021", tags=("finance",))),
    document("undated", "Water, waste.", tags=("territories", "finance")),
    document("old", "Water.", date="1999-12-31", tags=("water",)),
)


class Lists:
    """Promises of which hits come, and in which order."""

    @pytest.fixture
    def papers(self, index: SearchIndex) -> SearchIndex:
        index.add(PAPERS)
        return index

    # Institutions

    def test_institutions_filter_and_are_counted(self, papers: SearchIndex) -> None:
        everything = papers.search(Query(None, facets=("institution",)))
        assert everything.facets == {"institution": {"commission": 2, "council": 1}}
        filters = Filters(institutions=("commission",))
        found = papers.search(Query(Word("water"), filters, facets=("institution",)))
        assert sorted(names(found.hits)) == ["may", "year"]
        assert {hit.institution for hit in found.hits} == {"commission"}
        assert found.facets == {"institution": {"commission": 2}}
        either = Filters(institutions=("commission", "council"))
        assert papers.search(Query(None, either)).total == 3
        assert papers.search(Query(None, Filters(institutions=("nobody",)))).total == 0

    def test_kinds_and_institutions_on_several_lines_are_one_line(self, index: SearchIndex) -> None:
        for n in range(9):
            made = document(f"d{n}", "Text.", kind="staff working\n document")
            index.add([made_by("the\ncouncil", made)])
        found = index.search(Query(Word("text"), facets=("kind", "institution")))
        assert found.facets == {
            "kind": {"staff working document": 9},
            "institution": {"the council": 9},
        }
        filters = Filters(kinds=("staff working document",), institutions=("the council",))
        assert index.search(Query(None, filters)).total == 9

    # Audiences

    def test_an_audience_finds_what_it_may_read_and_works_are_counted_by_their_own(
        self, index: SearchIndex
    ) -> None:
        for_whom = {"open": Audience.PUBLIC, "ours": Audience.MEMBERS, "mine": Audience.SECRETARIAT}
        index.add(
            replace(document(name, "Water."), audience=audience)
            for name, audience in for_whom.items()
        )
        for audience, found in (
            ("public", ["open"]),
            ("members", ["open", "ours"]),
            ("secretariat", ["mine", "open", "ours"]),
            ("", ["mine", "open", "ours"]),
        ):
            for node in (Word("water"), None):
                query = Query(node, Filters(audience=audience), facets=("audience",))
                results = index.search(query)
                assert sorted(names(results.hits)) == found
                assert results.total == len(found)
                assert results.facets["audience"] == {for_whom[name].value: 1 for name in found}
                assert {hit.audience for hit in results.hits} == {for_whom[n] for n in found}

    def test_of_a_work_an_audience_finds_the_versions_that_it_may_read(
        self, index: SearchIndex
    ) -> None:
        draft = replace(document("draft", "Water, water.", work="w"), audience=Audience.SECRETARIAT)
        final = replace(document("final", "Water.", work="w"), audience=Audience.PUBLIC)
        index.add([draft, final])
        assert names(index.search(Query(Word("water"))).hits) == ["draft"]
        results = index.search(Query(Word("water"), Filters(audience="members")))
        assert names(results.hits) == ["final"]
        assert results.hits[0].passages == 1

    # Dates that are known in part

    @pytest.mark.parametrize(
        ("since", "until", "found"),
        [
            ("2021", "", ["march", "may", "year"]),
            ("2021-05", "", ["may", "year"]),
            ("2021-05-20", "", ["may", "year"]),
            ("2021-06", "", ["year"]),
            ("2022", "", []),
            ("", "2021", ["march", "may", "old", "year"]),
            ("", "2021-03", ["march", "old", "year"]),
            ("", "2021-03-10", ["old", "year"]),
            ("", "2020-12-31", ["old"]),
            ("2021-03-11", "2021-03-11", ["march", "year"]),
            ("2021-04", "2021-02", ["year"]),
        ],
    )
    def test_a_date_is_compared_as_far_as_it_is_known(
        self, papers: SearchIndex, since: str, until: str, found: list[str]
    ) -> None:
        answer = papers.search(Query(None, Filters(since=since, until=until)))
        assert sorted(names(answer.hits)) == found

    # Order

    @pytest.mark.parametrize("node", [None, Prefix("wat")])
    def test_by_date_what_has_none_comes_last(self, papers: SearchIndex, node: Node | None) -> None:
        newest = papers.search(Query(node, order="newest")).hits
        assert names(newest) == ["may", "march", "year", "old", "undated"]
        oldest = papers.search(Query(node, order="oldest")).hits
        assert names(oldest) == ["old", "year", "march", "may", "undated"]

    def test_by_pillar_the_first_pillar_counts_and_what_has_none_comes_last(
        self, papers: SearchIndex
    ) -> None:
        found = names(papers.search(Query(Word("water"), order="pillar")).hits)
        assert sorted(found[:2]) == ["undated", "year"]  # "finance"
        assert found[2] == "may"  # "territories"
        assert sorted(found[3:]) == ["march", "old"]

    @pytest.mark.parametrize("order", get_args(Order))
    def test_of_equal_works_the_better_come_first_then_the_lower_ids(
        self, index: SearchIndex, order: Order
    ) -> None:
        rest = " Nothing else is told here." * 3
        twins = [document(f"twin{n}", "Harbour." + rest, date="2020") for n in range(6)]
        better = document("better", "Harbour. Harbour." + rest, date="2020")
        index.add([*twins, better])
        hits = index.search(Query(Word("harbour"), order=order)).hits
        assert names(hits)[0] == "better"
        ids = [hit.document for hit in hits[1:]]
        assert ids == sorted(ids)

    # Pages

    def test_every_page_that_matches_is_a_hit_with_its_best_passage(
        self, index: SearchIndex
    ) -> None:
        whole = document("whole", "Rain. Water, water!", "Nothing.", "Water again.", work="w")
        first, _, last = whole.pages
        spans = (Span(0, 5), Span(5, 20), last.span)
        passages = tuple(
            Passage(span, page.number, "en")
            for span, page in zip(spans, (first, first, last), strict=True)
        )
        whole = replace(whole, passages=passages)
        index.add([whole, document("other", "Water in another version.", work="w")])
        found = index.search(Query(Word("water"), pages=True))
        assert sorted((*names((hit,)), hit.page, hit.passages) for hit in found.hits) == [
            ("other", 1, 1),
            ("whole", 1, 1),
            ("whole", 3, 1),
        ]
        assert found.total == 3
        (best,) = [hit for hit in found.hits if hit.page == 1 and "whole" in hit.path]
        assert best.snippet == "Water, water!"
        assert index.search(Query(Word("water"))).total == 1
        every = index.search(Query(None, pages=True))
        assert (every.total, sum(hit.passages for hit in every.hits)) == (3, 4)

    @pytest.mark.parametrize(
        "node", [None, Word("town"), every_word("town", "seven"), Or((Word("two"), Word("one")))]
    )
    @pytest.mark.parametrize("order", get_args(Order))
    def test_parts_of_the_list_of_pages_make_the_whole(
        self, index: SearchIndex, node: Node | None, order: Order
    ) -> None:
        texts = ("A town.", "Town one.", "Two towns.", "Seven towns.")
        index.add([document(f"d{n}", *texts[n % 3 :], date=f"202{n % 2}") for n in range(9)])
        whole = index.search(Query(node, pages=True, order=order, limit=100))
        assert len({(hit.document, hit.page) for hit in whole.hits}) == whole.total
        assert len(whole.hits) == whole.total > 5
        for size in (1, 4):
            parts = [
                index.search(Query(node, pages=True, order=order, offset=at, limit=size)).hits
                for at in range(0, whole.total, size)
            ]
            assert [hit for part in parts for hit in part] == list(whole.hits)

    # What has only some of the words

    def test_works_with_some_of_the_words_follow_only_where_wanted(
        self, papers: SearchIndex
    ) -> None:
        node = every_word("water", "waste")
        loosened = papers.search(Query(node))
        assert sorted(names(loosened.hits[:2])) == ["undated", "year"]
        assert loosened.total == 5
        strict = papers.search(Query(node, loosen=False))
        assert sorted(names(strict.hits)) == ["undated", "year"]
        assert strict.total == 2
        question = every_word("water", "waste", "nobody", "wrote", "this")
        assert papers.search(Query(question)).total == 5
        assert papers.search(Query(question, loosen=False)).total == 0


class Changes:
    """Promises of documents that are amended, deleted, added again and come in many batches."""

    @pytest.fixture
    def papers(self, index: SearchIndex) -> SearchIndex:
        index.add(PAPERS)
        return index

    def test_what_is_amended_counts_for_filters_facets_and_order(self, papers: SearchIndex) -> None:
        tag = Tag("finance", 1.0, Origin.PERSON, Grade.MAIN)
        changed = replace(
            PAPERS[0],
            date="1990",
            kind="opinion",
            institution="council",
            tags=(tag,),
            audience=Audience.PUBLIC,
        )
        with papers.batch() as batch:
            batch.amend(changed)
        for filters in (
            Filters(institutions=("council",), kinds=("opinion",)),
            Filters(pillars=("finance",), until="1991"),
            Filters(audience="public"),
        ):
            assert names(papers.search(Query(Word("water"), filters)).hits) == ["may"]
        for filters in (Filters(pillars=("territories",), since="1990"), Filters(since="2021-05")):
            assert "may" not in names(papers.search(Query(None, filters)).hits)
        assert names(papers.search(Query(None, order="oldest")).hits)[0] == "may"
        asked = ("pillar", "year", "kind", "institution")
        assert papers.search(Query(None, facets=asked)).facets == {
            "pillar": {"finance": 3, "territories": 1},
            "year": {"2021": 2, "1990": 1, "1999": 1},
            "kind": {"opinion": 1},
            "institution": {"commission": 1, "council": 2},
        }

    def test_the_last_of_several_amendments_counts(self, papers: SearchIndex) -> None:
        for institution in ("council", "parliament", ""):
            with papers.batch() as batch:
                batch.amend(made_by(institution, PAPERS[0]))
        found = papers.search(Query(None, facets=("institution",)))
        assert found.facets == {"institution": {"commission": 1, "council": 1}}

    def test_a_document_that_is_deleted_and_added_again_is_as_it_was_added(
        self, papers: SearchIndex
    ) -> None:
        before = papers.search(Query(Word("water"), facets=("institution",)))
        with papers.batch() as batch:
            batch.amend(made_by("parliament", PAPERS[0]))
        papers.delete([PAPERS[0].id])
        assert names(papers.search(Query(None, Filters(since="2021-05"))).hits) == ["year"]
        papers.add([PAPERS[0]])
        after = papers.search(Query(Word("water"), facets=("institution",)))
        assert (after.total, after.facets) == (before.total, before.facets)
        assert sorted(names(after.hits)) == sorted(names(before.hits))

    def test_many_batches_give_the_answers_of_one(
        self, index: SearchIndex, other: SearchIndex
    ) -> None:
        words = ("Wasser", "Trinkwasser", "trinken", "Recht", "Wasserrecht")
        many = [
            document(
                f"d{n}", f"Die {words[n % 5]} und {words[n % 3]}.", f"Nummer {n}.", language="de",
                title=f"Das {words[n % 4]}", date=f"20{n % 7 + 10}", tags=(words[n % 2],),
            )
            for n in range(30)
        ]  # fmt: skip
        other.add(many)
        for one in many:
            index.add([document(one.title, "Etwas anderes, Trinkkur."), one])
            index.delete([identity(one.title)])
        with index.batch() as batch:
            batch.put(many[3])
            batch.amend(replace(many[4], title="Das Recht"))
        with index.batch() as batch:
            batch.amend(many[4])
        for node in (None, Word("Wasser"), every_word("Recht", "Nummer"), Prefix("tri")):
            query = Query(node, limit=50, facets=("file", "year"))
            whole, several = other.search(query), index.search(query)
            assert several.total == whole.total
            assert several.facets == whole.facets
            assert names(several.hits) == names(whole.hits)
            assert [h.score for h in several.hits] == pytest.approx([h.score for h in whole.hits])
        assert index.count() == other.count()
