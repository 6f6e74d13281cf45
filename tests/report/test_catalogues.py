"""Languages are catalogues: the shipped ones are complete, and another one is a file more."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from pipeline.core.errors import ConfigError
from pipeline.report.audit_render import render_audit
from pipeline.report.labels import audit_labels, labels, languages, template
from pipeline.report.message_file import written
from pipeline.report.render import FORMATS, Format, render
from tests.report.another_language import made_up
from tests.report.audits import sample_audit
from tests.report.pdfs import formats
from tests.report.sample import sample_report

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ROOT / "pipeline" / "report" / "locale"
# A space that may break, or a typewriter's apostrophe.
_NOT_FRENCH = re.compile(r" [:;!?»](?!/)|« |\w'\w")


def test_english_and_french_are_shipped() -> None:
    assert set(languages()) >= {"en", "fr"}


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.po")), ids=lambda path: path.stem)
def test_a_shipped_catalogue_is_complete_and_has_nothing_more(path: Path) -> None:
    labels(path.stem)  # tells what is missing, fuzzy or leaves other places open
    audit_labels(path.stem)
    with path.open("rb") as file:
        found = {(one.context, one.id if isinstance(one.id, str) else one.id[0])
                 for one in read_po(file) if one.id}  # fmt: skip
    assert found == {(one.context, one.one) for one in template()}


def test_the_template_is_that_of_the_messages() -> None:
    shipped = (SHIPPED / "fourp.pot").read_text(encoding="utf-8")
    assert shipped == written(template(), {}), "run scripts/translations"


def test_no_message_stands_twice() -> None:
    keys = [(one.context, one.one) for one in template()]
    assert len(keys) == len(set(keys))


def test_french_has_no_space_that_may_break_before_high_punctuation() -> None:
    with (SHIPPED / "fr.po").open("rb") as file:
        for one in read_po(file):
            for text in [one.string] if isinstance(one.string, str) else one.string or ():
                assert not one.id or not _NOT_FRENCH.search(text), text


@pytest.mark.parametrize("fmt", formats(FORMATS))
def test_a_third_language_is_a_file_in_the_workspace(tmp_path: Path, fmt: Format) -> None:
    made_up(tmp_path / "locale")
    own = tmp_path / "locale"
    assert languages(own) == ("en", "fr", "pl")
    report = replace(sample_report("en"), language="pl")
    made = render(report, fmt=fmt, locale=own)
    if fmt in ("html", "md"):
        assert isinstance(made, str)
        assert "2 marca 2021" in made  # the month is declined
        assert "angielski" in made


def test_an_audit_speaks_a_third_language(tmp_path: Path) -> None:
    made_up(tmp_path / "locale")
    audit = replace(sample_audit("en"), language="pl")
    page = render_audit(audit, fmt="html", locale=tmp_path / "locale").decode()
    assert "[State of the library]" in page
    assert '<html lang="pl">' in page


def test_plurals_follow_the_rule_of_the_catalogue(tmp_path: Path) -> None:
    made_up(tmp_path / "locale")
    words = labels("pl", tmp_path / "locale")
    told = [words.count(n, words.unchanged)[-3:] for n in (1, 2, 5, 12, 22)]
    assert told == ["/0]", "/1]", "/2]", "/2]", "/1]"]


def test_a_workspace_can_say_a_shipped_language_otherwise(tmp_path: Path) -> None:
    for code, shipped in (("fr", "Établi le"), ("en", "Made on")):
        made_up(tmp_path / "locale", code, forms=1)
        assert labels(code, tmp_path / "locale").made == "[Made on]"
        assert labels(code).made == shipped
    assert languages(tmp_path / "locale") == ("en", "fr")


def test_all_that_is_wrong_with_a_catalogue_is_told(tmp_path: Path) -> None:
    path = made_up(tmp_path / "locale")
    text = path.read_text(encoding="utf-8")
    text = text.replace('msgstr "[Made on]"', 'msgstr ""')
    text = text.replace('msgstr "[reviewed by {} on {}]"', 'msgstr "[{}]"')
    text = text.replace('msgstr "[came in on {}]"', 'msgstr "[came in on {]"')
    text = text.replace('msgctxt "report.title"', '#, fuzzy\nmsgctxt "report.title"')
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        labels("pl", tmp_path / "locale")
    told = " ".join(caught.value.problems)
    assert len(caught.value.problems) == 4
    assert "report.made ('Made on') is not translated" in told
    assert "report.reviewed ('reviewed by {} on {}') leaves open ['0'], not ['0', '1']" in told
    assert "report.came_in ('came in on {}') cannot be filled in" in told
    assert "report.title ('Title') is not translated" in told


@pytest.mark.parametrize(
    ("name", "content"), [("xx.po", b""), ("de.po", b"\xff\xfe"), ("de.po", b'msgid "a')]
)
def test_what_is_no_catalogue_is_told(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ConfigError, match=f"{name} has"):
        labels(Path(name).stem, tmp_path)


def test_an_unknown_language_is_told_with_those_there_are(tmp_path: Path) -> None:
    made_up(tmp_path / "locale")
    with pytest.raises(ConfigError, match=r"'tlh'; choose one of: en, fr, pl"):
        labels("tlh", tmp_path / "locale")


def test_help_and_search_do_not_load_babel() -> None:
    code = (
        "import sys\n"
        "from click.testing import CliRunner\n"
        "from pipeline.cli.main import cli\n"
        "for asked in (['--help'], ['report', '--help'], ['search', 'water']):\n"
        "    CliRunner().invoke(cli, asked)\n"
        "assert 'babel' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
