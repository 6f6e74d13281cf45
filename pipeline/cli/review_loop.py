"""The keyboard loop of ``fourp review``: single keys on a terminal, lines from a pipe."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Protocol

import click

from pipeline.cli.decisions import DECISIONS, decided, grade_in_words, made_by
from pipeline.core.reviews import Decision
from pipeline.core.text import one_line, visible

if TYPE_CHECKING:
    from pipeline.core.concepts import Vocabulary
    from pipeline.core.document import Document
    from pipeline.workflows.review_queue import Question
    from pipeline.workflows.review_session import Session

ANSWERS = {"a": Decision.MAIN, "o": Decision.ALSO, "r": Decision.REJECTED}
KEYS = "a main subject  o also treated  r not about it  + another file  s skip  u undo  q quit"
SENTENCES = 3  # of the evidence; more do not make up anybody's mind


class Keyboard(Protocol):
    """Where answers come from."""

    def key(self) -> str:
        """Return the next key; "q" where there is nobody any more."""
        ...

    def line(self, question: str) -> str:
        """Return a line."""
        ...


class Terminal:
    """Somebody who presses keys."""

    def key(self) -> str:
        """Return the key that is pressed, without waiting for Enter."""
        try:
            return click.getchar()
        except EOFError:
            return "q"

    def line(self, question: str) -> str:
        """Return what is typed until Enter."""
        return str(click.prompt(question, default="", show_default=False))


class Lines:
    """A pipe or a file: an answer a line; the file after + on the same line or the next."""

    def __init__(self) -> None:
        self._rest = ""

    def key(self) -> str:
        """Return the next line that is not empty; of one that begins with +, only that."""
        for line in sys.stdin:
            told = line.strip()
            if told.startswith("+"):
                self._rest = told[1:].strip()
                return "+"
            if told:  # a whole word is no key: "right" must not reject
                return told
        return "q"

    def line(self, question: str) -> str:
        """Return the rest of the line, or the next one."""
        rest, self._rest = self._rest, ""
        return rest or sys.stdin.readline().strip()


def keyboard() -> Keyboard:
    """Return where the answers come from."""
    return Terminal() if sys.stdin.isatty() else Lines()


def go_through(session: Session, vocabulary: Vocabulary, keys: Keyboard, *, language: str) -> None:
    """Ask until there are no questions left or somebody quits."""
    if session.question() is None:
        click.echo("there is nothing to review: no suggestion is open")
        return
    shown: object = None
    while True:
        asked = session.question()
        state = session.place, asked and asked[1].tags
        if asked is None and state != shown:
            click.echo("\nthat was the last question: u undo  q quit")
        elif asked is not None and state != shown:
            _show(*asked, session.place, vocabulary, language)
        shown = state
        key = keys.key().lower()
        if key == "q":
            return
        if key == "u":
            _undo(session)
            shown = None
        elif asked is not None:
            _take(key, session, vocabulary, keys)


def _take(key: str, session: Session, vocabulary: Vocabulary, keys: Keyboard) -> None:
    """Do what a key means for the question; one that means nothing is told all keys."""
    if key in ANSWERS:
        session.answer(ANSWERS[key])
        click.echo(f"   -> {DECISIONS[ANSWERS[key]]}")
    elif key == "s":
        session.skip()
    elif key == "+":
        _add(session, vocabulary, keys)
    else:
        click.echo(KEYS, err=True)


def _undo(session: Session) -> None:
    taken = session.undo()
    if taken is None:
        click.echo("nothing of this session is left to take back", err=True)
    else:
        click.echo(f"   taken back: {taken.concept}, {decided(taken)}")


def _add(session: Session, vocabulary: Vocabulary, keys: Keyboard) -> None:
    """Ask for another policy file; a name that is none's is told, and nothing changes."""
    from pipeline.workflows.reviewing import policy_file, unknown_file

    name = keys.line("policy file")
    file = policy_file(vocabulary, name) if name else ""
    if file:
        session.add(file)
        click.echo(f"   -> {file}: main subject")
    elif name:
        click.echo(visible(unknown_file(vocabulary, name)), err=True)


def _show(
    question: Question,
    document: Document,
    place: tuple[int, int],
    vocabulary: Vocabulary,
    language: str,
) -> None:
    from pipeline.workflows.reviewing import suggestion

    facts = [document.language, document.date, document.kind]
    title = visible(document.title or document.source.name)
    click.echo(f"\n{place[0]}/{place[1]}  {click.style(title, bold=True)}")
    click.echo(f"   {' · '.join(fact for fact in facts if fact)} · {visible(document.source.path)}")
    concept = vocabulary.get(question.concept)
    label = concept.label(language) if concept else question.concept
    machine = "the machine does not suggest it"
    if question.score is not None and question.grade is not None:
        machine = f"{grade_in_words(question.grade)}, {question.score:.0%}"
    click.echo(f"   {click.style(label, bold=True)} [{question.concept}]: {machine}")
    for review in question.elsewhere:
        click.echo(f"   another version: {decided(review)}, said {made_by(review)}")
    tag = suggestion(document, question.concept)
    for item in tag.evidence[:SENTENCES] if tag else ():
        click.echo(f"   p. {item.page}: “{visible(one_line(item.quote))}”")
    click.echo(click.style(f"   {KEYS}", dim=True))
