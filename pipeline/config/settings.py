"""Settings: every option of fourp.toml with its default, its range and its explanation."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal

from pipeline.core.audience import Audience, AudienceRules
from pipeline.core.errors import ConfigError
from pipeline.core.languages import EU_LANGUAGES
from pipeline.core.subscribers import is_address, mailbox_of

FILE_NAME = "fourp.toml"
DEFAULT_EXCLUDE = (".*", "~$*", "*.part", "*.tmp", "*.crdownload", "Thumbs.db", "desktop.ini")
DEFAULT_SCANNED = ("en", "fr", "de")

Check = Callable[[object], str | None]


def _whole(low: int, high: int) -> Check:
    def check(value: object) -> str | None:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            return f"must be a whole number from {low} to {high}, not {value!r}"
        return None

    return check


def _code(value: object) -> str | None:
    if isinstance(value, str) and re.fullmatch(r"[a-z]{2,3}(_[A-Za-z]{2,4})?", value):
        return None
    return f'must be the code of a language such as "fr", not {value!r}'


def _one_of(*allowed: str) -> Check:
    def check(value: object) -> str | None:
        if value not in allowed:
            return f"must be one of {', '.join(map(repr, map(str, allowed)))}, not {value!r}"
        return None

    return check


def _patterns(value: object) -> str | None:
    if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
        return f'must be a list of file name patterns such as ["*.tmp"], not {value!r}'
    return None


def _languages(value: object) -> str | None:
    if isinstance(value, list) and value and all(item in EU_LANGUAGES for item in value):
        return None
    return f"must be a list of codes of EU languages such as {list(DEFAULT_SCANNED)}, not {value!r}"


def _text(value: object) -> str | None:
    return None if isinstance(value, str) else f"must be a text, not {value!r}"


def _mailbox(value: object) -> str | None:
    if value == "" or (isinstance(value, str) and is_address(mailbox_of(value)[1])):
        return None
    return f'must be an e-mail address such as "CEMR <eu@example.org>", not {value!r}'


def _option(section: str, default: object, doc: str, check: Check) -> Any:
    # Any, as dataclasses.field itself: the value stands for a field of another type.
    return field(default=default, metadata={"section": section, "doc": doc, "check": check})


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a workspace; the fields are the options of fourp.toml, in its order."""

    jobs: int = _option(
        "ingest", 0, "Worker processes; 0 means one for each processor core.", _whole(0, 256)
    )
    deadline: int = _option(
        "ingest", 120, "Seconds that one file may take before its worker is stopped.",
        _whole(1, 86_400),
    )  # fmt: skip
    memory: int = _option(
        "ingest", 2048, "MiB of memory that one file may need before its worker is stopped.",
        _whole(256, 1_048_576),
    )  # fmt: skip
    exclude: tuple[str, ...] = _option(
        "ingest", DEFAULT_EXCLUDE, "Names of files and folders that are left out.", _patterns
    )
    scan_deadline: int = _option(
        "ocr", 3600, "Seconds that the scanned pages of one file may take; the rest is told.",
        _whole(1, 604_800),
    )  # fmt: skip
    scan_languages: tuple[str, ...] = _option(
        "ocr", DEFAULT_SCANNED,
        "Languages of scanned pages whose own cannot be told or has no language pack.",
        _languages,
    )  # fmt: skip
    otherwise: str = _option(
        "audience", Audience.MEMBERS.value,
        'Who may read documents that no rule below speaks of: "public", "members" (who read what\n'
        '# is public, too) or "secretariat" (who read everything).',
        _one_of(*Audience),
    )  # fmt: skip
    public: tuple[str, ...] = _option(
        "audience", (),
        'Folders and files for each audience, such as ["eur-lex", "papers/published", "*.eml"];\n'
        "# where several rules fit a document, the strictest counts.",
        _patterns,
    )  # fmt: skip
    members: tuple[str, ...] = _option(
        "audience", (), "The same, for members and not for the public.", _patterns
    )
    secretariat: tuple[str, ...] = _option(
        "audience", (), "The same, for the secretariat alone.", _patterns
    )
    outputs: str = _option(
        "audience", Audience.MEMBERS.value,
        "Whom reports, feeds and key dates are for, where --audience does not say.",
        _one_of(*Audience),
    )  # fmt: skip
    limit: int = _option("search", 10, "Works shown for a search.", _whole(1, 1000))
    reviewer: str = _option(
        "review", "",
        "Name under which decisions about tags are kept; empty: FOURP_USER, or who is logged in.",
        _text,
    )  # fmt: skip
    language: str = _option(
        "report", "en", 'Language of reports: "en", "fr" or another that has a catalogue.', _code
    )

    host: str = _option(
        "mail", "", "Server that sends messages (fourp digest --send), such as smtp.example.org.",
        _text,
    )  # fmt: skip
    port: int = _option("mail", 587, "Usually 587 for starttls, 465 for tls.", _whole(1, 65_535))
    security: Literal["starttls", "tls"] = _option(
        "mail", "starttls",
        'How the connection is encrypted, which it always is: "starttls" or "tls".',
        _one_of("starttls", "tls"),
    )  # fmt: skip
    user: str = _option("mail", "", "Name to log in with; empty: the server asks for none.", _text)
    password_variable: str = _option(
        "mail", "FOURP_MAIL_PASSWORD",
        "Environment variable that holds the password; it never stands in this file.", _text,
    )  # fmt: skip
    sender: str = _option(
        "mail", "", 'Whom messages come from, such as "CEMR <eu@example.org>".', _mailbox
    )
    reply_to: str = _option("mail", "", "Where answers go; empty: to the sender.", _mailbox)
    ca_file: str = _option(
        "mail", "",
        "File (PEM) with the certificate of the authority that signed the server's, if it is an\n"
        "# internal one; empty: those that the system trusts.",
        _text,
    )  # fmt: skip
    patience: int = _option(
        "mail", 30, "Seconds to wait for an answer of the server.", _whole(1, 3600)
    )

    @property
    def readers(self) -> Audience:
        """Whom outputs are for."""
        return Audience(self.outputs)

    @property
    def audience_rules(self) -> AudienceRules:
        """Who may read what, by folders."""
        return AudienceRules(Audience(self.otherwise), self.public, self.members, self.secretariat)

    @classmethod
    def load(cls, path: Path) -> Settings:
        """Return the settings of the file at ``path``; defaults where it says nothing.

        Raises:
            ConfigError: If it is not TOML or any option is unknown or wrong; all are listed.
        """
        try:
            content = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise ConfigError(
                [f"it is not valid TOML: {error}"],
                where=str(path),
                remedy="correct that line; `fourp init` in an empty folder shows a good file",
            ) from error
        values, problems = _values(content)
        if problems:
            raise ConfigError(
                problems,
                where=str(path),
                remedy="correct them; `fourp init` in an empty folder shows a good file",
            )
        return cls(**values)  # type: ignore[arg-type]


def template() -> str:
    """Return a fourp.toml with every option at its default, explained."""
    lines = ["# Settings of this fourp workspace. Every option is shown with its default."]
    section = ""
    for option in fields(Settings):
        if option.metadata["section"] != section:
            section = option.metadata["section"]
            lines += ["", f"[{section}]"]
        lines += [f"# {option.metadata['doc']}", f"{option.name} = {_toml(option.default)}"]
    return "\n".join(lines) + "\n"


def _values(content: dict[str, object]) -> tuple[dict[str, object], list[str]]:
    """Return the values by field name, and what is wrong with the file."""
    options = {(o.metadata["section"], o.name): o for o in fields(Settings)}
    sections = {section for section, _ in options}
    values: dict[str, object] = {}
    problems: list[str] = []
    for section, table in content.items():
        if section not in sections or not isinstance(table, dict):
            problems.append(f"[{section}] is no section of it{_meant(section, sections)}")
            continue
        known = {name for s, name in options if s == section}
        for name, value in table.items():
            option = options.get((section, name))
            if option is None:
                problems.append(f"[{section}] has no option {name!r}{_meant(name, known)}")
            elif wrong := option.metadata["check"](value):
                problems.append(f"[{section}] {name} {wrong}")
            else:
                values[name] = tuple(value) if isinstance(value, list) else value
    return values, problems


def _meant(word: str, known: set[str]) -> str:
    near = difflib.get_close_matches(word, sorted(known), n=1)
    return f" (did you mean {near[0]!r}?)" if near else f" (there are: {', '.join(sorted(known))})"


def _toml(value: object) -> str:
    if isinstance(value, tuple):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return str(value)
