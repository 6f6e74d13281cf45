"""A newsletter as HTML: one page that needs nothing else, of one layout for each audience."""

from __future__ import annotations

from pathlib import Path

from pipeline.report.mail_pages import page
from pipeline.report.newsletter import Newsletter
from pipeline.report.newsletter_labels import newsletter_labels


def to_html(letter: Newsletter, *, templates: Path | None = None) -> str:
    """Return the issue as a page.

    Args:
        templates: Folder whose ``newsletter-public.html.j2``, ``newsletter-members.html.j2`` and
            ``newsletter.css`` take the place of the default ones.

    Raises:
        ConfigError: If a template of that folder is wrong.
    """
    say = newsletter_labels(letter.language)
    return page(f"newsletter-{letter.audience}", templates, letter=letter, say=say)
