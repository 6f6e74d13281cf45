"""SKOS: a vocabulary as an RDF graph, for thesaurus editors, EuroVoc's tools and Annif, and back.

Every concept has its labels (`skos:prefLabel`), its short names and the terms that name it
(`skos:altLabel`), and its other terms (`skos:hiddenLabel`), which any tool of this standard reads.
What SKOS has no word for stands beside them: each term again as a SKOS-XL label with role and
weight. Acts are `dcterms:references`, EuroVoc's concepts `skos:closeMatch`, the last day
`schema:validThrough`.

https://www.w3.org/TR/skos-reference/ ; Annif reads the Turtle form as a subject vocabulary.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from rdflib import BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, RDF, SDO, SKOS, XSD

from pipeline.core.concepts import Concept, Role, Term, Vocabulary
from pipeline.core.references import canonical
from pipeline.tagging.vocabulary_file import DEFAULT_WEIGHT

if TYPE_CHECKING:
    from rdflib.graph import _ObjectType, _SubjectType

XL = Namespace("http://www.w3.org/2008/05/skos-xl#")
FOURP = Namespace("urn:fourp:")
EUROVOC = Namespace("http://eurovoc.europa.eu/")
SCHEME = FOURP["vocabulary"]
_PREFIX = str(FOURP["concept:"])
_DATES = (("valid_from", SDO.validFrom), ("valid_until", SDO.validThrough))
_PLAIN = {Role.NAME: SKOS.altLabel, Role.FIELD: SKOS.hiddenLabel, Role.COMPANY: SKOS.hiddenLabel}


def to_graph(vocabulary: Vocabulary) -> Graph:
    """Return the vocabulary as SKOS; `from_graph` reads it back without a loss."""
    graph = Graph()
    for prefix, space in (("skos", SKOS), ("skosxl", XL), ("fourp", FOURP), ("ev", EUROVOC)):
        graph.bind(prefix, space)
    graph.add((SCHEME, RDF.type, SKOS.ConceptScheme))
    for place, concept in enumerate(vocabulary):
        _put(graph, concept, place)
    return graph


def from_graph(graph: Graph) -> list[Concept]:
    """Return fourp's own concepts of a graph in their order; concepts of other schemes are left.

    A graph that another tool has written may lack roles and weights: alternative labels are then
    names, hidden ones terms of the field.

    Raises:
        ValueError: If a weight is no number above 0, or a reference none that is known.
    """
    concepts = [
        (_place(graph, node), _concept(graph, node))
        for node in graph.subjects(RDF.type, SKOS.Concept)
        if str(node).startswith(_PREFIX)
    ]
    return [concept for _, concept in sorted(concepts, key=lambda one: (one[0], one[1].id))]


def with_eurovoc(vocabulary: Vocabulary, graph: Graph) -> list[Concept]:
    """Return the concepts that gain terms of their field from EuroVoc concepts in a graph.

    A concept gains the labels of those that its ``eurovoc`` lists, in every language of the graph,
    without those that it, or a name of any other concept, has already.
    """
    names = {
        (language, term.text.casefold())
        for concept in vocabulary
        for language, terms in concept.terms.items()
        for term in terms
        if term.role is Role.NAME
    }
    gaining = []
    for concept in vocabulary:
        terms = {language: list(own) for language, own in concept.terms.items()}
        had = sum(map(len, terms.values()))
        for language, text in sorted(_labels_of(graph, concept)):
            known = {term.text.casefold() for term in terms.get(language, ())}
            if text.casefold() not in known and (language, text.casefold()) not in names:
                terms.setdefault(language, []).append(Term(text))
        if sum(map(len, terms.values())) > had:
            frozen = {language: tuple(own) for language, own in terms.items()}
            gaining.append(replace(concept, terms=frozen))
    return gaining


def _labels_of(graph: Graph, concept: Concept) -> Iterator[tuple[str, str]]:
    for number in concept.eurovoc:
        for kind in (SKOS.prefLabel, SKOS.altLabel):
            for label in graph.objects(EUROVOC[number], kind):
                if isinstance(label, Literal) and label.language and str(label).strip():
                    yield label.language, " ".join(str(label).split())


def _put(graph: Graph, concept: Concept, place: int) -> None:
    node = _node(concept.id)
    for kind, value in _facts(concept):
        graph.add((node, kind, value))
    graph.add((node, FOURP.order, Literal(place)))
    for language, terms in concept.terms.items():
        for term in terms:
            label = BNode()
            graph.add((node, _PLAIN[term.role], Literal(term.text, lang=language)))
            graph.add((node, XL.altLabel if term.role is Role.NAME else XL.hiddenLabel, label))
            graph.add((label, RDF.type, XL.Label))
            graph.add((label, XL.literalForm, Literal(term.text, lang=language)))
            graph.add((label, FOURP.role, Literal(term.role.value)))
            graph.add((label, FOURP.weight, Literal(term.weight, datatype=XSD.double)))
            if term.exact_case:
                graph.add((label, FOURP.exactCase, Literal(True)))


def _facts(concept: Concept) -> Iterator[tuple[URIRef, _ObjectType]]:
    yield RDF.type, SKOS.Concept
    yield SKOS.inScheme, SCHEME
    yield SKOS.notation, Literal(concept.id)
    for kind, texts in ((SKOS.prefLabel, concept.labels), (FOURP.shortLabel, concept.short)):
        for language, text in texts.items():
            yield kind, Literal(text, lang=language)
    for language, text in concept.short.items():
        yield SKOS.altLabel, Literal(text, lang=language)
    for language, phrases in concept.exclusions.items():
        for phrase in phrases:
            yield FOURP.exclude, Literal(phrase, lang=language)
    for reference in concept.references:
        yield DCTERMS.references, Literal(reference)
    for number in concept.eurovoc:
        yield SKOS.closeMatch, EUROVOC[number]
    for name, kind in _DATES:
        if getattr(concept, name):
            yield kind, Literal(getattr(concept, name))
    if concept.broader:
        yield SKOS.broader, _node(concept.broader)
    else:
        yield SKOS.topConceptOf, SCHEME
    if concept.replaced_by:
        yield DCTERMS.isReplacedBy, _node(concept.replaced_by)


def _concept(graph: Graph, node: _SubjectType) -> Concept:
    def texts(kind: URIRef) -> list[str]:
        return sorted(str(one) for one in graph.objects(node, kind))

    def id_of(kind: URIRef) -> str:
        return next((_id(one) for one in graph.objects(node, kind) if _id(one)), "")

    dates = {name: next(iter(texts(kind)), "") for name, kind in _DATES}
    matches = [t for t in texts(SKOS.closeMatch) + texts(SKOS.exactMatch) if t in EUROVOC]
    exclusions = _by_language(graph, node, FOURP.exclude)
    return Concept(
        id=_id(node),
        labels=_one_by_language(graph, node, SKOS.prefLabel),
        short=_one_by_language(graph, node, FOURP.shortLabel),
        terms=_terms(graph, node),
        references=tuple(map(_reference, texts(DCTERMS.references))),
        exclusions={language: tuple(sorted(own)) for language, own in exclusions.items()},
        eurovoc=tuple(text.removeprefix(str(EUROVOC)) for text in matches),
        broader=id_of(SKOS.broader),
        replaced_by=id_of(DCTERMS.isReplacedBy),
        **dates,
    )


def _terms(graph: Graph, node: _SubjectType) -> dict[str, tuple[Term, ...]]:
    found: dict[str, dict[str, Term]] = {}
    # Short names are alternative labels too, but no terms.
    told = {
        (language, text)
        for language, texts in _by_language(graph, node, FOURP.shortLabel).items()
        for text in texts
    }
    for kind in (XL.altLabel, XL.hiddenLabel):
        for label in graph.objects(node, kind):
            form = graph.value(label, XL.literalForm)
            if isinstance(form, Literal) and form.language and str(form).strip():
                term = _term(graph, label, str(form))
                key = term.text if term.exact_case else term.text.casefold()
                found.setdefault(form.language, {})[key] = term
                told.add((form.language, term.text))
    for role, kind in ((Role.NAME, SKOS.altLabel), (Role.FIELD, SKOS.hiddenLabel)):
        for language, texts in _by_language(graph, node, kind).items():
            own = found.setdefault(language, {})
            for text in texts:
                if (language, text) not in told:
                    own.setdefault(text.casefold(), Term(text, DEFAULT_WEIGHT[role], role))
    order = list(Role)
    return {
        language: tuple(
            sorted(own.values(), key=lambda t: (order.index(t.role), -t.weight, t.text.casefold()))
        )
        for language, own in sorted(found.items())
        if own
    }


def _term(graph: Graph, label: _ObjectType, text: str) -> Term:
    told = graph.value(label, FOURP.role)
    role = Role(str(told)) if str(told) in set(Role) else Role.FIELD
    weight = graph.value(label, FOURP.weight)
    exact = graph.value(label, FOURP.exactCase)
    number = DEFAULT_WEIGHT[role] if weight is None else float(str(weight))
    return Term(text, number, role, isinstance(exact, Literal) and bool(exact.value))


def _reference(text: str) -> str:
    value = canonical(text)
    if value is None:
        raise ValueError(f"no reference is read in {text!r:.60}")
    return value


def _one_by_language(graph: Graph, node: _SubjectType, kind: URIRef) -> dict[str, str]:
    return {code: min(texts) for code, texts in sorted(_by_language(graph, node, kind).items())}


def _by_language(graph: Graph, node: _SubjectType, kind: URIRef) -> Mapping[str, list[str]]:
    texts: dict[str, list[str]] = {}
    for label in graph.objects(node, kind):
        if isinstance(label, Literal) and label.language and str(label).strip():
            texts.setdefault(label.language, []).append(str(label))
    return texts


def _place(graph: Graph, node: _SubjectType) -> int:
    order = graph.value(node, FOURP.order)
    return int(order) if isinstance(order, Literal) else 10**6


def _node(concept: str) -> URIRef:
    return URIRef(_PREFIX + concept)


def _id(node: _ObjectType) -> str:
    text = str(node)
    return text.removeprefix(_PREFIX) if text.startswith(_PREFIX) else ""
