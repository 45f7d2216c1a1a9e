"""The state folder and the disks: what is in the robot's way, what is only worth a look."""

from dataclasses import replace
from pathlib import Path

import pytest

from eig_sheets.features.doctor.files_folders import FolderFacts, of_disk, of_state

pytestmark = pytest.mark.newest

GOOD = FolderFacts(Path("état"), True, True, True, False, "", "", 1, 10**12)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, ["ok à vous seul"]),
        ({"exists": False}, ["ok sera créé"]),
        ({"is_folder": False}, ["erreur un fichier est à sa place"]),
        ({"is_writable": False}, ["erreur ne peut pas être modifié"]),
        ({"exists": False, "is_writable": False}, ["erreur ne peut pas être créé"]),
        ({"is_open_to_others": True}, ["attention peuvent lire"]),
        (
            {"is_open_to_others": True, "synchronised_by": "Nextcloud"},
            ["attention peuvent lire", "attention Nextcloud"],
        ),
        ({"without_locks": "davfs"}, ["erreur sans verrous (davfs)"]),
    ],
)
def test_the_state_folder(facts, expected):
    findings = [*of_state(replace(GOOD, **facts))]
    assert len(findings) == len(expected)
    for finding, said in zip(findings, expected, strict=True):
        status, _, words = said.partition(" ")
        assert finding.status == status
        assert words in finding.message.replace("\u202f", " ")
        assert bool(finding.remedy) == (status != "ok")


@pytest.mark.parametrize(
    ("free", "size", "status"),
    [
        (19_000_000, 0, "erreur"), (21_000_000, 0, "attention"), (199_000_000, 0, "attention"), (10**9, 0, "ok"),
        (29_000_000, 10_000_000, "erreur"), (319_000_000, 10_000_000, "attention"), (321_000_000, 10_000_000, "ok"),
    ],
)  # fmt: skip
def test_the_room_that_a_run_and_the_versions_before_need(free, size, status):
    [finding] = of_disk(replace(GOOD, free=free), None, size)
    assert finding.status == status


def test_each_disk_is_said_once():
    elsewhere = replace(GOOD, folder=Path("classeurs"), device=2, free=10**6)
    assert [finding.status for finding in of_disk(GOOD, GOOD, 0)] == ["ok"]
    two = [*of_disk(GOOD, elsewhere, 0)]
    assert [finding.status for finding in two] == ["ok", "erreur"]
    assert "deux disques" in two[0].message
    assert "1 Mo" in two[1].message.replace("\u202f", " ")
