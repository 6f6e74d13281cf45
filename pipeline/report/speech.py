"""Speech: numbers, dates, lists and names of languages as a language has them (CLDR, by Babel)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale

_DAY = re.compile(r"d+")
_QUOTED = re.compile(r"('[^']*')")


@dataclass(frozen=True, slots=True)
class Speech:
    """How a language writes what is no word.

    Attributes:
        code: By which a report asks for the language.
        place: The language as it is written somewhere, such as "en_GB".
        plural: Which of a noun's forms goes with a number.
    """

    code: str
    place: str
    plural: Callable[[int], int]

    @property
    def locale(self) -> Locale:
        """What CLDR knows of the language."""
        return _locale(self.place)

    def number(self, value: int) -> str:
        """Return a number with its groups of digits apart."""
        from babel.numbers import format_decimal

        return str(format_decimal(value, locale=self.locale))

    def hundredths(self, value: int) -> str:
        """Return a share as "93%"."""
        from babel.numbers import format_percent

        return str(format_percent(value / 100, locale=self.locale))

    def day(self, day: date, *, first: str) -> str:
        """Return "15 March 2021".

        Args:
            first: What the first day of a month is called where a date begins, such as "1er".
        """
        return _dated(self.locale, day, self.locale.date_formats["long"].pattern, first)

    def day_and_month(self, day: date, *, first: str) -> str:
        """Return "15 March"."""
        return _dated(self.locale, day, self.locale.datetime_skeletons["MMMMd"].pattern, first)

    def day_of_month(self, day: date, *, first: str) -> str:
        """Return "15"."""
        return _dated(self.locale, day, "d", first)

    def month(self, day: date) -> str:
        """Return "March 2021"."""
        from babel.dates import format_date

        skeletons = self.locale.datetime_skeletons
        pattern = skeletons["yMMMM"].pattern if "yMMMM" in skeletons else "MMMM y"
        return str(format_date(day, pattern, locale=self.locale))

    def month_alone(self, day: date) -> str:
        """Return "March"."""
        from babel.dates import format_date

        return str(format_date(day, "LLLL", locale=self.locale))

    def listed(self, names: Sequence[str]) -> str:
        """Return "English, French and Polish"."""
        from babel.lists import format_list

        return str(format_list(names, locale=self.locale))

    def language(self, code: str) -> str:
        """Return a language's name, as it stands inside a sentence; its code where unknown."""
        return str(self.locale.languages.get(code, code))


@cache
def _locale(place: str) -> Locale:
    from babel import Locale

    return Locale.parse(place)


@lru_cache(maxsize=10_000)  # a report says the same days again and again
def _dated(locale: Locale, day: date, pattern: str, first: str) -> str:
    from babel.dates import format_date

    if day.day == 1 and first != "1":
        # What is quoted in a pattern stands for itself.
        parts = _QUOTED.split(pattern)
        quoted = first.replace("'", "''")
        parts[::2] = [_DAY.sub(f"'{quoted}'", part) for part in parts[::2]]
        pattern = "".join(parts)
    return str(format_date(day, pattern, locale=locale))
