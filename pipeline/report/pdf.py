"""A page of HTML as a tagged PDF (PDF/UA-1) that fetches nothing; the adapter of WeasyPrint."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import Any

from pipeline.core.errors import ConfigError

_VARIANT = "pdf/ua-1"
_LIBRARY = (
    "install it (Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0), "
    "or print the HTML to PDF in a browser"
)


def to_pdf(page: str, *, made_at: datetime) -> bytes:
    """Return an HTML page as PDF, with its title, language and headings.

    Nothing is fetched that the page does not hold itself. The same page gives the same bytes.

    Args:
        made_at: When its content was made, with a time zone.

    Raises:
        ConfigError: If WeasyPrint or the library Pango is not installed.
    """
    page_class, fetcher_class = _weasyprint()
    # What it says of CSS that is for screens only is nothing a reader can mend.
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    fetcher = fetcher_class(allowed_protocols=("data",))
    made = page_class(string=page, url_fetcher=fetcher).render(pdf_variant=_VARIANT)
    made.metadata.created = made.metadata.modified = f"{made_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    made.metadata.generator = "fourp"
    content: bytes = made.write_pdf(pdf_variant=_VARIANT)
    return content


def _weasyprint() -> tuple[Any, Any]:
    from PIL import ImageFile

    strict = ImageFile.LOAD_TRUNCATED_IMAGES
    try:
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher
    except ImportError as error:
        raise ConfigError(
            ["PDF needs WeasyPrint, which is not installed"],
            where="the format pdf",
            remedy='install it: pip install "fourp[pdf]"',
        ) from error
    except OSError as error:  # what ctypes says of libraries that are not there
        raise ConfigError(
            ["PDF needs the library Pango, which is not installed"],
            where="the format pdf",
            remedy=_LIBRARY,
        ) from error
    finally:  # it has every reader in this process take half an image for a whole one
        ImageFile.LOAD_TRUNCATED_IMAGES = strict
    return HTML, URLFetcher
