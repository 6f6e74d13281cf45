"""Held-out texts of known language: what `scripts/make-language-profiles` has not learned from."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.core.languages import EU_LANGUAGES

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
ABSENT = "the folder of real documents, ../shared/data, is not there"

LENGTHS = (50, 200, 1_000)  # characters
ACTS = ("32019R1150", "32019R1242")  # the profiles learn from other acts


@dataclass(frozen=True, slots=True)
class Sample:
    """A text cut out at the start of a word, its language and where it comes from."""

    text: str
    language: str
    length: int
    source: str


def held_out(*, each: int, data: Path = DATA, lengths: Iterable[int] = LENGTHS) -> list[Sample]:
    """Return ``each`` texts per length, language and source, the same ones at every call.

    Sources are ``web`` (lines 2, 4, 6 ... of languages/; there is no Maltese) and ``acts``
    (eurlex24/, two acts in all 24 languages).
    """
    return [
        Sample(text, language, length, source)
        for length in lengths
        for language in EU_LANGUAGES
        for source, whole in _texts(language, data)
        for text in _windows(whole, length, each, seed=f"{language} {length} {source}")
    ]


def accuracy(samples: Iterable[Sample], detect: Callable[[str], str]) -> float:
    """Return the share of ``samples`` whose language ``detect`` names."""
    right = [detect(sample.text) == sample.language for sample in samples]
    return sum(right) / len(right)


def _texts(language: str, data: Path) -> Iterator[tuple[str, str]]:
    sentences = data / "languages" / f"{language}.txt"
    if sentences.exists():
        yield "web", " ".join(sentences.read_text("utf-8").splitlines()[1::2])
    paths = [data / "eurlex24" / f"{act}.{language}.txt" for act in ACTS]
    yield "acts", " ".join(" ".join(path.read_text("utf-8").split()) for path in paths)


def _windows(text: str, length: int, count: int, *, seed: str) -> Iterator[str]:
    chance = random.Random(seed)
    for _ in range(count):
        start = text.index(" ", chance.randrange(len(text) - length - 40)) + 1
        yield text[start : start + length]
