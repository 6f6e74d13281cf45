"""What every search index promises of words that name a concept of the vocabulary."""

from __future__ import annotations

import pytest

from pipeline.core.ports import SearchIndex
from pipeline.core.query import And, Filters, Node, Not, Or, Phrase, Prefix, Query, Word
from tests.contracts.search_index import document, every_word, identity, names

CIRCULAIRE = every_word("économie", "circulaire")


class Subjects:
    """Inherit it, and give the fixture ``named`` an empty index that knows `VOCABULARY`."""

    @pytest.fixture
    def papers(self, named: SearchIndex) -> SearchIndex:
        rest = " Nothing else is told here."
        named.add(
            [
                document("french", "Une économie circulaire. Rien de plus.", language="fr"),
                document("english", "A circular economy." + rest),
                document("german", "Die Kreislaufwirtschaft. Sonst nichts.", language="de"),
                document("tagged", "About heaps.", "More about heaps.", tags=("waste",)),
                document("none", "About rivers." + rest),
            ]
        )
        return named

    def test_a_name_finds_documents_in_other_languages_and_by_their_tag(
        self, papers: SearchIndex
    ) -> None:
        found = papers.search(Query(CIRCULAIRE, facets=("language",)))
        assert sorted(names(found.hits)) == ["english", "french", "german", "tagged"]
        assert found.total == 4
        assert found.facets == {"language": {"en": 2, "de": 1, "fr": 1}}

    def test_what_has_the_words_comes_first_and_what_has_only_the_tag_last(
        self, papers: SearchIndex
    ) -> None:
        for words, first in (
            (CIRCULAIRE, "french"),
            (every_word("circular", "economy"), "english"),
            (Word("Kreislaufwirtschaft"), "german"),
        ):
            found = names(papers.search(Query(words)).hits)
            assert (found[0], found[-1]) == (first, "tagged")

    def test_via_is_told_of_those_that_have_not_the_words(self, papers: SearchIndex) -> None:
        hits = papers.search(Query(CIRCULAIRE)).hits
        assert {names((hit,))[0]: hit.via for hit in hits} == {
            "french": (),
            "english": ("waste",),
            "german": ("waste",),
            "tagged": ("waste",),
        }

    def test_of_a_tagged_document_the_first_passage_is_shown(self, papers: SearchIndex) -> None:
        hits = papers.search(Query(CIRCULAIRE)).hits
        assert [(hit.page, hit.passages) for hit in hits if "tagged" in hit.path] == [(1, 1)]

    def test_the_name_in_the_other_language_lights_up(self, papers: SearchIndex) -> None:
        hits = papers.search(Query(CIRCULAIRE)).hits
        lit = {names((h,))[0]: [span.of(h.snippet) for span in h.highlights] for h in hits}
        assert lit["english"] == ["circular economy"]
        assert lit["german"] == ["Kreislaufwirtschaft"]
        assert lit["tagged"] == []

    @pytest.mark.parametrize(
        ("node", "found"),
        [
            (Phrase(("économie", "circulaire")), ["french"]),
            (Prefix("circulair"), ["french"]),
            (every_word("circulaire", "économie"), ["french"]),  # the name is another
            (And((Word("économie"), Prefix("circulair"))), ["french"]),
            (And((Word("heap"), Not(CIRCULAIRE))), ["tagged"]),
            (And((CIRCULAIRE, Not(Word("Kreislaufwirtschaft")))), ["english", "french", "tagged"]),
            (And((CIRCULAIRE, Word("heap"))), ["tagged"]),
            (Or((CIRCULAIRE, Word("rivers"))), ["english", "french", "german", "none", "tagged"]),
        ],
    )
    def test_only_words_that_are_looked_for_as_they_stand_name_a_concept(
        self, papers: SearchIndex, node: Node, found: list[str]
    ) -> None:
        hits = papers.search(Query(node, loosen=False)).hits
        assert sorted(names(hits)) == found

    def test_the_exact_language_is_searched_on_demand(self, papers: SearchIndex) -> None:
        query = Query(CIRCULAIRE, exact_language=True, loosen=False)
        assert [(names((hit,)), hit.via) for hit in papers.search(query).hits] == [(["french"], ())]

    def test_filters_hold_for_what_is_found_by_name_and_tag(self, papers: SearchIndex) -> None:
        english = papers.search(Query(CIRCULAIRE, Filters(languages=("en",))))
        assert sorted(names(english.hits)) == ["english", "tagged"]
        tagged = papers.search(Query(CIRCULAIRE, Filters(files=("waste",))))
        assert names(tagged.hits) == ["tagged"]

    def test_the_longest_name_wins(self, papers: SearchIndex) -> None:
        papers.add([document("sewage", "Les eaux usées.", language="fr")])
        # "waste" alone is a part of the circular economy, "waste water" is a name of its own.
        hits = papers.search(Query(every_word("waste", "water"), loosen=False)).hits
        assert {names((hit,))[0]: hit.via for hit in hits} == {"sewage": ("water",)}

    def test_a_name_of_a_part_of_a_concept_counts_less(self, papers: SearchIndex) -> None:
        whole = papers.search(Query(every_word("circular", "economy"), loosen=False)).hits
        part = papers.search(Query(every_word("waste", "sorting"), loosen=False)).hits
        assert {hit.via for hit in part} == {("waste",)}
        scores = [{hit.path: hit.score for hit in hits} for hits in (whole, part)]
        for name in ("french", "german", "tagged"):
            path = f"/library/{name}.txt"
            assert scores[1][path] < scores[0][path]

    def test_a_document_that_loses_its_tag_is_found_no_more(self, papers: SearchIndex) -> None:
        with papers.batch() as batch:
            batch.amend(document("tagged", "About heaps.", "More about heaps."))
        assert "tagged" not in names(papers.search(Query(CIRCULAIRE)).hits)
        papers.delete([identity("german")])
        assert sorted(names(papers.search(Query(CIRCULAIRE)).hits)) == ["english", "french"]

    def test_tags_of_documents_that_have_a_name_add_to_it(self, papers: SearchIndex) -> None:
        papers.add([document("both", "A circular economy. Nothing else is told here.",
                             tags=("waste",))])  # fmt: skip
        found = names(papers.search(Query(CIRCULAIRE, Filters(languages=("en",)))).hits)
        assert found == ["both", "english", "tagged"]
