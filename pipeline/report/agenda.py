"""Agenda: key dates as a reader wants them: each work's once, by day, with titles and files."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.core.concepts import Vocabulary
from pipeline.core.key_dates import Announcement, KeyKind
from pipeline.report.text import harmless
from pipeline.report.values import Language, Named

_LANGUAGES = ("en", "fr")  # read by most of the secretariat when the agenda's own is not there


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence that announces, on one line, and the page where its date stands, from 1."""

    text: str
    page: int


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a work announces for one day. All text but the path is harmless.

    Attributes:
        day: ISO 8601.
        said: At least one sentence, all of the same document, in the order of its text.
        files: Policy files that any announcing version of the work is tagged with.
        document, path, title, language: Of the version that is cited.
        added_at: When its first version came in, ISO 8601 in UTC.
    """

    day: str
    kind: KeyKind
    title: str
    institution: str
    files: tuple[Named, ...]
    said: tuple[Said, ...]
    work: str
    document: str
    path: str
    language: str
    added_at: str

    @property
    def uid(self) -> str:
        """What no other item is called, and this one always: by work, kind and day."""
        name = "\n".join([self.work, self.kind.value, self.day])
        return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()


def build_agenda(
    announcements: Iterable[Announcement], vocabulary: Vocabulary, language: Language
) -> tuple[Item, ...]:
    """Return what is announced, by day, then kind and title.

    What several versions or sentences of a work announce for a day is one item, cited in the
    language asked for where there is such a version. The order of ``announcements`` makes no
    difference.
    """
    groups: dict[tuple[str, KeyKind, str], list[Announcement]] = defaultdict(list)
    for one in announcements:
        groups[one.work, one.key.kind, one.key.day].append(one)
    files = {file.id: file.label(language) for file in vocabulary.files}
    items = [_item(group, files, language) for group in groups.values()]
    order = list(KeyKind)
    return tuple(sorted(items, key=lambda i: (i.day, order.index(i.kind), i.title, i.work)))


def _item(group: Sequence[Announcement], files: Mapping[str, str], language: Language) -> Item:
    cited = min(group, key=lambda one: (_preference(one.language, language), one.path))
    own = sorted(
        (one for one in group if one.document == cited.document),
        key=lambda one: one.key.date.start,
    )
    about = {concept for one in group for concept in one.concepts}
    return Item(
        day=cited.key.day,
        kind=cited.key.kind,
        title=harmless(cited.title) or harmless(cited.path.rsplit("/", 1)[-1]) or "?",
        institution=harmless(cited.institution),
        files=tuple(Named(id_, harmless(name)) for id_, name in files.items() if id_ in about),
        said=tuple(dict.fromkeys(Said(harmless(one.text), one.key.page) for one in own)),
        work=cited.work,
        document=cited.document,
        path=cited.path,
        language=cited.language,
        added_at=min(one.added_at for one in group),
    )


def _preference(code: str, language: Language) -> tuple[int, str]:
    order = (language, *_LANGUAGES)
    return order.index(code) if code in order else len(order), code
