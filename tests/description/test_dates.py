"""Dates as the languages of the EU write them."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.description.dates import find_dates


@pytest.mark.parametrize(
    "text",
    [
        "of 11 December 2018",
        "December 11, 2018",
        "du 11 décembre 2018",
        "vom 11. Dezember 2018",
        "de 11 de diciembre de 2018",
        "dell'11 dicembre 2018",
        "van 11 december 2018",
        "z dnia 11 grudnia 2018 r.",
        "av den 11 december 2018",
        "af 11. december 2018",
        "annettu 11 päivänä joulukuuta 2018".replace("päivänä ", ""),
        "de 11 de dezembro de 2018",
        "Bruxelles, le 11.12.2019".replace("2019", "2018"),
        "11/12/2018",
        "2018-12-11",
        "OF 11 DECEMBER 2018",
    ],
)
def test_a_date_is_found_in_its_language(text: str) -> None:
    (found,) = find_dates(text)
    assert found.iso == "2018-12-11"
    assert found.span.of(text) in text
    assert "2018" in found.span.of(text)


_MONTHS = {
    "bg": "януари февруари март април май юни юли август септември октомври ноември декември",
    "cs": "ledna února března dubna května června července srpna září října listopadu prosince",
    "da": "januar februar marts april maj juni juli august september oktober november december",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "el": "Ιανουαρίου Φεβρουαρίου Μαρτίου Απριλίου Μαΐου Ιουνίου Ιουλίου Αυγούστου Σεπτεμβρίου "
    "Οκτωβρίου Νοεμβρίου Δεκεμβρίου",
    "en": "January February March April May June July August September October November December",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
    "diciembre",
    "et": "jaanuar veebruar märts aprill mai juuni juuli august september oktoober november "
    "detsember",
    "fi": "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta "
    "syyskuuta lokakuuta marraskuuta joulukuuta",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "ga": "Eanáir Feabhra Márta Aibreán Bealtaine Meitheamh Iúil Lúnasa Meán_Fómhair "
    "Deireadh_Fómhair Samhain Nollaig",
    "hr": "siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna listopada "
    "studenoga "
    "prosinca",
    "hu": "január február március április május június július augusztus szeptember október "
    "november "
    "december",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre "
    "dicembre",
    "lt": "sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio "
    "lapkričio "
    "gruodžio",
    "lv": "janvāris februāris marts aprīlis maijs jūnijs jūlijs augusts septembris oktobris "
    "novembris decembris",
    "mt": "Jannar Frar Marzu April Mejju Ġunju Lulju Awwissu Settembru Ottubru Novembru Diċembru",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października "
    "listopada grudnia",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro "
    "dezembro",
    "ro": "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie "
    "decembrie",
    "sk": "januára februára marca apríla mája júna júla augusta septembra októbra novembra "
    "decembra",
    "sl": "januarja februarja marca aprila maja junija julija avgusta septembra oktobra novembra "
    "decembra",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
}
_WRITTEN = {
    "bg": "7 {} 2021 г.",
    "cs": "7. {} 2021",
    "es": "7 de {} de 2021",
    "fi": "7 päivänä {} 2021",
    "hr": "7. {} 2021.",
    "hu": "2021. {} 7.",
    "lt": "2021 m. {} 7 d.",
    "lv": "2021. gada 7. {}",
    "mt": "tas-7 ta’ {} 2021",
    "pt": "7 de {} de 2021",
}


@pytest.mark.parametrize("language", _MONTHS)
def test_every_month_is_known_in_every_language(language: str) -> None:
    months = _MONTHS[language].split()
    assert len(months) == 12
    for number, month in enumerate(months, start=1):
        text = _WRITTEN.get(language, "7 {} 2021").format(month.replace("_", " "))
        assert [found.iso for found in find_dates(text)] == [f"2021-{number:02}-07"], text


@pytest.mark.parametrize("text", ["2018.12.11.", "2018 12 11", "2018. gada 11. decembrī"])
def test_a_date_may_begin_with_the_year(text: str) -> None:
    assert [found.iso for found in find_dates(text)] == ["2018-12-11"]


@pytest.mark.parametrize("text", ["le 1er mars 2021", "on 1st March 2021", "den 1. März 2021"])
def test_the_first_of_a_month_is_found(text: str) -> None:
    assert [found.iso for found in find_dates(text)] == ["2021-03-01"]


@pytest.mark.parametrize(
    "text",
    ["31.11.2020", "12 Members 2020", "2018/1999", "No 11 12 2018", "December 2018", "1.2.3.2018",
     "00.12.2018", "2021-2027"],
)  # fmt: skip
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert find_dates(text) == []


def test_dates_come_in_the_order_of_the_text() -> None:
    text = "Adopted 2017-10-03, revised on 6 February 2018, in force 25.5.2018"
    assert [d.iso for d in find_dates(text)] == ["2017-10-03", "2018-02-06", "2018-05-25"]


@given(st.dates(datetime.date(1950, 1, 1), datetime.date(2099, 12, 31)))
def test_every_day_is_found_in_figures_as_it_was_written(day: datetime.date) -> None:
    for text in (day.isoformat(), f"{day.day}.{day.month}.{day.year}", f"{day:%d/%m/%Y}"):
        assert [found.iso for found in find_dates(f"Brussels, {text}")] == [day.isoformat()]
