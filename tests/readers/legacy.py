"""Old Office files for tests, made by LibreOffice where it is installed."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.readers.packages import docx, paragraph, pptx, xlsx


def doc(path: Path, text: str) -> Path:
    """Write a Word 97 document of one paragraph, or an empty file, and return its path."""
    path.write_bytes(old_office("doc", text) if text else b"")
    return path


@cache
def old_office(suffix: str, text: str) -> bytes:
    """Return the bytes of a DOC, XLS or PPT file with that text."""
    with TemporaryDirectory() as folder:
        new = Path(folder, f"new.{suffix}x")
        if suffix == "doc":
            docx(new, paragraph(text))
        elif suffix == "xls":
            xlsx(new, [[text]])
        else:
            pptx(new, text)
        profile = Path(folder, "profile").as_uri()
        command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to"]
        subprocess.run(
            [*command, suffix, "--outdir", folder, str(new)], check=True, capture_output=True
        )
        old = new.with_suffix(f".{suffix}")
        if not old.exists():
            pytest.skip(f"this LibreOffice writes no {suffix.upper()}: a part is not installed")
        return old.read_bytes()
