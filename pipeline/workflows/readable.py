"""Readable: what an audience finds is what the catalogue lets it read, whatever the index holds."""

from __future__ import annotations

from dataclasses import replace

from pipeline.config.workspace import Workspace
from pipeline.core.audience import Audience
from pipeline.core.query import Results
from pipeline.workflows import assemble
from pipeline.workflows.indexing import index_documents

_EVERYTHING = ("", Audience.SECRETARIAT)


def in_step(workspace: Workspace, audience: str) -> None:
    """Tell the index of audiences that have changed, if a search for an audience is to come.

    Where another process writes, it is left as it is; `readable` sees to the rest.

    Raises:
        CatalogueError: If the catalogue cannot be used.
    """
    if audience in _EVERYTHING:
        return
    with assemble.catalogue_of(workspace) as catalogue:  # brought in line with today's rules
        amended = catalogue.held.amended()
    if amended:
        index_documents(workspace, amended)


def readable(workspace: Workspace, results: Results, audience: str) -> Results:
    """Return results without what an audience may not read by the catalogue.

    Raises:
        CatalogueError: If the catalogue cannot be used.
    """
    if audience in _EVERYTHING or not results.hits:
        return results
    with assemble.catalogue_of(workspace) as catalogue:
        ids = {hit.document for hit in results.hits}
        theirs = catalogue.audiences.readable(ids, Audience(audience))
    hits = tuple(hit for hit in results.hits if hit.document in theirs)
    return replace(results, hits=hits, total=results.total - len(results.hits) + len(hits))
