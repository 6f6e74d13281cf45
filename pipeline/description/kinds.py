"""Kinds of documents and the institutions behind them, by the words that name them on page 1.

Words are folded (lower case, no accents). The names of acts are those of the Interinstitutional
Style Guide, 2.1 and annex A3, in the languages in which the Secretariat receives documents.
"""

from __future__ import annotations

import re

from pipeline.core.text import fold

# Acts: only a heading that bears a number makes a document one of these; see `headings`.
ACTS = {
    "regulation": "regulation reglement verordnung reglamento regolamento verordening "
    "rozporzadzenie forordning regulamento asetus narizeni nariadenie regulament uredba "
    "durchfuhrungsverordnung uitvoeringsverordening genomforandeforordning "
    "gennemforelsesforordning",
    "directive": "directive richtlinie directiva direttiva richtlijn dyrektywa direktiv direktivet "
    "diretiva direktiivi smernice smernica direktiva",
    "decision": "decision beschluss decisione besluit decyzja beslut afgorelse decisao paatos "
    "rozhodnuti rozhodnutie odluka sklep durchfuhrungsbeschluss uitvoeringsbesluit "
    "genomforandebeslut",
    "recommendation": "recommendation recommandation empfehlung recomendacion raccomandazione "
    "aanbeveling zalecenie rekommendation henstilling recomendacao",
}
# Other kinds, the more particular before the more general.
_OTHERS = {
    "corrigendum": "corrigendum|rectificatif|berichtigung|rettelse|rattelse|sprostowanie|"
    "rectificatie|rettifica|correccion de errores",
    "proposal": "proposal for an?|proposition de (?!la commission)|vorschlag fur|"
    "propuesta de|proposta di|voorstel voor|wniosek dotyczacy|forslag till?",
    "staff working document": "staff working document|document de travail des services|"
    "arbeitsunterlage der kommissionsdienststellen",
    "communication": "communication from the commission|communication de la commission|"
    "mitteilung der kommission|comunicacion de la comision|comunicazione della commissione|"
    "mededeling van de commissie|komunikat komisji|meddelande fran kommissionen|"
    "meddelelse fra kommissionen|joint communication",
    "green paper": "green paper|livre vert|grunbuch|libro verde|groenboek|zielona ksiega",
    "white paper": "white paper|livre blanc|weissbuch|libro blanco|libro bianco|witboek",
    "position paper": "position paper|policy position|cemr position|note de position|"
    "prise de position|position du ccre|positionspapier|documento de posicion|"
    "documento di posizione|standpuntnota|dokument programowy|positionspapir|stanowisko|"
    "first reaction|reaction a la|reactie op|contribution du ccre|cemr contribution",
    "circular": "circular|note aux membres|notes? (?:for|to) members|notice to members|"
    "rundschreiben",
    "brochure": "brochure|leaflet|depliant|folleto|opuscolo|broschure",
    "hearing": "hearing|audizione|audition|anhorung|hoorzitting",
    "consultation reply": "consultation (?:reply|response)|reponse a la consultation",
    "press release": "press release|communique de presse|pressemitteilung|comunicado de prensa|"
    "comunicato stampa|persbericht|pressmeddelande|pressemeddelelse",
    "newsletter": "newsletter|lettre d'information|lettre d'informations|la lettre|nieuwsbrief|"
    "boletin|bollettino|biuletyn|nyhetsbrev|nyhedsbrev|rundbrief",
    "minutes": "minutes|compte[- ]rendu|proces-verbal|niederschrift|sitzungsprotokoll|acta de|"
    "verbale|notulen|protokol z",
    "agenda": "draft agenda|agenda|ordre du jour|tagesordnung|orden del dia|ordine del giorno",
    "briefing": "briefing|policy brief|note d'information|note de synthese|kurzinformation|"
    "nota informativa|beknopte nota|notatka informacyjna",
    "work programme": "work programme|activity plan|programme de travail|"
    "arbeitsprogramm|programa de trabajo|programma di lavoro|werkprogramma",
    "resolution": "resolution|entschliessung|resolucion|risoluzione|resolutie|rezolucja",
    "opinion": "opinion|avis (?:du|de la|rendu|conjoint)|stellungnahme|dictamen|parere|advies|"
    "yttrande|udtalelse",
    "statement": "joint statement|statement|declaration|erklarung|declaracion|dichiarazione|"
    "verklaring|oswiadczenie",
    "study": "study|etude|studie|estudio|studio|badanie",
    "guide": "guidelines|guidance|guide|lignes directrices|leitfaden|guia|guida|handleiding|"
    "handbook|manuel",
    "report": "report|rapport|bericht|informe|relazione|verslag|sprawozdanie|rapporto",
}
_KINDS = tuple((kind, re.compile(rf"\b(?:{words})\b")) for kind, words in _OTHERS.items())
ACT_KINDS = {word: kind for kind, words in ACTS.items() for word in words.split()}

# The Council of Europe is no institution of the EU, so it is asked before the Council.
_INSTITUTIONS = (
    ("cemr", r"\b(?:cemr|ccre|rgre|cmre|aiccre|platforma)\b|council of european municipalities|"
     r"conseil des communes et regions|rat der gemeinden und regionen"),
    ("council of europe", r"council of europe|conseil de l'europe|europarat"),
    ("committee of the regions", r"(?:european )?committee of the regions(?= opinion|,? cor)|"
     r"opinion of the (?:european )?committee of the regions|ausschuss der regionen|"
     r"avis du comite (?:europeen )?des regions|^(?:european )?committee of the regions$"),
    ("economic and social committee", r"^european economic and social committee$|"
     r"opinion of the european economic and social committee"),
    ("court of auditors", r"court of auditors|cour des comptes europeenne|rechnungshof"),
    ("central bank", r"european central bank|banque centrale europeenne|"
     r"europaische zentralbank"),
    ("parliament", r"\beprs\b|european parliamentary research service|"
     r"european parliament resolution|"
     r"resolution du parlement europeen|^european parliament(?: \d{4}.*)?$|^parlement europeen$"),
    ("commission", r"european commission|^european$|commission europeenne|europaische kommission|"
     r"commission of the european communities|commission des communautes europeennes|"
     r"comision europea|commissione europea|europese commissie|komisja europejska|"
     r"europeiska kommissionen|europa-kommissionen|from the commission|de la commission"),
    ("council", r"council of the european union|conseil de l'union europeenne|"
     r"rat der europaischen union|^council of the$|conclusions of the council"),
)  # fmt: skip
_KNOWN = tuple((name, re.compile(words, re.MULTILINE)) for name, words in _INSTITUTIONS)

# Who adopts an act, as its heading says.
_PARLIAMENT = re.compile(r"parl(?:i|e)?a?ment|europaparlament|parlament")
_COUNCIL = re.compile(
    r"\b(?:council|conseil|rat(?:es)?|consejo|consiglio|raad|rad[ey]t?s?|radets?)\b"
)
_COMMISSION = re.compile(r"\b(?:commission|kommission\w*|comision|commissione|commissie|komisji)\b")


def kind_of(title: str, head: str) -> str:
    """Return the kind that the title names, else the first lines; "" if neither does.

    Args:
        title: The document's title.
        head: The lines above and just below the title, where a document says what it is.
    """
    for text in (title, head):
        folded = fold(text)
        found = [(m.start(), i) for i, (_, word) in enumerate(_KINDS) if (m := word.search(folded))]
        if found:
            return _KINDS[min(found)[1]][0]
    return ""


def institution_of(head: str) -> str:
    """Return the institution that stands first among the first lines, or ""."""
    folded = "\n".join(fold(line.strip()) for line in head.splitlines())
    found = [(m.start(), i) for i, (_, word) in enumerate(_KNOWN) if (m := word.search(folded))]
    return _KNOWN[min(found)[1]][0] if found else ""


def is_cemr(text: str) -> bool:
    """Whether the Council of European Municipalities and Regions is named in ``text``."""
    return bool(_KNOWN[0][1].search(fold(text)))


def adopted_by(heading: str) -> str:
    """Return who adopted the act of that heading ("parliament and council"), or ""."""
    folded = fold(heading)
    bodies = [
        name
        for name, word in (("parliament", _PARLIAMENT), ("council", _COUNCIL))
        if word.search(folded)
    ]
    if not bodies and _COMMISSION.search(folded):
        return "commission"
    return " and ".join(bodies)
