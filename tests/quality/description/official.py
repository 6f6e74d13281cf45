"""Official documents and what is known of them, from manifests, file names and first pages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

from pipeline.core.document import Document, Source
from pipeline.core.ports import Stage
from pipeline.core.text import fold

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
ABSENT = "the folder of real documents, ../shared/data, is not there"
FOLDERS = ("institutions", "html", "eurlex", "rendered", "eurlex24")

# By their first pages, read by a person: date, own number, language, kind. "-" where there is none.
_READ = """
A_Green_Deal_Industrial_Plan_for_the_Net-Zero_Age.pdf 2023-02-01 COM(2023)_62 en communication
Action_Plan_Green_Deal.pdf 2020-03-11 COM(2020)_98 en communication
Action_for_more_affordable_secure_and_sustainable_energy.pdf \
2022-03-08 COM(2022)_108 en communication
CBAM_implementatio_for_importers_of_goods_into_the_EU.pdf 2024-05-30 - en guide
CELEX_32021R0782_DA_TXT.pdf 2021-04-29 32021R0782 da regulation
CELEX_32022L2464_FR_TXT.pdf 2022-12-14 32022L2464 fr directive
CO2_emission_standards_for_new_cars_and_vans.pdf 2023-04-19 32023R0851 en regulation
DATA_REGULATION.pdf 2018-02-06 - en guide
EU_Emissions_Trading_System_reform.pdf 2023-05-10 32023L0959 en directive
EU_Governance_Regulation_for_Energy_Union_and_Climate_Action_Consolidated_Version_Nov_2023.pdf \
2018-12-11 32018R1999 en regulation
EU_Taxonomy_Regulation.pdf 2020-06-18 32020R0852 en regulation
Effort_Sharing_Regulation__ESR.pdf 2023-04-19 32023R0857 en regulation
Energy_Transtion_in_the_EU.pdf 2023-11 PE_754.623 en briefing
Farm_to_Fork_Strategy.pdf 2020-05-20 COM(2020)_381 en communication
FuelEU_Maritime_Regulation.pdf 2023-09-13 32023R1805 en regulation
Green_paper_on_Energy_Efficiency_or_Doing_More_With_Less.pdf 2005-06-22 COM(2005)_265 en green_paper
Land_Use_Land_Use_Change_and_Forestry_Regulation__LULUCF.pdf 2023-04-19 32023R0839 en regulation
Notification_on_the_Carbon_Offsetting_and_Reduction_Scheme_for_International_Aviation__COR.pdf \
2023-01-18 32023D0136 en decision
OJ_L_202401348_SV_TXT.pdf 2024-05-14 32024R1348 sv regulation
OJ_L_202401359_SV_TXT.pdf 2024-05-14 32024R1359 sv regulation
OJ_L_202502083_FR_TXT.pdf 2025-10-08 32025R2083 fr regulation
Progress_on_competitiveness_of_clean_energy_technologies.pdf 2021-10-26 COM(2021)_952 en report
Renewable_Energy_Directive.pdf 2023-09-20 PE-CONS_36/23 en directive
The_European_Green_Deal.pdf 2019-12-11 COM(2019)_640 en communication
cellar_bc4dcea4-9584-11ec-b4e4-01aa75ed71a1.0002.02_DOC_1.pdf 2022-02-23 COM(2022)_71 fr proposal
form_med_gitter.pdf - - en -
on_energy_efficiency.pdf 2023-09-13 32023L1791 en directive
reducing_our_dependence_on_Russian_fossil_fuels.pdf 2022-05-18 COM(2022)_230 en communication
reimboursement_20form_20-_20EN_20-_20accessible.pdf - - en -
reimbursement_form_uncompressed.pdf - - en -
the_energy_performance_of_buildings.pdf 2024-04-24 32024L1275 en directive
the_first_phase_of_the_establishment_of_a_common_Union_rating_scheme_for_data_centres.pdf \
2024-03-14 32024R1364 en regulation
the_promotion_of_energy_from_renewable_sources.pdf 2023-10-18 32023L2413 en directive
CELEX_52021DC0572.html 2021-07-16 COM(2021)_572 en communication
CELEX_52021PC0554.html 2021-07-14 COM(2021)_554 en proposal
CELEX_52021PC0558.html 2021-07-14 COM(2021)_558 en proposal
CELEX_52021PC0559.html 2021-07-14 COM(2021)_559 en proposal
CELEX_52021PC0561.html 2021-07-14 COM(2021)_561 en proposal
CELEX_52021PC0562.html 2021-07-14 COM(2021)_562 en proposal
CELEX_52021PC0563.html 2021-07-14 COM(2021)_563 en proposal
CELEX_52021PC0568.html 2021-07-14 COM(2021)_568 en proposal
CELEX_52021PC0571.html 2021-07-14 COM(2021)_571 en proposal
COM_2021_555_FIN.html 2021-07-14 COM(2021)_555 en proposal
"""
_KINDS = {"R": "regulation", "L": "directive", "D": "decision"}
_CELEX = re.compile(r"(3\d{4}[A-Z]\d{4})(?:R-(\d\d)|r\((\d\d)\))?[._]([a-z]{2})[._]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Official:
    """What is known of a document; "" or nothing where it is not.

    Attributes:
        work: Equal for versions of one act; a corrigendum is told from its act ("32014L0024R(17)").
        reference: The own number by which `own_work` should name it, "" for none.
    """

    path: Path
    language: str
    work: str
    reference: str | None = None
    date: str | None = None
    kind: str | None = None
    title: str | None = None


def official(folder: str) -> list[Official]:
    """Return the documents of ``folder`` of which something is known, by name."""
    return [
        known
        for path in sorted((DATA / folder).iterdir())
        if not path.name.endswith(".gt.txt") and (known := _known(path))
    ]


def read(known: Official, stages: list[Stage], *, name: str = "") -> Document:
    """Return the document, read and gone through ``stages``.

    Args:
        name: Stands for the file's own name, so that it gives nothing away.
    """
    from pipeline.readers.registry import default_readers
    from pipeline.workflows.discover import sources

    [source] = sources([known.path])
    assert isinstance(source, Source)
    document = default_readers()[source.media_type].read(source)
    if name:
        document = replace(document, source=replace(document.source, path=f"/library/{name}"))
    for stage in stages:
        document = stage(document)
    return document


def same_title(one: str, other: str) -> bool:
    """Whether two titles are the same but for marks, capitals and the note on the EEA."""
    return SequenceMatcher(None, _bare(one), _bare(other), False).ratio() > 0.9


def _known(path: Path) -> Official | None:
    if path.name in _read():
        return _read()[path.name](path)
    found = _CELEX.search(path.name)
    # A few files are scripts of the site instead of the act.
    if found is None or path.read_bytes()[:1] == b"{":
        return None
    act, number = found[1].upper(), found[2] or found[3]
    language = found[4].lower()
    if path.parent.name == "eurlex24" or path.name.startswith("x24_"):
        return Official(path, language, act)  # extracts without their headings
    work = f"{act}R({number})" if number else act
    if number:  # catalogued with the date and the title of the act that it corrects
        return Official(path, language, work, kind="corrigendum")
    entry = _manifest().get(act, {})
    date, title = entry.get("date"), entry.get(f"title_{language}")
    return Official(path, language, work, act, date, _KINDS.get(act[5]), title)


@cache
def _manifest() -> dict[str, dict[str, str]]:
    lines = (DATA / "eurlex-works.jsonl").read_text("utf-8").splitlines()
    return {entry["celex"]: entry for entry in map(json.loads, lines)}


@dataclass(frozen=True, slots=True)
class _Row:
    date: str
    reference: str
    language: str
    kind: str

    def __call__(self, path: Path) -> Official:
        """Return what the row says of the document at ``path``."""
        reference = "" if self.reference == "-" else self.reference.replace("_", " ")
        return Official(
            path,
            self.language,
            reference or path.name,
            reference,
            None if self.date == "-" else self.date,
            None if self.kind == "-" else self.kind.replace("_", " "),
        )


@cache
def _read() -> dict[str, _Row]:
    rows = (line.split() for line in _READ.strip().splitlines())
    return {name: _Row(*facts) for name, *facts in rows}


def _bare(title: str) -> str:
    title = re.sub(r"\(?(?:Text with EEA|Texte présentant de l.intérêt).*", "", title)
    return re.sub(r"[\W_]+", " ", fold(title)).strip()


def pairs(works: dict[Path, str]) -> Iterator[tuple[Path, Path]]:
    """Yield the pairs of documents that have the same, known, work."""
    by_work: dict[str, list[Path]] = {}
    for path, work in sorted(works.items()):
        if work:
            by_work.setdefault(work, []).append(path)
    for paths in by_work.values():
        for at, one in enumerate(paths):
            yield from ((one, other) for other in paths[at + 1 :])
