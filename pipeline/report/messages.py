"""Messages: the words of a table one by one, as a catalogue holds them, and a table of their own.

A table of words is a dataclass whose fields are texts, nouns with their plurals, or mappings of
texts. A message's context is the table's name, the field and, in a mapping, the key; its id is the
English text (GNU gettext, section 11.2.5).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

Table = TypeVar("Table", bound=Any)


@dataclass(frozen=True, slots=True)
class Plural:
    """A noun or sentence for one thing, and for many.

    Attributes:
        forms: All that the language has, by the number that its catalogue's rule gives.
    """

    one: str
    many: str
    forms: tuple[str, ...] = ()

    @classmethod
    def of(cls, forms: tuple[str, ...]) -> Plural:
        """Return the noun with these forms, at least one."""
        return cls(forms[0], forms[-1], forms)

    def form(self, number: int) -> str:
        """Return the form of that number in the rule of its language."""
        return (self.forms or (self.one, self.many))[number]


@dataclass(frozen=True, slots=True)
class Message:
    """A text to translate; ``many`` is "" where it has no plural."""

    context: str
    one: str
    many: str = ""


def messages(name: str, table: object) -> Iterator[Message]:
    """Yield the messages of a table that is called ``name``, in the order of its fields."""
    for context, value in _values(name, table):
        if isinstance(value, Plural):
            yield Message(context, value.one, value.many)
        else:
            yield Message(context, value)


def translated(name: str, table: Table, translate: Callable[[Message], tuple[str, ...]]) -> Table:
    """Return a table of the same kind in another language.

    Args:
        translate: Gives the forms of a message, one where it has no plural.
    """
    changes: dict[str, object] = {}
    for field in fields(table):
        value = getattr(table, field.name)
        context = f"{name}.{field.name}"
        if isinstance(value, str):
            changes[field.name] = translate(Message(context, value))[0]
        elif isinstance(value, Plural):
            forms = translate(Message(context, value.one, value.many))
            changes[field.name] = Plural.of(forms)
        elif isinstance(value, Mapping):
            changes[field.name] = {
                key: translate(Message(f"{context}.{key}", text))[0] for key, text in value.items()
            }
    return replace(table, **changes)


def _values(name: str, table: object) -> Iterator[tuple[str, str | Plural]]:
    for field in fields(table):  # type: ignore[arg-type]
        value = getattr(table, field.name)
        context = f"{name}.{field.name}"
        if isinstance(value, str | Plural):
            yield context, value
        elif isinstance(value, Mapping):
            for key, text in value.items():
                yield f"{context}.{key}", text
