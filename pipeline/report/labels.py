"""Every word that a report says of its own, in English and in French."""

from __future__ import annotations

from pipeline.core.tags import Origin, Reason
from pipeline.report.text import NARROW, NO_BREAK
from pipeline.report.values import Change, Language
from pipeline.report.wording import Labels, Plural

ENGLISH = Labels(
    language="en",
    months=(
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ),
    colon=": ",
    quotes=("“", "”"),
    thousands=",",
    percent="%",
    report="What is new",
    made="Made on",
    contents="Policy files",
    skip="Skip to the policy files",
    works=Plural("publication", "publications"),
    documents=Plural("document", "documents"),
    pages=Plural("page", "pages"),
    main_count=Plural("as main subject", "as main subject"),
    also_count=Plural("in part", "in part"),
    main="Main subject",
    also="Also treated",
    nothing="Nothing new in this period.",
    nothing_main="No new publication has it as its main subject.",
    none="nothing new",
    quiet="Nothing new on",
    change="Change",
    changes={
        Change.NEW: "New",
        Change.DECIDED: "Decided by a person",
        Change.UPDATED: "Updated",
        Change.RETAGGED: "Tagged anew",
    },
    since_last="Changes since the report of {}",
    unchanged=Plural(
        "{n} entry is as it was and not listed.", "{n} entries are as they were and not listed."
    ),
    gone="No longer listed",
    no_gone="All that the last report listed still belongs here.",
    waiting_count=Plural("to review", "to review"),
    unread_count=Plural("document that could not be read", "documents that could not be read"),
    by_language="Documents by language",
    languages_told="The longer a bar, the more documents are mostly in the language.",
    charts="At a glance",
    timeline="Publications by policy file over time",
    timeline_told=(
        "Each mark is a publication at its date: full where the policy file is its main subject, "
        "hollow where it is also treated."
    ),
    heat_by_month="Publications by policy file and month",
    heat_by_year="Publications by policy file and year",
    heat_told="The darker a cell, the more publications.",
    by_month="By month",
    by_year="By year",
    total="In all",
    shared="Also a main subject",
    pillars="Shared with",
    shared_works="Shared with other pillars",
    no_shared="No publication of this report is mainly about another pillar, too.",
    why="Why it is here",
    dated_in="dated in the period ({})",
    arrived_in="undated, came in during the period ({})",
    said="a person said so",
    then="; ",
    reviewed="reviewed by {} on {}",
    unreviewed="not reviewed",
    reviewed_by="Reviewed by",
    reviewed_on="Reviewed on",
    dated="Date",
    date_unknown="date unknown",
    came_in="came in on {}",
    added="Came in on",
    title="Title",
    institution="Institution",
    kind="Kind",
    languages="Languages",
    page="Page",
    page_short="p.",
    file="Policy file",
    pillar="Pillar",
    grade="Grade",
    confidence="Confidence",
    origin="Given by",
    reason="Reason",
    quote="Quote",
    matches="Matched words",
    path="File",
    link="Link",
    work="Publication",
    waiting="To review",
    waiting_intro=Plural(
        "This publication may be about a policy file, too; it is not listed above.",
        "These {n} publications may be about a policy file, too; they are not listed above for it.",
    ),
    waiting_more=Plural(
        "{n} more suggestion waits; see “fourp review”.",
        "{n} more suggestions wait; see “fourp review”.",
    ),
    waiting_form=(
        "To decide, fill in the sheet “To review” of this report as an Excel workbook (XLSX) and "
        "send it back; “fourp review --import” takes it."
    ),
    no_waiting="No suggestion waits for a person’s word.",
    decision="Decision",
    by="By",
    note="Note",
    seen="Seen",
    document_id="Document id",
    file_id="File id",
    period="Period",
    choices=("yes", "also", "no"),
    overview="Overview",
    unread="Not read",
    failures="Documents that could not be read",
    failures_intro=Plural(
        "This document was found but is missing from the report.",
        "These {n} documents were found but are missing from the report.",
    ),
    no_failures="Every document that was found could be read.",
    document="Document",
    remedy="What to do",
    notes="How to read this report",
    note_period=(
        "A publication is listed if one of its language versions is dated in the period. Where no "
        "date could be found, the day on which the document came in counts, and the entry says so."
    ),
    note_machine=(
        "Documents are sorted into policy files by machine, unless a person is named as the "
        "source. The quotes show why; open the document at the page before you rely on it."
    ),
    note_confidence=(
        "Confidence runs from 0% to 100%. Under “also treated” are publications that deal "
        "with the policy file in part only."
    ),
    note_undated=Plural(
        "{n} more publication has neither a date nor a known day of arrival and is not listed.",
        "{n} more publications have neither a date nor a known day of arrival and are not listed.",
    ),
    origins={
        Origin.RULE: "the vocabulary",
        Origin.MODEL: "the trained tagger",
        Origin.PERSON: "a person",
    },
    reasons={
        Reason.TERM: "term",
        Reason.REFERENCE: "legal reference",
        Reason.FEATURE: "learned feature",
    },
    join=" and ",
    between="{} to {}",
    within_month="{}–{}",
    within_year="{} to {}",
    on="{}",
    first="1",
)  # fmt: skip

FRENCH = Labels(
    language="fr",
    months=(
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
        "octobre", "novembre", "décembre",
    ),
    colon=f"{NO_BREAK}: ",
    quotes=(f"«{NO_BREAK}", f"{NO_BREAK}»"),
    thousands=NARROW,
    percent=f"{NO_BREAK}%",
    report="Les nouveautés",
    made="Établi le",
    contents="Dossiers",
    skip="Aller aux dossiers",
    works=Plural("publication", "publications"),
    documents=Plural("document", "documents"),
    pages=Plural("page", "pages"),
    main_count=Plural("en sujet principal", "en sujet principal"),
    also_count=Plural("en partie", "en partie"),
    main="Sujet principal",
    also="Aussi traité",
    nothing="Rien de nouveau pendant cette période.",
    nothing_main="Aucune nouvelle publication n’en fait son sujet principal.",
    none="rien de nouveau",
    quiet="Rien de nouveau sur",
    change="Changement",
    changes={
        Change.NEW: "Nouveau",
        Change.DECIDED: "Décidé par une personne",
        Change.UPDATED: "Mis à jour",
        Change.RETAGGED: "Reclassé",
    },
    since_last="Changements depuis le rapport du {}",
    unchanged=Plural(
        "{n} entrée est restée telle quelle et n’est pas citée.",
        "{n} entrées sont restées telles quelles et ne sont pas citées.",
    ),
    gone="Ne sont plus cités",
    no_gone="Tout ce que le dernier rapport citait a encore sa place ici.",
    waiting_count=Plural("à vérifier", "à vérifier"),
    unread_count=Plural("document qui n’a pas pu être lu", "documents qui n’ont pas pu être lus"),
    by_language="Documents par langue",
    languages_told="Plus une barre est longue, plus il y a de documents surtout dans la langue.",
    charts="En un coup d’œil",
    timeline="Publications par dossier au fil du temps",
    timeline_told=(
        f"Chaque point est une publication à sa date{NO_BREAK}: plein si le dossier en est le "
        "sujet principal, vide s’il est aussi traité."
    ),
    heat_by_month="Publications par dossier et par mois",
    heat_by_year="Publications par dossier et par an",
    heat_told="Plus une case est foncée, plus il y a de publications.",
    by_month="Par mois",
    by_year="Par an",
    total="En tout",
    shared="Autre sujet principal",
    pillars="En commun avec",
    shared_works="En commun avec d’autres piliers",
    no_shared="Aucune publication de ce rapport ne porte aussi sur un autre pilier.",
    why="Pourquoi elle est ici",
    dated_in="datée de la période ({})",
    arrived_in="sans date, reçue pendant la période ({})",
    said="une personne l’a dit",
    then=f"{NARROW}; ",
    reviewed="vérifié par {} le {}",
    unreviewed="non vérifié",
    reviewed_by="Vérifié par",
    reviewed_on="Vérifié le",
    dated="Date",
    date_unknown="date inconnue",
    came_in="reçue le {}",
    added="Date de réception",
    title="Titre",
    institution="Institution",
    kind="Type",
    languages="Langues",
    page="Page",
    page_short="p.",
    file="Dossier",
    pillar="Pilier",
    grade="Degré",
    confidence="Confiance",
    origin="Attribué par",
    reason="Motif",
    quote="Citation",
    matches="Mots reconnus",
    path="Fichier",
    link="Lien",
    work="Publication",
    waiting="À vérifier",
    waiting_intro=Plural(
        "Cette publication porte peut-être aussi sur un dossier, où elle n’est pas citée.",
        "Ces {n} publications portent peut-être aussi sur un dossier, où elles ne sont pas citées.",
    ),
    waiting_more=Plural(
        f"{{n}} autre suggestion attend{NARROW}; voir «{NO_BREAK}fourp review{NO_BREAK}».",
        f"{{n}} autres suggestions attendent{NARROW}; voir «{NO_BREAK}fourp review{NO_BREAK}».",
    ),
    waiting_form=(
        f"Pour décider, remplissez la feuille «{NO_BREAK}À vérifier{NO_BREAK}» de ce rapport au "
        f"format Excel (XLSX) et renvoyez-la{NARROW}; «{NO_BREAK}fourp review --import{NO_BREAK}» "
        "la reprend."
    ),
    no_waiting="Aucune suggestion n’attend l’avis d’une personne.",
    decision="Décision",
    by="Par",
    note="Remarque",
    seen="Vu",
    document_id="Identifiant du document",
    file_id="Identifiant du dossier",
    period="Période",
    choices=("oui", "aussi", "non"),
    overview="Aperçu",
    unread="Non lus",
    failures="Documents qui n’ont pas pu être lus",
    failures_intro=Plural(
        "Ce document a été trouvé, mais il manque dans le rapport.",
        "Ces {n} documents ont été trouvés, mais ils manquent dans le rapport.",
    ),
    no_failures="Tous les documents trouvés ont pu être lus.",
    document="Document",
    remedy="Que faire",
    notes="Comment lire ce rapport",
    note_period=(
        "Une publication est citée si l’une de ses versions linguistiques est datée de la "
        "période. À défaut de date, c’est le jour de réception du document qui compte, et "
        "l’entrée le dit."
    ),
    note_machine=(
        "Les documents sont classés par machine dans les dossiers, sauf mention d’une personne. "
        "Les citations montrent pourquoi\u202f; ouvrez le document à la page avant de vous y fier."
    ),
    note_confidence=(
        f"La confiance va de 0{NO_BREAK}% à 100{NO_BREAK}%. Sous «{NO_BREAK}aussi "
        f"traité{NO_BREAK}» figurent les publications qui n’abordent le dossier qu’en partie."
    ),
    note_undated=Plural(
        "{n} autre publication n’a ni date ni jour de réception connu et n’est pas citée.",
        "{n} autres publications n’ont ni date ni jour de réception connu et ne sont pas citées.",
    ),
    origins={
        Origin.RULE: "le vocabulaire",
        Origin.MODEL: "le classeur entraîné",
        Origin.PERSON: "une personne",
    },
    reasons={
        Reason.TERM: "terme",
        Reason.REFERENCE: "référence juridique",
        Reason.FEATURE: "indice appris",
    },
    join=" et ",
    between="du {} au {}",
    within_month="du {} au {}",
    within_year="du {} au {}",
    on="le {}",
    first="1er",
)  # fmt: skip


def labels(language: Language) -> Labels:
    """Return the words of a report in ``language``."""
    return FRENCH if language == "fr" else ENGLISH
