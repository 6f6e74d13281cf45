"""Translations: the words of a language in a .po file (GNU gettext), read by Babel."""

from __future__ import annotations

import gettext
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

from pipeline.core.errors import ConfigError
from pipeline.report.messages import Message
from pipeline.report.speech import Speech

ENDING = ".po"

_REMEDY = (
    "translate what is missing, or move the file away; docs/reports.md says how to begin from "
    "the template"
)


@dataclass(frozen=True, slots=True)
class Translation:
    """The messages of one language, complete.

    Attributes:
        forms: By context and English text, at least one each.
    """

    speech: Speech
    forms: Mapping[tuple[str, str], tuple[str, ...]]

    def translate(self, message: Message) -> tuple[str, ...]:
        """Return a message's forms in this language."""
        return self.forms[message.context, message.one]


def read_translation(path: Path, template: Iterable[Message]) -> Translation:
    """Return the catalogue of a .po file that is named by its language: ``fr.po``, ``pt_BR.po``.

    Args:
        template: All messages that it must have.

    Raises:
        ConfigError: If it cannot be read or is not complete; with all problems.
    """
    from babel import Locale, UnknownLocaleError
    from babel.messages.pofile import PoFileError, read_po

    try:
        locale = Locale.parse(path.stem)
        with path.open("rb") as file:
            found = read_po(file, locale=locale, abort_invalid=True)
        plural, forms = _rule(found.plural_expr), found.num_plurals
    except (UnknownLocaleError, PoFileError, UnicodeDecodeError, ValueError, OSError) as error:
        raise ConfigError(
            [f"it is no catalogue of messages: {error}"],
            where=str(path),
            remedy="name it by a language and make it a .po file, such as de.po",
        ) from error
    translated: dict[tuple[str, str], tuple[str, ...]] = {}
    problems = []
    for message in template:
        one = found.get(message.one, context=message.context)
        given = _forms(one.string) if one and not one.fuzzy else ()
        problem = _wrong(message, given, forms if message.many else 1)
        if problem:
            problems.append(f"{message.context} ({message.one[:40]!r}) {problem}")
        translated[message.context, message.one] = given
    if problems:
        raise ConfigError(problems, where=str(path), remedy=_REMEDY)
    return Translation(Speech(path.stem, str(locale), plural), translated)


def written(
    template: Iterable[Message],
    known: Mapping[tuple[str, str], Sequence[str]],
    *,
    rule: str = "nplurals=2; plural=(n != 1);",
) -> str:
    """Return a .po file that has all messages, with the translations that are known.

    Args:
        known: Forms, by context and English text.
        rule: The field ``Plural-Forms`` of its head.
    """
    lines = ['msgid ""', 'msgstr ""', r'"MIME-Version: 1.0\n"']
    lines += [
        r'"Content-Type: text/plain; charset=UTF-8\n"',
        r'"Content-Transfer-Encoding: 8bit\n"',
    ]
    lines.append(rf'"Plural-Forms: {rule}\n"')
    for message in template:
        forms = known.get((message.context, message.one)) or ("", "")
        lines += ["", f"msgctxt {_quoted(message.context)}", f"msgid {_quoted(message.one)}"]
        if message.many:
            lines.append(f"msgid_plural {_quoted(message.many)}")
            lines += [f"msgstr[{number}] {_quoted(form)}" for number, form in enumerate(forms)]
        else:
            lines.append(f"msgstr {_quoted(forms[0])}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _rule(expression: str) -> Callable[[int], int]:
    # Python's own reader of the rules of .po files; it takes nothing but such a rule.
    rule: Callable[[int], int] = gettext.c2py(expression)
    return rule


def _forms(given: str | Iterable[str] | None) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given or ())


def _wrong(message: Message, given: tuple[str, ...], forms: int) -> str:
    if not given or not all(given):
        return "is not translated"
    if len(given) != forms:
        return f"has {len(given)} of {forms} forms"
    wanted = _places(message.many or message.one)
    for text in given:
        try:
            places = _places(text)
        except ValueError as error:
            return f"cannot be filled in: {error}"
        # A form for one thing may leave the number out.
        if places != wanted and not (message.many and places < wanted):
            return f"leaves open {sorted(places)}, not {sorted(wanted)}"
    return ""


def _places(text: str) -> frozenset[str]:
    """Return what is left open in a text; of places without a name, how many there are."""
    names = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    return frozenset(name or f"{number}" for number, name in enumerate(names))
