"""How Dutch announces dates."""

from __future__ import annotations

from pipeline.core.key_dates import KeyKind
from pipeline.description.date_phrases import phrases

_WORDS = {
    "DUE": r"\b(?:uiterlijk(?: op)?|vóór|voor)",
    "UNTIL": r"(?:\btot en met|\btot|DUE)",
    "FROM": r"\b(?:met ingang van|vanaf)",
    "GIVES": r"\b(?:dient|dienen|brengt|brengen|legt|publiceert|zendt|verstrekt)\b",
    "STUDY": r"\b(?:\w*verslag(?:en)?|evaluatie|beoordeling)\b",
    "CHECKS": r"\b(?:evalueert|beoordeelt|herziet|toetst)\b",
    "VIEWS": r"\b(?:opmerkingen|bijdragen|reacties|zienswijzen|standpunten)\b",
    "ASKED": r"\b(?:kunnen|kan|kunt|moeten|gevraagd|verzocht|uitgenodigd)\b",
    "EVENT": r"\b(?:\w*vergadering|bijeenkomst|\w*conferentie|congres|zitting|seminar|"
    r"hoorzitting)\b",
    "WEEKDAY": r"(?: \w+dag)?",
}

DUTCH = phrases(
    _WORDS,
    {
        KeyKind.TRANSPOSITION: (
            r"\bbepalingen\bFARDUE DATE aan deze richtlijn",
            r"\blidstaten (?:stellen|dienen|doen)\bGAPDUE DATEGAP\bbepalingen\b",
        ),
        KeyKind.ENTRY_INTO_FORCE: (
            r"\b(?:treedt|treden) (?:\w+ ){0,3}?(?:in werking op DATE|op DATE in werking)",
        ),
        KeyKind.APPLICATION: (
            r"\b(?:is|zijn) (?:\w+ ){0,3}?van toepassing FROM DATE",
            r"\b(?:is|zijn) (?:\w+ ){0,3}?FROM DATE van toepassing",
            r"\bpassen (?:\w+ ){1,4}FROM DATE toe\b",
        ),
        KeyKind.REPORT: (
            r"GIVESGAPDUE DATEGAP STUDY",
            r"DUE DATE,?GAP GIVESGAPSTUDY",
            r"\bcommissie CHECKSGAPDUE DATE",
            r"DUE DATE,? (?:\w+ ){0,6}?CHECKS de commissie",
        ),
        KeyKind.CONSULTATION: (
            r"VIEWSGAP ASKEDGAP UNTIL DATE",
            r"ASKEDGAP UNTIL DATEGAP VIEWS",
            r"\b(?:\w*consultatie|\w*raadpleging)\bGAP\b(?:loopt|open|eindigt|sluit)\bGAP "
            r"(?:tot en met|tot|op) DATE",
        ),
        KeyKind.MEETING: (
            r"EVENTGAP\b(?:vindt|zal|wordt|is gepland)\bGAP opWEEKDAY DATE",
            r"\bopWEEKDAY DATE vindtGAP EVENTGAP\bplaats\b",
        ),
    },
    {
        KeyKind.APPLICATION: r"\bniet (?:\w+ )?van toepassing\b",
        KeyKind.CONSULTATION: r"\b(?:was|waren|werd|werden|liep|eindigde)\b",
        KeyKind.MEETING: r"\b(?:vond|werd|was)\b",
    },
)
