"""Kinds of documents and the institutions behind them, by the words that name them on page 1.

Words are folded (lower case, no accents). Acts are known by their headings, see `act_words`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.core.text import fold
from pipeline.description.act_words import COMMISSION, COUNCIL, PARLIAMENT

# Other kinds, the more particular before the more general.
_OTHERS = {
    "corrigendum": "corrigendum|rectificatif|berichtigung|rettelse|rattelse|sprostowanie|"
    "rectificatie|rettifica|correccion de errores|berigtigelse|retificacao|rectificare|oprava|"
    "korigendum|popravek|ispravak|helyesbites|oikaisu|parandus|labojums|klaidu istaisymas|поправка|"
    "διορθωτικο|rettifika|ceartuchan",
    "proposal": "proposal for an?|proposition de (?!la commission)|vorschlag fur|"
    "propuesta de|proposta di|voorstel voor|wniosek dotyczacy|forslag till?|proposta de|"
    "propunere de|navrh (?:narizeni|smernice|rozhodnuti|nariadenia|rozhodnutia)|predlog (?:uredbe|"
    "direktive|"
    "sklepa)|prijedlog|javaslat|ehdotus|ettepanek|priekslikums|pasiulymas|предложение за|προταση|"
    "proposta (?:ghal|li)|togra le",
    "staff working document": "staff working document|document de travail des services|"
    "arbeitsunterlage der kommissionsdienststellen|documento di lavoro dei servizi|documento de "
    "trabajo de los servicios|documento de trabalho dos servicos|werkdocument van de diensten|"
    "dokument roboczy sluzb|arbetsdokument fran kommissionens|arbejdsdokument fra kommissionens|"
    "komission yksikoiden valmisteluasiakirja|talituste toodokument|dienestu darba dokuments|"
    "tarnybu darbinis dokumentas|szolgalati munkadokumentum|pracovni dokument utvaru|pracovny "
    "dokument utvarov|delovni dokument sluzb|radni dokument sluzbi|"
    "document de lucru al serviciilor|работен документ на службите|εγγραφο εργασιασ των υπηρεσιων|"
    "dokument ta' hidma tal-persunal",
    "communication": "communication from the commission|communication de la commission|"
    "mitteilung der kommission|comunicacion de la comision|comunicazione della commissione|"
    "mededeling van de commissie|komunikat komisji|meddelande fran kommissionen|"
    "meddelelse fra kommissionen|joint communication|comunicacao da comissao|"
    "comunicare a comisiei|sdeleni komise|oznamenie komisie|sporocilo komisije|komunikacija "
    "komisije|bizottsag kozlemenye|"
    "komission tiedonanto|komisjoni teatis|komisijas pazinojums|komisijos komunikatas|съобщение на "
    "комисията|ανακοινωση τησ επιτροπησ|komunikazzjoni mill-kummissjoni|teachtaireacht on "
    "gcoimisiun",
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
    "resolution": "resolution|entschliessung|resolucion|risoluzione|resolutie|rezolucja|resolucao|"
    "rezolutia|usneseni|uznesenie|resolucija|rezolucija|allasfoglalas\\w*|paatoslauselma|"
    "resolutsioon|rezolucija|резолюция|ψηφισμα|rizoluzzjoni|beslutning fra europa|run o",
    "opinion": "opinion|avis (?:du|de la|rendu|conjoint)|stellungnahme|dictamen|parere|advies|"
    "yttrande|udtalelse|parecer|aviz|stanovisko|mnenje|misljenje|velemeny\\w*|lausunto|arvamus|"
    "atzinums|nuomone|становище|γνωμοδοτηση|opinjoni|tuairim o",
    "statement": "joint statement|statement|declaration|erklarung|declaracion|dichiarazione|"
    "verklaring|oswiadczenie",
    "study": "study|etude|studie|estudio|studio|badanie",
    "guide": "guidelines|guidance|guide|lignes directrices|leitfaden|guia|guida|handleiding|"
    "handbook|manuel",
    "report": "report|rapport|bericht|informe|relazione|verslag|sprawozdanie|rapporto|relatorio|"
    "raport|zprava|sprava o|porocilo|izvjesce|jelentes\\w*|kertomus|mietinto|aruanne|zinojums|"
    "ataskaita|доклад|εκθεση|betaenkning|betankande|tuarascail",
}
_KINDS = tuple((kind, re.compile(rf"\b(?:{words})\b")) for kind, words in _OTHERS.items())

# The Council of Europe is no institution of the EU, so it is asked before the Council.
_INSTITUTIONS = (
    ("cemr", r"\b(?:cemr|ccre|rgre|cmre|aiccre|platforma)\b|council of european municipalities|"
     r"conseil des communes et regions|rat der gemeinden und regionen"),
    ("council of europe", r"council of europe|conseil de l'europe|europarat"),
    ("committee of the regions", r"(?:european )?committee of the regions(?= opinion|,? cor)|"
     r"opinion of the (?:european )?committee of the regions|ausschuss der regionen|"
     r"avis du comite (?:europeen )?des regions|^(?:european )?committee of the regions$|"
     r"^comite (?:europeen )?des regions$|^comitato (?:europeo )?delle regioni$|"
     r"^comite (?:europeo )?de las regiones$|^(?:europaischer )?ausschuss der regionen$"),
    ("economic and social committee", r"^european economic and social committee$|"
     r"opinion of the european economic and social committee"),
    ("court of auditors", r"court of auditors|cour des comptes europeenne|rechnungshof"),
    ("central bank", r"european central bank|banque centrale europeenne|"
     r"europaische zentralbank"),
    ("parliament", r"\beprs\b|european parliamentary research service|"
     r"european parliament resolution|"
     r"resolution du parlement europeen|^european parliament(?: \d{4}.*)?$|^parlement europeen$"),
    ("commission", r"european commission|^european$|^commission$|commission europeenne|"
     r"europaische kommission|commission of the european communities|"
     r"commission des communautes europeennes|"
     r"comision europea|commissione europea|europese commissie|komisja europejska|"
     r"europeiska kommissionen|europa-kommissionen|from the commission|de la commission|"
     r"comissao europeia|comisia europeana|evropska komise|europska komisia|europska komisija|"
     r"evropska komisija|europai bizottsag|euroopan komissio|euroopa komisjon|eiropas komisija|"
     r"europos komisija|европейска комисия|ευρωπαικη επιτροπη|kummissjoni ewropea|"
     r"an coimisiun eorpach|der kommission"),
    ("council", r"council of the european union|conseil de l'union europeenne|"
     r"rat der europaischen union|^council of the$|conclusions of the council|"
     r"consejo de la union europea|consiglio dell'unione europea|conselho da uniao europeia|"
     r"raad van de europese unie|rada unii europejskiej|europeiska unionens rad|radet for den|"
     r"euroopan unionin neuvosto|euroopa liidu noukogu|eiropas savienibas padome|europos sajungos "
     r"taryba|europai unio tanacsa|rada evropske unie|rada europskej unie|svet evropske unije|"
     r"vijece europske unije|consiliul uniunii europene|съвет на европейския съюз|"
     r"συμβουλιο τησ ευρωπαικησ ενωσησ|kunsill tal-unjoni ewropea|comhairle an aontais"),
)  # fmt: skip
_KNOWN = tuple((name, re.compile(words, re.MULTILINE)) for name, words in _INSTITUTIONS)

# Who adopts an act, as its heading says.
_PARLIAMENT = re.compile(PARLIAMENT)
_COUNCIL = re.compile(COUNCIL)
_COMMISSION = re.compile(COMMISSION)


def kind_of(lines: Sequence[str]) -> tuple[str, int]:
    """Return the kind that the first line to name one names, and its number; ("", -1) if none does.

    Args:
        lines: The title, then the lines above and just below it, where a document says what it is.
    """
    return _first_named(_KINDS, lines)


def institution_of(lines: Sequence[str]) -> tuple[str, int]:
    """Return the institution that stands first in ``lines``, and its line; ("", -1) if none."""
    return _first_named(_KNOWN, [line.strip() for line in lines])


def _first_named(
    names: Sequence[tuple[str, re.Pattern[str]]], lines: Sequence[str]
) -> tuple[str, int]:
    for number, line in enumerate(lines):
        folded = fold(line)
        found = [(m.start(), i) for i, (_, word) in enumerate(names) if (m := word.search(folded))]
        if found:
            return names[min(found)[1]][0], number
    return "", -1


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
