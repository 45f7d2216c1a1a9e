"""What an import brings of dossiers that a Grist document has already, and an import undone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.call.applications.files import talents_file, wishes_file
from tests.end_to_end.grist.support import Team

CHANGES = "Modifications reçues"
EMAIL = ("E-mail du porteur", "porteur.boussole.exemple.invalid", "porteur.boussole@exemple.invalid")


def lines(team: Team) -> list[tuple[object, ...]]:
    table = team.table(CHANGES)
    by_label = {column.label: table.cells[column.id] for column in table.columns if column.id in table.cells}
    found = zip(*(by_label[label] for label in ("N° de dossier", "Champ", "Valeur ici", "Valeur reçue")), strict=True)
    return [tuple(rest) for number, *rest in found if number]


@pytest.mark.slow
def test_a_change_stands_on_every_machine_until_the_document_has_it(team: Team, tmp_path: Path):
    assert team.run("import", team.export).code == 0
    assert lines(team) == [("Nombre d’EIG demandés", "2", "3"), EMAIL]
    elsewhere = {"EIG_SHEETS_STATE": str(tmp_path / "elsewhere")}
    done = team.run("sync", env=elsewhere)
    assert (done.code, lines(team)) == (0, [("Nombre d’EIG demandés", "2", "3"), EMAIL]), done.err
    numbers = team.table("Candidatures").cells
    place = next(place for values in numbers.values() for place, one in enumerate(values) if one == "3723358")
    team.type_in("Candidatures", place, "Nombre d’EIG demandés", 3)
    assert team.run("sync", env=elsewhere).code == 0
    assert lines(team) == [EMAIL]
    before = team.now_version
    assert team.run("sync", env=elsewhere).code == 0
    assert team.run("import", team.export, env=elsewhere).code == 0
    assert team.now_version == before
    assert team.run("import", team.export, "--fill").code == 1
    undone = team.run("import", "--undo", "--format", "json").records
    assert [(one["dossier"], one["action"]) for one in undone] == [
        ("3731007", "à supprimer"),
        ("3731184", "à supprimer"),
    ]
    assert lines(team) == []


@pytest.mark.slow
def test_candidates_and_their_choices_are_added_once_and_undone(team: Team, tmp_path: Path):
    talents, wishes = talents_file(tmp_path), wishes_file(tmp_path)
    for export, kind in ((talents, "talents"), (wishes, "wishes")):
        assert team.run("import", export, "--kind", kind).code == 0
        before = team.now_version
        assert team.run("import", export, "--kind", kind).code == 0
        assert team.now_version == before
    assert team.run("sync").code == 0
    before = team.now_version
    assert team.run("sync").code == 0
    assert team.now_version == before
    undone = team.run("import", "--undo", "--kind", "wishes", "--format", "json").records
    assert [one["action"] for one in undone] == ["supprimée"] * 3
