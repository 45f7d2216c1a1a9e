"""Every command on each example, whose workbook has a row in each tab: it ends 0, 1 or 2."""

from __future__ import annotations

import shutil
from datetime import date, datetime

import click
import openpyxl
import pytest

from eig_sheets import loading
from eig_sheets.campaign.tabs import schema_of
from eig_sheets.workbook.fields import Kind
from tests.cli.test_help import command_at, commands
from tests.cli.test_wrong_values import right_value, words
from tests.examples.support import EXAMPLES, ROOT
from tests.program import Campaign, copied_config, run

NOT_ON_A_CALL = {("demo",)}
"""Commands that look at no configuration."""
VALUES = {
    Kind.TEXT: "x", Kind.EMAIL: "ada@example.org", Kind.INTEGER: 2, Kind.YEARS: 3, Kind.AMOUNT: 50_000, Kind.SCORE: 3,
    Kind.YES_NO: "oui", Kind.LIST: "x", Kind.PROGRAMME: "217",
}  # fmt: skip
KEYS = {"numero": "1", "candidature": "1", "deport": None, "statut": None}


@pytest.fixture(scope="module", params=EXAMPLES)
def call(request, tmp_path_factory):
    """An example beside a workbook of its own, with a row in each tab that people fill."""
    folder = tmp_path_factory.mktemp(request.param)
    copied_config(folder / "config")
    shutil.copytree(ROOT / "examples" / request.param, folder / "call")
    made = Campaign(folder / "call")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(made.folder)
        patch.setenv("EIG_SHEETS_STATE", str(folder / "state"))
        patch.setenv("EIG_SHEETS_WORKBOOK", str(made.workbook))
        for path in (("check",), ("init",), ("check",)):  # before there is a workbook, and before there is a row
            assert ended_well(run(*path)), path
        fill(made)
        yield made


def fill(call):
    """One row in each tab that people fill, with a value in each column."""
    campaign = loading.load(call.config)
    book = openpyxl.load_workbook(call.workbook)
    for tab in schema_of(campaign).tabs:
        if tab.id in ("emails", "demandes") or tab.name not in book:
            continue
        sheet = book[tab.name]
        for place, cell in enumerate(sheet[1], 1):
            for field in tab.fields:
                if field.header == cell.value:
                    sheet.cell(2, place, value_of(field, campaign))
    book.save(call.workbook)


def value_of(field, campaign):
    if field.id in KEYS:
        return KEYS[field.id]
    if field.kind in (Kind.DATE, Kind.DATETIME):
        return datetime.combine(campaign.campaign.opens, datetime.min.time())
    if field.kind is Kind.CHOICE:
        return field.choices[0] if getattr(field, "choices", ()) else None
    return VALUES[field.kind]


def lines(path):
    """The command with what it must have, then in each other form that it has."""
    parameters = command_at(path).params
    needed = [word for one in parameters if one.required for word in words(one, right_value(one.type))]
    yield [*path, *needed]
    names = {name for one in parameters for name in one.opts}
    for more in (["--format", "json"], ["--dry-run"], ["--explain", "1"], ["--talents"], ["--sensitivity"]):
        if more[0] in names:
            yield [*path, *needed, *more]


def ended_well(done):
    """Done, refused by the data, or used in a wrong way: never a defect of the program."""
    return done.code in (0, 1, 2) and "Traceback" not in done.err


NAMES = [
    " ".join(path) for path in commands()
    if not isinstance(command_at(path), click.Group) and path not in NOT_ON_A_CALL
]  # fmt: skip


def test_each_command_ends_as_it_should(call):
    """Its shortest line, long after the decisions."""
    day = date(loading.load(call.config).campaign.opens.year, 12, 1)
    for name in NAMES:
        line = next(lines(tuple(name.split())))
        done = run("--today", day.isoformat(), *line)
        assert ended_well(done), (line, done.err)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_each_form_of_a_command_ends_as_it_should(call, name):
    """On the day of the opening, then long after the decisions."""
    opens = loading.load(call.config).campaign.opens
    for day in (opens, date(opens.year, 12, 1)):
        for line in lines(tuple(name.split())):
            done = run("--today", day.isoformat(), *line)
            assert ended_well(done), (line, done.err)
