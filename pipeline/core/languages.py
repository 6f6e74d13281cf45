"""The official languages of the EU."""

from __future__ import annotations

# ISO 639-1, by code.
EU_LANGUAGES = tuple(
    "bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv".split()
)
