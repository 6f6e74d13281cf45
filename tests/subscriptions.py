"""Subscribers for tests: a file of them, and settings that name a mail server."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import yaml

from pipeline.config.workspace import Workspace, open_workspace
from pipeline.mail.smtp import MailServer

SENDER = "CEMR <eu@example.org>"
VARIABLE = "FOURP_MAIL_PASSWORD"


def subscriber(id_: str = "north", **facts: Any) -> dict[str, Any]:
    """Return an entry of subscribers.yaml."""
    return {
        "id": id_,
        "association": f"Towns of {id_}",
        "email": f"{id_}@example.org",
        "languages": ["en"],
        "interests": {"files": ["water", "energy"]},
        "frequency": "weekly",
        "audience": "members",
    } | facts


def subscribe(workspace: Workspace, entries: Iterable[Mapping[str, Any]]) -> None:
    """Make these the subscribers of a workspace."""
    content = yaml.safe_dump({"subscribers": list(entries)}, allow_unicode=True, sort_keys=False)
    workspace.subscribers.write_text(content, encoding="utf-8")


def with_server(workspace: Workspace, server: MailServer) -> Workspace:
    """Return the workspace with settings that name a mail server."""
    lines = {
        "host": server.host, "port": server.port, "security": server.security,
        "user": server.user, "sender": SENDER, "ca_file": str(server.ca_file),
        "patience": max(1, int(server.patience)),
    }  # fmt: skip
    told = [f"{name} = {value!r}".replace("'", '"') for name, value in lines.items()]
    (workspace.root / "fourp.toml").write_text("\n".join(["[mail]", *told]), encoding="utf-8")
    return open_workspace(workspace.root)
