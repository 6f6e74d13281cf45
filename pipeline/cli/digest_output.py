"""What ``fourp digest`` says: messages and their works on stdout, the rest on stderr."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.options import echo_json
from pipeline.cli.terminal import tell
from pipeline.core.digests import Outgoing, State
from pipeline.core.text import visible

if TYPE_CHECKING:
    from pipeline.report.digest_labels import DigestLabels
    from pipeline.report.digest_values import Digest, Item
    from pipeline.workflows.digest import Plan, Plans
    from pipeline.workflows.posting import Outcome, Posted


def show_plans(plans: Plans, *, as_json: bool) -> None:
    """Show what subscribers would hear."""
    planned = [plan for plan in plans.plans if plan.is_message]
    for one in plans.waiting:
        _line(_kept(one, "prepared"), f"waiting: {_called(one)}", as_json=as_json)
    for plan in planned:
        if as_json:
            echo_json(_planned(plan) | {"state": "planned"})
        else:
            _show(plan)
    _say_quiet(plans)
    due = len(planned) + len(plans.waiting)
    if due:
        click.echo(
            f"dry run: {_messages(due)} would go out; write them with --out FOLDER, or send them "
            "with --send",
            err=True,
        )
    _say_uncertain(plans.uncertain)


def show_outcome(outcome: Outcome, *, as_json: bool) -> None:
    """Show what became of each message."""
    told = {
        (plan.subscriber.id, plan.period.name): plan
        for plan in outcome.plans.plans
        if plan.is_message
    }
    for one in outcome.posted:
        plan = told.get((one.outgoing.subscriber, one.outgoing.period))
        facts = _kept(one.outgoing, _state(one)) | (_planned(plan) if plan else {})
        _line(facts | _result(one), _in_words(one), as_json=as_json)
        if one.error:
            click.echo(visible(f"fourp: {one.error}"), err=True)
        for address, why in one.refused:
            click.echo(
                visible(
                    f"fourp: {address} was refused ({why}), the others have the message; correct "
                    "the address in models/subscribers.yaml"
                ),
                err=True,
            )
    for kept in outcome.withdrawn:
        click.echo(
            visible(f"not given out as it was, but made anew: {_called(kept)}"),
            err=True,
        )
    _say_quiet(outcome.plans)
    if outcome.server_error:
        click.echo(visible(f"fourp: {outcome.server_error}"), err=True)
        click.echo("what was not sent is kept; run this again", err=True)
    _say_uncertain(outcome.plans.uncertain)


def show_decision(outgoing: Outgoing, *, sent: bool, as_json: bool) -> None:
    """Show what became of a message of which nobody knew whether it was sent."""
    told = "is sent" if sent else "goes out with the next run"
    facts = _kept(outgoing, "sent" if sent else "prepared")
    _line(facts, f"message {outgoing.number} to {whom(outgoing)} {told}", as_json=as_json)


def whom(outgoing: Outgoing) -> str:
    """Return the addresses of a message."""
    return ", ".join(outgoing.recipients)


def _show(plan: Plan) -> None:
    from pipeline.report.digest_labels import digest_labels

    digest = _digest(plan)
    words = digest_labels(digest.language)
    subscriber = plan.subscriber
    click.secho(
        visible(f"{subscriber.id}: {digest.association} <{', '.join(subscriber.emails)}>"),
        bold=True,
    )
    tell(visible(words.subject_of(digest)), indent="  ")
    for chapter in digest.chapters:
        click.echo()
        tell(visible(words.title_of(chapter)), indent="  ")
        for item in chapter.items:
            tell(visible(item.title), indent="    ")
            for line in _item_lines(item, words):
                tell(visible(line), indent="      ")
        if chapter.more:
            tell(visible(words.rest_of(chapter)), indent="    ")
    click.echo()


def _item_lines(item: Item, words: DigestLabels) -> Iterator[str]:
    yield " · ".join(words.facts(item))
    yield words.why(item)
    if also := words.also_in(item):
        yield also
    if item.quote:
        yield words.quoted(item.quote.text)


def _say_quiet(plans: Plans) -> None:
    for name, problem in plans.problems.items():
        told = f"the saved search {name} cannot be asked any more\n{problem}"
        click.echo("\n".join(map(visible, told.split("\n"))), err=True)
    if not plans.plans:
        click.echo("there is no subscriber; add one to models/subscribers.yaml", err=True)
    for plan in plans.plans:
        if plan.digest is None:
            click.echo(f"{visible(plan.subscriber.id)}: nothing new", err=True)
        elif plan.had is not None:
            count = plan.digest.works
            waiting = f"{count} {'work waits' if count == 1 else 'works wait'}"
            click.echo(
                f"{visible(plan.subscriber.id)}: has message {plan.had.number} of "
                f"{plan.period.name} already; {waiting} for the next one, from the day after "
                f"{plan.period.last} on",
                err=True,
            )


def _say_uncertain(uncertain: Iterable[Outgoing]) -> None:
    from pipeline.workflows.posting import uncertain_error

    for one in uncertain:
        click.echo(visible(f"fourp: {uncertain_error(one)}"), err=True)


def _line(facts: dict[str, Any], words: str, *, as_json: bool) -> None:
    if as_json:
        echo_json(facts)
    else:
        click.echo(visible(words))


def _in_words(one: Posted) -> str:
    at = f" ({one.file})" if one.file else ""
    return f"{_state(one)}: {_called(one.outgoing)}{at}"


def _called(outgoing: Outgoing) -> str:
    return f"message {outgoing.number} to {whom(outgoing)}: {outgoing.subject}"


def _state(one: Posted) -> str:
    if one.error is None:
        return one.outgoing.state.value
    return "uncertain" if one.outgoing.state is State.SENDING else "not sent"


def _result(one: Posted) -> dict[str, Any]:
    facts: dict[str, Any] = {"file": str(one.file)} if one.file else {}
    if one.error:
        parts = {"what": one.error.what, "where": one.error.where, "remedy": one.error.remedy}
        facts["error"] = parts
    return facts | ({"refused": dict(one.refused)} if one.refused else {})


def _kept(outgoing: Outgoing, state: str) -> dict[str, Any]:
    return {
        "number": outgoing.number,
        "subscriber": outgoing.subscriber,
        "to": list(outgoing.recipients),
        "period": outgoing.period,
        "subject": outgoing.subject,
        "count": outgoing.works,
        "state": state,
    }


def _planned(plan: Plan) -> dict[str, Any]:
    from pipeline.report.digest_labels import digest_labels

    digest = _digest(plan)
    words = digest_labels(digest.language)
    return {
        "subscriber": plan.subscriber.id,
        "association": digest.association,
        "to": list(plan.subscriber.emails),
        "period": plan.period.name,
        "language": digest.language,
        "subject": words.subject_of(digest),
        "count": digest.works,
        "works": [
            _work(item, words.title_of(chapter), words)
            for chapter in digest.chapters
            for item in chapter.items
        ],
    }


def _work(item: Item, chapter: str, words: DigestLabels) -> dict[str, Any]:
    return {
        "work": item.work,
        "title": item.title,
        "chapter": chapter,
        "why": words.why(item),
        "also": [reason.name for reason in item.reasons[1:]],
        "quote": item.quote.text if item.quote else "",
        "page": item.page,
        "institution": item.institution,
        "kind": item.kind,
        "date": item.date,
        "languages": list(item.languages),
        "link": item.link,
        "documents": list(item.documents),
    }


def _digest(plan: Plan) -> Digest:
    assert plan.digest is not None
    return plan.digest


def _messages(count: int) -> str:
    return f"{count} {'message' if count == 1 else 'messages'}"
