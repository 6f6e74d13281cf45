"""``fourp explain``: why a document has a policy file as its tag, or has not."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from pipeline.cli import completion
from pipeline.cli.decisions import decision_as_json, grade_in_words, history_in_words
from pipeline.cli.options import as_json, echo_json, workspace_of
from pipeline.core.text import one_line, visible

if TYPE_CHECKING:
    from pipeline.tagging.explanation import Explanation, Learned, Speaking
    from pipeline.workflows.explaining import Explained

TERMS = 15  # listed on a terminal; JSON has all of them
FEATURES = 5  # of the model, likewise


@click.command("explain")
@click.argument("document", shell_complete=completion.documents)
@click.argument("file", shell_complete=completion.files)
@as_json
@click.pass_context
def command(context: click.Context, document: str, file: str, as_json: bool) -> None:
    """Say why DOCUMENT is tagged with the policy file FILE, or why it is not.

    Example: fourp explain waste-water-position.pdf water
    """
    from pipeline.workflows.explaining import explain

    workspace = workspace_of(context)
    explained = explain(workspace, document, file)
    if as_json:
        echo_json(_as_json(explained))
        return
    label = explained.concept.label(workspace.settings.language)
    title = explained.document.title or explained.document.source.name
    click.echo(f"{visible(title)}: {click.style(label, bold=True)} [{explained.concept.id}]")
    _show_people(explained)
    _show_machine(explained.machine)


def _show_people(explained: Explained) -> None:
    tag = explained.stored
    stored = f"{grade_in_words(tag.grade)}, {tag.score:.0%}, by {tag.origin}" if tag else "no tag"
    click.echo(f"  stored: {stored}")
    for line in history_in_words(explained.reviews):
        click.echo(f"  people: {line}")


def _show_machine(machine: Explanation) -> None:
    click.echo(f" machine: {_verdict(machine)}")
    click.echo(f"          (tagger {machine.tagger})")
    if not machine.rank:
        if machine.aside:
            click.echo(f"everyday words that do not count alone: {', '.join(machine.aside)}")
        words = ", ".join(machine.looked_for) or "nothing: the vocabulary has no words of it here"
        click.echo(f"looked for, among others: {words}")
        return
    click.echo(
        f"   score: {machine.score:.2f} = {machine.raw:.2f} / ({machine.raw:.2f} + "
        f"{machine.half:g}); rank {machine.rank} of {machine.files} files"
    )
    if machine.learned:
        _show_learned(machine.learned)
    else:
        _show_bars(machine)
    click.echo(f"\n{'adds':>8} {'body':>6} {'lead':>6} {'title':>6} {'places':>7}  what")
    for one in machine.speaking[:TERMS]:
        _show_speaking(one)
    if len(machine.speaking) > TERMS:
        click.echo(f"{len(machine.speaking) - TERMS:>8} more")
    click.echo()
    for item in machine.sentences:
        click.echo(f"    p. {item.page}: “{visible(one_line(item.quote))}” ({item.match})")


def _show_learned(learned: Learned) -> None:
    click.echo(
        f"   model: main subject {learned.main:.2f} (bar {learned.main_bar:.2f}), treated "
        f"{learned.treated:.2f} (bar {learned.also_bar:.2f}, to review {learned.review_bar:.2f})"
    )
    if learned.listed:
        click.echo("          named in a list of many policy files, which makes it treated")
    for name, adds in learned.adds[:FEATURES]:
        click.echo(f"          {adds:+.2f} {name}")


def _show_bars(machine: Explanation) -> None:
    click.echo(
        f"    bars: main subject {machine.main:.2f} and a sum of {machine.main_raw:.2f}, also "
        f"treated {machine.also:.2f} and {machine.also_raw:.2f} (strongest: {machine.strongest})"
    )


def _show_speaking(one: Speaking) -> None:
    pages = f", p. {', '.join(map(str, one.pages))}" if one.pages else ", in the title"
    kind = one.reason if one.reason == "reference" else one.role
    click.echo(
        f"{one.body + one.lead + one.title:>8.2f} {one.body:>6.2f} {one.lead:>6.2f} "
        f"{one.title:>6.2f} {one.count:>7}  {visible(one.key)} ({kind} {one.weight:g}){pages}"
    )


def _verdict(machine: Explanation) -> str:
    """Return what the machine makes of it, and what it lacks for more."""
    if not machine.rank:
        return "no tag: nothing in the document speaks for it"
    if machine.grade == "main":
        return "main subject"
    if machine.doubt:
        return f"to review; not a tag, because {machine.doubt}"
    if machine.learned:
        return _learned_verdict(machine, machine.learned)
    what, bar, raw = "a main subject", machine.main, machine.main_raw
    if machine.grade in (None, "review"):
        what, bar, raw = "a tag", machine.also, machine.also_raw
    if machine.score < bar:
        lacks = f"its score is below {bar:.2f}"
    elif machine.raw < raw:
        lacks = f"its sum is small beside that of {machine.strongest}"
    else:
        lacks = "no sentence of the text proves it"
    now = grade_in_words(machine.grade) if machine.grade else "no tag"
    return f"{now}; not {what}, because {lacks}"


def _learned_verdict(machine: Explanation, learned: Learned) -> str:
    now = grade_in_words(machine.grade) if machine.grade else "no tag"
    if not machine.sentences:
        return f"{now}; not a tag, because no sentence of the text proves it"
    lacks = f"the model's {learned.main:.2f} is below {learned.main_bar:.2f}"
    if machine.grade == "also":
        return f"{now}; not a main subject, because {lacks}"
    below = f"the model's {learned.treated:.2f} is below {learned.also_bar:.2f}"
    return f"{now}; not a tag, because {below}"


def _as_json(explained: Explained) -> dict[str, object]:
    machine, tag = explained.machine, explained.stored
    facts = asdict(machine) | {
        "sentences": [
            {"page": e.page, "quote": e.quote, "reason": e.reason, "match": e.match}
            for e in machine.sentences
        ]
    }
    return {
        "document": explained.document.id,
        "path": explained.document.source.path,
        **facts,
        "verdict": _verdict(machine),
        "stored": {"grade": tag.grade, "score": tag.score, "origin": tag.origin} if tag else None,
        "reviews": [
            {**decision_as_json(review), "number": review.number, "undoes": review.undoes}
            for review in explained.reviews
        ],
    }
