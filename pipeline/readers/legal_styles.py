"""Headings of EU acts, by the names of the styles in which the institutions set them.

LegisWrite, the Word template of Commission, Council and Parliament, gives its style ids to DOCX and
HTML alike; EUR-Lex has classes for the Official Journal (with and without "oj-") and for
consolidated acts. None of these pages has an ``h1``. Compared by eye on 10 Commission pages of July
2021 and 5 of EUR-Lex.
"""

from __future__ import annotations

# In lower case. Levels leave room for those that an act does not have.
_LEVELS = {
    1: """exposdesmotifstitre annexetitre parttitle ti-section-1 title-annex-1 title-division-1
    ti-grseq-1 title-gr-seq-level-1""",
    2: """manualheading1 chaptertitle ti-section-2 title-annex-2 title-division-2
    title-gr-seq-level-2""",
    3: "manualheading2 sectiontitle title-gr-seq-level-3",
    4: "manualheading3 titrearticle ti-art title-article-norm title-gr-seq-level-4",
    5: "manualheading4 sti-art stitle-article-norm",
}
_BY_NAME = {name: level for level, names in _LEVELS.items() for name in names.split()}


def legal_level(name: str) -> int:
    """Return the level of the heading that this style or class is for; 0 for other text."""
    return _BY_NAME.get(name.lower().removeprefix("oj-").removeprefix("eli-"), 0)
