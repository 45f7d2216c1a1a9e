"""A total that people typed under the rows is no dossier: it is named, and counted nowhere."""

import pytest

from tests.columns import cell_of
from tests.nightly import Robot
from tests.people_cells import type_in

pytestmark = pytest.mark.in_memory


def counted(demo):
    """How many dossiers each command knows."""
    return [len(demo.run(command, "--format", "json").records) for command in ("rank", "cofinancing")]


def test_a_total_under_the_dossiers(demo):
    before = counted(demo)
    rows = Robot(demo).tab("Candidatures").rows
    place = rows[-1]["row"] + 1
    type_in(demo.workbook, "Candidatures", cell_of("candidatures", "numero", place), "Total")
    type_in(demo.workbook, "Candidatures", cell_of("candidatures", "date_depot", place), len(rows))
    done = demo.run("sync")
    assert done.code == 0, done.err
    assert counted(demo) == before
    anomalies = [
        anomaly for anomaly in demo.run("check", "--format", "json").records if anomaly["code"] == "ligne_sans_dossier"
    ]
    cell = cell_of("candidatures", "numero", place)
    assert [(record["tab"], record["cell"], record["severity"]) for record in anomalies] == [
        ("Candidatures", cell, "bloquant")
    ]
    shown = {row["N° de dossier"]: row for row in Robot(demo).tab("Candidatures").rows}["Total"]
    assert [value for value in shown.values() if value is not None] == ["Total", len(rows), place]
    assert "Total" not in {row["N° de dossier"] for row in Robot(demo).tab("Éligibilité").rows}
