"""Checks for jurors alone in their group where others share theirs: the group may be mistyped. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from eig_sheets.text.french import plain
from eig_sheets.workbook.anomalies import Anomaly, anomaly
from eig_sheets.workbook.codes import warning
from eig_sheets.workbook.parse import Table
from eig_sheets.workbook.quoting import did_you_mean, quoted

GROUP_OF_ONE: Final = warning(
    "groupe_d_un_seul",
    "« {value} » en « {header} » n’a que ce juré.{suggestion}",
    "Corrigez-le si c’est une faute ; un juré qui lit seul n’a pas besoin de groupe.",
    unintended=True,
)


def group_anomalies(jury: Table) -> Iterator[Anomaly]:
    """An anomaly for each juror who is alone in a group, when any group has several jurors."""
    layout, named = jury.layout, jury.frame.dropna(subset="groupe")
    members = Counter(map(plain, named["groupe"]))
    shared = [group for group in named["groupe"].unique() if members[plain(group)] > 1]
    for row, group in zip(named["row"].tolist(), named["groupe"].tolist(), strict=True):
        if shared and members[plain(group)] == 1:
            cell, header = layout.cell("groupe", row), layout.header("groupe")
            hint = did_you_mean(group, shared)
            yield anomaly(GROUP_OF_ONE, layout.name, cell, header=header, value=quoted(group), suggestion=hint)
