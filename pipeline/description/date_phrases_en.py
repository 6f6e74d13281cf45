"""How English announces dates."""

from __future__ import annotations

from pipeline.core.key_dates import KeyKind
from pipeline.description.date_phrases import phrases

_WORDS = {
    "DUE": r"\b(?:by|before|on or before|(?:no|not) later than|at the latest (?:by|on))",
    "UNTIL": r"(?:\b(?:by|before|until|till|on or before|(?:no|not) later than)|"
    r"at the latest (?:by|on))",
    "SHALL": r"\b(?:shall|should|will|must|is to|are to|has to|have to)\b",
    "WEEKDAY": r"(?: (?:\w+day|mon|tue|wed|thu|fri|sat|sun),?)?",
    # A few words of which none is a participle: "apply to contracts concluded from".
    "WORDS": r"(?: (?!\w+(?:ed|ing)\b|"
    r"(?:put|made|taken|born|brought|shall|should|will|must)\b)[\w'()/,-]+){0,6}?",
    "STUDY": r"\b(?:reports?|reviews?|evaluations?|assessments?)\b",
    "GIVES": r"\b(?:submit|present|publish|prepare|draw up|produce|issue|provide|make|transmit|"
    r"send|deliver|forward|communicate|table|adopt|carry out|conduct|perform|undertake|complete)\b",
    "REPORTS": r"(?:\b(?:report|re-?examine|review|evaluate)\b|\bbe (?:re-?examined|reviewed|"
    r"evaluated)\b|\bassess (?:whether|the (?:application|implementation|functioning|"
    r"effectiveness|impact|need|operation))|GIVES[^.;:]{0,80}?STUDY)",
    # What was done by a date is not what shall be done by then: "decisions taken by".
    "UNDONE": r"(?<!\w(?<!submitt)(?<!present)(?<!publish)(?<!complet)(?<!review)(?<!evaluat)ed )"
    r"(?<!taken )(?<!made )(?<!ing )",
    "VIEWS": r"\b(?:comments?|contributions|views|feedback|responses|replies|observations|"
    r"answers|input|opinions)\b",
    "ASKED": r"\b(?:may|can|invited?|invites|please|welcomes?|requested|asked|encouraged|"
    r"should be (?:sent|submitted)|must be (?:sent|submitted|received))\b",
    # What was done on a day is not what happens then: "the text proposed on".
    "DONE": r"\b(?!(?:submitt|receiv|schedul|plann|conven|organi[sz]|extend|present|host)ed)"
    r"(?:\w+ed|given|taken|made|set up|sent out|(?<!be )held) "
    r"(?:on|from|before|by|until)WEEKDAY DATE",
    # Conditions that leave the day open.
    "LATER": r"\bwhichever\b|\bif (?:that|this|such) date\b",
    "EVENT": r"\b(?:meetings?|conferences?|summits?|forum|sessions?|seminars?|workshops?|"
    r"webinars?|hearings?|general assembly|congress|plenary|round ?table|info(?:rmation)? day)\b",
}  # fmt: skip

ENGLISH = phrases(
    _WORDS,
    {
        KeyKind.TRANSPOSITION: (
            r"(?:bring into force the|adopt and publish|\btranspose\b|\btransposed\b"
            r"|comply with this directive|bring into force)FAR UNDONEDUE DATE",
            r"\b(?:bring into force|adopt and publish|transpose),? DUE DATE",
            r"DUE DATE(?: at the latest)?,?GAP(?:bring into force|adopt and publish|transpose\b)",
            r"(?:transposition|transposing) (?:deadline|time limit|date)[^.;\dDATE]{0,60}? DATE",
            r"(?:deadline|time limit|date) for (?:the )?transpos[^.;\dDATE]{0,60}? DATE",
        ),
        KeyKind.ENTRY_INTO_FORCE: (
            r"\b(?:enter|enters|entering|come|comes) into force (?:on |from |as of |as from )?DATE",
            r"(?:entry|entering|coming) into force(?: is| will be)? ?(?:set|planned|scheduled|"
            r"expected|foreseen|:) ?(?:on |for |by )?DATE",
        ),
        KeyKind.APPLICATION: (
            r"\b(?:appl(?:y|ies)|be applied|applicable|takes? effect)WORDS "
            r"(?:(?:only )?(?:as )?(?:from|of)|with effect from|starting (?:from|on)) DATE",
            r"\btakes? effect on DATE",
            r"\b(?:be|is|are|becomes?) applicable on DATE",
            r"\b(?:date|start) of application ?(?:is|:|shall be)? DATE",
        ),
        KeyKind.REPORT: (
            r"DUE DATE(?: at the latest)?,?GAP SHALLGAP REPORTS",
            r"SHALL,?NEAR DUE DATE,?GAP REPORTS",
            r"SHALLGAP REPORTS(?:(?! SHALL)[^.;DATE]){0,220}? UNDONEDUE DATE"
            r"(?= ?(?:[.,;:)]|$|and\b|at the latest|on\b|to\b))",
            r"STUDYGAP SHALL be (?:submitted|presented|published|sent|made|completed|delivered|"
            r"transmitted|carried out|drawn up|adopted|issued|prepared)GAP DUE DATE",
            r"STUDY (?:is|are) (?:due|expected|planned|scheduled|foreseen)NEAR DATE",
        ),
        KeyKind.CONSULTATION: (
            r"VIEWSGAP ASKEDGAP UNTILWEEKDAY DATE",
            r"ASKEDGAP (?:VIEWS|\b(?:comment|respond|reply|contribute|answer)\b)GAP "
            r"UNTILWEEKDAY DATE",
            r"\bconsultationGAP\b(?:open|runs?|remains?|continues?)\bGAP "
            r"(?:until|till|to)WEEKDAY DATE",
            r"\bconsultation\b[^.;DATE]{0,60}?\b(?:closes?|ends?) onWEEKDAY DATE",
            r"\bopen (?:for|to) (?:public )?(?:VIEWS|consultation)NEAR "
            r"(?:until|till|to)WEEKDAY DATE",
            r"\b(?:deadline|closing date|last day)\bNEAR(?:consultation|VIEWS|commenting|"
            r"responding|replying|contributing)[^.;DATE]{0,60}?DATE",
            r"(?:consultation|feedback) (?:period|deadline) ?[:–-][^.;DATE]{0,60}?DATE",
        ),
        KeyKind.MEETING: (
            r"EVENTGAP\b(?:will|shall|is to|are to|is due to|is scheduled to|is expected to) "
            r"(?:\w+ )?(?:be held|take place|meet|convene|gather|be organi[sz]ed|be hosted)"
            r"\bGAP\b(?:on|from|between)WEEKDAY DATE",
            r"EVENTGAP\b(?:is|are) (?:scheduled|planned|foreseen|convened)NEAR "
            r"(?:for|on)WEEKDAY DATE",
            r"\bnext (?:\w+ ){0,3}EVENT(?: is| will be|:| –)?NEAR (?:on|:)WEEKDAY DATE",
            r"\b(?:will|shall) (?:next )?(?:meet|convene|gather)\bNEAR (?:on|from)WEEKDAY DATE",
            r"\b(?:will|shall) (?:host|hold|organi[sz]e)\bGAP EVENTNEAR (?:on|from)WEEKDAY DATE",
        ),
    },
    {
        KeyKind.ENTRY_INTO_FORCE: r"\b(?:which|that|who|if|where|before|after|until)\b"
        r"(?: \w+){0,2} (?:enter|come)s? into force[^.;,]{0,20}DATE"
        r"|\b(?:initially|originally)\b",
        KeyKind.REPORT: r"\b(?:necessary|needed|required) for the commission\b",
        KeyKind.APPLICATION: r"\b(?:not|ceased? to|ceases to|no longer)\b[^.;,]{0,20}"
        r"appl\w+NEAR DATE"
        r"|\bas (?:(?:it|they) )?(?:is |are )?appli|LATER"
        r"|\b(?:which|that|who|if|where)\b (?:\w+ ){0,2}(?:appl|take)\w*[^.;]{0,60}DATE",
        KeyKind.TRANSPOSITION: r"\bexpired\b|LATER"
        r"|\bMember States (?:that|which)\b[^.;,]{0,60}DATE",
        KeyKind.CONSULTATION: r"\b(?:was|were|ran|closed|ended|lasted|took|had|held|gave|"
        r"delivered)\b|(?<!be )\breceived\b|DONE",
        KeyKind.MEETING: r"\b(?:was|were) (?:held|organi[sz]ed|convened)\b|\btook place\b|DONE",
    },
)  # fmt: skip
