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
}  # fmt: skip

MENTIONED = {
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
        "The last meeting was held in Lyon on 12 June 2027.",
        "The Commission shall report on decisions taken by 31 December 2027.",
        "By 31 December 2027, towns shall replace all lamps.",
        "By 10 July 2027, the Authority shall issue guidelines on the reporting of doubts.",
        "Member States that are not members by 31 January 2029 shall bring into force the laws.",
        "The transposition deadline of 31 January 2029 has not expired.",
        "Done at Brussels, 3 March 2027.",
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
        "La dernière réunion s’est tenue à Lyon le 12 juin 2027.",
        "Au plus tard le 31 décembre 2027, les villes remplacent toutes les lampes.",
        "Les règles telles qu’elles sont applicables le 31 décembre 2027 restent sans effet.",
        "Le délai de transposition n’a pas expiré le 31 janvier 2029.",
        "Fait à Bruxelles, le 3 mars 2027.",
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


def test_every_language_has_phrases_for_every_kind_or_says_which_it_lacks() -> None:
    for code in ("en", "fr"):
        assert {kind for kind, _ in PHRASES[code].announcing} == set(KeyKind)
