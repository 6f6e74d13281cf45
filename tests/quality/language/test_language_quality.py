from __future__ import annotations

import pytest

from pipeline.core.document import UNKNOWN_LANGUAGE
from pipeline.language.langdetect_detector import LangdetectDetector
from tests.quality.language.held_out import ABSENT, DATA, Sample, accuracy, held_out

pytestmark = pytest.mark.skipif(not (DATA / "languages").is_dir(), reason=ABSENT)

DETECTOR = LangdetectDetector()


def language_of(text: str) -> str:
    return DETECTOR.detect(text).language


def samples(length: int, source: str = "") -> list[Sample]:
    return [s for s in held_out(each=12, lengths=[length]) if source in ("", s.source)]


# Held-out texts, 12 per language and source; the web sentences hold some English, some Russian
# and lists of names. Raise a floor when the detector gets better; never lower it.
@pytest.mark.parametrize(
    ("length", "source", "floor"),
    [
        (50, "web", 0.985),
        (50, "acts", 0.993),
        (200, "web", 1.0),
        (200, "acts", 1.0),
        (1_000, "web", 1.0),
        (1_000, "acts", 1.0),
    ],
)
def test_accuracy_does_not_fall(length: int, source: str, floor: float) -> None:
    assert accuracy(samples(length, source), language_of) >= floor


@pytest.mark.parametrize("language", ["ga", "mt"])
def test_irish_and_maltese_are_found_which_langdetect_does_not_ship(language: str) -> None:
    chosen = [s for s in samples(200) if s.language == language]
    assert chosen
    assert accuracy(chosen, language_of) == 1.0


def test_confidence_means_the_share_of_right_answers() -> None:
    short = held_out(each=12, lengths=[20, 30, 50])
    guesses = [(s.language, DETECTOR.detect(s.text)) for s in short]
    told = [(language, g) for language, g in guesses if g.language != UNKNOWN_LANGUAGE]
    right = sum(language == g.language for language, g in told) / len(told)
    mean = sum(g.confidence for _, g in told) / len(told)
    assert mean == pytest.approx(right, abs=0.02)
