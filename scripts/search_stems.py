"""What stemming joins in each language: forms of one word, and words that are different.

Words are those of real acts; which of them are forms of one word, simplemma's dictionaries say,
which are not Snowball's and know what they know. Every word is folded, as search folds it.

    joined   of two forms of a word that both stand in the texts, the share that has one stem;
             pairs count as often as the rarer form stands there
    apart    share of all words that stand there whose stem belongs to their dictionary form before
             any other
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from itertools import combinations
from pathlib import Path

import simplemma

from pipeline.core.languages import EU_LANGUAGES
from pipeline.core.text import fold
from pipeline.index.analysis import analyzer_for

_WORD = re.compile(r"[^\W\d_]{3,}")
_DICTIONARIES = {"hr": "hbs"}  # simplemma has one for Serbo-Croatian
_WITHOUT = frozenset({"mt"})  # simplemma has no dictionary

Forms = Mapping[str, Mapping[str, int]]  # how often each form stands, by dictionary form


def measure(data: Path) -> None:
    """Print a line for each language, without stems and with them.

    Args:
        data: Folder with ``eurlex24/<celex>.<language>.txt`` and ``languages/<language>.txt``.
    """
    print(f"\n{'':4}{'words':>8}{'joined, folded':>18}{'joined':>10}{'apart':>10}")
    for code in (code for code in EU_LANGUAGES if code not in _WITHOUT):
        texts = [*sorted((data / "eurlex24").glob(f"*.{code}.txt")), data / f"languages/{code}.txt"]
        forms = _forms(code, texts)
        words = sum(map(len, forms.values()))
        only_folded, _ = _joined(forms, fold)
        joined, apart = _joined(forms, partial(_stem, code))
        print(f"{code:4}{words:>8}{only_folded:>18.2f}{joined:>10.2f}{apart:>10.3f}", flush=True)


def _forms(code: str, texts: Iterable[Path]) -> Forms:
    counts = Counter(
        word.lower()
        for path in texts
        if path.exists()
        for word in _WORD.findall(path.read_text(encoding="utf-8"))
    )
    forms: dict[str, dict[str, int]] = defaultdict(dict)
    for word, count in counts.items():
        forms[simplemma.lemmatize(word, _DICTIONARIES.get(code, code))][word] = count
    return forms


def _stem(code: str, word: str) -> str:
    return analyzer_for(code).form(word)[1] or word  # stop words have none


def _joined(forms: Forms, stem: Callable[[str], str]) -> tuple[float, float]:
    pairs = one_stem = 0
    of_stems: dict[str, Counter[str]] = defaultdict(Counter)
    for word, counts in forms.items():
        for one, other in combinations(counts, 2):
            weight = min(counts[one], counts[other])
            pairs += weight
            one_stem += weight * (stem(one) == stem(other))
        for form, count in counts.items():
            of_stems[stem(form)][word] += count
    own = sum(max(counts.values()) for counts in of_stems.values())
    return one_stem / max(pairs, 1), own / max(sum(map(Counter.total, of_stems.values())), 1)
