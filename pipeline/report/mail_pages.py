"""HTML for messages: pages of a few templates that need nothing else, not even a style sheet."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
)

from pipeline.core.document import UNKNOWN_LANGUAGE
from pipeline.core.errors import ConfigError
from pipeline.report.text import file_uri, harmless, typeset

_REMEDY = "correct it, or move it away to have the default one again"
# What a template that somebody wrote can do wrong, besides what Jinja itself finds.
_FAULTS = (TemplateError, ArithmeticError, LookupError, TypeError, ValueError, OSError)


def page(name: str, templates: Path | None, **values: object) -> str:
    """Return the page that a template makes of values; words out of documents are never markup.

    Args:
        name: Of the template; what is before a "-" in it begins the names of all that belong to
            it ("newsletter-public", "newsletter.css").
        templates: Folder whose files take the place of the default ones of the same name.

    Raises:
        ConfigError: If a template of that folder is wrong.
    """
    of_it = f"{name.partition('-')[0]}*"
    own = sorted(path.name for path in templates.glob(of_it)) if templates else []
    if not templates or not own:
        return _made(name, None, values)
    try:
        return _made(name, templates, values)
    except _FAULTS as error:
        line = f"line {error.lineno}: " if isinstance(error, TemplateSyntaxError) else ""
        raise ConfigError(
            [f"{line}{str(error) or type(error).__name__}"],
            where=f"{templates} ({', '.join(own)})",
            remedy=_REMEDY,
        ) from error


def _made(name: str, templates: Path | None, values: dict[str, object]) -> str:
    return _environment(templates).get_template(f"{name}.html.j2").render(values)


@cache
def _environment(templates: Path | None) -> Environment:
    default = PackageLoader("pipeline.report")
    environment = Environment(
        loader=ChoiceLoader([FileSystemLoader(templates), default]) if templates else default,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "file_uri": file_uri,
        "harmless": harmless,
        "typeset": typeset,
        "unknown_language": UNKNOWN_LANGUAGE,
    }
    return environment
