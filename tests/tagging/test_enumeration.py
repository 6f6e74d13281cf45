"""A list of subjects names many policy files, each in an item of its own."""

from __future__ import annotations

from pipeline.core.concepts import Concept, Role, Term, Vocabulary
from pipeline.core.document import Document
from pipeline.tagging.enumeration import ENOUGH, LONGEST_ITEM, enumerated
from pipeline.tagging.vocabulary_tagger import VocabularyTagger
from tests.documents import document

NAMES = (
    "alder aspen beech birch cedar cypress elm fir hazel holly larch lime maple oak pine rowan "
    "spruce willow"
).split()
VOCABULARY = Vocabulary(
    (
        Concept("planet", {"en": "Planet"}),
        *(
            Concept(
                name,
                {"en": name.title()},
                terms={"en": (Term(f"{name} plan", 3.0, Role.NAME), Term(f"{name} leaf"))},
                broader="planet",
            )
            for name in NAMES
        ),
    ),
    digest="trees",
)


def _enumerated(paper: Document) -> frozenset[str]:
    matches = VocabularyTagger(VOCABULARY).matches(paper)
    return enumerated(paper, matches, set(NAMES))


def test_items_that_name_many_files_enumerate_them() -> None:
    paper = document("".join(f"• Follow the {name} plan\n" for name in NAMES))
    assert _enumerated(paper) == set(NAMES)


def test_fewer_items_or_terms_that_name_nothing_enumerate_nothing() -> None:
    few = NAMES[: ENOUGH - 1]
    assert not _enumerated(document("".join(f"• The {name} plan\n" for name in few)))
    assert not _enumerated(document("".join(f"• A {name} leaf\n" for name in NAMES)))
    assert not _enumerated(document(" ".join(f"The {name} plan." for name in NAMES)))


def test_a_name_after_the_item_is_not_in_it() -> None:
    listed, after, far = NAMES[:ENOUGH], NAMES[ENOUGH], NAMES[ENOUGH + 1]
    items = "".join(f"• The {name} plan\n" for name in listed)
    filler = "and so on " * (LONGEST_ITEM // 10 + 1)
    assert _enumerated(document(f"{items}\n\nThe {after} plan.")) == set(listed)
    assert _enumerated(document(f"{items}{filler}the {far} plan.")) == set(listed)
