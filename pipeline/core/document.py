"""Source, Page, Passage and Document: what was read, and where each character of it stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pipeline.core.audience import Audience
from pipeline.core.fingerprint import Fingerprint
from pipeline.core.references import Reference
from pipeline.core.spans import Span
from pipeline.core.tags import Grade, Tag

UNKNOWN_LANGUAGE = "und"  # BCP 47: undetermined
INSIDE = "!/"  # stands between the path of a container and the name of a document in it

# Where a fact was read: its characters in the text, or what else says it ("declared", "created",
# both by the file; "file name").
Place = Span | str


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes that were found somewhere; their identity is their digest.

    Attributes:
        path: Where the bytes were found, absolute. A document inside another has the container's
            path, `INSIDE`, and a name that no other document of that container has, at every
            level: ``/inbox/mail.eml!/papers.zip!/water/note.pdf``. The name is only a label.
        sha256: Hex digest of the bytes, 64 characters; "" where they cannot be had.
        media_type: As told by the bytes themselves, then by the name.
        size: Bytes.
        provenance: How the bytes came here ("folder", "attachment of ...").
    """

    path: str
    sha256: str
    media_type: str
    size: int
    provenance: str = "folder"

    @property
    def name(self) -> str:
        """The file name without its folders."""
        return self.path.rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table of a page: rows of cells, each cell's text on one line."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """Facts about how a page is laid out.

    Attributes:
        columns: Columns of running text, at least 1.
        tables: Ruled tables, from top to bottom.
        ocr: Whether the text was recognised from an image.
        images: Share of the page that images cover, 0..1.
        furniture: Running heads, feet and page numbers taken out of the text.
        ocr_confidence: Of the recognised words, 0..1, their mean; 0 where nothing was recognised.
        contents: Whether the page is (part of) a table of contents.
    """

    columns: int = 1
    tables: tuple[Table, ...] = ()
    ocr: bool = False
    images: float = 0.0
    furniture: tuple[str, ...] = ()
    ocr_confidence: float = 0.0
    contents: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a document.

    Attributes:
        number: From 1.
        span: The page's part of the document's text.
        language: ISO 639-1 code, or ``und``.
        confidence: Of the language, 0..1.
    """

    number: int
    span: Span
    language: str = UNKNOWN_LANGUAGE
    confidence: float = 0.0
    layout: Layout = field(default_factory=Layout)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside the text; what follows it, up to the next of its level or above, is its own.

    Attributes:
        span: Its words in the document's text; a heading that runs over two lines is one span.
        level: From 1, the highest.

    Raises:
        ValueError: If the level is below 1 or the span is empty.
    """

    span: Span
    level: int

    def __post_init__(self) -> None:
        if self.level < 1 or not len(self.span):
            raise ValueError(f"no heading: level {self.level}, {len(self.span)} characters")


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit that is tagged and found: part of one page under one heading path."""

    span: Span
    page: int
    language: str = UNKNOWN_LANGUAGE
    heading_path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A source and all that is known of it.

    Laws: pages are numbered 1, 2, 3 ... and tile the text; every passage lies on its page;
    every evidence's quote is the slice of the text that its span names.

    Attributes:
        headings: In the order of the text; as the reader found them, most readers find none.
        members: Documents inside this one (attachments of a message, files of an archive), each
            to be read on its own.
        candidates: Concepts below the bar of a tag, for a person to decide; best first.
        declared: What the file says of itself (``title``, ``author``, ``created``), unchecked.
        date: ISO 8601 date of the act or publication, or "".
        languages: Codes by share of the text, largest first.
        work: Id shared by all versions of one publication; the digest until one is known.
        origins: Where title, date, kind and institution were read, by their names.
        fingerprint: What is compared to find versions and drafts; nothing until it is taken.
        audience: Who may read it; the fewest, until the catalogue knows.

    Raises:
        ValueError: If pages do not tile the text, a passage leaves its page, or a candidate stands
            among the tags.
    """

    source: Source
    text: str
    pages: tuple[Page, ...]
    passages: tuple[Passage, ...] = ()
    title: str = ""
    date: str = ""
    kind: str = ""
    institution: str = ""
    languages: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    tags: tuple[Tag, ...] = ()
    candidates: tuple[Tag, ...] = ()
    declared: Mapping[str, str] = field(default_factory=dict)
    work: str = ""
    headings: tuple[Heading, ...] = ()
    members: tuple[Source, ...] = ()
    origins: Mapping[str, Place] = field(default_factory=dict)
    fingerprint: Fingerprint | None = None
    audience: Audience = Audience.SECRETARIAT

    def __post_init__(self) -> None:
        at = 0
        for expected, page in enumerate(self.pages, start=1):
            if page.number != expected or page.span.start != at:
                raise ValueError(f"pages do not tile the text at page {page.number}")
            at = page.span.end
        if at != len(self.text):
            raise ValueError(f"pages cover {at} of {len(self.text)} characters")
        for passage in self.passages:
            if passage.span not in self.page(passage.page).span:
                raise ValueError(f"a passage leaves its page {passage.page}")
        if any(tag.grade is Grade.REVIEW for tag in self.tags):
            raise ValueError("a candidate stands among the tags")

    @property
    def id(self) -> str:
        """The document's identity: the digest of its bytes."""
        return self.source.sha256

    @property
    def language(self) -> str:
        """The language of most of the text, or ``und``."""
        return self.languages[0] if self.languages else UNKNOWN_LANGUAGE

    @property
    def work_id(self) -> str:
        """The work this document is a version of; itself until another is known."""
        return self.work or self.source.sha256

    def quote(self, span: Span) -> str:
        """Return the text that ``span`` covers."""
        return span.of(self.text)

    def page(self, number: int) -> Page:
        """Return page ``number``, counted from 1.

        Raises:
            ValueError: If there is no such page.
        """
        if not 1 <= number <= len(self.pages):
            raise ValueError(f"no page {number} in a document of {len(self.pages)} pages")
        return self.pages[number - 1]

    def page_at(self, offset: int) -> Page:
        """Return the page on which the character at ``offset`` stands.

        Raises:
            ValueError: If the document has no pages or the offset lies outside the text.
        """
        if not self.pages or not 0 <= offset <= len(self.text):
            raise ValueError(f"no page at character {offset}")
        after = bisect_right(self.pages, offset, key=lambda page: page.span.start)
        return self.pages[max(after - 1, 0)]

    def found_at(self, source: Source) -> Document:
        """Return the same document at another place, its members with it.

        Args:
            source: The same bytes, where they are now.
        """
        members = tuple(moved(member, self.source, source) for member in self.members)
        return replace(self, source=source, members=members)

    def with_tags(self, tags: tuple[Tag, ...]) -> Document:
        """Return the same document with these tags and candidates instead of its own."""
        return replace(
            self,
            tags=tuple(tag for tag in tags if tag.grade is not Grade.REVIEW),
            candidates=tuple(tag for tag in tags if tag.grade is Grade.REVIEW),
        )


def moved(member: Source, old: Source, new: Source) -> Source:
    """Return a member of ``old`` as a member of ``new``, the same container at another place."""
    return replace(
        member,
        path=new.path + member.path.removeprefix(old.path),
        provenance=member.provenance.removesuffix(old.name) + new.name,
    )


def tiled(texts: list[str], layouts: list[Layout] | None = None) -> tuple[str, tuple[Page, ...]]:
    """Return the whole text and the pages that tile it, from one text per page.

    A page that does not end a line gets a line end, so that words of two pages never touch.
    """
    pages: list[Page] = []
    parts: list[str] = []
    at = 0
    for number, text in enumerate(texts, start=1):
        whole = text if text.endswith("\n") or not text else text + "\n"
        layout = layouts[number - 1] if layouts else Layout()
        pages.append(Page(number=number, span=Span(at, at + len(whole)), layout=layout))
        parts.append(whole)
        at += len(whole)
    return "".join(parts), tuple(pages)
