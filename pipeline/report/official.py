"""The address at which anybody can read a work, where its number tells."""

from __future__ import annotations

import re

from pipeline.core.languages import EU_LANGUAGES
from pipeline.report.names import institution_of

_EUR_LEX = "https://eur-lex.europa.eu/legal-content/{language}/TXT/?uri={uri}"
_CELEX = re.compile(r"[1-9](?:19|20)\d\d[A-Z]{1,2}\d{4}(?:R\(\d\d\))?")
_PAPER = re.compile(r"(COM|SWD|JOIN|SEC)\((\d{4})\) (\d+)")


# Whose own works bear these numbers; a paper of others on COM(2022) 105 is sometimes taken for it.
_EU = frozenset(
    {
        "European Parliament",
        "European Council",
        "Council of the European Union",
        "European Commission",
        "European Parliament and Council",
        "European External Action Service",
        "Court of Justice of the European Union",
        "European Central Bank",
        "European Union",
    }
)


def official_address(work: str, language: str, institution: str) -> str:
    """Return the address of a work at EUR-Lex (its help page "Linking to documents"), or "".

    Args:
        work: Its id: a CELEX number, or the number of a paper of the Commission.
        language: Of the version that is wanted; English where the EU has no such language.
        institution: Whose work it is; "" where that is not known.
    """
    names = (institution, *institution.split(" and "))
    if institution and not any(institution_of(name) in _EU for name in names):
        return ""
    if _CELEX.fullmatch(work):
        uri = f"CELEX:{work}"
    elif institution and (paper := _PAPER.fullmatch(work)):
        uri = f"{paper[1]}:{paper[2]}:{paper[3]}:FIN"
    else:
        return ""
    spoken = language if language in EU_LANGUAGES else "en"
    return _EUR_LEX.format(language=spoken.upper(), uri=uri)
