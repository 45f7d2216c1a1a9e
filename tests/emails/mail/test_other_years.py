"""No text has a month or a year of its own: those of a call that was re-dated come from its configuration."""

from __future__ import annotations

import ast
import re
import shutil
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from eig_sheets import loading
from eig_sheets.config import Campaign
from eig_sheets.config.sections import packaged_files
from eig_sheets.emails.catalogue.entries import catalogue_of
from eig_sheets.emails.catalogue.selection import possible
from eig_sheets.emails.drafting.computed_values import common
from eig_sheets.emails.drafting.drafts import load_templates
from eig_sheets.emails.drafting.subjects import keys_of
from eig_sheets.emails.mail.compose import compose
from eig_sheets.emails.mail.context import Context
from eig_sheets.text.french import MONTHS, NARROW
from tests.emails.mail.fictional import ROOT, VALUES, as_text, cell
from tests.messages import EIG5, text_path
from tests.messages import FOLDERS as TEXT_FOLDERS

FOLDERS = {"eig5": ROOT / "config", **{path.parent.name: path for path in sorted(ROOT.glob("examples/*/config"))}}
TEXTS = (*TEXT_FOLDERS, *(folder / "emails" for name, folder in FOLDERS.items() if name != "eig5"))
TEMPLATES = [path for folder in TEXTS for path in sorted(folder.glob("*.md"))]
HALF_A_YEAR = timedelta(days=182)
"""Twenty-six weeks: the same weekdays, and other months."""
DATED = re.compile(rf"\b(?:20\d\d|{'|'.join(MONTHS)})\b", re.IGNORECASE)
_ISO = re.compile(r"\d{4}-\d\d-\d\d")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_template_has_no_month_and_no_year(path):
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert [line for line in lines if DATED.search(line)] == []


OTHERS = re.compile(
    r"\d{4}-\d\d-\d\d|\d\d/\d\d/\d{4}|Statistics and Public Policy,? (?:9\(1\), )?2022|https?://\S+|Excel 2007"
)
"""A whole date in figures, as an example of how one is written; an article, a namespace and a program of that year."""
OWNERS = {"text/french.py"}
"""Where the names of months are."""


def texts(path: Path) -> Iterator[str]:
    """The texts that a module may show, if it has any date: its strings, without its docstrings."""
    source = path.read_text(encoding="utf-8")
    if not DATED.search(source):
        return
    tree = ast.parse(source)
    statements = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in statements:
            yield node.value


@pytest.mark.slow
def test_nor_has_any_text_that_the_program_makes():
    package = ROOT / "eig_sheets"
    modules = [path for path in package.rglob("*.py") if "sample" not in path.parts]
    pages = list(package.rglob("*.html"))
    named = {
        path.relative_to(package).as_posix(): dated
        for path in (*modules, *pages)
        for text in (texts(path) if path.suffix == ".py" else [path.read_text(encoding="utf-8")])
        if (dated := DATED.findall(OTHERS.sub("", text)))
    }
    assert named.keys() - OWNERS == set(), named


JURY = "les 2 et 3 novembre 2021"


def redated(folder: Path, tmp_path: Path, shift: timedelta) -> Campaign:
    """The configuration of a folder with all its dates moved, and other days for its juries."""
    shutil.copytree(folder, tmp_path / "config")
    path = tmp_path / "config" / "campaign.toml"

    def moved(match: re.Match[str]) -> str:
        return (date.fromisoformat(match[0]) + shift).isoformat()

    written = path.read_text(encoding="utf-8")
    if folder == FOLDERS["eig5"]:  # what features add to it, where it is packaged
        written += "".join(section.read_text(encoding="utf-8") for section in packaged_files(EIG5.features))
        for template in catalogue_of(EIG5.features).names:
            shutil.copy(text_path(template), path.with_name("emails"))
    text = re.sub(r'jury_dates = "[^"]*"', f'jury_dates = "{JURY}"', written)
    path.write_text(_ISO.sub(moved, text), encoding="utf-8")
    return loading.load(path)


def shifted(value: object) -> object:
    """A value of the row of a message, its dates moved, those of its lists too."""
    if isinstance(value, datetime | date):
        return value + HALF_A_YEAR
    if isinstance(value, tuple):
        return tuple(map(shifted, value))
    if isinstance(value, Context):
        return Context({name: shifted(inner) for name, inner in value.values.items()}, value.origin)
    return value


def dates_of(values: object) -> Iterator[date]:
    """Every date of a configuration."""
    if isinstance(values, date):
        yield values
    elif isinstance(values, dict | tuple | list):
        for value in values.values() if isinstance(values, dict) else values:
            yield from dates_of(value)


def in_list(value: object) -> Iterator[date]:
    """The dates of the rows that a message lists."""
    for item in value if isinstance(value, tuple) else ():
        if isinstance(item, Context):
            yield from dates_of(dict(item.values))


@pytest.mark.parametrize("call", FOLDERS)
def test_every_message_of_a_re_dated_call_says_the_right_months(call, tmp_path):
    campaign = redated(FOLDERS[call], tmp_path, HALF_A_YEAR)
    row = {name: shifted(value) for name, value in VALUES.items()} | common(campaign)
    days = [*dates_of(campaign.model_dump()), *dates_of([*row.values()])]
    days += [date(2021, 12, 2), *(day for value in row.values() for day in in_list(value))]
    months = {(MONTHS[day.month - 1], day.year) for day in days}
    templates = load_templates(campaign)
    for name in {*possible(campaign.messages, keys_of(campaign), catalogue=catalogue_of(campaign.features))} & {
        *templates
    }:
        template = templates[name]
        for today in (None, date(2000, 1, 1)):
            sent = as_text(compose(template, Context(row, cell, today))).replace(NARROW, " ")
            dated = re.findall(rf"\b({'|'.join(MONTHS)})\b(?: (\d{{4}}))?", sent)
            assert {(month, int(year)) for month, year in dated if year} <= months, name
            assert {month for month, _ in dated} <= {month for month, _ in months}, name


def test_a_laureate_of_a_re_dated_call_is_told_its_months(tmp_path):
    campaign = redated(FOLDERS["eig5"], tmp_path, HALF_A_YEAR)
    values = VALUES | common(campaign)
    text = as_text(compose(load_templates(campaign)["laureat"], Context(values, cell))).replace(NARROW, " ")
    assert "- Nous cadrons avec vous, en novembre, le projet et les profils à recruter." in text
    assert "établit les contrats en janvier et en février." in text
    assert "- Votre équipe arrive le lundi 14 mars 2022, pour dix mois." in text


def test_a_year_later_the_months_are_the_same():
    """What `init --from` does: each date moves by whole weeks, so that months given by their middle stay."""
    for weeks in (52, 53):
        for day in (date(2021, 5, 15), date(2021, 7, 15), date(2021, 8, 15), date(2022, 4, 15)):
            assert (day + timedelta(weeks=weeks)).month == day.month


def test_what_eig6_says_like_eig5_is_the_same_text():
    """Calls differ by their dates: the bodies of their messages do not."""
    for path in sorted((FOLDERS["eig6"] / "emails").glob("*.md")):
        both = (path, text_path(path.stem))
        ours, theirs = (one.read_text(encoding="utf-8").split("+++\n", 2)[2] for one in both)
        assert ours == theirs, path.name
