"""A digest as HTML: one page that needs nothing else."""

from __future__ import annotations

from pathlib import Path

from pipeline.report.digest_labels import digest_labels
from pipeline.report.digest_values import Digest
from pipeline.report.mail_pages import page


def to_html(digest: Digest, *, templates: Path | None = None) -> str:
    """Return the digest as a page.

    Args:
        templates: Folder whose ``digest.html.j2`` and ``digest.css`` take the place of the default
            ones.

    Raises:
        ConfigError: If a template of that folder is wrong.
    """
    return page("digest", templates, digest=digest, say=digest_labels(digest.language))
