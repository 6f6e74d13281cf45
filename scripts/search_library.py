"""A library of any size made from real texts, and the searches that people might do in it.

A document is 5,000 to 10,000 characters: runs of a few lines each, taken from acts of one language
in a random order. Its date, kind and policy files are drawn, its title is one of an act. The same
seed gives the same library; a larger one begins with the smaller one.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

SEED = 4
LANGUAGES = ("en", "fr")
KINDS = ("regulation", "directive", "decision", "communication", "position", "report")
YEARS = (1995, 2025)
SHORTEST, LONGEST = 5_000, 10_000  # characters
_RUN = (3, 12)  # lines taken from one place
_LONGEST_LINE = 2_000  # characters; longer ones are tables without line ends

CLASSES = (
    "single",
    "AND of three",
    "OR of five",
    "phrase",
    "prefix",
    "term+pillar+years",
    "four facets",
    "AND+ten highlights",
    "all together",
)
# Documents that are looked at to draw words, and the share of them that have a word to draw.
_SAMPLED = 600
_SHARE = (0.005, 0.3)
_WORD = re.compile(r"[^\W\d_]{5,20}")
_PREFIX = 5  # letters; what FTS5 is told to expect


@dataclass(frozen=True, slots=True)
class Made:
    """A document of the library.

    Attributes:
        files, pillars: Policy files that it is tagged with, and the pillars of these.
    """

    id: str
    title: str
    text: str
    language: str
    date: str
    kind: str
    files: tuple[str, ...]
    pillars: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Search:
    """What somebody looks for.

    Attributes:
        kind: One of `CLASSES`.
        join: ``and``, ``or``, ``phrase`` or ``prefix``.
        years: First and last, both included.
        facets: Whether pillars, files, languages and years are counted.
        highlights: Whether each of ten hits is shown with what matched.
    """

    kind: str
    words: tuple[str, ...]
    join: str = "and"
    pillar: str = ""
    years: tuple[int, int] | None = None
    facets: bool = False
    highlights: bool = False


def write(path: Path, count: int, *, texts: Path, works: Path, pillars: Mapping[str, str]) -> None:
    """Write ``count`` documents, one a line.

    Args:
        path: Where they go.
        count: How many.
        texts: Folder of ``<celex>.<language>.txt``.
        works: Lines with titles of acts.
        pillars: Pillar by policy file.
    """
    lines = {code: [_lines(p) for p in sorted(texts.glob(f"*.{code}.txt"))] for code in LANGUAGES}
    titles = [json.loads(line) for line in works.read_text(encoding="utf-8").splitlines()]
    chance = random.Random(SEED)
    with path.open("w", encoding="utf-8") as out:
        for number in range(count):
            language = chance.choice(LANGUAGES)
            files = tuple(chance.sample(sorted(pillars), chance.choice((0, 1, 1, 2, 3))))
            made = Made(
                id=f"made-{number:06}",
                title=chance.choice(titles).get(f"title_{language}") or "",
                text=_text(lines[language], chance),
                language=language,
                date=f"{chance.randint(*YEARS)}-{chance.randint(1, 12):02}-01",
                kind=chance.choice(KINDS),
                files=files,
                pillars=tuple(sorted({pillars[file] for file in files})),
            )
            out.write(json.dumps(asdict(made), ensure_ascii=False) + "\n")


def read(path: Path) -> Iterator[Made]:
    """Yield the documents that `write` wrote."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            row |= {"files": tuple(row["files"]), "pillars": tuple(row["pillars"])}
            yield Made(**row)


def searches(path: Path, count: int, *, seed: int) -> list[Search]:
    """Return ``count`` searches of each class, whose words stand in documents of the library.

    Words have 5 to 20 letters and stand in half a percent to 30 percent of the documents: neither
    names nor words of every act. Those of an AND and of a phrase stand together in one document.
    """
    chance = random.Random(seed)
    sample = [made for made, _ in zip(read(path), range(_SAMPLED), strict=False)]
    having = Counter(word for made in sample for word in set(_words(made.text)))
    low, high = (share * len(sample) for share in _SHARE)
    usual = {word for word, documents in having.items() if low <= documents <= high}
    found = []
    for _ in range(count):
        made = [chance.choice(sample) for _ in range(5)]
        own = [[word for word in _words(one.text) if word in usual] for one in made]
        one = own[0]
        together = tuple(chance.sample(sorted(set(one)), 3))
        first, last = sorted(chance.sample(range(*YEARS), 2))
        pillar = chance.choice(sorted({p for m in sample for p in m.pillars}))
        any_of = tuple(chance.choice(words) for words in own)
        phrase = _phrase(made[0].text, usual, chance)
        prefix = (chance.choice(one)[:_PREFIX],)
        found += [
            Search("single", (chance.choice(one),)),
            Search("AND of three", together),
            Search("OR of five", any_of, "or"),
            Search("phrase", phrase, "phrase"),
            Search("prefix", prefix, "prefix"),
            Search("term+pillar+years", together[:1], pillar=pillar, years=(first, last)),
            Search("four facets", together[:1], facets=True),
            Search("AND+ten highlights", together, highlights=True),
            Search(
                "all together",
                together[:2],
                pillar=pillar,
                years=(first, last),
                facets=True,
                highlights=True,
            ),
        ]
    return found


def _lines(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if len(line) < _LONGEST_LINE]


def _text(acts: Sequence[Sequence[str]], chance: random.Random) -> str:
    wanted = chance.randint(SHORTEST, LONGEST)
    runs: list[str] = []
    size = 0
    while size < wanted:
        act = chance.choice(acts)
        first = chance.randrange(len(act))
        run = "\n".join(act[first : first + chance.randint(*_RUN)])[: wanted - size]
        runs.append(run)
        size += len(run) + 2
    return "\n\n".join(runs)


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def _phrase(text: str, usual: set[str], chance: random.Random) -> tuple[str, ...]:
    """Return two words that stand next to each other, the first of them a usual one."""
    pairs = [
        pair
        for pair in re.findall(r"([^\W\d_]{5,20}) (?=([^\W\d_]{5,20}))", text)
        if pair[0].lower() in usual
    ]
    first, second = chance.choice(pairs or [("member", "states")])
    return first.lower(), second.lower()
