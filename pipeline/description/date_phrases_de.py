"""How German announces dates."""

from __future__ import annotations

from pipeline.core.key_dates import KeyKind
from pipeline.description.date_phrases import phrases

_WORDS = {
    "DUE": r"(?:\bbis (?:spätestens )?(?:zum|einschließlich)|\bspätestens (?:am|bis zum|zum)|"
    r"\bvor dem)",
    "GIVES": r"\b(?:legt|legen|übermittel[tn]|unterbreitet|veröffentlicht|erstellt|erstatte[nt]|"
    r"führt)\b",
    "STUDY": r"\b(?:\w*berichte?s?|bewertung|überprüfung|evaluierung)\b",
    "CHECKS": r"\b(?:überprüft|bewertet|evaluiert)\b",
    "VIEWS": r"\b(?:stellungnahmen?|beiträge|rückmeldungen|anmerkungen|antworten)\b",
    "ASKED": r"\b(?:können|kann|sind|müssen|bitten?|gebeten)\b",
    "EVENT": r"\b(?:\w*sitzung|tagung|\w*konferenz|\w*versammlung|seminar|kongress|treffen|"
    r"anhörung|gipfel)\b",
    "WEEKDAY": r"(?: \w+(?:tag|woch),? (?:dem|den))?",
}

GERMAN = phrases(
    _WORDS,
    {
        KeyKind.TRANSPOSITION: (
            r"\b(?:erlassen und veröffentlichen|setzen)\bFARDUE DATEFAR\w*vorschriften\b",
            r"\b(?:\w*vorschriften|dieser richtlinie)\bFARDUE DATE (?:nachzukommen|in kraft|"
            r"umzusetzen|nach\b)",
        ),
        KeyKind.ENTRY_INTO_FORCE: (r"\b(?:tritt|treten) (?:\w+ ){0,4}?am DATE in kraft\b",),
        KeyKind.APPLICATION: (
            r"\b(?:gilt|gelten) (?:\w+ ){0,4}?(?<!für )ab (?:dem )?DATE",
            r"\b(?:wenden|wendet) (?:\w+ ){1,5}ab (?:dem )?DATE an\b",
            r"\b(?:ist|sind|findet|finden) (?:\w+ ){0,4}?ab (?:dem )?DATE (?:anwendbar|anwendung|"
            r"anzuwenden)\b",
        ),
        KeyKind.REPORT: (
            r"GIVESGAPDUE DATEGAP STUDY",
            r"DUE DATE,?GAP GIVESGAPSTUDY",
            r"kommission CHECKSGAPDUE DATE",
            r"kommissionGAPDUE DATEGAP CHECKS",
            r"DUE DATE,? (?:\w+ ){0,6}?CHECKS die kommission",
        ),
        KeyKind.CONSULTATION: (
            r"VIEWSGAP ASKEDGAP(?:DUE|\bbis) DATE",
            r"ASKEDGAP(?:DUE|\bbis) DATEGAP VIEWS",
            r"\bkonsultationGAP\b(?:läuft|endet|ist)\bGAP (?:bis(?: zum)?|am) DATE",
        ),
        KeyKind.MEETING: (
            r"EVENTGAP\b(?:findet|wird|beginnt)\bGAP amWEEKDAY DATE",
            r"\bam DATEGAP\bfindetGAP EVENTGAP\bstatt\b",
        ),
    },
    {
        KeyKind.APPLICATION: r"\b(?:gilt|gelten) nicht\b",
        KeyKind.CONSULTATION: r"\b(?:wurde|wurden|lief|endete|war|waren)\b",
        KeyKind.MEETING: r"\b(?:fand|wurde|war)\b",
    },
)
