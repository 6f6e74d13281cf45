"""Small workspaces for tests: a vocabulary of two files and documents of a few sentences."""

from __future__ import annotations

from pathlib import Path

from pipeline.config.workspace import Workspace, make_workspace, open_workspace

VOCABULARY = """\
concepts:
  - id: planet
    labels: {en: Planet, fr: Planète}
  - id: water
    broader: planet
    labels: {en: Water legislation, fr: Législation sur l'eau}
    short: {en: Water, fr: Eau}
    references: [Directive 91/271/EEC]
    terms:
      en: {name: [urban waste water], field: [sewage, treatment plant]}
      fr: {name: [eaux urbaines résiduaires], field: [assainissement]}
  - id: energy
    broader: planet
    labels: {en: Energy legislation, fr: Législation sur l'énergie}
    terms:
      en: {name: [energy efficiency], field: [district heating]}
"""
GROUPS = """\
groups:
  - id: planet
    name: {en: Planet, fr: Planète}
    files: [water, energy]
"""

WATER = (
    "Position on urban waste water\n\n3 March 2021\n\n"
    "Towns collect urban waste water and treat it. Each treatment plant costs money. "
    "Sewage from small towns needs another treatment plant under Directive 91/271/EEC.\n"
)
EAU = (
    "Position sur les eaux urbaines résiduaires\n\nLe 4 mars 2021\n\n"
    "Les communes traitent les eaux urbaines résiduaires. L'assainissement coûte cher aux "
    "petites communes, et l'assainissement demande du personnel qualifié.\n"
)
ENERGY = (
    "Note on energy efficiency\n\n5 April 2022\n\n"
    "Towns want energy efficiency first. District heating helps them to reach it, and energy "
    "efficiency lowers the bills of schools and town halls.\n"
)


def library(root: Path) -> Workspace:
    """Return a new workspace in ``root`` with the small vocabulary."""
    make_workspace(root)
    (root / "models" / "vocabulary.yaml").write_text(VOCABULARY, encoding="utf-8")
    (root / "models" / "expert-groups.yaml").write_text(GROUPS, encoding="utf-8")
    return open_workspace(root)


def folder(root: Path) -> Path:
    """Return a new folder with three documents, two about water and one about energy."""
    root.mkdir(parents=True, exist_ok=True)
    for name, text in (("water.txt", WATER), ("eau.txt", EAU), ("energy.txt", ENERGY)):
        (root / name).write_text(text, encoding="utf-8")
    return root
