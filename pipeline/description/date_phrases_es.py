"""How Spanish announces dates."""

from __future__ import annotations

from pipeline.core.key_dates import KeyKind
from pipeline.description.date_phrases import phrases

_WORDS = {
    "DUE": r"(?:\ba más tardar el|\bantes del|\bno más tarde del)",
    "UNTIL": r"(?:\bhasta el|DUE)",
    "FROM": r"(?:a partir del|desde el|con efecto a partir del)",
    # A few words, the last of which is no participle: "contratos celebrados a partir del".
    "WORDS": r"(?: [\w'()/,-]+){0,6}?(?<!ados)(?<!adas)(?<!idos)(?<!idas)(?<!ado)(?<!ada)(?<!ido)"
    r"(?<!ida)",
    "GIVES": r"\b(?:presentar|remitir|publicar|elaborar|transmitir|enviar|realizar|llevar|"
    r"efectuar)(?:án?) ?(?:a cabo)?\b",
    "STUDY": r"\b(?:informes?|evaluación|revisión|evaluaciones)\b",
    "CHECKS": r"\b(?:revisar|evaluar|reexaminar|informar)án?\b",
    "VIEWS": r"\b(?:observaciones|contribuciones|comentarios|opiniones|respuestas)\b",
    "ASKED": r"\b(?:podrán|pueden|puede|deberán|deben|invita\w*)\b",
    "EVENT": r"\b(?:reunión|conferencia|sesión|congreso|seminario|cumbre|foro|asamblea|"
    r"audiencia)\b",
}

SPANISH = phrases(
    _WORDS,
    {
        KeyKind.TRANSPOSITION: (
            r"\b(?:pondrán en vigor|adoptarán y publicarán|transpondrán)\bFARDUE DATE",
            r"DUE DATE,?GAP\b(?:pondrán en vigor|adoptarán y publicarán|transpondrán)\b",
        ),
        KeyKind.ENTRY_INTO_FORCE: (r"\bentrar?(?:á|án|n)? en vigor el DATE",),
        KeyKind.APPLICATION: (
            r"\b(?:(?:será|serán|es|son) aplicables?|se aplicarán?)WORDS FROM DATE",
            r"\baplicarán (?:dichas|estas|esas|tales)WORDS FROM DATE",
        ),
        KeyKind.REPORT: (
            r"DUE DATE,?GAP (?:GIVESGAPSTUDY|CHECKS)",
            r"GIVES,? DUE DATE,?GAP STUDY",
            r"GIVESGAP STUDY[^.;DATE]{0,160}? DUE DATE",
            r"CHECKS,?GAP DUE DATE",
        ),
        KeyKind.CONSULTATION: (
            r"VIEWSGAP ASKEDGAP UNTIL DATE",
            r"ASKEDGAP VIEWSGAP UNTIL DATE",
            r"\bconsultaGAP\b(?:abierta|finaliza\w*|termina\w*)GAP (?:hasta el|el) DATE",
        ),
        KeyKind.MEETING: (
            r"EVENTGAP\b(?:se celebrará|tendrá lugar)GAP el(?: \w+)? DATE",
            r"\bse reunirá\bNEAR el(?: \w+)? DATE",
        ),
    },
    {
        KeyKind.TRANSPOSITION: r"\bexpir",
        KeyKind.APPLICATION: r"\bno (?:será|serán|se aplicará|es|son)\b",
        KeyKind.CONSULTATION: r"\b(?:fue|fueron|estuvo|recibió|finalizó|terminó)\b",
    },
)
