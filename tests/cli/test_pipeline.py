"""A run that fails tells the officers in the Journal, and leaves everything else as it was (guarantee G2)."""

from unittest.mock import patch

import pytest

from tests.nightly import Table
from tests.people_cells import people

pytestmark = pytest.mark.in_memory


def journal(demo):
    return Table(demo.read().tab("Journal")).rows


def spoil(demo):
    template = demo.folder / "config" / "emails" / "laureat.md"
    template.write_text(template.read_text(encoding="utf-8").replace("{{ projet }}", "{{ projt }}"), encoding="utf-8")


def test_a_mistake_in_a_template_is_reported_in_the_journal(demo):
    before, lines = people(demo.workbook), journal(demo)
    spoil(demo)
    done = demo.run("sync")
    assert done.code == 1
    assert "laureat.md" in done.err
    assert "projet" in done.err
    newest, *older = journal(demo)
    assert newest["Résultat"] == "Échec"
    assert "laureat.md" in newest["Ce qui s’est passé"]
    assert newest["Que faire"]
    assert [line["Ce qui s’est passé"] for line in older] == [line["Ce qui s’est passé"] for line in lines]
    assert before.lost(people(demo.workbook)) == []


def test_the_same_failure_is_reported_once_a_day(demo):
    spoil(demo)
    demo.run("sync")
    before = demo.bytes
    assert demo.run("sync").code == 1
    assert demo.bytes == before


def test_a_defect_of_ours_is_reported_too(demo):
    with patch("eig_sheets.run.night_steps.compute", side_effect=ZeroDivisionError):
        assert demo.run("sync").code == 70
    assert "Erreur inattendue (ZeroDivisionError)" in journal(demo)[0]["Ce qui s’est passé"]


def test_a_dry_run_tells_nothing(demo):
    spoil(demo)
    before = demo.bytes
    assert demo.run("sync", "--dry-run").code == 1
    assert demo.bytes == before
