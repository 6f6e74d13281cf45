"""Words that a line end cut in two, put together again by the document's own vocabulary."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

# PDFium writes U+FFFE (older versions U+0002) for a hyphen at a line end and leaves out the line
# end itself; HTML and word processors leave a soft hyphen before theirs.
MARK = "\ufffe"
# Letters; shorter parts are syllables more often than words. On 383 cut words of EU documents
# whose official text is known, 3 decides 93 % as the text does; always joining, 87 %.
SHORTEST_WORD = 3
_MARKS = re.compile("\x02|\ufffe|\u00ad[ \t]*\r?\n[ \t]*")
_LETTER = r"[^\W_]"
_PART = rf"{_LETTER}(?:{_LETTER}|['’\-‑])*"
# Begun at the start of a word only, or a page without spaces would take quadratic time.
_CUT = re.compile(
    rf"(?<!{_LETTER})(?<!['’\-‑])({_PART}(?<=[^\W_])){MARK}[ \t]*(?:\r?\n)?({_PART})"
    rf"([^\s{MARK}]*)[ \t]*(?:\r?\n)?"
)
# "And" and "or" after a word that lacks its end; they are no syllables of another word.
_JOINING = frozenset(
    "and or und oder bzw och eller og ou et oraz lub nebo alebo ali ili tai sekä või ning".split()
)
_WORD = re.compile(rf"(?<!{_LETTER})(?<!{MARK}){_LETTER}+(?:[\-‑]{_LETTER}+)*(?!{MARK}|{_LETTER})")


@dataclass(frozen=True, slots=True)
class Spellings:
    """How often each word, and each compound with hyphens, occurs uncut; in lower case."""

    counts: Counter[str]

    def __getitem__(self, word: str) -> int:
        return self.counts[word.lower().replace("‑", "-")]


def marked(text: str) -> str:
    """Return ``text`` with every sign of a cut word written as `MARK`."""
    return _MARKS.sub(MARK, text).replace("\u00ad", "")


def spellings_of(texts: Iterable[str]) -> Spellings:
    """Return the words of a document's marked texts, those that are cut left out."""
    texts = list(texts)
    if not any(MARK in text for text in texts):
        return Spellings(Counter())  # nothing to mend, as in most documents that are not justified
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(_WORD.findall(text.lower().replace("‑", "-")))
    for word, count in list(counts.items()):
        if "-" in word:
            for part in word.split("-"):
                counts[part] += count
    return Spellings(counts)


def mended(text: str, spellings: Spellings) -> str:
    """Return ``text`` without marks: each cut word whole, and its line end after it.

    "collecti|vités" becomes "collectivités"; "multi|niveaux" becomes "multi-niveaux" where the
    document writes so elsewhere, or where only a hyphen can join the parts (a number, a name).
    """
    if MARK not in text:
        return text
    previous = ""
    while MARK in text and text != previous:  # a long word may be cut twice
        previous = text
        text = _CUT.sub(lambda cut: _line(cut, spellings), text)
    # A mark beside no letter was a dash or a hyphen of its own.
    return re.sub(rf"{MARK}[ \t]*(?:\r?\n)?", "-\n", text)


def _line(cut: re.Match[str], spellings: Spellings) -> str:
    """Return the whole word with its punctuation and the line end that it was cut by."""
    end = "" if cut.string[cut.end() : cut.end() + 1] == MARK else "\n"
    return _whole(cut[1], cut[2], spellings) + cut[3] + end


def _whole(first: str, second: str, spellings: Spellings) -> str:
    joined, hyphened = first + second, f"{first}-{second}"
    if spellings[joined] != spellings[hyphened]:
        return joined if spellings[joined] > spellings[hyphened] else hyphened
    if second.lower() in _JOINING and not spellings[joined]:
        return f"{first}- {second}"  # "gräns- och", "Land- und Forstwirtschaft"
    if first[-1].isdigit() or second[0].isdigit():
        return hyphened  # "COVID|19", "2021|2027"
    if second[0].isupper() != first.isupper():
        return hyphened  # "Rhône|Alpes", "OGAW|verwaltung", not "EUROPÄI|SCHE"
    if _is_word(first.rsplit("-", 1)[-1], spellings) and _is_word(second, spellings):
        return hyphened  # "low|carbon"
    return joined


def _is_word(part: str, spellings: Spellings) -> bool:
    return len(part) >= SHORTEST_WORD and spellings[part] >= 1
