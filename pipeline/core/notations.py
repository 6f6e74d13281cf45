"""Notations: how the 24 languages of the EU abbreviate what stands in the numbers of its acts.

Source: Interinstitutional Style Guide, part one, 1.2.2 and annexes A3, and the language versions
of the Official Journal. Greek and Bulgarian use letters of their own, sometimes mixed with Latin
ones that look alike.
"""

from __future__ import annotations

# What follows an act's number or stands before it in brackets, by what it means in English.
_COMMUNITIES = {
    "EU": "EU UE ЕС ΕΕ EL ES AE EÚ ELi",
    "EC": "EC CE EG EF EK EY ΕΚ ЕО EÜ WE KE EB EZ ES",
    "EEC": "EEC CEE EWG EEG EØF ETY ΕΟΚ ЕИО EHS EMÜ EGK EEK EGS EEĠ KEE EEB EEZ",
    "Euratom": "Euratom EURATOM Евратом Ευρατόμ ΕΥΡΑΤΟΜ EAEC Euratomi Euratomas",
    "CFSP": "CFSP PESC GASP GBVB FUSP Gusp GUSP YUTP ΚΕΠΠΑ SZBP ÜVJP KKBP BUSP KĀDP PESK WPZiB "
    "WPZIB SZVP ОВППС ZVSP CBES",
    "JHA": "JHA JAI JI GAI JBZ RIA RIF YOS ΔΕΥ SVV JSK IB TVR TI ĠAI WSiSW PNZ ПВР PUP",
    "ECSC": "ECSC CECA EGKS EKSF EHTY ΕΚΑΧ",
}
# "ES" is the Union in Latvian and Lithuanian, the Community in Czech, Slovak and Slovene; the
# year of the act tells which.
_UNION_OR_COMMUNITY = "ES"
_LISBON = 2009  # December; acts of the Community end with that year

# The series of the institutions' documents; each language keeps its own letters until about 2012.
_SERIES = {
    "COM": "COM KOM KUMM ΚΟΜ КОМ COΜ",
    "SWD": "SWD",
    "SEC": "SEC SEK ΣΕΚ СЕК",
    "JOIN": "JOIN",
    "C": "C K Ε С",
}

_CYRILLIC = str.maketrans("EOCKM", "ЕОСКМ")
_GREEK = str.maketrans("EOKMA", "ΕΟΚΜΑ")


def _by_spelling(table: dict[str, str]) -> dict[str, str]:
    return {spelling: name for name, all_ in reversed(table.items()) for spelling in all_.split()}


_COMMUNITY = _by_spelling(_COMMUNITIES)
_SERIES_NAME = _by_spelling(_SERIES)


def community(abbreviation: str, year: int) -> str | None:
    """Return the English form of an act's abbreviation ("CEE" is "EEC"), or nothing.

    Args:
        abbreviation: As it stands, in any language.
        year: Of the act.
    """
    spelling = _in_one_script(abbreviation)
    if spelling == _UNION_OR_COMMUNITY:
        return "EU" if year > _LISBON else "EC"
    return _COMMUNITY.get(spelling)


def series(abbreviation: str) -> str | None:
    """Return the English form of a document's series ("KOM" is "COM"), or nothing."""
    return _SERIES_NAME.get(_in_one_script(abbreviation))


def _in_one_script(letters: str) -> str:
    """Return ``letters`` with Latin ones replaced where they stand among Greek or Cyrillic ones."""
    if letters.isascii():
        return letters
    if any("Ѐ" <= c <= "ӿ" for c in letters):
        return letters.translate(_CYRILLIC)
    if any("Ͱ" <= c <= "Ͽ" for c in letters):
        return letters.translate(_GREEK)
    return letters
