"""The languages of reports and audits: English, and every language that has a catalogue.

Catalogues lie in ``pipeline/report/locale/`` and in the folder ``locale/`` of a workspace, where
one takes the place of the shipped one of its language.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from pipeline.core.errors import ConfigError
from pipeline.report.audit_labels import AUDIT_ENGLISH, AuditLabels
from pipeline.report.english import ENGLISH
from pipeline.report.message_file import ENDING, read_translation
from pipeline.report.messages import Message, messages, translated
from pipeline.report.wording import Labels

SOURCE = "en"

_SHIPPED = Path(__file__).parent / "locale"
_REPORT, _AUDIT = "report", "audit"


def template() -> Iterator[Message]:
    """Yield every message that a catalogue must have."""
    yield from messages(_REPORT, ENGLISH)
    yield from messages(_AUDIT, AUDIT_ENGLISH)


def languages(own: Path | None = None) -> tuple[str, ...]:
    """Return the codes of all languages, English first.

    Args:
        own: Folder of the workspace's catalogues; it need not be there.
    """
    return (SOURCE, *(code for code in sorted(_files(own)) if code != SOURCE))


def labels(language: str, own: Path | None = None) -> Labels:
    """Return the words of a report.

    Args:
        own: As for `languages`.

    Raises:
        ConfigError: If there is no catalogue of the language, or it is not complete.
    """
    return _spoken(language, own)[0]


def audit_labels(language: str, own: Path | None = None) -> AuditLabels:
    """Return the words of an audit.

    Args:
        own: As for `languages`.

    Raises:
        ConfigError: As `labels` does.
    """
    return _spoken(language, own)[1]


def _spoken(language: str, own: Path | None) -> tuple[Labels, AuditLabels]:
    path = _files(own).get(language)
    if path is None and language == SOURCE:
        return ENGLISH, AUDIT_ENGLISH
    if path is None:
        raise ConfigError(
            [f"there is no catalogue of the language {language!r}"],
            where="the language",
            remedy=f"choose one of: {', '.join(languages(own))}; or add one, see docs/reports.md",
        )
    return _read(path, path.stat().st_mtime_ns)


@cache
def _read(path: Path, _changed: int) -> tuple[Labels, AuditLabels]:
    translation = read_translation(path, template())
    words = translated(_REPORT, ENGLISH, translation.translate)
    audit = translated(_AUDIT, AUDIT_ENGLISH, translation.translate)
    return replace(words, speech=translation.speech), audit


def _files(own: Path | None) -> dict[str, Path]:
    """Return the catalogues by the codes of their languages."""
    folders = [_SHIPPED, *([own] if own else [])]
    return {path.stem: path for folder in folders for path in sorted(folder.glob(f"*{ENDING}"))}
