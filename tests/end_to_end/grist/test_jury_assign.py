"""`jury assign` in a Grist document: one write, nothing at once again, and what people do to the table is undone."""

from __future__ import annotations

import json

import pytest

from tests.end_to_end.grist.support import Team


def pairs(team: Team) -> set[tuple[object, object]]:
    table = team.table("Affectations")
    by_label = {column.label: table.cells[column.id] for column in table.columns if column.id in table.cells}
    return {*zip(by_label["N° de dossier"], by_label["E-mail du juré"], strict=True)}


@pytest.mark.slow
def test_it_is_written_once_kept_by_sync_and_put_back(team: Team):
    done = team.run("jury", "assign", "--format", "json")
    assert done.code == 0, done.err
    wanted = {(one["dossier"], one["juror"]) for one in json.loads(done.out)["pairs"]}
    assert pairs(team) == wanted
    assert team.run("sync").code == 0
    version = team.now_version
    for command in (("jury", "assign"), ("jury", "assign", "--adjust"), ("sync",)):
        assert team.run(*command).code == 0
    numero, _ = min(wanted)
    explained = json.loads(team.run("jury", "assign", "--explain", numero, "--format", "json").out)
    assert {(numero, one["juror"]) for one in explained["readers"]} == {pair for pair in wanted if pair[0] == numero}
    assert team.now_version == version
    team.act(["RemoveRecord", team.table("Affectations").id, team.table("Affectations").row_ids[2]])
    assert pairs(team) != wanted
    done = team.run("sync")
    assert (done.code, pairs(team)) == (0, wanted), done.err
