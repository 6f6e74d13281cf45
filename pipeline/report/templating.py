"""Templates of pages (Jinja): the shipped ones, and a workspace's own that take their place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateSyntaxError,
)

from pipeline.core.document import UNKNOWN_LANGUAGE
from pipeline.core.errors import ConfigError
from pipeline.report.text import file_uri, harmless, typeset

_REMEDY = "correct it, or move it away to have the default one again"
# What a template that somebody wrote can do wrong, besides what Jinja itself finds.
_FAULTS = (TemplateError, ArithmeticError, LookupError, TypeError, ValueError, OSError)


def template(name: str, templates: Path | None = None) -> Template:
    """Return a template, anew where it changed; words put into it are never markup.

    Args:
        templates: Folder whose files take the place of the default ones of the same name.
    """
    return _environment(templates).get_template(f"{name}.html.j2")


@contextmanager
def told_of(pattern: str, templates: Path | None) -> Iterator[Path | None]:
    """Tell of faults of a workspace's own templates; give their folder, nothing if it has none.

    Args:
        pattern: Of the names of all files that make a page ("report.*").

    Raises:
        ConfigError: If one of them is wrong.
    """
    own = sorted(path.name for path in templates.glob(pattern)) if templates else []
    if not own:
        yield None
        return
    try:
        yield templates
    except _FAULTS as error:
        line = f"line {error.lineno}: " if isinstance(error, TemplateSyntaxError) else ""
        raise ConfigError(
            [f"{line}{str(error) or type(error).__name__}"],
            where=f"{templates} ({', '.join(own)})",
            remedy=_REMEDY,
        ) from error


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
