"""Old Office files (DOC, XLS, PPT): turned into today's formats by LibreOffice, then read.

They are the binary formats of 1997 to 2003; LibreOffice reads them best and is free.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.core.document import Document, Source
from pipeline.core.errors import DocumentError, MissingExtraError
from pipeline.core.ports import Reader
from pipeline.readers.docx import DocxReader
from pipeline.readers.files import read_bytes
from pipeline.readers.pptx import PptxReader
from pipeline.readers.xlsx import XlsxReader

LONGEST_CONVERSION = 120  # seconds; a document of 1,000 pages takes 20
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True, slots=True)
class _Kind:
    old: str
    new: str
    package: str
    reader: Reader


_KINDS = {
    "application/msword": _Kind("doc", "docx", "libreoffice-writer-nogui", DocxReader()),
    "application/vnd.ms-excel": _Kind("xls", "xlsx", "libreoffice-calc-nogui", XlsxReader()),
    "application/vnd.ms-powerpoint": _Kind(
        "ppt", "pptx", "libreoffice-impress-nogui", PptxReader()
    ),
}


class LegacyOfficeReader:
    """Reads DOC, XLS and PPT; says of encrypted Office files that they are encrypted."""

    name = "legacy-office"
    version = "1"
    media_types = frozenset({*_KINDS, "application/x-ole-storage"})

    def read(self, source: Source) -> Document:
        """Return the document as the reader of today's format gives it.

        LibreOffice runs without a window, with a profile of its own that is thrown away, and
        runs no macros.

        Raises:
            DocumentError: If it is empty, vanished, encrypted, or cannot be converted.
            MissingExtraError: If LibreOffice is not installed.
        """
        content = read_bytes(source)
        if _ENCRYPTED in content:
            raise DocumentError(
                "is encrypted",
                where=source.name,
                remedy="save it without a password and ingest it again",
            )
        kind = _KINDS.get(source.media_type)
        if kind is None:
            raise DocumentError(
                "is an OLE container of no known kind",
                where=source.name,
                remedy="open it with the program that made it, save it as PDF, and ingest that",
            )
        program = shutil.which("soffice")
        if program is None:
            raise MissingExtraError(
                f"is in an old format ({kind.old}) that LibreOffice has to convert",
                where=source.name,
                remedy=f"install it (apt-get install {kind.package}) and ingest it again",
            )
        with tempfile.TemporaryDirectory(prefix="fourp-office-") as folder:
            converted = _converted(source, program, kind, Path(folder))
            document = kind.reader.read(replace(source, path=str(converted)))
        return replace(document, source=source)


def _converted(source: Source, program: str, kind: _Kind, folder: Path) -> Path:
    original = folder / f"document.{kind.old}"
    original.write_bytes(read_bytes(source))
    command = [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *"--headless --norestore --nolockcheck --nodefault --convert-to".split(),
        kind.new,
        "--outdir",
        str(folder),
        str(original),
    ]
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # so that the programs which it starts can be ended with it
        env={**os.environ, "HOME": str(folder)},
    )
    try:
        process.wait(LONGEST_CONVERSION)
    except subprocess.TimeoutExpired as error:
        raise _unconverted(source, f"takes more than {LONGEST_CONVERSION} seconds") from error
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    converted = original.with_suffix(f".{kind.new}")
    if not converted.exists():
        raise _unconverted(source, "cannot be converted: it is damaged or needs a password")
    return converted


def _unconverted(source: Source, what: str) -> DocumentError:
    return DocumentError(
        what,
        where=source.name,
        remedy="open it, save it as DOCX, XLSX, PPTX or PDF, and ingest that",
    )
