"""Titles: a document's own name, from what it declares, its largest letters or first lines."""

from __future__ import annotations

import re

from pipeline.core.text import fold, one_line, words
from pipeline.description.dates import find_dates

LONGEST = 300  # characters; a longer first line is a paragraph
LETTERHEAD = 15  # lines at most
FULL_LINE = 60  # characters; a shorter line was ended on purpose

_FILE_NAME = re.compile(
    r"\.(?:docx?|pdf|xlsx?|pptx?|indd|odt|ods|qxd|qxp|xml|x?html?|rtf|tmp|fm|p65|pub|txt)\)?$|"
    r"^Microsoft (?:Word|PowerPoint|Excel)|^PowerPoint|\\\d{3}|\.\.\d|[A-Za-z]:\\|^/|%\d\d",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    r"^(?:untitled.*|sans titre.*|unbenannt.*|sin titulo.*|senza titolo.*|naamloos.*|"
    r"bez tytulu.*|document ?\d*|dokument ?\d*|presentation ?\d*|slide ?\d*|title|titre|titel|"
    r"publications office.*|office des publications.*|transformed document|layout \d+|template|"
    r"eur-lex - .*|new document.*|scan.*\d|print|page \d+)$"
)
# Lines that stand on many first pages and name none: folded, whole line.
_BOILERPLATE = re.compile(
    r"^(?:european(?: union| commission| parliament)?|commission|council|(?:the )?council of the"
    r"(?: european union)?|union europeenne|commission europeenne|europaische (?:union|kommission)|"
    r"parlement europeen|european|commission of the european communities|"
    r"official journal.*|of the european union|journal officiel.*|amtsblatt.*|diario oficial.*|"
    r"gazzetta ufficiale.*|publicatieblad.*|dziennik urzedowy.*|europeiska unionens.*|"
    r"den europaeiske unions.*|avis juridique.*|(?:en|fr|de|es|it|nl|pl|sv|da)(?: \w\w)?(?: \d+)?|"
    r"[lc] series|serie [lc]|[lc] \d+/\d+|\(?legislative acts\)?|\(?actes legislatifs\)?|"
    r"\(?lovgivningsmaessige retsakter\)?|regulations?|directives?|decisions?|reglements?|"
    r"recommendations?|resolutions?|opinions?|forordninger|\(?text with eea relevance\)?|"
    r"i{1,3}|contents|table of contents|table des matieres|sommaire|inhoud|inhalt|indice|"
    r"spis tresci|innehall|indhold|directorate-general.*|secretariat-general|briefing|"
    r"position paper|newsletter|press release|"
    r"(?:www\.|https?:).*|.*\S@\S+|page \d+.*|tel\.?.*|\(or\. ?\w\w\).*|summary|"
    r"legislative acts and other instruments|note|report|study|draft)$"
)
_CONTACT = re.compile(r"\bT[eé]l\b\.?|\+\d\d[\s(]?\d|\S@\S|www\.|https?:", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]")


def declared_title(declared: str, text: str) -> str:
    """Return the declared title if it is one, and the text bears it out; else "".

    Args:
        declared: The title in the file's metadata.
        text: The first pages. Half of the title's words must stand there: files inherit the
            titles of the files that they were made from.
    """
    title = one_line(declared).strip(" -_|")
    title = title.split(" | ")[0]  # pages of a site append its name
    if not is_title(title):
        return ""
    known = {fold(match[0]) for match in words(text)}
    own = [fold(match[0]) for match in words(title) if len(match[0]) > 2]
    if sum(word in known for word in own) * 2 < len(own):
        return ""
    return title


def is_title(line: str) -> bool:
    """Whether a line can name a document: no file name, no placeholder, no boilerplate."""
    letters = len(_LETTERS.findall(line))
    if letters < 4 or letters * 2 < len(line.replace(" ", "")) or len(line) > 2 * LONGEST:
        return False
    if " " not in line and (not line.replace("-", "").isalpha() or "_" in line):
        return False
    folded = fold(line.strip())
    return not (_FILE_NAME.search(line) or _PLACEHOLDER.match(folded) or _BOILERPLATE.match(folded))


def largest_title(largest: str) -> str:
    """Return the largest lines of page 1 as a title, boilerplate left out; "" if that is all."""
    kept = one_line(" ".join(line for line in largest.splitlines() if _may_stand(line)))
    # One large word is a logo or a masthead more often than a title.
    return kept if " " in kept and is_title(kept) and len(kept) <= LONGEST else ""


def first_title(text: str) -> str:
    """Return the first lines of ``text`` that can be a title, or ""."""
    lines = [one_line(line) for line in text.splitlines()]
    if below := _below_letterhead(lines):
        return first_title("\n".join(lines[below:])) or _first(lines)
    return _first(lines)


def _below_letterhead(lines: list[str]) -> int:
    """Return the line after the place and date that end a letterhead, or 0 where none begins."""
    known = False
    for index, line in enumerate(lines[:LETTERHEAD]):
        if find_dates(line) and not _may_stand(line):
            return index + 1 if known else 0
        known = known or bool(line and not _may_stand(line))
    return 0


def _first(lines: list[str]) -> str:
    for index, line in enumerate(lines):
        if not (is_title(line) and _may_stand(line)) or len(line) > LONGEST:
            continue
        title = line
        for following in lines[index + 1 : index + 4]:
            # A title goes on where its line is full, or ends in a word such as "for", "the", "de".
            goes_on = len(title) >= FULL_LINE or len(title.rsplit(" ", 1)[-1]) <= 3
            if not goes_on or not is_title(following) or title[-1] in ".!?:":
                break
            title = f"{title} {following}"
            if len(following) < FULL_LINE:
                break
        return title if len(title) <= LONGEST else line
    return ""


def _may_stand(line: str) -> bool:
    """Whether a line is more than boilerplate, a number, or a place and a date."""
    line = line.strip()
    if _BOILERPLATE.match(fold(line)) or _CONTACT.search(line) or not _LETTERS.search(line):
        return False
    dates = find_dates(line)
    return not dates or len(line) - len(dates[0].span) > 25
