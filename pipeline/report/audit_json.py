"""An audit as one JSON object.

It has the shape of `audit_values.Audit`, with ``format`` before all; dates are ISO 8601, lists that
were cut have ``total`` beside ``lines``, and ``terms`` is null where they were not counted. Control
characters, lone surrogates and marks of reading direction are written as escapes.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from datetime import date

from pipeline.core.text import UNSEEN
from pipeline.report.audit_values import Audit

# All but the line ends that are ours; JSON writes those of a text as \n by itself.
_UNSEEN = re.compile(rf"(?!\n){UNSEEN.pattern}")

FORMAT = "fourp-audit/1"  # the number grows when a reader of the old shape would fail


def to_json(audit: Audit) -> str:
    """Return the audit as one JSON object."""
    shape = {"format": FORMAT} | asdict(audit)
    text = json.dumps(shape, ensure_ascii=False, indent=1, allow_nan=False, default=_told)
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


def _told(value: object) -> str:
    if isinstance(value, date):  # a time is a date too
        return value.isoformat()
    raise TypeError(f"{value!r} has no JSON")
