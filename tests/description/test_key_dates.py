"""Sentences announce dates, or only mention them; what is found says which day, kind and page."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from pipeline.core.document import Document, Layout
from pipeline.core.key_dates import KeyKind
from pipeline.core.text import one_line
from pipeline.description.key_dates import PHRASES, key_dates
from tests.documents import document, documents

ANNOUNCED = {
    "en": [
        ("consultation", "2027-05-26", "Comments on the draft may be sent until 26 May 2027."),
        ("consultation", "2027-05-26", "Towns are invited to send their views by 26 May 2027."),
        ("consultation", "2027-05-26", "The consultation is open from 3 March to 26 May 2027."),
        ("consultation", "2027-05-26", "Deadline for feedback: 26 May 2027"),
        ("consultation", "2027-05-26", "The consultation closes on Wednesday 26 May 2027."),
        ("consultation", "2027-05-26", "Comments must be received by 26 May 2027."),
        ("consultation", "2027-05-26", "The draft is open for comments until 26 May 2027."),
        ("entry-into-force", "2027-01-01", "This Act shall enter into force on 1 January 2027."),
        ("application", "2028-07-01", "It shall apply from 1 July 2028, save for Article 3."),
        ("application", "2028-07-01", "They shall apply those provisions as from 1 July 2028."),
        ("application", "2028-07-01", "The new fees take effect on 1 July 2028."),
        (
            "transposition", "2029-01-31",
            "Member States shall bring into force the laws, regulations and administrative\n"
            "provisions necessary to comply with this Directive by 31 January 2029.",
        ),
        (
            "transposition", "2029-01-31",
            "Member States shall adopt and publish, by 31 January 2029, the provisions needed.",
        ),
        ("meeting", "2027-06-12", "The next meeting will be held in Lyon on 12 June 2027."),
        ("meeting", "2027-06-12", "The next meeting will be held on 12 June 2027."),
        ("meeting", "2027-06-12", "The conference takes shape: it will meet on 12 June 2027."),
        ("meeting", "2027-06-12", "A seminar is scheduled for Monday 12 June 2027."),
        ("meeting", "2027-06-12", "The congress will take place from 12 to 14 June 2027."),
        ("report", "2027-12-31", "By 31 December 2027 the Commission shall report on its use."),
        ("report", "2027-12-31", "The Commission shall, by 31 December 2027, review Article 4."),
        (
            "report", "2027-12-31",
            "The Commission shall submit a report to the Council by 31 December 2027.",
        ),
        ("report", "2027-12-31", "The first report shall be sent to it by 31 December 2027."),
    ],
    "fr": [
        (
            "consultation", "2027-05-26",
            "Les observations peuvent être envoyées jusqu’au 26 mai 2027.",
        ),
        ("consultation", "2027-05-26", "La consultation est ouverte jusqu’au 26 mai 2027."),
        ("consultation", "2027-05-26", "Date limite pour les contributions : le 26 mai 2027"),
        (
            "consultation", "2027-05-26",
            "Les villes sont invitées à adresser leurs remarques avant le 26 mai 2027.",
        ),
        ("entry-into-force", "2027-01-01", "Le présent acte entre en vigueur le 1er janvier 2027."),
        ("application", "2028-07-01", "Il est applicable à partir du 1er juillet 2028."),
        ("application", "2028-07-01", "Ils appliquent ces règles à compter du 1er juillet 2028."),
        ("application", "2028-07-01", "La mesure ne devrait s’appliquer que le 1er juillet 2028."),
        (
            "transposition", "2029-01-31",
            "Les États membres mettent en vigueur les dispositions nécessaires pour se conformer à "
            "la présente directive au plus tard le 31 janvier 2029.",
        ),
        (
            "transposition", "2029-01-31",
            "Les États membres adoptent et publient, au plus tard le 31 janvier 2029, les "
            "dispositions nécessaires.",
        ),
        ("meeting", "2027-06-12", "La prochaine réunion se tiendra à Lyon le 12 juin 2027."),
        ("meeting", "2027-06-12", "Le congrès aura lieu du 12 au 14 juin 2027."),
        ("meeting", "2027-06-12", "Le groupe de travail se réunira le mardi 12 juin 2027."),
        (
            "report", "2027-12-31",
            "Au plus tard le 31 décembre 2027, la Commission présente un rapport au Conseil.",
        ),
        (
            "report", "2027-12-31",
            "La Commission réexamine le présent acte le 31 décembre 2027 au plus tard.",
        ),
        (
            "report", "2027-12-31",
            "La Commission publie le rapport au plus tard le 31 décembre 2027.",
        ),
    ],
    "de": [
        ("consultation", "2027-05-26", "Stellungnahmen können bis zum 26. Mai 2027 eingehen."),
        ("consultation", "2027-05-26", "Die Konsultation läuft bis zum 26. Mai 2027."),
        ("entry-into-force", "2027-01-01", "Diese Satzung tritt am 1. Januar 2027 in Kraft."),
        ("application", "2028-07-01", "Sie gilt ab dem 1. Juli 2028."),
        ("application", "2028-07-01", "Sie wenden diese Vorschriften ab dem 1. Juli 2028 an."),
        (
            "transposition", "2029-01-31",
            "Die Mitgliedstaaten erlassen und veröffentlichen bis zum 31. Januar 2029 die nötigen "
            "Vorschriften.",
        ),
        ("meeting", "2027-06-12", "Die nächste Sitzung findet am 12. Juni 2027 in Lyon statt."),
        (
            "report", "2027-12-31",
            "Die Kommission legt dem Rat bis zum 31. Dezember 2027 einen Bericht vor.",
        ),
        ("report", "2027-12-31", "Die Kommission überprüft dies bis zum 31. Dezember 2027."),
    ],
    "es": [
        (
            "consultation", "2027-05-26",
            "Las observaciones podrán enviarse hasta el 26 de mayo de 2027.",
        ),
        ("entry-into-force", "2027-01-01", "El acto entrará en vigor el 1 de enero de 2027."),
        ("application", "2028-07-01", "Será aplicable a partir del 1 de julio de 2028."),
        (
            "transposition", "2029-01-31",
            "Los Estados miembros adoptarán y publicarán, a más tardar el 31 de enero de 2029, las "
            "disposiciones necesarias.",
        ),
        ("meeting", "2027-06-12", "La reunión se celebrará en Lyon el 12 de junio de 2027."),
        (
            "report", "2027-12-31",
            "A más tardar el 31 de diciembre de 2027, la Comisión presentará un informe.",
        ),
    ],
    "it": [
        ("consultation", "2027-05-08", "I contributi possono arrivare entro l’8 maggio 2027."),
        ("entry-into-force", "2027-01-01", "L’atto entra in vigore il 1° gennaio 2027."),
        ("application", "2028-07-01", "Esso si applica a decorrere dal 1° luglio 2028."),
        (
            "transposition", "2029-01-31",
            "Gli Stati membri adottano e pubblicano, entro il 31 gennaio 2029, le disposizioni.",
        ),
        ("meeting", "2027-06-12", "La riunione si terrà a Lione il 12 giugno 2027."),
        (
            "report", "2027-12-31",
            "Entro il 31 dicembre 2027 la Commissione presenta una relazione al Consiglio.",
        ),
    ],
    "nl": [
        ("consultation", "2027-05-26", "Reacties kunnen tot en met 26 mei 2027 worden ingediend."),
        ("entry-into-force", "2027-01-01", "Dit besluit treedt in werking op 1 januari 2027."),
        ("application", "2028-07-01", "Zij is van toepassing met ingang van 1 juli 2028."),
        (
            "transposition", "2029-01-31",
            "De lidstaten stellen uiterlijk op 31 januari 2029 de nodige bepalingen vast.",
        ),
        ("meeting", "2027-06-12", "De vergadering vindt op 12 juni 2027 in Lyon plaats."),
        (
            "report", "2027-12-31",
            "De Commissie dient uiterlijk op 31 december 2027 bij de Raad een verslag in.",
        ),
    ],
    "pl": [
        ("consultation", "2027-05-26", "Uwagi można zgłaszać do dnia 26 maja 2027 r."),
        ("entry-into-force", "2027-01-01", "Uchwała wchodzi w życie z dniem 1 stycznia 2027 r."),
        ("application", "2028-07-01", "Akt stosuje się od dnia 1 lipca 2028 r."),
        (
            "transposition", "2029-01-31",
            "Państwa członkowskie przyjmują i publikują do dnia 31 stycznia 2029 r. przepisy.",
        ),
        ("meeting", "2027-06-12", "Posiedzenie odbędzie się w Lyonie w dniu 12 czerwca 2027 r."),
        (
            "report", "2027-12-31",
            "Komisja przedstawi Radzie sprawozdanie do dnia 31 grudnia 2027 r.",
        ),
    ],
}  # fmt: skip

MENTIONED = {
    "de": [
        "Die Richtlinie 97/11/EG vom 3. März 2027 gilt für Städte.",
        "Sie gilt für ab dem 1. Juli 2028 geschlossene Verträge.",
        "Die Sitzung fand am 12. Juni 2027 statt.",
        "Bis zum 31. Dezember 2027 ersetzen die Städte alle Lampen.",
    ],
    "es": [
        "Se aplicará a los contratos celebrados a partir del 1 de julio de 2028.",
        "La reunión se celebró en Lyon el 12 de junio de 2027.",
        "Las ciudades cambiarán las lámparas antes del 31 de diciembre de 2027.",
    ],
    "it": [
        "Si applica ai contratti conclusi a decorrere dal 1° luglio 2028.",
        "La riunione si è tenuta a Lione il 12 giugno 2027.",
    ],
    "nl": [
        "Richtlijn 97/11/EG van 3 maart 2027 is van toepassing op steden.",
        "De vergadering vond op 12 juni 2027 plaats.",
    ],
    "pl": [
        "Dyrektywa 97/11/WE z dnia 3 marca 2027 r. dotyczy miast.",
        "Posiedzenie odbyło się w dniu 12 czerwca 2027 r.",
    ],
    "en": [
        "Council Directive 97/11/EC of 3 March 2027 shall apply to towns.",
        "It shall apply to contracts concluded from 1 July 2028.",
        "It shall not apply from 1 July 2028.",
        "It shall cease to apply from 1 July 2028.",
        "Aid that is paid until 1 July 2028 counts in full.",
        "The treaty entered into force on 1 December 2027.",
        "Rules which enter into force on 1 December 2027 are left aside.",
        "It shall enter into force on the twentieth day after 3 March 2027.",
        "A consultation ran until 26 May 2027.",
        "An online consultation was held from 3 March to 26 May 2027.",
        "The Council may give its opinions on acts adopted before 5 May 2027.",
        "The Group will hold a session devoted to the text proposed on 5 May 2027.",
        "The consultation closes the gap opened by the decision of the Court on 5 May 2027.",
        "The last meeting was held in Lyon on 12 June 2027.",
        "The Commission shall report on decisions taken by 31 December 2027.",
        "By 31 December 2027, towns shall replace all lamps.",
        "By 10 July 2027, the Authority shall issue guidelines on the reporting of doubts.",
        "Member States that are not members by 31 January 2029 shall bring into force the laws.",
        "The transposition deadline of 31 January 2029 has not expired.",
        "Done at Brussels, 3 March 2027.",
        "By 15 March 2027, they shall send facts necessary for the Commission to make a report.",
        "The rules, initially foreseen to enter into force on 1 December 2027, are not adopted.",
        "(3) OJ L 123, 4.5.2027, p. 1.",
        "It shall apply from 1 July 2028 or from the first delivery, whichever is later.",
        "When it shall apply from 1 July 2028 . . . . . . . . . 14",
    ],
    "fr": [
        "La directive 97/11/CE du 3 mars 2027 s’applique aux villes.",
        "Il s’applique aux contrats conclus à partir du 1er juillet 2028.",
        "Il ne s’applique pas à partir du 1er juillet 2028.",
        "Le traité est entré en vigueur le 1er décembre 2027.",
        "Les règles qui entrent en vigueur le 1er décembre 2027 sont laissées de côté.",
        "La consultation a été ouverte jusqu’au 26 mai 2027.",
        "La conférence aura lieu après l’accord signé le 5 mai 2027.",
        "Les avis peuvent porter sur les aides octroyées avant le 5 mai 2027.",
        "La dernière réunion s’est tenue à Lyon le 12 juin 2027.",
        "Au plus tard le 31 décembre 2027, les villes remplacent toutes les lampes.",
        "Les règles telles qu’elles sont applicables le 31 décembre 2027 restent sans effet.",
        "Le délai de transposition n’a pas expiré le 31 janvier 2029.",
        "Fait à Bruxelles, le 3 mars 2027.",
        "Date limite de transposition 84/450/CEE 1er octobre 2027",
    ],
}


@pytest.mark.parametrize(
    ("language", "kind", "day", "sentence"),
    [(code, *case) for code, cases in ANNOUNCED.items() for case in cases],
)
def test_a_sentence_that_announces_a_date_gives_day_and_kind(
    language: str, kind: str, day: str, sentence: str
) -> None:
    paper = document(f"Towns and regions.\n\n{sentence}\n\nThe end.", language=language)
    [key] = key_dates(paper)
    assert (key.kind.value, key.day) == (kind, day)
    assert one_line(paper.quote(key.sentence)) == one_line(sentence)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [(code, sentence) for code, sentences in MENTIONED.items() for sentence in sentences],
)
def test_a_date_that_is_only_mentioned_is_none(language: str, sentence: str) -> None:
    assert key_dates(document(f"Towns.\n\n{sentence}\n", language=language)) == ()


def test_two_dates_of_a_sentence_are_told_apart() -> None:
    text = "This Act shall apply from 1 July 2028, except Article 2, which was made on 3 May 2027."
    [key] = key_dates(document(text))
    assert key.day == "2028-07-01"


def test_the_full_stop_of_a_day_ends_no_sentence() -> None:
    text = (
        "Bericht gibt es bis zum 31. März 2027. Bis zum 30. Juni 2027 legt sie einen Bericht vor."
    )
    keys = key_dates(document(text, language="de"))
    [last] = [key for key in keys if key.day == "2027-06-30"]
    assert last.sentence.of(text) == "Bis zum 30. Juni 2027 legt sie einen Bericht vor."


def test_what_lies_before_the_date_of_the_document_is_not_announced() -> None:
    text = "It shall apply from 1 July 2028."
    assert key_dates(document(text, date="2028-07-02")) == ()
    assert key_dates(document(text, date="2028-07"))
    assert key_dates(document(text, date=""))


def test_the_page_is_that_of_the_date_and_a_table_of_contents_announces_nothing() -> None:
    text = "It shall apply from 1 July 2028."
    paper = document("First page.", text)
    assert [key.page for key in key_dates(paper)] == [2]
    contents = replace(paper.pages[1], layout=Layout(contents=True))
    assert key_dates(replace(paper, pages=(paper.pages[0], contents))) == ()


def test_a_language_without_phrases_announces_nothing() -> None:
    assert key_dates(document("It shall apply from 1 July 2028.", language="mt")) == ()


@given(documents())
def test_any_document_gives_dates_that_stand_in_their_sentence_on_their_page(
    paper: Document,
) -> None:
    sentence = "This Act shall apply from 1 July 2028.\n"
    for key in key_dates(paper):
        assert key.sentence in paper.page(key.page).span
    more = document(paper.text, sentence)
    assert key_dates(more)[-1].day == "2028-07-01"


def test_every_language_has_phrases_for_every_kind() -> None:
    for code in PHRASES:
        assert {kind for kind, _ in PHRASES[code].announcing} == set(KeyKind)
