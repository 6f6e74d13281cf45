"""Topics: groups that a reader sees too, and phrases that a vocabulary lacks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.core.concepts import Concept, Term, Vocabulary
from pipeline.tagging.topics import Paper, missing_terms, paper_of, topics
from tests.documents import document

WOLVES = (
    "The grey wolf returned. Herders ask for livestock guarding dogs.",
    "A grey wolf was seen; livestock guarding dogs help the herders.",
    "Herders and the grey wolf: livestock guarding dogs are paid for.",
)
BEACHES = (
    "Sea level rise takes the sandy beach. Dunes need care.",
    "Care for dunes keeps a sandy beach from sea level rise.",
    "Sea level rise and the sandy beach: what dunes do.",
)


def _papers(texts: Sequence[str], kind: str, *, language: str = "en") -> list[Paper]:
    return [
        replace(
            paper_of(
                document(text, title=f"On {kind} {n}", path=f"/{kind}-{n}.pdf", language=language)
            ),
            date=f"202{n}-05-01",
        )
        for n, text in enumerate(texts)
    ]


def test_papers_on_two_subjects_are_two_topics_with_the_phrases_that_tell_them_apart() -> None:
    found = topics([*_papers(WOLVES, "a"), *_papers(BEACHES, "b")], [])
    assert [len(topic.documents) for topic in found] == [3, 3]
    beaches, wolves = sorted(found, key=lambda topic: topic.documents[0].title)[::-1]
    assert "grey wolf" in wolves.phrases
    assert "livestock guarding dogs" in wolves.phrases
    assert "sandy beach" in beaches.phrases
    assert not set(wolves.phrases) & set(beaches.phrases)
    assert wolves.years == {"2020": 1, "2021": 1, "2022": 1}


def test_a_phrase_of_the_whole_library_tells_no_topic_apart() -> None:
    usual = _papers(["The grey wolf again."] * 30, "usual")
    [topic] = topics(_papers(WOLVES, "a"), usual)
    assert topic.phrases[0] == "livestock guarding dogs"
    assert "grey wolf" not in topic.phrases


def test_a_few_documents_are_no_topic_and_languages_are_apart() -> None:
    assert topics(_papers(WOLVES[:2], "a"), []) == []
    mixed = [*_papers(WOLVES[:2], "a"), *_papers(WOLVES[2:], "b", language="de")]
    assert topics(mixed, []) == []
    [pair] = topics(_papers(WOLVES[:2], "a"), [], smallest=2)
    assert len(pair.documents) == 2


def test_texts_with_nothing_in_common_or_without_words_are_no_topic() -> None:
    for texts in (["12 34.", "56.", "78."], ["Bread.", "Tunnels.", "Violins."]):
        papers = [replace(paper, title="") for paper in _papers(texts, "a")]
        assert topics(papers, []) == []


def test_phrases_of_a_files_documents_that_its_vocabulary_lacks_are_proposed() -> None:
    wolf = Concept("wolf", {"en": "Wolf"}, terms={"en": (Term("Grey-wolf"),)}, broader="planet")
    vocabulary = Vocabulary((Concept("planet", {"en": "Planet"}), wolf), digest="")
    wolves = [*_papers(WOLVES, "a"), *_papers(WOLVES, "c")]
    found = missing_terms(wolves, _papers(BEACHES, "b"), vocabulary, "wolf")
    texts = [phrase.text for phrase in found]
    assert "livestock guarding dogs" in texts
    assert "guarding dogs" not in texts  # part of it, and as frequent
    assert "grey wolf" not in texts  # a term already
    assert not {"sandy beach", "dunes"} & set(texts)
    guarding = next(phrase for phrase in found if phrase.text == "livestock guarding dogs")
    assert (guarding.inside, guarding.outside, guarding.language) == (6, 0, "en")
    assert missing_terms(wolves[:4], [], vocabulary, "wolf") == []  # too few to tell from chance


def test_phrases_are_written_as_the_documents_write_them() -> None:
    texts = ["Les entreprises d'investissement."] * 3
    [topic] = topics(_papers(texts, "a", language="fr"), [])
    assert "entreprises d'investissement" in topic.phrases
