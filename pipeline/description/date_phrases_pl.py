"""How Polish announces dates."""

from __future__ import annotations

from pipeline.core.key_dates import KeyKind
from pipeline.description.date_phrases import phrases

_WORDS = {
    "DUE": r"\b(?:(?:najpóźniej |w terminie |nie później niż )?do(?: dnia)?|najpóźniej(?: dnia)?|"
    r"nie później niż(?: dnia)?|przed(?: dniem)?)",
    "FROM": r"\b(?:począwszy )?(?:od(?: dnia)?|z dniem)",
    "GIVES": r"\b(?:przedstawi|przedkłada|przedłoży|sporządz|opublikuje|publikuje|przekazuje|"
    r"przekaże|składa|złoży|przeprowadz|dokon)\w*",
    "STUDY": r"\b(?:sprawozdani|ocen|przegląd|raport)\w*",
    "CHECKS": r"\bkomisja (?:ocenia?|zbada|przeanalizuje)\b",
    "VIEWS": r"\b(?:uwagi|opinie|odpowiedzi|stanowiska)\b",
    "ASKED": r"\b(?:można|należy|mogą|prosimy)\b",
    "EVENT": r"\b(?:posiedzenie|spotkanie|konferencja|kongres|seminarium|zgromadzenie|sesja)\b",
}

POLISH = phrases(
    _WORDS,
    {
        KeyKind.TRANSPOSITION: (
            r"(?:\bwprowadz\w+ w życie|\bprzyjmują i publikują|wykonania niniejszej dyrektywy)"
            r"FARDUE DATE",
            r"DUE DATE,?GAP(?:\bwprowadz\w+ w życie|\bprzyjmują i publikują)",
        ),
        KeyKind.ENTRY_INTO_FORCE: (
            r"\b(?:wchodzi|wchodzą|wejdzie|wejdą) w życie (?:z dniem |w dniu |dnia |od dnia )?DATE",
        ),
        KeyKind.APPLICATION: (
            r"\b(?:stosuje się|stosują|ma zastosowanie|mają zastosowanie) (?:\w+ ){0,3}?FROM DATE",
        ),
        KeyKind.REPORT: (
            r"DUE DATE(?: r\.)?,?GAP (?:GIVESGAPSTUDY|CHECKS)",
            r"GIVESGAP STUDYGAP DUE DATE",
            r"GIVESGAP DUE DATEGAP STUDY",
        ),
        KeyKind.CONSULTATION: (
            r"VIEWSGAP ASKEDGAP DUE DATE",
            r"ASKEDGAP VIEWSGAP DUE DATE",
            r"\bkonsultacjeGAP\b(?:trwają|potrwają|kończą)\bGAP (?:do(?: dnia)?|w dniu|dnia) DATE",
        ),
        KeyKind.MEETING: (
            r"EVENTGAP\b(?:odbędzie się|rozpocznie się|zaplanowano)GAP(?: w dniu| dnia| na)? DATE",
        ),
    },
    {
        KeyKind.APPLICATION: r"\bnie (?:stosuj|ma zastosowania|mają zastosowania)",
        KeyKind.CONSULTATION: r"\b(?:trwały|odbyły|zakończyły)\b",
    },
)
