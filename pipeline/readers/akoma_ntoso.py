"""Akoma Ntoso, the XML of parliaments and, as AKN4EU, of new EU proposals.

Source: OASIS LegalDocML 1.0 (Akoma Ntoso Version 1.0, part 2).
"""

from __future__ import annotations

from typing import Any

from pipeline.core.text import one_line
from pipeline.readers.cleaning import cleaned
from pipeline.readers.xml_blocks import Vocabulary
from pipeline.readers.xml_tree import attribute

_LANGUAGES = {
    "bul": "bg", "ces": "cs", "dan": "da", "deu": "de", "ell": "el", "eng": "en", "est": "et",
    "fin": "fi", "fra": "fr", "gle": "ga", "hrv": "hr", "hun": "hu", "ita": "it", "lav": "lv",
    "lit": "lt", "mlt": "mt", "nld": "nl", "pol": "pl", "por": "pt", "ron": "ro", "slk": "sk",
    "slv": "sl", "spa": "es", "swe": "sv",
}  # fmt: skip

VOCABULARY = Vocabulary(
    skipped=frozenset({"meta"}),
    sections=frozenset(
        """part title chapter section subpart subtitle subchapter subsection article book tome
        division hcontainer attachment doc annex clause rule""".split()
    ),
    headings=frozenset({"num", "heading", "subheading"}),
    inline=frozenset(
        """a abbr affectedDocument b concept courtType date def del docAuthority docCommittee
        docDate docIntroducer docJurisdiction docNumber docProponent docPurpose docStage
        docStatus docTitle docType docketNumber em entity event fillIn formula i img inline
        ins lawyer legislature location marker mmod mod neutralCitation object omissis
        opinion organization outcome party person placeholder process quantity quotedText
        ref remark rmod role rref session shortTitle signature span strong sub sup term time
        u vote""".split()
    ),
    labels=frozenset({"num"}),
    notes=frozenset({"authorialNote"}),
    spaced=frozenset({"authorialNote"}),
    tables=frozenset({"table"}),
    rows=frozenset({"tr"}),
    cells=frozenset({"td", "th"}),
    gaps=frozenset("p content paragraph recital citation longTitle formula wrap".split()),
    breaks=frozenset({"br", "eol"}),
)


def is_akoma_ntoso(root: Any) -> bool:
    """Whether the namespace of the root, or its name, is that of Akoma Ntoso."""
    tag = str(root.tag).lower()
    return "akomantoso" in tag or "legaldocml" in tag or "akn4eu" in tag


def declared(root: Any) -> dict[str, str]:
    """Return title, date and language as the document's metadata and preface state them."""
    title = next(iter(root.iter("{*}docTitle", "{*}longTitle", "{*}shortTitle")), None)
    alias = next((attribute(name, "value") for name in root.iter("{*}FRBRname")), "")
    date = next((attribute(date, "date") for date in root.iter("{*}FRBRdate")), "")
    language = next((attribute(one, "language") for one in root.iter("{*}FRBRlanguage")), "")
    words = "" if title is None else one_line(cleaned("".join(title.itertext())))
    return {
        "title": words or one_line(cleaned(alias)),
        "date": date[:10],
        "language": _LANGUAGES.get(language.lower(), language[:2].lower()),
    }
