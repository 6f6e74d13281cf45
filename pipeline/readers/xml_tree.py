"""XML trees of untrusted files: nothing is fetched, no entity grows, and what breaks is told."""

from __future__ import annotations

import html
from typing import Any

from pipeline.core.document import Source
from pipeline.core.errors import DocumentError


def parsed(source: Source, content: bytes, *, keep_pis: bool = False) -> Any:
    """Return the root element of ``content``, without comments.

    Processing instructions are left out as well, unless told to ``keep_pis``.

    No entity can fetch a file or grow: those that HTML names, and those that the file itself
    declares as plain text, are spelt out; others stay as they are written.

    Raises:
        DocumentError: If it is not well-formed, nests deeper than 256 elements, or is a bomb.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=not keep_pis
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = f" (line {error.lineno})" if isinstance(error, etree.XMLSyntaxError) else ""
        raise DocumentError(
            f"holds XML that is damaged or not safe to read{line}",
            where=source.name,
            remedy="fetch it again from where it came, or save it anew, and ingest it",
        ) from error
    for entity in list(root.iter(etree.Entity)):
        _put_in_place(entity)
    return root


def local_name(element: Any) -> str:
    """Return the element's name without its namespace."""
    tag = str(element.tag)
    return tag[tag.rfind("}") + 1 :]


def attribute(element: Any, name: str) -> str:
    """Return the attribute of that local name, in whatever namespace; "" where there is none."""
    for key, value in element.attrib.items():
        if key[key.rfind("}") + 1 :] == name:
            return str(value)
    return ""


def _put_in_place(entity: Any) -> None:
    text = _meaning(entity) + (entity.tail or "")
    parent, before = entity.getparent(), entity.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + text
    else:
        parent.text = (parent.text or "") + text
    entity.tail = None
    parent.remove(entity)


def _meaning(entity: Any) -> str:
    if (shown := html.unescape(entity.text)) != entity.text:
        return shown
    dtd = entity.getroottree().docinfo.internalDTD
    for declared in dtd.iterentities() if dtd is not None else ():
        if declared.name == entity.name and not {"&", "<"} & set(declared.content or "&"):
            return str(declared.content)
    return str(entity.text)
