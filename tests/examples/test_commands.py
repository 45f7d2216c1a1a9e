"""Every command on each example, as a workbook that nobody filled and as one that people did: it ends 0, 1 or 2."""

from __future__ import annotations

import shutil
from datetime import date, datetime

import click
import openpyxl
import pytest

from eig_sheets import config
from eig_sheets.campaign.reading import schema_of
from eig_sheets.workbook.fields import Kind
from tests.cli.test_help import command_at, commands
from tests.cli.test_wrong_values import right_value, words
from tests.examples.support import EXAMPLES, ROOT
from tests.program import Campaign, run

NOT_ON_A_CALL = {("demo",), ("fleet", "sync")}
"""Commands that look at no configuration."""
VALUES = {
    Kind.TEXT: "x", Kind.EMAIL: "ada@example.org", Kind.INTEGER: 2, Kind.YEARS: 3, Kind.AMOUNT: 50_000, Kind.SCORE: 3,
    Kind.YES_NO: "oui", Kind.LIST: "x", Kind.PROGRAMME: "217",
}  # fmt: skip
KEYS = {"numero": "1", "candidature": "1", "deport": None, "statut": None}


@pytest.fixture(params=EXAMPLES)
def call(request, tmp_path, monkeypatch):
    """An example beside a workbook of its own."""
    shutil.copytree(ROOT / "config", tmp_path / "config")
    shutil.copytree(ROOT / "examples" / request.param, tmp_path / "call")
    made = Campaign(tmp_path / "call")
    monkeypatch.chdir(made.folder)
    monkeypatch.setenv("EIG_SHEETS_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("EIG_SHEETS_WORKBOOK", str(made.workbook))
    assert run("init").code == 0
    return made


def fill(call):
    """One row in each tab that people fill, with a value in each column."""
    campaign = config.load(call.config)
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


def crashes(call, today):
    """The commands that ended otherwise than done, refused by the data, or used in a wrong way."""
    for path in commands():
        if isinstance(command_at(path), click.Group) or path in NOT_ON_A_CALL:
            continue
        for line in lines(path):
            done = run("--today", today.isoformat(), *line)
            if done.code not in (0, 1, 2) or "Traceback" in done.err:
                yield " ".join(line), done.code, done.err[-300:]


def test_every_command_ends_as_it_should(call):
    day = config.load(call.config).campaign.opens
    assert [*crashes(call, day)] == []
    fill(call)
    assert [*crashes(call, date(day.year, 12, 1))] == []
