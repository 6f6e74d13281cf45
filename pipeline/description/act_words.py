"""Words by which the heading of an act is known, in the 24 languages of the EU, folded.

Names of acts: Interinstitutional Style Guide, 2.1 and annex A3. Folded words are in lower case,
without accents (see `core.text.fold`); inflected forms are those that headings use.
"""

from __future__ import annotations

# Only a heading that bears a number makes a document one of these; see `headings`.
_ACTS = {
    "regulation": "regulation reglement verordnung reglamento regolamento verordening "
    "rozporzadzenie forordning regulamento asetus maarus regula reglamentas rendelet rendelete "
    "narizeni nariadenie uredba regulament regulamentul регламент κανονισμοσ regolament rialachan "
    "durchfuhrungsverordnung uitvoeringsverordening genomforandeforordning "
    "gennemforelsesforordning rakendusmaarus taytantoonpanoasetus",
    "directive": "directive richtlinie directiva direttiva richtlijn dyrektywa direktiv direktivet "
    "diretiva direktiivi direktiiv direktyva iranyelv iranyelve smernice smernica direktiva "
    "директива οδηγια treoir delegierte-richtlinie durchfuhrungsrichtlinie",
    "decision": "decision beschluss entscheidung decisione besluit beschikking decyzja beslut "
    "afgorelse beslutning decisao paatos taytantoonpanopaatos otsus rakendusotsus lemums "
    "sprendimas hatarozat hatarozata rozhodnuti rozhodnutie odluka sklep odlocba decizia решение "
    "αποφαση decizjoni cinneadh durchfuhrungsbeschluss uitvoeringsbesluit genomforandebeslut "
    "gennemforelsesafgorelse rambeslut rammeafgorelse rahmenbeschluss kaderbesluit puitepaatos",
    "recommendation": "recommendation recommandation empfehlung recomendacion raccomandazione "
    "aanbeveling zalecenie rekommendation henstilling recomendacao suositus soovitus ieteikums "
    "rekomendacija ajanlas ajanlasa doporuceni odporucanie priporocilo preporuka recomandarea "
    "recomandare препоръка συσταση rakkomandazzjoni moladh",
}
ACT_KINDS = {word: kind for kind, words in _ACTS.items() for word in words.split()}

# What may stand before the name of an act in its heading.
BEFORE = frozenset(
    """commission council delegated implementing european parliament and joint framework euratom
    ecsc eec eu ec subject objet betreff b delegierte kommissionens delegerede delegerade radets
    europaparlamentets och og europa-parlamentets gedelegeerde uitvoerings
    euroopan parlamentin ja neuvoston komission delegoitu euroopa parlamendi noukogu komisjoni
    delegeeritud eiropas parlamenta un padomes komisijas delegeta istenosanas europos parlamento
    ir tarybos komisijos deleguotasis igyvendinimo az a europai parlament es tanacs bizottsag ek
    felhatalmazason alapulo vegrehajtasi egk provadeci vykonavacie vykonavacia delegovane izvedbena
    izvedbeni delegirana delegirani provedbena изпълнителен делегиран изпълнителна делегирана
    εκτελεστικοσ εκτελεστικη κατ' εξουσιοδοτηση""".split()
)

# Communications and reports of the Commission name their addressees in capitals.
COMMISSION_PAPER = (
    r"^(?:joint )?(?:communication|report|rapport|mitteilung|bericht|comunicacion|"
    r"comunicazione|informe|relazione|mededeling|verslag|komunikat|sprawozdanie|meddelande|"
    r"meddelelse|recommendation|recommandation|opinion|comunicacao|relatorio|comunicare|raport\w*|"
    r"komunikazzjoni|teachtaireacht|tuarascail) "
    r"(?:from|to|by|of|de|der|della|van|komisji|fran|fra|du|da|a|al|comisiei|mill-\w+|tal-\w+|on)\b|"
    r"^(?:съобщение|доклад) на комисията|^(?:ανακοινωση|εκθεση) τησ επιτροπησ|"
    r"^(?:sdeleni|zprava) komise|^(?:oznamenie|sprava) komisie|"
    r"^(?:sporocilo|porocilo|komunikacija|izvjesce) komisije|"
    r"^a bizottsag (?:kozlemenye|jelentese)|^komission (?:tiedonanto|kertomus)|"
    r"^komisjoni (?:teatis|aruanne)|^komisijas (?:pazinojums|zinojums)|"
    r"^komisijos (?:komunikatas|ataskaita)"
)
ADDRESSEE = (
    r"parl[ai]|council|conseil|\brat\b|\bden rat|consejo|consiglio|\braad\b|\brad[ye]\b|committee|"
    r"comite|ausschuss|comitato|regions?$|regionen|central bank|court of|conselho|"
    r"парламент|съвет|комитет|регион|κοινοβουλ|συμβουλ|επιτροπη τ|περιφερει|parlamen[dt]|neuvosto|"
    r"komitea|noukog|komitee|padome|komitej|taryb|komitet|tanacs|bizottsag|vybor|vijec|odbor|"
    r"\bsvetu?\b|regij|consiliu|comitet|kunsill|kumitat|gcomhairle|choiste"
)

# Who adopts, as headings say; the Council before the Commission, which proposes to it.
PARLIAMENT = r"parl(?:i|e)?a?ment|parlamen|парламент|κοινοβουλι|pa?h?arlaimint"
COUNCIL = (
    r"\b(?:council|conseil|rat(?:es)?|consejo|consiglio|conselho|raad|rad[ey]t?s?|radets?|"
    r"neuvosto\w*|noukogu|padomes?|tarybos?|tanacs|vijeca|sveta|съвета|συμβουλιου|consiliului|"
    r"kunsill|[gc]{1,2}h?omhairle|rady)\b"
)
COMMISSION = (
    r"\b(?:commission|kommission\w*|comision|commissione|commissie|komisji|komise|komisie|"
    r"komisije|komission|komisjoni|komisijas|komisijos|bizottsag|comissao|comisiei|комисията|"
    r"επιτροπησ|[gc]{1,2}h?oimisiun|(?:tal-|il-|mill-)?kummissjoni)\b"
)
