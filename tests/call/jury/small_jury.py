"""A small jury and its dossiers, the workbook in memory."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from eig_sheets import sample
from eig_sheets.spreadsheet.memory import Storage
from tests import in_memory
from tests.program import Campaign
from tests.workbook.snapshots import Row, evaluation, tab

Made = TypeVar("Made", bound=Campaign)


def made(
    campaign: Made,
    dossiers: Sequence[Row],
    jurors: Sequence[Row],
    evaluations: Sequence[Row] = (),
    rules: str = "",
    *,
    night: bool = False,
) -> Made:
    """A campaign after `init`, and a first night if asked for."""
    sample.write_config(campaign.folder)
    text = campaign.config.read_text(encoding="utf-8")
    campaign.config.write_text(text + rules, encoding="utf-8")
    stored = Storage()
    stored.save((tab("candidatures", dossiers), tab("jury", jurors), tab("evaluations", evaluations)))
    in_memory.keep(campaign.workbook, stored)
    for command in ("init", *(["sync"] if night else [])):
        done = campaign.run(command)
        assert done.code == 0, done.err
    return campaign


def unscored(numero: str, name: str, **fields: Any) -> Row:
    """A row of `Évaluations` that waits for scores."""
    return evaluation(numero, name, *[None] * 5, **fields)
