"""A feed as Atom (RFC 4287)."""

from __future__ import annotations

from lxml import etree

from pipeline.report.feeds import Feed

NAMESPACE = "http://www.w3.org/2005/Atom"
_XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def to_atom(feed: Feed) -> bytes:
    """Return a feed as an XML document; the same feed gives the same bytes.

    Entries have no links: where the library's files are is nobody's business but its users'.
    """
    root = etree.Element(f"{{{NAMESPACE}}}feed", nsmap={None: NAMESPACE})
    root.set(_XML_LANGUAGE, feed.language)
    _add(root, "id", feed.id)
    _add(root, "title", feed.title)
    _add(root, "updated", feed.updated)
    _add(_add(root, "author"), "name", "fourp")  # every entry needs one (4.1.1)
    _add(root, "generator", "fourp")
    for entry in feed.entries:
        element = _add(root, "entry")
        element.set(_XML_LANGUAGE, entry.language)
        _add(element, "id", entry.id)
        _add(element, "title", entry.title)
        _add(element, "updated", entry.updated)
        for name in entry.categories:
            _add(element, "category").set("term", name)
        content = _add(element, "content", entry.summary)  # without a link it must be (4.1.2)
        content.set("type", "text")
        content.set(_XML_LANGUAGE, feed.language)
    etree.indent(root)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8")
    return written + b"\n"


def _add(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    element = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
    element.text = text
    return element
