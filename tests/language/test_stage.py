from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.document import UNKNOWN_LANGUAGE, Document, Passage
from pipeline.core.ports import LanguageGuess
from pipeline.core.spans import Span
from pipeline.language.langdetect_detector import LangdetectDetector
from pipeline.language.stage import LanguageStage
from tests.documents import document
from tests.language.sentences import SENTENCES


class WordDetector:
    """Knows ``ja`` as Dutch, ``oui`` as French, and is half sure where ``hm`` stands."""

    name = "words"
    version = "1"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def detect(self, text: str) -> LanguageGuess:
        self.asked.append(text)
        words = text.split()
        dutch, french = words.count("ja"), words.count("oui")
        if not dutch and not french:
            return LanguageGuess(UNKNOWN_LANGUAGE, 0.0)
        return LanguageGuess("nl" if dutch >= french else "fr", 0.6 if "hm" in words else 0.9)


NL, FR = "ja " * 400, "oui " * 300  # 1,200 characters each
STAGE = LanguageStage(WordDetector())


def languages(document: Document) -> list[str]:
    return [page.language for page in document.pages]


def passages(document: Document, *spans: tuple[int, int, int]) -> Document:
    return replace(
        document, passages=tuple(Passage(Span(start, end), page) for page, start, end in spans)
    )


def test_each_page_has_its_own_language_and_the_document_has_both() -> None:
    read = STAGE(document(FR, FR, FR, NL, NL))
    assert languages(read) == ["fr", "fr", "fr", "nl", "nl"]
    assert [page.confidence for page in read.pages] == pytest.approx([0.9] * 5)
    assert read.languages == ("fr", "nl")


def test_two_languages_on_one_page_are_both_languages_of_the_document() -> None:
    read = STAGE(document(FR + NL + NL))
    assert languages(read) == ["nl"]
    assert read.languages == ("nl", "fr")


def test_a_quotation_does_not_make_a_page_bilingual() -> None:
    assert STAGE(document("oui " * 10 + NL * 3)).languages == ("nl",)


def test_a_page_without_text_inherits_nothing() -> None:
    read = STAGE(document(FR, "12 13 14", "", FR))
    assert languages(read) == ["fr", UNKNOWN_LANGUAGE, UNKNOWN_LANGUAGE, "fr"]
    assert read.pages[1].confidence == 0.0
    assert read.languages == ("fr",)


def test_a_doubtful_page_is_undetermined_and_says_how_sure_it_was() -> None:
    read = STAGE(document("hm oui"))
    assert languages(read) == [UNKNOWN_LANGUAGE]
    assert read.pages[0].confidence == pytest.approx(0.6)
    assert read.languages == ()


def test_a_passage_has_the_language_of_its_page() -> None:
    read = STAGE(passages(document(FR, NL), (1, 0, 5), (2, 1300, 1310)))
    assert [passage.language for passage in read.passages] == ["fr", "nl"]


def test_a_passage_of_a_bilingual_page_is_asked_itself() -> None:
    read = STAGE(passages(document(FR + NL), (1, 0, 400), (1, 1300, 1500)))
    assert [passage.language for passage in read.passages] == ["fr", "nl"]


def test_a_passage_of_a_silent_page_takes_the_language_of_a_monolingual_document() -> None:
    silent = (2, len(FR) + 1, len(FR) + 4)
    alone = STAGE(passages(document(FR, "12 13 14"), silent))
    mixed = STAGE(passages(document(FR, "12 13 14", NL), silent))
    assert [alone.passages[0].language, mixed.passages[0].language] == ["fr", UNKNOWN_LANGUAGE]
    assert alone.pages[1].language == UNKNOWN_LANGUAGE


def test_a_long_book_keeps_its_short_summary_and_drops_a_stray_line() -> None:
    assert STAGE(document(*[FR * 3] * 40, NL + NL)).languages == ("fr", "nl")
    assert STAGE(document(*[FR * 3] * 40, "ja " * 20)).languages == ("fr",)


def test_an_empty_document_has_no_language() -> None:
    assert STAGE(document()).languages == ()


def test_a_page_in_one_language_is_only_probed() -> None:
    detector = WordDetector()
    LanguageStage(detector)(document("oui " * 10_000))
    assert sum(map(len, detector.asked)) < 500


def test_the_version_changes_with_the_detector() -> None:
    newer = WordDetector()
    newer.version = "2"
    assert LanguageStage(newer).version != STAGE.version


@given(st.lists(st.lists(st.sampled_from([FR, NL, "12 ", "hm oui ", "\n", "ja"])).map("".join)))
def test_only_languages_change_and_shares_decide_their_order(texts: list[str]) -> None:
    before = document(*texts)
    read = STAGE(before)
    assert (read.text, len(read.pages)) == (before.text, len(before.pages))
    assert all(0.0 <= page.confidence <= 1.0 for page in read.pages)
    assert UNKNOWN_LANGUAGE not in read.languages
    assert set(languages(read)) <= {"fr", "nl", UNKNOWN_LANGUAGE}
    assert STAGE(read) == read


def test_a_page_of_real_sentences_in_two_languages_gives_both() -> None:
    halves = (SENTENCES["fr"] + "\n") * 8, (SENTENCES["en"] + "\n") * 12
    read = LanguageStage(LangdetectDetector())(document("".join(halves)))
    assert read.languages == ("en", "fr")
    assert read.language == read.pages[0].language == "en"
