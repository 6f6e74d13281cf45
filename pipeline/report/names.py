"""Kinds of documents and institutions, by the spellings that documents use for them."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.core.text import fold

Name = tuple[str, str]  # English, and French as documents write it; reports have catalogues

_KINDS: tuple[Name, ...] = (
    ("agenda", "ordre du jour"),
    ("agreement", "accord"),
    ("annex", "annexe"),
    ("article", "article"),
    ("briefing", "note d’information"),
    ("brochure", "brochure"),
    ("circular", "circulaire"),
    ("communication", "communication"),
    ("consultation reply", "réponse à une consultation"),
    ("corrigendum", "rectificatif"),
    ("decision", "décision"),
    ("declaration", "déclaration"),
    ("delegated regulation", "règlement délégué"),
    ("directive", "directive"),
    ("explanatory memorandum", "exposé des motifs"),
    ("factsheet", "fiche d’information"),
    ("green paper", "livre vert"),
    ("guide", "guide"),
    ("hearing", "audition"),
    ("impact assessment", "analyse d’impact"),
    ("implementing decision", "décision d’exécution"),
    ("implementing regulation", "règlement d’exécution"),
    ("leaflet", "dépliant"),
    ("legal act", "acte juridique"),
    ("letter", "lettre"),
    ("minutes", "procès-verbal"),
    ("newsletter", "lettre d’information"),
    ("notice", "avis"),
    ("opinion", "avis"),
    ("position paper", "prise de position"),
    ("presentation", "présentation"),
    ("press release", "communiqué de presse"),
    ("programme", "programme"),
    ("proposal", "proposition"),
    ("recommendation", "recommandation"),
    ("regulation", "règlement"),
    ("report", "rapport"),
    ("resolution", "résolution"),
    ("rules", "règlement intérieur"),
    ("speech", "discours"),
    ("staff working document", "document de travail des services"),
    ("statement", "déclaration"),
    ("strategy", "stratégie"),
    ("study", "étude"),
    ("survey", "enquête"),
    ("table", "tableau"),
    ("web article", "article en ligne"),
    ("white paper", "livre blanc"),
    ("work programme", "programme de travail"),
)

# Each with the spellings that documents use for it, besides the two names (Interinstitutional
# Style Guide, annex A5, for the institutions of the Union).
_INSTITUTIONS: Mapping[Name, tuple[str, ...]] = {
    ("CEMR", "CCRE"): ("CMRE", "RGRE"),
    ("PLATFORMA", "PLATFORMA"): (),
    ("European Parliament", "Parlement européen"): ("Parliament", "Parlement", "EP", "PE"),
    ("European Council", "Conseil européen"): (),
    ("Council of the European Union", "Conseil de l’Union européenne"): ("Council", "Conseil"),
    ("European Commission", "Commission européenne"): ("Commission", "EC"),
    ("European Parliament and Council", "Parlement européen et Conseil"): (
        "Parliament and Council",
        "European Parliament and Council of the European Union",
    ),
    ("Court of Justice of the European Union", "Cour de justice de l’Union européenne"): ("CJEU",),
    ("European Central Bank", "Banque centrale européenne"): ("Central Bank", "ECB", "BCE"),
    ("European Court of Auditors", "Cour des comptes européenne"): ("Court of Auditors", "ECA"),
    ("European Economic and Social Committee", "Comité économique et social européen"): (
        "Economic and Social Committee",
        "EESC",
        "CESE",
    ),
    ("European Committee of the Regions", "Comité européen des régions"): (
        "Committee of the Regions",
        "Comité des régions",
        "CoR",
        "CdR",
    ),
    ("European Investment Bank", "Banque européenne d’investissement"): ("EIB", "BEI"),
    ("European External Action Service", "Service européen pour l’action extérieure"): (
        "EEAS",
        "SEAE",
    ),
    ("European Union", "Union européenne"): ("EU", "UE"),
    ("Council of Europe", "Conseil de l’Europe"): (),
}

_KIND_BY_SPELLING = {fold(spelling): kind[0] for kind in reversed(_KINDS) for spelling in kind}
_INSTITUTION_BY_SPELLING = {
    fold(spelling): name[0] for name, also in _INSTITUTIONS.items() for spelling in (*name, *also)
}

KINDS = tuple(english for english, _ in _KINDS)
INSTITUTIONS = tuple(english for english, _ in _INSTITUTIONS)


def kind_of(spelling: str) -> str:
    """Return the English name of a kind of document; the spelling itself where unknown."""
    plain = spelling.replace("-", " ").replace("_", " ")
    # A French spelling that two kinds share ("avis") says nothing about which one it is; the
    # first in the list is as good as the other, and both read the same in French.
    return _KIND_BY_SPELLING.get(fold(plain), spelling)


def institution_of(spelling: str) -> str:
    """Return the English name of an institution; the spelling itself where unknown."""
    return _INSTITUTION_BY_SPELLING.get(fold(spelling), spelling)
