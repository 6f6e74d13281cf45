"""Numbers that Word writes before paragraphs by itself: "1.", "(a)", "Article 3", "•"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from pipeline.readers.docx_styles import Style
from pipeline.readers.office import W

_PLACE = re.compile(r"%([1-9])")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MOST_ROMAN = 5_000


@dataclass(frozen=True, slots=True)
class Level:
    """One depth of a list: where it starts, how its numbers look, and the text around them."""

    start: int = 1
    form: str = "decimal"
    text: str = ""


@dataclass(slots=True)
class Numbering:
    """The lists of a document, and how far each is counted."""

    lists: dict[str, tuple[str, dict[int, Level]]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def next_label(self, style: Style) -> str:
        """Return what Word writes before the next paragraph of that style; "" for nothing."""
        if style.number is None or style.number[0] not in self.lists:
            return ""
        number, depth = style.number
        counted_in, levels = self.lists[number]
        level = levels.get(depth)
        if level is None:
            return ""
        counts = self.counts.setdefault(counted_in, {})
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]
        if level.form == "none":
            return ""
        if level.form == "bullet":
            return "•" if _PRIVATE.search(level.text) else level.text.strip()

        def number_at(place: re.Match[str]) -> str:
            at = int(place[1]) - 1
            one = levels.get(at, Level())
            return _FORMS.get(one.form, str)(counts.get(at, one.start))

        return _PLACE.sub(number_at, level.text).strip()


def read_numbering(root: Any) -> Numbering:
    """Return the lists of ``numbering.xml``; none where the document has no such part."""
    if root is None:
        return Numbering()
    abstract = {
        element.get(W + "abstractNumId"): {
            int(level.get(W + "ilvl")): _level(level)
            for level in element.iter(W + "lvl")
            if (level.get(W + "ilvl") or "").isdecimal()
        }
        for element in root.iter(W + "abstractNum")
    }
    lists: dict[str, tuple[str, dict[int, Level]]] = {}
    for element in root.iter(W + "num"):
        key = element.get(W + "numId")
        base = element.find(W + "abstractNumId")
        name = "" if base is None else base.get(W + "val") or ""
        levels = dict(abstract.get(name, {}))
        restarts = False
        for change in element.iter(W + "lvlOverride"):
            depth = change.get(W + "ilvl") or ""
            if not depth.isdecimal():
                continue
            restarts = True
            old = levels.get(int(depth), Level())
            start = _value(change, "startOverride", str(old.start))
            new = change.find(W + "lvl")
            levels[int(depth)] = (
                _level(new) if new is not None else Level(_whole(start), old.form, old.text)
            )
        # Lists made from one definition count on, unless one says where it starts again.
        lists[key] = (f"num {key}" if restarts else f"abstract {name}", levels)
    return Numbering(lists)


def _level(element: Any) -> Level:
    return Level(
        _whole(_value(element, "start", "1")),
        _value(element, "numFmt", "decimal"),
        _value(element, "lvlText", ""),
    )


def _value(element: Any, name: str, default: str) -> str:
    found = element.find(W + name)
    return default if found is None else found.get(W + "val", default)


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() else 1


def _letters(number: int) -> str:
    # Word writes a, b ... z, aa, bb ...
    return chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 9) if number > 0 else "0"


def _roman(number: int) -> str:
    if not 0 < number < _MOST_ROMAN:
        return str(number)
    text = ""
    for value, sign in _ROMAN:
        times, number = divmod(number, value)
        text += sign * times
    return text


_FORMS: dict[str, Callable[[int], str]] = {
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "decimalZero": lambda number: f"{number:02}",
}
