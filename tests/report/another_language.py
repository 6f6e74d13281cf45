"""A third language for tests of reports."""

from __future__ import annotations

from pathlib import Path

from pipeline.report.labels import template
from pipeline.report.message_file import written


def made_up(folder: Path, code: str = "pl", *, forms: int = 3) -> Path:
    """Write a catalogue in which each message is its English words in brackets."""
    known = {
        (one.context, one.one): [f"[{one.many}/{n}]" for n in range(forms)]
        if one.many
        else [f"[{one.one}]"]
        for one in template()
    }
    polish = "(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2)"
    rule = f"nplurals={forms}; plural={polish if forms == 3 else '0'};"
    folder.mkdir(exist_ok=True)
    path = folder / f"{code}.po"
    path.write_text(written(template(), known, rule=rule), encoding="utf-8")
    return path
