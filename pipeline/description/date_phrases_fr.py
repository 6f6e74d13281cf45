"""How French announces dates."""

from __future__ import annotations

from pipeline.core.key_dates import KeyKind
from pipeline.description.date_phrases import phrases

_WORDS = {
    "DUE": r"(?:avant le|au plus tard(?: le| au| pour le| à la date du)?|d'ici (?:au|le|à)|pour le|"
    r"avant la fin du)",
    "UNTIL": r"(?:jusqu'au|DUE)",
    "FROM": r"(?:à partir|à compter|à dater|dès|avec effet)(?: du| le| au)?",
    "WEEKDAY": r"(?: (?:\w+di|dimanche))?",
    # A few words, the last of which is no participle: "contrats conclus à partir du".
    "WORDS": r"(?: [\w'()/,°-]+){0,8}?(?<!és)(?<!ées)(?<!é)(?<!ée)(?<!us)(?<!ues)(?<!ant)(?<!ants)"
    r"(?<!erts)(?<!ert)(?<! mis)(?<! mise)(?<! mises)(?<!service)(?<!marché)",
    "STUDY": r"\b(?:rapports?|réexamens?|évaluations?|bilans?)\b",
    "GIVES": r"\b(?:présent(?:e|ent|era|eront|er)|soumet(?:tent|tra|tront|tre)?|"
    r"transmet(?:tent|tra|tront|tre)?|établi(?:t|ssent|ra|ront|r)|publi(?:e|ent|era|eront|er)|"
    r"élabor(?:e|ent|era|er)|remet(?:tent|tra|tre)?|adress(?:e|ent|era|er)|"
    r"communiqu(?:e|ent|era|er)|fourni(?:t|ssent|ra|r)|rédige(?:nt|ra|r)?|"
    r"effectu(?:e|ent|era|er)|réalis(?:e|ent|era|er)|procèd(?:e|ent|era)|procéder|mèner?a?|"
    r"envoi(?:e|ent)|envoyer)\b",
    "REPORTS": r"(?:\b(?:fait|font|fera|feront|faire) rapport\b|"
    r"\b(?:réexamin|évalu)(?:e|ent|era|eront|er)\b|\bexamin(?:e|ent|era|er) "
    r"(?:si|l'application|la mise en|le fonctionnement|l'efficacité|la nécessité|l'opportunité)|"
    r"GIVES[^.;:]{0,110}?STUDY|\bprocèd\w+ à (?:un|une|l'|la) ?(?:nouvel )?(?:examen|révision))",
    "VIEWS": r"\b(?:observations|contributions|avis|réponses|commentaires|remarques|"
    r"points de vue)\b",
    "ASKED": r"\b(?:peuvent|peut|pouvez|pourrez|pourront|doivent|devront|"
    r"invité\w*|invite\w*|veuillez|priée?s?|"
    r"à (?:adresser|envoyer|transmettre|faire parvenir|soumettre)|attendu\w*)\b",
    # What was done on a day is not what happens then: "l'accord signé le".
    "DONE": r"\b(?!(?:envoy|adress|organis|convoqu|fix|programm|dépos|prolong|présent|formul|"
    r"communiqu)ée?s?)(?:\w+ée?s?|conclue?s?|prise?s?|rendue?s?|mise?s?|établie?s?) "
    r"(?:le|du|au|avant le|au plus tard le|jusqu'au)WEEKDAY DATE",
    # Conditions that leave the day open.
    "LATER": r"\bsi (?:cette|la) date\b|\bselon la date\b|\bla date la plus\b",
    "EVENT": r"\b(?:réunions?|conférences?|sommets?|forum|sessions?|séminaires?|ateliers?|"
    r"webinaires?|auditions?|assemblée|congrès|plénière|table ronde|journée)\b",
    "WILL": r"\b(?:se tiendr(?:a|ont)|aur(?:a|ont) lieu|se réunir(?:a|ont)|(?:est|sont) prévue?s?|"
    r"ser(?:a|ont) organisée?s?|débutera|s'ouvrira|(?:est|sont) convoquée?s?|se déroulera|"
    r"(?:est|sont) programmée?s?|doit (?:se tenir|avoir lieu))\b",
}  # fmt: skip

FRENCH = phrases(
    _WORDS,
    {
        KeyKind.TRANSPOSITION: (
            r"(?:\bmett(?:ent|re|ront) en vigueur|\badopt(?:ent|er|eront) et publi\w+|"
            r"\btranspos(?:er|ent|ée?s?|ition)\b|\bse conformer à la présente directive)FAR "
            r"(?:DUE DATE|le DATE au plus tard)",
            r"(?:DUE DATE|le DATE au plus tard),?GAP(?:\bmett(?:ent|re) en vigueur|"
            r"\badopt(?:ent|er) et publi|\btransposent)",
            r"(?:délai|date limite|échéance)NEARtransposition[^.;\dDATE]{0,60}? DATE",
        ),
        KeyKind.ENTRY_INTO_FORCE: (
            r"\bentre(?:nt|ra|ront|r)? en vigueur (?:le|au|FROM) DATE",
            r"\bentrée en vigueur ?(?:est |sera )?(?:fixée|prévue|:) ?(?:au |le |pour le )?DATE",
        ),
        KeyKind.APPLICATION: (
            r"(?:\bapplicables?|\bappliqu(?:e|ent|era|eront|er|és?|ées?)|"
            r"\b(?:prend(?:ra|re)?|prennent|prendront) effet)WORDS FROM DATE",
            r"\b(?:prend(?:ra)?|prennent|prendront) effet le DATE",
            r"\b(?:est|sont|sera|seront|devien\w+) applicables? (?:le|au) DATE",
            r"\b(?:ne|n') ?(?:\w+ ){0,4}(?:s'appliquer|s'applique|applicables?) que le DATE",
            r"\bdate d'application ?(?:est|:)?(?: le| fixée au)? DATE",
        ),
        KeyKind.REPORT: (
            r"(?:DUE DATE|le DATE au plus tard),?GAP REPORTS",
            r"REPORTS(?:[^.;DATE]){0,220}?(?<!és )(?<!ées )(?<!pris )(?<!prises )(?<!conclus )"
            r"(?:DUE DATE|le DATE au plus tard)",
            r"STUDYGAP\b(?:est|sont|sera|seront|doi(?:t|vent) être|devrai(?:t|ent) être) "
            r"(?:présenté|soumis|transmis|établi|publié|remis|adressé|achevé|effectué|réalisé|"
            r"envoyé|communiqué)\w*GAP(?:DUE DATE|le DATE au plus tard)",
        ),
        KeyKind.CONSULTATION: (
            r"VIEWSGAP ASKEDGAP UNTILWEEKDAY DATE",
            r"ASKEDGAP (?:VIEWS|\b(?:répondre|contribuer|réagir)\b)GAP UNTILWEEKDAY DATE",
            r"\bconsultationGAP\b(?:ouverte?|clôtur\w+|se termine\w*|prend(?:ra)? fin|s'achève\w*|"
            r"se déroule\w*|court|se poursui\w+)\bGAP (?:jusqu'au|le|au)WEEKDAY DATE",
            r"\b(?:date limite|délai|échéance|dernier jour)NEAR(?:consultation|VIEWS|répon\w+|"
            r"contribu\w+)[^.;DATE]{0,60}?DATE",
        ),
        KeyKind.MEETING: (
            r"EVENTGAP WILLGAP\b(?:le|du|au|les)WEEKDAY DATE",
            r"\b(?:se réunir(?:a|ont))\bNEAR (?:le|du|les)WEEKDAY DATE",
            r"\b(?:organisera|tiendra|accueillera)\bGAP EVENTNEAR (?:le|du|les)WEEKDAY DATE",
            r"\bprochaine? (?:\w+ )?EVENT(?: \w+){0,4} ?(?:le|:|est fixée au|aura lieu le)WEEKDAY "
            r"DATE",
        ),
    },
    {
        KeyKind.ENTRY_INTO_FORCE: r"\b(?:qui|si|lorsqu\w+|avant|après)\b (?:\w+ ){0,2}entr\w+ en "
        r"vigueur[^.;,]{0,20}DATE"
        r"|\binitialement\b",
        KeyKind.REPORT: r"\binformations (?:nécessaires|requises)\b",
        KeyKind.APPLICATION: r"\b(?:ne|n')[^.;,]{0,30}appli\w+ (?:pas|plus)\bNEAR DATE"
        r"|\btel(?:le)?s? qu|LATER|\bà appliquer\b|\bcess\w+[^.;,]{0,20}appli\w+NEAR DATE"
        r"|\b(?:qui|si|dont|auxquel\w+) (?:\w+ ){0,2}(?:s'appli|appli|pren)\w*[^.;]{0,60}DATE",
        KeyKind.TRANSPOSITION: r"\bexpiré|LATER",
        KeyKind.CONSULTATION: r"\b(?:a|ont) (?:été|reçu|duré|eu)\b|"
        r"\bs(?:'est|e sont)\b|\bétait\b|DONE",
        KeyKind.MEETING: r"\b(?:s'est|se sont) (?:tenu|réuni)|DONE",
    },
)  # fmt: skip
