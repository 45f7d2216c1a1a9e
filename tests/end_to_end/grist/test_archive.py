"""Obsolete drafts of a Grist document: the robot copies them and names their rows, people delete them."""

from __future__ import annotations

import pytest

from tests.end_to_end.grist import least

pytestmark = pytest.mark.slow
OUTBOX, ARCHIVE = "E-mails à envoyer", "E-mails archivés"


def test_rows_are_copied_and_named(grist, tmp_path):
    approved = least.made(grist, tmp_path / "campaign", 3, ())
    approved.approve()
    tab = approved.table("Candidatures")
    decision = next(column.id for column in tab.columns if column.label == "Décision")
    approved.act(["BulkUpdateRecord", tab.id, [*tab.row_ids], {decision: [None] * len(tab.row_ids)}])
    done = approved.run("emails", "archive", "--format", "json")
    assert done.code == 0, done.err
    assert len(done.records) == 3
    assert {one["action"] for one in done.records} == {"à supprimer"}
    assert len(approved.table(ARCHIVE).row_ids) == 3
    outbox = approved.table(OUTBOX)
    assert len(outbox.row_ids) == 3
    approved.act(["BulkRemoveRecord", outbox.id, [*outbox.row_ids]])
    assert approved.run("sync").code == 0
    assert len(approved.table(ARCHIVE).row_ids) == 3
    assert approved.run("emails", "archive").out.strip() == "Aucun brouillon obsolète."
    listed = approved.run("emails", "list", "--format", "json").records
    assert {one["state"] for one in listed} == {"Archivé"}
