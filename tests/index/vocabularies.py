"""A small vocabulary whose names are looked for in three languages."""

from __future__ import annotations

from pipeline.core.concepts import Concept, Role, Term, Vocabulary

PILLARS = ("planet", "people")


def _concept(id_: str, broader: str, *, names: tuple[str, ...] = (), **labels: str) -> Concept:
    terms = {"en": tuple(Term(name, role=Role.NAME) for name in names)} if names else {}
    return Concept(id_, labels, terms=terms, broader=broader)


VOCABULARY = Vocabulary(
    (
        _concept("planet", "", en="Planet", fr="Planète", de="Planet"),
        _concept("people", "", en="People", fr="Population", de="Menschen"),
        _concept("water", "planet", en="Waste water", fr="Eaux usées", de="Abwasser"),
        _concept(
            "waste",
            "planet",
            names=("waste", "waste sorting"),
            en="Circular economy",
            fr="Économie circulaire",
            de="Kreislaufwirtschaft",
        ),
    ),
    digest="small",
)
