"""What the failure ledger says, as far as it can be foreseen, so that reports can translate it.

The ledger keeps reasons and remedies in English, as readers told them. Each of these texts is one
of them, or a part of one between semicolons; ``{}`` is what differs from file to file, and may be a
reason itself. What is none of these is shown as it was recorded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

RECORDED: tuple[str, ...] = (
    "is encrypted",
    "is cut short",
    "is damaged and cannot be opened",
    "is damaged or cut short",
    "is damaged: {} of {} cannot be read",
    "is empty",
    "is not in {}",
    "holds no documents: it is {}",
    "has no text",
    "has no pages",
    "is not text",
    "has vanished",
    "is not there",
    "may not be read",
    "cannot be opened ({})",
    "changed while it was read",
    "has a name that is not UTF-8",
    "is a link to nothing",
    "is a link that leads in a circle",
    "is {}, not a file",
    "no reader for {}",
    "took longer than {} s and was stopped",
    (
        "ended its worker process ({}), as a document does that needs more than {} MiB of "
        "memory or breaks the PDF library"
    ),
    (
        "was not finished: its worker process was ended from outside, {}, as a system does "
        "that runs out of memory"
    ),
    "needs more memory than one document may have",
    "then {}",
    "is an archive without files",
    "is a damaged archive ({})",
    "is a damaged message ({})",
    "is a damaged workbook",
    "is no message of Outlook",
    "is no message: it has no header",
    "is no RTF",
    "is copy-protected",
    "is an OLE container of no known kind",
    "is in an old format ({}) that LibreOffice has to convert",
    "takes more than {} seconds",
    "cannot be converted: it is damaged or needs a password",
    "holds more than {} million characters",
    "holds more than {} files",
    "unpacks to more than {} GiB",
    "unpacks to more than {} MiB",
    "unpacks to more than {} million bytes of text",
    "unpacks to more than {} times its size, as only a zip bomb does",
    "is packed in a way that is not supported ({})",
    "is damaged inside its container ({})",
    "lies inside more than {} containers, one in the other",
    "has vanished with its container",
    "has changed inside its container since that was read",
    "has names of files that say they are UTF-8 and are not",
    "holds XML that is damaged or not safe to read{}",
    "holds XML that is damaged or not safe to read",
    "nests its elements too deeply to be read whole",
    "is a form of the XFA kind, whose page is only a notice in place of the form",
    "is an image, and the package for images is not installed",
    "has more than {} million pixels",
    "is damaged and cannot be opened as an image",
    "is a scan ({} pages of images), and {}",
    "is a scan (1 page of images), and {}",
    "has {} of {} pages that are images of text, and {}",
    "has 1 page of images to be recognised",
    "has {} pages of images to be recognised",
    "tesseract is not installed",
    "tesseract has no language pack",
    "tesseract has no language pack {}",
    "the package for images is not installed",
    "has {} of {} pages that could not be recognised: {}",
    "page {}: {}",
    "pages {}: {}",
    "recognition took longer than {} s",
    "took longer than {} s",
    "tesseract failed on it",
    "it is damaged",
    "too few words are certain ({})",
    "{}: {} of {} pages could be read and are kept, numbered as they were found",
    "{}, but all {} pages that it names could be read and are kept",
    "{}, but 1 page that it names could be read and are kept",
    "stopped with {}",
    "fetch it again from where it came and ingest it",
    "what was read can be searched until then",
    "fetch it again from where it came, or save it anew, and ingest it",
    "remove the password (qpdf --decrypt) and ingest it again",
    "save it without a password and ingest it again",
    "unpack {} with its password and ingest the files",
    "convert it to PDF, HTML or text, or leave it out with 'exclude' in fourp.toml",
    "leave it out with 'exclude' in fourp.toml",
    "leave it out, or ingest a version with text",
    "leave it out, or pack it again",
    "leave it out, or unpack it yourself if you know who made it",
    "put it back and ingest its folder again",
    "put the container back and ingest its folder again",
    "ingest the container again",
    "`fourp read` shows what a container holds",
    "ingest it again if it has changed",
    "give the path of a message or an archive before the !/",
    "fetch the container again from where it came and ingest it",
    "allow it (chmod u+r) and ingest it again",
    "check its name, or put it back, then ingest it again",
    "mend or remove the link, then ingest again",
    "mend or remove the link",
    "check the disk or network folder and ingest it again",
    "rename it, then ingest it again",
    "ingest it again once it is no longer being written",
    "raise 'deadline' in fourp.toml and run `fourp ingest --retry-failed`",
    "raise 'memory' in fourp.toml and run `fourp ingest --retry-failed`",
    "if it fails again the file is damaged: save it anew from a PDF viewer",
    "give the machine more memory or set fewer 'jobs' in fourp.toml, then run `fourp ingest` again",
    "raise 'scan_deadline' in fourp.toml, then run `fourp ingest --retry-failed`",
    "run `fourp ingest --retry-failed`",
    "split it into several files and ingest those",
    "it may be made to exhaust the machine: ask its author, or split it",
    "unpack it, and ingest the folder, or the part of it that matters",
    "unpack it and ingest it by itself",
    "unpack it and ingest the folder",
    "unpack the archive with another program and ingest the files",
    "unpack the outer ones and ingest the folder",
    "save it as UTF-8 text, or give it the name ending of what it is, and ingest it",
    "give it the name ending of what it is, and ingest it again",
    "ask its publisher for an edition without protection and ingest that",
    "open it in a browser, save it as PDF or text, and ingest that",
    "open it, save it as DOCX, XLSX, PPTX or PDF, and ingest that",
    "open it with the program that made it, save it as PDF, and ingest that",
    "open it in a spreadsheet program, save it anew, and ingest it",
    "open it in Adobe Acrobat Reader, print it to a PDF file and ingest that",
    "open {} in an image viewer, save it anew and ingest it again",
    "save it from Outlook again and ingest it",
    "save it anew as DOCX, and ingest that",
    "save it with 300 dpi and ingest it again",
    "install it ({}) and ingest it again",
    "install it ({}), then run `fourp ingest --retry-failed`",
    "look at that page: it may have to be scanned anew",
    "scan that page anew with 300 dpi, or leave it out",
    "please report it with the file, or leave the file out",
)

LONGEST = 2_000  # characters; beyond, it is no reason of ours, and looking at it takes long

_BETWEEN = "; "


def told(text: str, translations: Mapping[str, str], then: str) -> str | None:
    """Return a reason or remedy in another language; nothing where it is not all known.

    Args:
        translations: Of the texts of `RECORDED`.
        then: What stands between two parts of a sentence.
    """
    if len(text) > LONGEST:
        return None
    if whole := _whole(text, translations, then):
        return whole
    parts = [_whole(part, translations, then) for part in text.split(_BETWEEN)]
    known = [part for part in parts if part is not None]
    return then.join(known) if len(known) == len(parts) else None


def _whole(text: str, translations: Mapping[str, str], then: str) -> str | None:
    for recorded, pattern in _patterns():
        if match := pattern.fullmatch(text):
            inner = (told(group, translations, then) or group for group in match.groups())
            return translations[recorded].format(*inner)
    return None


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return what each text looks like; those with most words of their own first."""
    order = sorted(RECORDED, key=lambda text: text.count("{}") - len(text))
    return tuple(
        (text, re.compile("(.+?)".join(map(re.escape, text.split("{}"))))) for text in order
    )
