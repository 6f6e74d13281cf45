"""A key date is a day of the calendar inside its sentence."""

from __future__ import annotations

import pytest

from pipeline.core.key_dates import KeyDate, KeyKind
from pipeline.core.spans import Span


@pytest.mark.parametrize(
    ("day", "date"), [("2027-02-30", Span(3, 5)), ("soon", Span(3, 5)), ("2027-02-28", Span(3, 11))]
)
def test_what_is_no_day_or_leaves_its_sentence_cannot_be_built(day: str, date: Span) -> None:
    with pytest.raises(ValueError, match=r"Invalid|leaves|month|day"):
        KeyDate(day, KeyKind.MEETING, Span(0, 10), date, 1)
