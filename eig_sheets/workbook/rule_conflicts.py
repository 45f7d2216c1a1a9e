"""Access rules of people's that let others do what the robot's refuse them: kept, and said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from eig_sheets.workbook.anomalies import Anomaly, anomaly
from eig_sheets.workbook.layout import Layout, TabLayout
from eig_sheets.workbook.model.cells import a1
from eig_sheets.workbook.model.snapshot import Snapshot


def rule_conflicts(snapshot: Snapshot, layout: Layout, officers: Sequence[str]) -> Iterator[Anomaly]:
    """An anomaly for each table of the robot's, and each column of the officers', that such a rule opens.

    And for each that may show jurors more than their rows.
    """
    for name in layout.robot_tabs.values():
        tab = snapshot.tab(name)
        if tab is not None and "" in tab.rival_rules:
            yield anomaly("regle_contraire", name, value=tab.rival_rules[""])
    for located in layout.tabs.values():
        yield from _opened_columns(located, officers)
    for name, rule in snapshot.rival_rules:
        reviews = layout.tabs.get("evaluations") or layout.tabs["evaluations_talents"]
        yield anomaly("regle_montre_aux_jures", name or reviews.name, value=rule)


def _opened_columns(located: TabLayout, officers: Sequence[str]) -> Iterator[Anomaly]:
    tab = located.tab
    kept = {*tab.protections, *(tab.unprotectable if officers else ())}
    for field in located.schema.fields:
        if field.guarded and field.id in located.columns and field.id in kept and field.id in tab.rival_rules:
            cell = a1(located.header_row, located.columns[field.id])
            header, rule = located.header(field.id), tab.rival_rules[field.id]
            yield anomaly("colonne_ouverte", located.name, cell, header=header, value=rule)
