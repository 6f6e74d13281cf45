"""How Italian announces dates; its articles may stand right before them ("entro l'8 maggio")."""

from __future__ import annotations

from pipeline.core.key_dates import KeyKind
from pipeline.description.date_phrases import phrases

_WORDS = {
    "DUE": r"(?:\bentro(?: e non oltre)? (?:il |l')|\b(?:e )?non oltre (?:il |l')|"
    r"\bal più tardi (?:il |l')|\bprima del(?: |l'))",
    "UNTIL": r"(?:DUE|\bfino al(?: |l'))",
    "FROM": r"(?:a (?:decorrere|partire) dal(?: |l')|\bdal(?: |l'))",
    # A few words, the last of which is no participle: "contratti conclusi a decorrere dal".
    "WORDS": r"(?: [\w'()/,-]+){0,6}?(?<!ati)(?<!ate)(?<!ato)(?<!ata)(?<!uti)(?<!iti)(?<!usi)"
    r"(?<!osti)(?<!essi)(?<!decorrere)(?<!partire)",
    "GIVES": r"\b(?:presenta|trasmette|pubblica|elabora|redige|effettua|presentano|trasmettono|"
    r"presenterà|procede a)\b",
    "STUDY": r"\b(?:relazion[ei]|valutazion[ei]|riesam[ei]|rapporto)\b",
    "CHECKS": r"\b(?:riesamina|valuta|riferisce)\b",
    "VIEWS": r"\b(?:osservazioni|contributi|commenti|pareri|risposte)\b",
    "ASKED": r"\b(?:possono|devono|invita\w*)\b",
    "EVENT": r"\b(?:riunione|conferenza|seduta|sessione|congresso|seminario|vertice|forum|"
    r"assemblea|audizione)\b",
    "WEEKDAY": r"(?:\w+(?:dì|ato|ica) )?",
}

ITALIAN = phrases(
    _WORDS,
    {
        KeyKind.TRANSPOSITION: (
            r"\b(?:mettono in vigore|adottano e pubblicano|recepiscono)\bFARDUEDATE",
            r"DUEDATE,?GAP\b(?:mettono in vigore|adottano e pubblicano|recepiscono)\b",
        ),
        KeyKind.ENTRY_INTO_FORCE: (r"\bentr(?:a|ano|erà|eranno) in vigore (?:il |l'|dal )DATE",),
        KeyKind.APPLICATION: (
            r"\b(?:si applica(?:no|)|si applicheranno|è applicabile|sono applicabili)WORDS "
            r"FROMDATE",
            r"\bapplicano (?:tali|queste|dette)WORDS FROMDATE",
        ),
        KeyKind.REPORT: (
            r"DUEDATE,?GAP (?:GIVESGAPSTUDY|CHECKS)",
            r"GIVES,? DUEDATE,?GAP STUDY",
            r"GIVESGAP STUDY[^.;DATE]{0,160}? DUEDATE",
        ),
        KeyKind.CONSULTATION: (
            r"VIEWSGAP ASKEDGAP UNTILDATE",
            r"ASKEDGAP VIEWSGAP UNTILDATE",
            r"\bconsultazioneGAP\b(?:aperta|termina|si chiude)\bGAP (?:fino al(?: |l')|il |l')DATE",
        ),
        KeyKind.MEETING: (
            r"EVENTGAP\b(?:si terrà|avrà luogo|si svolgerà)GAP (?:il |l')WEEKDAYDATE",
            r"\bsi riunirà\bNEAR (?:il |l')WEEKDAYDATE",
        ),
    },
    {
        KeyKind.APPLICATION: r"\bnon (?:si applica|è applicabile|sono applicabili)",
        KeyKind.CONSULTATION: r"\b(?:è stata|sono stat[ei]|era|si è)\b",
    },
)
