"""What the program says and writes about a real Grist document: row ids and labels, links that lead somewhere."""

from __future__ import annotations

import re

import pytest

from tests.end_to_end.grist.support import Team
from tests.features.modules import modules_of_features
from tests.grist_words import foreign_words

ADDRESS = re.compile(r"(?P<text>.+) http\S+/p/(?P<page>\d+|data)#a1\.s(?P<section>\d+)(?:\.r\d+)?\.c(?P<column>\d+)")
COMMANDS = (
    ("check",), ("check", "--format", "json"), ("rank",), ("jury", "status"), ("emails", "list"), ("cofinancing",),
    ("jury", "assign", "--dry-run"), ("sync", "--dry-run"), ("history", "diff"),
    *(words for module in modules_of_features("words_of_cells") for words in module.COMMANDS),
)  # fmt: skip


def test_each_link_leads_to_a_cell_on_a_page_that_is_there(finished_team: Team):
    document = finished_team.now
    pages = {(view.view, view.row_id) for table in document.tables for view in table.sections}
    columns = {column.ref for table in document.tables for column in table.columns}
    found = [
        ADDRESS.fullmatch(str(cell))
        for table in document.tables
        for column in table.columns
        if column.options.get("widget") == "HyperLink"
        for cell in table.cells[column.id]
        if cell
    ]
    assert len(found) > 20
    assert None not in found
    for link in found:
        view = 0 if link["page"] == "data" else int(link["page"])
        assert (view, int(link["section"])) in pages, link["text"]
        assert int(link["column"]) in columns, link["text"]


def test_the_robot_s_tabs_speak_of_no_letters_and_show_no_address(finished_team: Team):
    for tab in finished_team.read().tabs:
        texts = "\n".join(str(value) for row in tab.rows for value in row if isinstance(value, str))
        assert "#a1.s" not in texts, tab.name
        if tab.mark in ("accueil", "anomalies", "journal", "reglages", "regles"):
            assert foreign_words(texts) == [], tab.name


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_commands_speak_of_no_letters_on_a_real_document(command, finished_team: Team):
    done = finished_team.run(*command, env={"COLUMNS": "1000"})
    assert done.code < 2, done.err
    assert foreign_words(f"{done.out}\n{done.err}") == []
    assert "#a1.s" not in done.out + done.err


def test_two_columns_of_one_label_are_named_by_their_places(team: Team):
    table = team.table("Candidatures")
    team.act(*(["AddColumn", table.id, name, {"label": label, "untieColIdFromLabel": True, "isFormula": False,
                                              "type": "Text"}]
               for name, label in (("autre", "N° de dossier"), ("encore", "Décision"))))  # fmt: skip
    done = team.run("sync")
    assert foreign_words(done.out + done.err) == []
    assert re.search(r"colonne N° de dossier \(1re\) et colonne N° de dossier \(\d+e\)", done.err), done.err
