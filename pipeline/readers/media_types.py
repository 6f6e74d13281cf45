"""Media types of files, told by their bytes first and by their names where bytes leave a choice.

Signatures: PDF 32000-1 annex H (the header may stand anywhere in the first 1,024 bytes), the
IANA media type registry, OpenDocument 1.3 part 2 (the `mimetype` entry), ECMA-376 part 2.
"""

from __future__ import annotations

import codecs
import lzma
import mmap
import re
import zipfile
import zlib
from pathlib import Path, PurePath
from typing import IO

UNKNOWN = "application/octet-stream"
PDF_HEADER_WITHIN = 1024  # bytes

_SIGNATURES = (
    (b"{\\rtf", "application/rtf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"\x00\x00\x00\x0cjP  ", "image/jp2"),
    (b"\x1f\x8b", "application/gzip"),
    (b"BZh", "application/x-bzip2"),
    (b"\xfd7zXZ\x00", "application/x-xz"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"SQLite format 3\x00", "application/vnd.sqlite3"),
    (b"%!PS", "application/postscript"),
    (b"\x78\x9f\x3e\x22", "application/vnd.ms-tnef"),
)
_TAR = (257, b"ustar")  # POSIX 1003.1, ustar interchange format
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_NAMES = {
    ".doc": "application/msword",
    ".xls": "application/vnd.ms-excel",
    ".ppt": "application/vnd.ms-powerpoint",
    ".msg": "application/vnd.ms-outlook",
}
_OOXML = "application/vnd.openxmlformats-officedocument."
_OOXML_FOLDERS = {
    "word/": _OOXML + "wordprocessingml.document",
    "xl/": _OOXML + "spreadsheetml.sheet",
    "ppt/": _OOXML + "presentationml.presentation",
}
# Names of streams that only one program writes, as an OLE directory spells them. The order is that
# of the question: a message or text may hold a workbook, and an encrypted file holds nothing else.
_OLE_STREAMS = (
    ("EncryptedPackage", "application/x-ole-storage"),
    ("__properties_version1.0", "application/vnd.ms-outlook"),
    ("WordDocument", "application/msword"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
    ("Workbook", "application/vnd.ms-excel"),
)
_ODF = "application/vnd.oasis.opendocument."
_PACKAGE_NAMES = {
    ".docx": _OOXML_FOLDERS["word/"],
    ".xlsx": _OOXML_FOLDERS["xl/"],
    ".pptx": _OOXML_FOLDERS["ppt/"],
    ".odt": _ODF + "text",
    ".ods": _ODF + "spreadsheet",
    ".odp": _ODF + "presentation",
    ".epub": "application/epub+zip",
}
# Every one of these is text, and no reader of running text may take it for a document's text.
_TEXT_NAMES = {
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".xml": "application/xml",
    ".svg": "image/svg+xml",
    ".json": "application/json",
    ".geojson": "application/json",
    ".jsonl": "application/jsonl",
    ".ndjson": "application/jsonl",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".yaml": "application/yaml",
    ".yml": "application/yaml",
    ".toml": "application/toml",
    ".eml": "message/rfc822",
    ".ics": "text/calendar",
    ".vcf": "text/vcard",
    ".css": "text/css",
    ".js": "text/javascript",
    ".py": "text/x-python",
    ".sh": "text/x-shellscript",
    ".sql": "application/sql",
}
_IMAGE_NAMES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".jp2": "image/jp2",
}
_ARCHIVE_NAMES = {
    ".zip": "application/zip",
    ".tar": "application/x-tar",
    ".gz": "application/gzip",
    ".tgz": "application/gzip",
}
_BINARY_NAMES = (
    {".pdf": "application/pdf", ".rtf": "application/rtf"}
    | _OLE_NAMES
    | _PACKAGE_NAMES
    | _ARCHIVE_NAMES
    | _IMAGE_NAMES
)

_PROLOGUE = re.compile(r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*", re.DOTALL)
_HTML = re.compile(r"<(?:!doctype\s+html|html[\s>])", re.IGNORECASE)
_HTML_PART = re.compile(r"<(?:head|body|title|meta|h[1-6]|div|table)[\s>]", re.IGNORECASE)
_XML = re.compile(r"<(?:\?xml|!DOCTYPE\s|[A-Za-z_][\w:.-]*(?:\s+xmlns|\s*/?>))")
_JSON = re.compile(r"\{\s*\"(?:[^\"\\]|\\.)*\"\s*:|\[\s*\{\s*\"")
# RFC 5322 section 2.2: names and values, folded lines begin with a space.
_HEADER = re.compile(r"(?:From .*\r?\n)?(?:[!-9;-~]+:.*\r?\n(?:[ \t].*\r?\n)*)+")
_FIELD = re.compile(r"^([!-9;-~]+):", re.MULTILINE)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")  # ESC occurs in old text files


def media_type_of(path: PurePath, head: bytes, content: IO[bytes] | None = None) -> str:
    """Return the media type of the file at ``path``.

    Args:
        path: Its name; opened only where the first bytes are those of a ZIP or OLE file.
        head: The first bytes of the file, 1,024 or more where there are that many. Without any,
            the name alone tells, and a name that tells nothing is taken for text: an empty
            file is then told as one.
        content: The bytes, where they are not to be had at ``path``; seekable.
    """
    suffix = PurePath(path).suffix.lower()
    if not head:
        return _BINARY_NAMES.get(suffix) or _TEXT_NAMES.get(suffix, "text/plain")
    return _binary(content or Path(path), head, suffix) or _textual(head, suffix) or UNKNOWN


def _binary(file: Path | IO[bytes], head: bytes, suffix: str) -> str:
    for signature, media_type in _SIGNATURES:
        if head.startswith(signature):
            return media_type
    if head.startswith(_OLE):
        return _in_ole(file) or _OLE_NAMES.get(suffix, "application/x-ole-storage")
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(file)
    if head.startswith(_TAR[1], _TAR[0]):
        return "application/x-tar"
    # After the containers, which may begin with a PDF that is not packed.
    if b"%PDF-" in head[:PDF_HEADER_WITHIN] and not _is_written_about_pdf(head):
        return "application/pdf"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image/webp"
    return ""


def _in_ole(file: Path | IO[bytes]) -> str:
    """Return what the streams of an OLE container tell, or ""."""
    try:
        if not isinstance(file, Path):
            return _by_streams(file.read())
        with (
            file.open("rb") as opened,
            mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as content,
        ):
            return _by_streams(content)
    except (OSError, ValueError):
        return ""


def _by_streams(content: bytes | mmap.mmap) -> str:
    names = ((name.encode("utf-16-le"), media_type) for name, media_type in _OLE_STREAMS)
    return next((media_type for name, media_type in names if content.find(name) >= 0), "")


def _is_written_about_pdf(head: bytes) -> bool:
    """Whether the PDF header is a word of a sentence: other text on its line, and text after."""
    at = head.index(b"%PDF-")
    line = head[head.rfind(b"\n", 0, at) + 1 : at]
    return (
        bool(line.strip())
        and not head.startswith((b"\xef\xbb\xbf%PDF", b"\x00"))
        and (b" obj" not in head and not _CONTROL.search(head))
    )


def _zipped(file: Path | IO[bytes]) -> str:
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
            if "mimetype" in names:
                with archive.open("mimetype") as entry:  # whatever its size
                    return entry.read(100).decode("ascii", "replace").strip()
    except (
        OSError, EOFError, ValueError, RuntimeError, NotImplementedError, zipfile.BadZipFile,
        zlib.error, lzma.LZMAError,
    ):  # fmt: skip
        return "application/zip"  # damaged or encrypted: still an archive, and told as one
    for folder, media_type in _OOXML_FOLDERS.items():
        if "[Content_Types].xml" in names and any(name.startswith(folder) for name in names):
            return media_type
    return "application/zip"


def _textual(head: bytes, suffix: str) -> str:
    text = _decoded(head)
    if text is None:
        return ""
    by_name = _TEXT_NAMES.get(suffix, "")
    prologue = _PROLOGUE.match(text)
    start = prologue.end() if prologue else 0
    if _HTML.match(text, start):
        return "application/xhtml+xml" if "<?xml" in text[:start] else "text/html"
    if by_name and by_name != "text/plain":
        return by_name
    if _is_message(text):
        return "message/rfc822"
    if "<?xml" in text[:start] or _XML.match(text, start):
        if _HTML_PART.match(text, start):
            return "text/html"
        return "image/svg+xml" if text.startswith("<svg", start) else "application/xml"
    if not by_name and _JSON.match(text, start):
        return "application/json"
    return "text/plain"


def _is_message(text: str) -> bool:
    """Whether the text begins with a header that mail programs write and people do not."""
    header = _HEADER.match(text)
    fields = set(_FIELD.findall(header[0].lower())) if header else set()
    return "from" in fields and bool(fields & {"mime-version", "message-id", "received"})


def _decoded(head: bytes) -> str | None:
    """Return the head as text, or nothing where it is none."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head.decode("utf-16", "ignore")
    if _CONTROL.search(head):
        return None
    # Which legacy encoding it is does not matter here: markup and data signs are ASCII in all.
    return head.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace")
