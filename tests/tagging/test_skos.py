"""SKOS: what goes out comes back, and what other tools and EuroVoc say is understood."""

from __future__ import annotations

import string
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, SKOS

from pipeline.core.concepts import Concept, Role, Term, Vocabulary
from pipeline.tagging.skos import EUROVOC, FOURP, XL, from_graph, to_graph, with_eurovoc
from pipeline.tagging.vocabulary_file import load_vocabulary
from pipeline.tagging.vocabulary_writing import write_vocabulary

_languages = st.sampled_from(["en", "fr", "el", "mul"])
_text = st.text(string.ascii_letters + "éßΣ'-&+ ", min_size=1, max_size=12).map(
    lambda text: " ".join(text.split()) or "x"
)
_terms = st.lists(
    st.builds(
        Term,
        _text,
        st.sampled_from([0.5, 1.0, 2.5, 3.0]),
        st.sampled_from(Role),
        st.booleans(),
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda term: term.text if term.exact_case else term.text.casefold(),
).map(tuple)
_concepts = st.builds(
    Concept,
    id=st.just("water"),
    labels=st.fixed_dictionaries({"en": _text, "fr": _text}, optional={"el": _text}),
    short=st.dictionaries(_languages, _text, max_size=2),
    terms=st.dictionaries(_languages, _terms, max_size=3),
    references=st.sampled_from([(), ("COM(2020) 98",), ("2021/0203(COD)", "COM(2020) 98")]),
    exclusions=st.dictionaries(_languages, st.just(("business climate",)), max_size=2),
    eurovoc=st.sampled_from([(), ("2825", "c_1138d9d2")]),
    broader=st.just("planet"),
    valid_from=st.sampled_from(["", "2020-01-01"]),
    valid_until=st.sampled_from(["", "2025-12-31"]),
    replaced_by=st.sampled_from(["", "planet"]),
)
PLANET = Concept("planet", {"en": "Planet", "fr": "Planète"})


def _told(concept: Concept) -> object:
    terms = {language: set(own) for language, own in concept.terms.items() if own}
    rest = (concept.labels, concept.short, concept.references, concept.exclusions)
    dates = (concept.valid_from, concept.valid_until, concept.replaced_by)
    return concept.id, terms, rest, concept.eurovoc, concept.broader, dates


@settings(deadline=None, max_examples=40)
@given(_concepts, st.sampled_from(["turtle", "xml"]))
def test_a_vocabulary_comes_back_from_skos_as_it_went(water: Concept, form: str) -> None:
    text = to_graph(Vocabulary((PLANET, water), digest="")).serialize(format=form)
    back = from_graph(Graph().parse(data=text, format=form))
    assert [_told(concept) for concept in back] == [_told(PLANET), _told(water)]


@settings(deadline=None, max_examples=40)
@given(water=_concepts)
def test_a_vocabulary_comes_back_from_its_files_as_it_went(
    tmp_path_factory: pytest.TempPathFactory, water: Concept
) -> None:
    path = tmp_path_factory.mktemp("models") / "vocabulary.yaml"
    write_vocabulary(path, (PLANET, water))
    assert [_told(concept) for concept in load_vocabulary(path)] == [_told(PLANET), _told(water)]


def test_files_that_say_the_same_are_not_written_again_and_others_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "vocabulary.yaml"
    water = Concept(
        "water", {"en": "Water", "fr": "Eau", "de": "Wasser"}, broader="planet",
        terms={"de": (Term("Abwasser"),), "en": (Term("sewage"),)},
    )  # fmt: skip
    german = tmp_path / "vocabulary" / "de.yaml"
    assert write_vocabulary(path, (PLANET, water)) == [path, german]
    assert write_vocabulary(path, (PLANET, water)) == []
    path.write_text("# Ours.\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    before = path.read_text(encoding="utf-8")
    more = Concept(
        "water", {"en": "Waters", "fr": "Eau", "de": "Wasser"}, broader="planet", terms=water.terms
    )
    assert write_vocabulary(path, (PLANET, more)) == [path]
    assert path.with_name("vocabulary.yaml.old").read_text(encoding="utf-8") == before
    assert path.read_text(encoding="utf-8").startswith("# Ours.\nconcepts:")


def test_other_tools_find_labels_and_terms_where_skos_has_them() -> None:
    water = Concept(
        "water", {"en": "Water legislation", "fr": "Eau"}, short={"en": "Water"}, broader="planet",
        terms={"en": (Term("urban waste water", 3.0, Role.NAME), Term("sewage"))},
    )  # fmt: skip
    graph = to_graph(Vocabulary((PLANET, water), digest=""))
    node = URIRef("urn:fourp:concept:water")
    assert Literal("Water legislation", lang="en") in set(graph.objects(node, SKOS.prefLabel))
    assert {str(one) for one in graph.objects(node, SKOS.altLabel)} == {
        "Water",
        "urban waste water",
    }
    assert {str(one) for one in graph.objects(node, SKOS.hiddenLabel)} == {"sewage"}
    assert (node, SKOS.broader, URIRef("urn:fourp:concept:planet")) in graph


def test_a_tool_that_drops_what_it_does_not_know_leaves_names_and_terms_of_the_field() -> None:
    water = Concept(
        "water", {"en": "Water"}, short={"en": "Waters"}, broader="planet",
        terms={"en": (Term("waste water", 2.5, Role.NAME), Term("price", 0.5, Role.COMPANY))},
    )  # fmt: skip
    graph = to_graph(Vocabulary((PLANET, water), digest=""))
    for kind in (XL.altLabel, XL.hiddenLabel):
        graph.remove((None, kind, None))
    [_, back] = from_graph(graph)
    assert back.terms["en"] == (Term("waste water", 3.0, Role.NAME), Term("price"))


def test_concepts_of_another_scheme_are_not_ours() -> None:
    graph = Graph()
    graph.add((EUROVOC["2825"], RDF.type, SKOS.Concept))
    graph.add((FOURP["vocabulary"], RDF.type, SKOS.ConceptScheme))
    assert from_graph(graph) == []


def test_eurovoc_gives_its_labels_to_the_concepts_that_cover_them() -> None:
    water = Concept(
        "water", {"en": "Water"}, eurovoc=("612",), broader="planet",
        terms={"en": (Term("wastewater", 2.0),)},
    )  # fmt: skip
    energy = Concept(
        "energy", {"en": "Energy"}, broader="planet", eurovoc=("612",),
        terms={"de": (Term("Abwasser", 3.0, Role.NAME),)},
    )  # fmt: skip
    graph = Graph()
    for language, text in (("en", "Wastewater"), ("de", "Abwasser"), ("el", "λύματα")):
        graph.add((EUROVOC["612"], SKOS.prefLabel, Literal(text, lang=language)))
    graph.add((EUROVOC["9"], SKOS.prefLabel, Literal("foreign trade", lang="en")))
    gaining = with_eurovoc(Vocabulary((PLANET, water, energy), digest=""), graph)
    assert [concept.id for concept in gaining] == ["water", "energy"]
    # "Abwasser" names energy, absurdly, so it is no term of water; "wastewater" is there already.
    assert gaining[0].terms == {"en": water.terms["en"], "el": (Term("λύματα"),)}
