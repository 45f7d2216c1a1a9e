"""The marks and protections that tabs lack."""

from __future__ import annotations

from dataclasses import replace

from eig_sheets.spreadsheet.model.plan import Equip
from eig_sheets.workbook import protections
from eig_sheets.workbook.layout import Names
from eig_sheets.workbook.locate import locate
from tests.workbook.concurrent_editors import CANDIDATURES, WIDTH, live
from tests.workbook.snapshots import DOSSIERS, SCHEMA, tab


class TestEquipment:
    @staticmethod
    def missing_protections(*tabs, officers=("Lea@example.org",)):
        snapshot = live(*tabs)
        operations = protections.missing_protections(locate(snapshot, SCHEMA, Names()), snapshot, officers)
        return {operation.tab: operation for operation in operations}

    def test_an_old_workbook_lacks_marks_and_protections(self):
        lacking = self.missing_protections(replace(tab("candidatures", DOSSIERS), mark=None))
        assert lacking["Classement"] == Equip("Classement", 1, "", (), ((None, ""),))
        whole = lacking["Candidatures"]
        assert (whole.mark, whole.header_row, len(whole.columns)) == ("candidatures", 1, WIDTH)
        assert [name for _, name in whole.guarded] == ["preselection", "decision"]
        unmarked = replace(tab("candidatures", DOSSIERS), mark=None)
        assert self.missing_protections(unmarked, officers=())["Candidatures"].guarded == ()

    def test_what_is_there_is_not_lacking(self):
        marks = {place: field.id for place, field in enumerate(CANDIDATURES.fields)}
        whole = tab("candidatures", DOSSIERS)
        protections = dict.fromkeys(("preselection", "decision"), frozenset({"lea@example.org", "robot@example.org"}))
        equipped = replace(whole, mark="candidatures", column_marks=marks, protections=protections)
        assert "Candidatures" not in self.missing_protections(equipped)
        assert "Candidatures" not in self.missing_protections(equipped, officers=())
        new = self.missing_protections(equipped, officers=("new@example.org",))["Candidatures"]
        assert [name for _, name in new.guarded] == ["preselection", "decision"]
        del marks[4]
        assert self.missing_protections(replace(equipped, column_marks=marks))["Candidatures"].columns == (
            (4, CANDIDATURES.fields[4].id),
        )
