"""HTML for messages: pages of a few templates that need nothing else, not even a style sheet."""

from __future__ import annotations

from pathlib import Path

from pipeline.report.templating import template, told_of


def page(name: str, templates: Path | None, **values: object) -> str:
    """Return the page that a template makes of values; words out of documents are never markup.

    Args:
        name: Of the template; what is before a "-" in it begins the names of all that belong to
            it ("newsletter-public", "newsletter.css").
        templates: Folder whose files take the place of the default ones of the same name.

    Raises:
        ConfigError: If a template of that folder is wrong.
    """
    with told_of(f"{name.partition('-')[0]}*", templates) as own:
        return template(name, own).render(values)
