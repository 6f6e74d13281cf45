"""The vocabulary tagger: what tags, what does not, and the sentence that proves it."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import given, settings

from pipeline.core.concepts import Concept, Role, Term, Vocabulary
from pipeline.core.document import Document
from pipeline.core.references import find_references
from pipeline.core.spans import Span
from pipeline.core.tags import Grade, Origin, Reason, Tag
from pipeline.tagging.scoring import Scored
from pipeline.tagging.tag_making import Graded, make_tags
from pipeline.tagging.vocabulary_file import load_vocabulary
from pipeline.tagging.vocabulary_tagger import VocabularyTagger
from tests import libraries
from tests.documents import document, documents


@pytest.fixture(scope="module")
def tagger(tmp_path_factory: pytest.TempPathFactory) -> VocabularyTagger:
    path = tmp_path_factory.mktemp("models") / "vocabulary.yaml"
    path.write_text(libraries.VOCABULARY, encoding="utf-8")
    return VocabularyTagger(load_vocabulary(path))


def _tagger(*files: Concept) -> VocabularyTagger:
    pillar = Concept("planet", {"en": "Planet"})
    return VocabularyTagger(Vocabulary((pillar, *files), digest="x"))


def _file(name: str, *terms: Term) -> Concept:
    return Concept(name, {"en": name}, terms={"en": terms}, broader="planet")


def _name(text: str) -> Term:
    return Term(text, 3.0, Role.NAME)


def _main(tags: tuple[Tag, ...]) -> list[str]:
    return [tag.concept for tag in tags if tag.grade is Grade.MAIN]


def test_a_file_is_tagged_with_its_pillar(tagger: VocabularyTagger) -> None:
    assert _main(tagger.suggest(document(libraries.WATER, title=""))) == ["water", "planet"]
    assert _main(tagger.suggest(document(libraries.ENERGY, title=""))) == ["energy", "planet"]


def test_a_text_on_something_else_is_not_tagged(tagger: VocabularyTagger) -> None:
    assert tagger.suggest(document("The team plays football on Sunday.", title="Match")) == ()


def test_the_proof_is_the_sentence_with_its_page_and_term(tagger: VocabularyTagger) -> None:
    paper = document(
        "Minutes of a meeting. The chair opened it.",
        "Towns paid. They treat urban waste water at high cost. Nobody answered.",
    )
    [evidence] = tagger.suggest(paper)[0].evidence
    assert evidence.quote == "They treat urban waste water at high cost."
    assert (evidence.page, evidence.match) == (2, "urban waste water")
    assert evidence.reason is Reason.TERM


def test_a_sentence_of_the_text_proves_before_a_footnote_that_names_another_act(
    tagger: VocabularyTagger,
) -> None:
    note = "(1) Directive on urban waste water and sewage (OJ L 135, 30.5.1991, p. 40)."
    paper = document("Treat urban waste water.", note, title="")
    paper = replace(paper, references=tuple(find_references(paper.text)))
    evidence = tagger.suggest(paper)[0].evidence
    assert evidence[0].quote == "Treat urban waste water."
    assert "OJ L 135" in evidence[1].quote


@pytest.mark.parametrize(
    "worse",
    [
        pytest.param("It is said.\n3 Report on urban waste water and sewage", id="footnote"),
        pytest.param("Urban waste water, sewage ........ 12", id="contents"),
        pytest.param("• urban waste water\n• sewage\n• buildings\n• trade", id="list"),
        pytest.param(
            "See Directives 75/442/EEC, 94/62/EC, 2000/53/EC and 2006/66/EC, urban waste water "
            "and sewage.",
            id="acts",
        ),
        pytest.param("[3] Report on urban waste water and sewage", id="bibliography"),
        pytest.param("Directive 91/271/EEC and Directive 2000/60/EC apply.", id="numbers"),
        pytest.param(
            "Data on sewage and urban waste water are kept under Regulation (EU) 2016/679.",
            id="privacy",
        ),
        pytest.param("O O O urban waste water and sewage code", id="capitals of a table"),
        pytest.param("Coal 15,9 urban waste water 1,7 sewage 0", id="numbers of a table"),
        pytest.param("☐ urban waste water ☐ sewage", id="boxes of a form"),
        pytest.param("URBAN WASTE WATER AND SEWAGE 1.", id="capitals"),
        pytest.param(
            "Proceedings on urban waste water and sewage, www.example.org/a.pdf, Paris.",
            id="address",
        ),
        pytest.param("Cities say that " + "it and " * 60 + "urban waste water", id="cut"),
    ],
)
def test_a_sentence_of_the_text_proves_before_what_is_none(
    tagger: VocabularyTagger, worse: str
) -> None:
    paper = document(worse, "Treat urban waste water.", title="")
    paper = replace(paper, references=tuple(find_references(paper.text)))
    evidence = tagger.suggest(paper)[0].evidence
    assert evidence[0].quote == "Treat urban waste water."
    assert len(evidence) == 2


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        pytest.param("The towns treat urban waste water at a high cost.", Grade.ALSO, id="said"),
        pytest.param("Urban waste water.", Grade.REVIEW, id="fragment"),
        pytest.param(
            "It is the opinion of the committee on urban waste water. HAS ADOPTED THIS ACT",
            Grade.ALSO,
            id="formula after it",
        ),
        pytest.param(
            "By opinion of the committee on urban waste water, HAS ADOPTED THIS ACT",
            Grade.REVIEW,
            id="formula",
        ),
    ],
)
def test_what_no_proper_sentence_says_is_for_a_person_to_decide(text: str, grade: Grade) -> None:
    paper = document(text, title="Minutes")
    [match] = _tagger(_file("water", _name("urban waste water"))).matches(paper)
    scored = Scored("water", 3.0, 0.5, (match,))
    graded = Graded(scored, Grade.ALSO, 0.5)
    vocabulary = Vocabulary((Concept("planet", {"en": "Planet"}), _file("water")), digest="x")
    tags = make_tags(paper, vocabulary, [graded], {}, origin=Origin.MODEL, bar=1.0)
    assert tags[0].grade is grade
    [listed, *_] = make_tags(
        paper, vocabulary, [replace(graded, listed=True)], {}, origin=Origin.MODEL, bar=1.0
    )
    assert listed.grade is Grade.ALSO


def test_the_title_proves_whatever_it_looks_like() -> None:
    file = _file("water", _name("sewage"), Term("price", 0.5, Role.COMPANY))
    paper = document("Sewage prices\nTowns pay.\n\nSewage.", title="Sewage prices")
    paper = replace(paper, origins={"title": Span(0, len("Sewage prices"))})
    first, second = _tagger(file).suggest(paper)[0].evidence
    assert (first.quote, first.weight) == ("Sewage prices", 3.5)
    assert second.quote == "Sewage."


LONG = "Football clubs met and talked about football in their towns. " * 10


@pytest.mark.parametrize(
    ("text", "title", "grade"),
    [
        pytest.param(f"{LONG}One town treats sewage.", "Football", Grade.REVIEW, id="passing"),
        pytest.param(f"{LONG}One town treats sewage.", "Sewage", Grade.MAIN, id="title"),
        pytest.param("One town treats sewage.", "Football", Grade.MAIN, id="brief"),
        pytest.param(
            f"{LONG}One town treats sewage. Sewage smells. It is sewage.", "Football", Grade.MAIN,
            id="more than once",
        ),
        pytest.param(
            f"{LONG}One town treats sewage and waste water.", "Football", Grade.MAIN,
            id="two terms",
        ),
    ],
)  # fmt: skip
def test_a_single_mention_in_passing_is_for_a_person_to_decide(
    text: str, title: str, grade: Grade
) -> None:
    file = _file("water", _name("sewage"), _name("waste water"))
    tagger = _tagger(file)
    paper = document(text, title=title)
    [scored] = tagger.scores(paper)
    vocabulary = Vocabulary((Concept("planet", {"en": "Planet"}), file), digest="x")
    graded = Graded(scored, Grade.MAIN, 0.9)
    tags = make_tags(paper, vocabulary, [graded], {}, origin=Origin.MODEL, bar=1.0)
    assert tags[0].grade is grade


def test_a_legal_reference_is_a_proof(tagger: VocabularyTagger) -> None:
    paper = document("It amends Directive 91/271/EEC.", title="Amending Directive 91/271/EEC")
    [tag, _] = tagger.suggest(paper)
    assert tag.concept == "water"
    assert tag.evidence[0].reason is Reason.REFERENCE
    assert tag.evidence[0].match == "91/271/EEC"


@pytest.mark.parametrize(
    "text",
    [
        "URBAN WASTE WATER",
        "urban waste-water",
        "urban\nwaste\nwater",
        "urban waste waters",
        "L'eau: urban waste water!",
    ],
)
def test_case_hyphens_line_ends_and_plurals_do_not_hide_a_term(
    tagger: VocabularyTagger, text: str
) -> None:
    assert _main(tagger.suggest(document(text, title=""))) == ["water", "planet"]


def test_accents_do_not_hide_a_term(tagger: VocabularyTagger) -> None:
    paper = document("Les eaux urbaines residuaires", title="", language="fr")
    assert _main(tagger.suggest(paper)) == ["water", "planet"]


def test_a_mark_that_folds_to_nothing_is_passed_over(tagger: VocabularyTagger) -> None:
    assert _main(tagger.suggest(document("\u037a urban \u0301 waste water", title="")))


def test_a_term_does_not_reach_over_the_end_of_a_sentence(tagger: VocabularyTagger) -> None:
    assert tagger.suggest(document("Nothing urban. Waste water. ", title="")) == ()


def test_words_of_everyday_language_never_tag_alone() -> None:
    everyday = _file("dull", Term("partnership", 9.0, Role.COMPANY))
    beside = _file("keen", _name("twinning"), Term("partnership", 9.0, Role.COMPANY))
    tags = _tagger(everyday, beside).suggest(
        document("Partnership, partnership and twinning.", title="Partnership")
    )
    assert _main(tags) == ["keen", "planet"]


def test_a_sentence_with_nothing_but_everyday_words_proves_nothing() -> None:
    file = _file("keen", _name("twinning"), Term("partnership", 0.5, Role.COMPANY))
    paper = document("Towns like twinning. Partnership is good. Partnership lasts.", title="")
    [evidence] = _tagger(file).suggest(paper)[0].evidence
    assert evidence.quote == "Towns like twinning."


def test_a_file_far_behind_the_strongest_is_not_even_treated() -> None:
    strong = _file("strong", *[_name(f"subject {n}") for n in "abcdefghijklmnopqrst"])
    weak = _file("weak", _name("twinning"))
    text = " ".join(f"Subject {n}." for n in "abcdefghijklmnopqrst")
    tags = _tagger(strong, weak).suggest(document(f"{text} Twinning.", title=""))
    assert [tag.concept for tag in tags] == ["strong", "planet"]
    assert _main(_tagger(strong, weak).suggest(document("Twinning.", title="")))[0] == "weak"


def test_an_acronym_that_is_also_a_word_matches_only_as_it_is_spelt() -> None:
    dear = _file("dear", Term("DEAR", 3.0, Role.NAME, exact_case=True))
    assert _tagger(dear).suggest(document("Dear mayors, dear friends", title="")) == ()
    assert _main(_tagger(dear).suggest(document("The DEAR programme", title=""))) == [
        "dear",
        "planet",
    ]


def test_a_longer_name_covers_the_terms_inside_it() -> None:
    gap = _file("gap", _name("gender action plan"))
    equality = _file("equality", Term("gender", 3.0, Role.FIELD))
    tagger = _tagger(gap, equality)
    assert _main(tagger.suggest(document("The Gender Action Plan.", title=""))) == ["gap", "planet"]
    both = tagger.suggest(document("The Gender Action Plan. Gender in towns.", title=""))
    assert {"gap", "equality"} <= {tag.concept for tag in both}


def test_names_are_known_in_texts_of_other_languages() -> None:
    deal = _file("deal", _name("Green Deal"))
    paper = document("Gemeenten en de Green Deal.", title="", language="nl")
    assert _main(_tagger(deal).suggest(paper)) == ["deal", "planet"]


def test_a_passing_mention_in_a_long_text_is_no_main_subject(tagger: VocabularyTagger) -> None:
    pages = ["Football clubs met and talked about football in their towns. " * 60] * 8
    pages[5] += "One town treats sewage."
    assert tagger.suggest(document(*pages, title="Football")) == ()


def test_proofs_come_from_different_pages(tagger: VocabularyTagger) -> None:
    pages = [f"Town {n} treats urban waste water. Sewage costs {n}." for n in range(1, 9)]
    evidence = tagger.suggest(document(*pages))[0].evidence
    assert len({e.page for e in evidence}) == len(evidence) == 5


def test_the_version_changes_with_the_vocabulary() -> None:
    first = VocabularyTagger(Vocabulary((), digest="a"))
    assert first.version == VocabularyTagger(Vocabulary((), digest="a")).version
    assert first.version != VocabularyTagger(Vocabulary((), digest="b")).version


@settings(max_examples=60)
@given(documents())
def test_every_proof_is_a_slice_of_its_page(tagger: VocabularyTagger, paper: Document) -> None:
    pages = [paper.quote(page.span) for page in paper.pages]
    seeded = document(*[f"{text} Sewage and urban waste water. {text}" for text in pages])
    tags = tagger.suggest(replace(seeded, title=paper.title))
    assert tags
    for tag in tags:
        assert tag.evidence
        for proof in tag.evidence:
            assert seeded.quote(proof.span) == proof.quote
            assert proof.span in seeded.page(proof.page).span
            assert len(proof.quote) <= 400
        spans = sorted(proof.span for proof in tag.evidence)
        assert all(a.end <= b.start for a, b in itertools.pairwise(spans))


def test_greek_words_of_which_the_stemmer_leaves_nothing_do_no_harm() -> None:
    tagger = _tagger(
        Concept("water", {"en": "Water"}, terms={"el": (_name("νερό"),)}, broader="planet")
    )
    tags = tagger.suggest(document("Όταν το νερό είναι όντως ίδιο, έως αύριο.", language="el"))
    assert _main(tags) == ["water", "planet"]
