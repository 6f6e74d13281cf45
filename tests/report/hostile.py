"""Reports in which each text that comes from outside is made to hurt."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import strategies as st

from pipeline.core.document import Source
from pipeline.core.failures import Failure
from pipeline.core.reported import Listed, PastReport
from pipeline.core.reviews import Decision, Review
from pipeline.core.tags import Grade
from pipeline.report.changes import since_report
from pipeline.report.model import build_report
from pipeline.report.text import harmless
from pipeline.report.values import Report, Secretary
from tests.report.sample import MADE_AT, PLANET, SINCE, UNTIL, VOCABULARY, Proof, extracts, paper

# Control characters but for line ends, and marks that turn the direction of reading.
UNSEEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")

HOSTILE = (
    "<script>alert(1)</script>",
    "</blockquote><img src=x onerror=alert(1)>",
    "{{ 7*7 }}{% raw %}",
    '=HYPERLINK("https://example.org";"x")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "＝1+1",
    "\x00\x1b[31mred\x07",
    "\u202egnp.exe\u202c",
    "\u2066\u2069\u200f\ufeff",
    "\ud800",
    "\udcff",
    "[x](javascript:alert(1))",
    "![x](https://example.org/x.png)",
    "<https://example.org>",
    "https://example.org www.example.org a@example.org",
    "**b** __b__ *i* _i_ `c` ~~s~~",
    "# head #",
    "a\n\n# head\n- list\n> quote\n| a | b |\n|---|---|",
    "&lt;script&gt; &#x3c;",
    "\\",
    "\\<b>",
    'a","b\r\n"c',
    "]]> --> */ ?>",
    "' onmouseover='alert(1)",
    '" autofocus onfocus="alert(1)',
)

_any_text = st.text(st.characters(exclude_categories=[]), max_size=40)
hostile_texts = st.one_of(
    st.sampled_from(HOSTILE),
    st.lists(st.one_of(st.sampled_from(HOSTILE), _any_text), max_size=3).map("".join),
    st.text("<>&\"'`*_[]()!#|~\\=+-@:/ \n\tawx.", max_size=30),
)


def _on_disk(path: str) -> str:
    """Return a path that a file can have: of surrogates only those that stand for odd bytes."""
    return re.sub("[\ud800-\udc7f\udd00-\udfff]", "?", path)


@st.composite
def hostile_reports(draw: st.DrawFn) -> Report:
    """Draw a report in which each text that comes from outside is made to hurt."""
    sentence = draw(hostile_texts) or "x"
    proof = Proof("water", ((sentence, draw(st.sampled_from([sentence, sentence[:5], ""]))),))
    path = _on_disk(draw(hostile_texts))
    document = paper(
        proof,
        title=draw(hostile_texts),
        path=draw(st.sampled_from([f"/library/{path}.pdf", path])),
        language=draw(st.sampled_from(["fr", "en", 'x" onclick="alert(1)'])),
        kind=draw(hostile_texts),
        institution=draw(hostile_texts),
        work=_on_disk(draw(hostile_texts)),
        media_type=draw(st.sampled_from(["application/pdf", "text/html"])),
    )
    source = Source(_on_disk(draw(hostile_texts)), "", "", 0)
    failure = Failure(source, "read", draw(hostile_texts), draw(hostile_texts))
    in_part = paper(replace(proof, file="energy"), title=draw(hostile_texts), path=f"{path}/2")
    doubt = replace(proof, file="mobility", grade=Grade.REVIEW, score=0.2)
    in_doubt = paper(doubt, title=draw(hostile_texts), path=f"/library/{path}.pdf/3")
    review = Review(
        document.id, "water", Decision.MAIN, by=draw(hostile_texts).strip() or "x",
        at="2021-03-20T08:00:00+00:00",
    )  # fmt: skip
    secretary = Secretary(draw(hostile_texts), f"{draw(hostile_texts)}@example.org")
    report = build_report(
        replace(PLANET, secretary=secretary),
        extracts([document, in_part, in_doubt]),
        VOCABULARY,
        since=SINCE,
        until=UNTIL,
        failures=[failure],
        language=draw(st.sampled_from(["en", "fr"])),
        made_at=MADE_AT,
        reviews={(document.id, "water"): review},
    )
    if not draw(st.booleans()):
        return report
    titles = [harmless(draw(hostile_texts)) or "x"]
    gone = [Listed(title, "water", Grade.MAIN, "", frozenset({"gone"})) for title in titles]
    return since_report(report, PastReport("planet", MADE_AT.isoformat(), "", "", tuple(gone)))
