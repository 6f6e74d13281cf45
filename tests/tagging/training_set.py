"""Sixty small papers on six policy files, with the labels of a person, and their vocabulary."""

from __future__ import annotations

from pipeline.core.concepts import Concept, Role, Term, Vocabulary
from pipeline.tagging.training import Example
from tests.documents import document

SUBJECTS = {
    "water": ("waste water", "sewage", "price"),
    "energy": ("energy efficiency", "heating", "grid"),
    "housing": ("social housing", "tenant", "rent"),
    "transport": ("public transport", "tram", "road"),
    "forests": ("forest strategy", "timber", "land"),
    "schools": ("school meals", "pupil", "lesson"),
}
# Words that only the papers on one subject use, and that the vocabulary does not know.
TELLTALES = {
    "water": "basins pumps drains", "energy": "boilers radiators meters",
    "housing": "flats landlords mortgages", "transport": "depots drivers tickets",
    "forests": "beeches loggers clearings", "schools": "kitchens trays canteens",
}  # fmt: skip
PILLARS = {"planet": ("water", "energy", "forests"), "people": ("housing", "transport", "schools")}


def vocabulary() -> Vocabulary:
    """Return two pillars with three policy files each."""
    broader = {file: pillar for pillar, files in PILLARS.items() for file in files}
    files = (
        Concept(
            file,
            {"en": file.title()},
            terms={"en": (Term(name, 3.0, Role.NAME), Term(field), Term(word, 0.5, Role.COMPANY))},
            broader=broader[file],
        )
        for file, (name, field, word) in SUBJECTS.items()
    )
    pillars = (Concept(pillar, {"en": pillar.title()}) for pillar in PILLARS)
    return Vocabulary((*pillars, *files), digest="small")


def examples(*, each: int = 10) -> list[Example]:
    """Return ``each`` papers on each subject.

    Every second one mentions the next subject too, and a person called every other of these
    mentions treated, the rest nothing.
    """
    made = []
    files = list(SUBJECTS)
    for place, file in enumerate(files):
        name, field, word = SUBJECTS[file]
        other = files[(place + 1) % len(files)]
        for number in range(each):
            aside = f" {SUBJECTS[other][1]} is for another day." if number % 2 else ""
            paper = document(
                f"Paper {number} is about {name}. {field} matters, and so does its {word}. "
                f"{TELLTALES[file]} are spoken of.{aside}",
                f"In {number} towns {name} was seen, with {TELLTALES[file]}.",
                title=f"Paper {number} on {name}",
                path=f"/library/{file}-{number}.pdf",
            )
            also = frozenset({other}) if number % 4 == 1 else frozenset[str]()
            made.append(Example(paper, f"{file}-{number}", frozenset({file}), also))
    return made


def vocabulary_file() -> str:
    """Return the vocabulary as models/vocabulary.yaml would have it."""
    lines = ["concepts:"]
    for pillar, files in PILLARS.items():
        lines += [f"  - id: {pillar}", f"    labels: {{en: {pillar}, fr: {pillar}}}"]
        for file in files:
            name, field, word = SUBJECTS[file]
            lines += [
                f"  - id: {file}",
                f"    broader: {pillar}",
                f"    labels: {{en: {file}, fr: {file}}}",
                f"    terms: {{en: {{name: [{name}], field: [{field}], company: [{word}]}}}}",
            ]
    return "\n".join(lines) + "\n"
