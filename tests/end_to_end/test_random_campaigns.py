"""Random campaigns, people who do anything in any order, commands in between: no cell of theirs is lost or moved."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path

from hypothesis import given, note, settings
from hypothesis import strategies as st

from eig_sheets import sample
from eig_sheets.spreadsheet.xlsx import XlsxWorkbook
from tests.effort import examples
from tests.nightly import Table
from tests.people_cells import ROBOT_TABS, people
from tests.program import Campaign
from tests.spreadsheet.xlsx_desk import edit, workbook

CRITERIA = ["Pertinence du besoin", "Définition", "Engagement", "Transformation", "Ouverture"]
JURORS = ["ada@exemple.invalid", "ivo@exemple.invalid", "zoe@exemple.invalid"]
OUTBOX = "E-mails à envoyer"

junk = st.sampled_from(["", "NSP", "?", "3,5", "=1+1", "oui", "x" * 300, "  ", "é\nà", -1, 0, 5, 1e9, True,
                        datetime(2021, 4, 7, 23, 59, 59), datetime(2021, 5, 3)])  # fmt: skip


def mostly(*values):
    """One of these, or one time out of eight something else."""
    return st.integers(0, 7).flatmap(lambda dice: st.sampled_from(values) if dice else junk)


scores = mostly(1, 2, 2.5, 3, 3.5, 4)
columns = {
    "Nom du projet": st.one_of(st.text("abcé'=<&\"", max_size=8), junk),
    "Administration d’accueil": st.sampled_from(["Ministère A", "Agence B", ""]),
    "Type d’administration": mostly("Administration centrale", "Opérateur"),
    "Date de dépôt": mostly(datetime(2021, 3, 1, 10, 30)),
    "Nombre d’EIG demandés": mostly(2, 3),
    "Coût employeur 10 mois – jusqu’à 5 ans": mostly(60000, 61250.5),
    "Demande de co-financement": mostly("oui", "non"),
    "E-mail du porteur": mostly("porteur@exemple.invalid"),
    "Présélection": st.sampled_from(["Présélectionné", "Présélectionné", "Écarté – insuffisant", ""]),
    "Décision": mostly("Lauréat", "Non retenu", ""),
    "Avis de l’équipe": junk,
    "Suivi de Paul": junk,
}


@st.composite
def tabs(draw):
    """The workbook of a team: its own order, titles, columns and tabs."""
    titles = draw(st.lists(st.just(["Campagne 2021"]), max_size=2))
    headers = draw(st.permutations(["N° de dossier", *draw(st.sets(st.sampled_from([*columns]), min_size=2))]))
    numbers = draw(st.lists(st.one_of(st.integers(1, 12), st.sampled_from(["7", "A-8", ""])), min_size=4, max_size=8))
    dossiers = [[number if header == "N° de dossier" else draw(columns[header]) for header in headers]
                for number in numbers]  # fmt: skip
    dossiers.insert(draw(st.integers(0, len(dossiers))), [])
    order = draw(st.permutations(["N° de dossier", "E-mail du juré", *CRITERIA, "Déport"]))
    reviews = [
        [number if header == "N° de dossier" else juror if header == "E-mail du juré" else
         draw(junk) if header == "Déport" and draw(st.integers(0, 5)) == 0 else
         "" if header == "Déport" else draw(scores) for header in order]
        for number in numbers for juror in draw(st.lists(st.sampled_from(JURORS), unique=True, min_size=1, max_size=2))
    ]  # fmt: skip
    jury = [["Nom", "E-mail", "Organisation"], *(["Nom", juror, "Agence B"] for juror in JURORS)]
    found = {"Notes de réunion": [["à faire"]], "Candidatures": [*titles, headers, *dossiers], "Jury": jury,
             "Évaluations": [order, *reviews]}  # fmt: skip
    return {name: found[name] for name in draw(st.permutations([*found]))}


commands = st.sampled_from(["sync", "sync", "init", "check", "emails draft", "import", "rank"])
theirs, rows, places = st.sampled_from(["Candidatures", "Évaluations"]), st.integers(1, 9), st.integers(0, 8)
edits = st.one_of(
    st.tuples(st.just("set"), theirs, rows, places, junk),
    st.tuples(st.sampled_from(["insert_row", "delete_row"]), theirs, rows),
    st.tuples(st.just("sort"), st.sampled_from(["Candidatures", "Classement", OUTBOX])),
    st.tuples(st.just("move_column"), theirs, st.integers(0, 20), places),
    st.tuples(st.just("delete_tab"), st.sampled_from([*ROBOT_TABS, OUTBOX])),
    st.tuples(st.just("set"), st.sampled_from(ROBOT_TABS), rows, places, junk),
    st.tuples(st.just("rename_tab"), st.just("Notes de réunion")),
)
steps = st.lists(st.one_of(commands, edits), min_size=4, max_size=7)


@settings(max_examples=examples(1, long=8))
@given(tabs(), steps)
def test_nothing_of_people_s_is_lost_or_moved(made, steps):
    with tempfile.TemporaryDirectory() as folder:
        campaign = Campaign(Path(folder))
        sample.write_config(campaign.folder)
        sample.write_export(campaign.folder)
        campaign.workbook.write_bytes(workbook(made))
        obey(campaign, "init")
        obey(campaign, "sync")
        for step in steps:
            if isinstance(step, str):
                obey(campaign, step)
            else:
                do(campaign, *step)
        obey(campaign, "init")
        obey(campaign, "sync")
        is_right(campaign)


def obey(campaign, step):
    """One command, and what it may and may not do."""
    before, written = people(campaign.workbook), campaign.bytes
    extra = [campaign.export] if step == "import" else ["--force"] if step == "sync" else []
    done = campaign.run(*step.split(), *extra)
    note(f"{step}: {done.code} {done.err}")
    assert done.code in (0, 1)
    assert "Traceback" not in done.err
    after = people(campaign.workbook)
    assert before.lost(after) == [], step
    assert [name for name in after.order if name in before.order] == [*before.order]
    grown = {tab for tab, _ in before.added(after)} & {*before.order}
    assert grown <= {"sync": {OUTBOX}, "emails draft": {OUTBOX}, "import": {"Candidatures"}}.get(step, grown), step
    if step in ("check", "rank"):
        assert campaign.bytes == written


def do(campaign, kind, tab, *what):
    """One edit of people's, where there is something to edit; never in what names a row or a column of theirs."""
    found = XlsxWorkbook(campaign.workbook, campaign.folder).read().tab(tab)
    if found is None or not found.rows:
        return
    table = Table(found)
    in_headers = tab not in ROBOT_TABS and what and kind != "move_column" and what[0] <= table.top
    if not in_headers and (kind != "sort" or table.rows):
        edit(campaign.workbook, kind, tab=tab, **details(kind, [*table.headers], what))


def details(kind, headers, what):
    """What the edit needs, by the name of each thing."""
    match kind:
        case "set":
            row, column, value = what
            return {"cell": f"{chr(65 + column)}{row}", "value": None if value == "" else value}
        case "sort":
            return {"by": headers[-1]}
        case "move_column":
            return {"header": headers[what[0] % len(headers)], "to": what[1]}
        case "rename_tab":
            return {"to": "Mes notes"}
        case "delete_tab":
            return {}
        case _:
            return {"at": what[0]}


def is_right(campaign):
    """After a sync, one more writes nothing, and tabs and columns say what the commands say."""
    written = campaign.bytes
    ranking = campaign.run("rank", "--format", "json")
    if ranking.code == 1:
        assert campaign.run("sync").code == 1
        return
    done = campaign.run("sync")
    assert (done.code, campaign.bytes == written) == (0, True), done.err
    snapshot = XlsxWorkbook(campaign.workbook, campaign.folder).read()
    shown = [(one["Rang"], one["N° de dossier"], one["Note /20"]) for one in Table(snapshot.tab("Classement")).rows]
    wanted = [(one["rank"], one["dossier"], one["note"]) for one in ranking.records]
    assert [(rank, number) for rank, number, _ in shown] == [(rank, number) for rank, number, _ in wanted]
    assert all(a == b or abs(a - b) < 1e-9 for (*_, a), (*_, b) in zip(shown, wanted, strict=True))
    ranks = {number: rank for rank, number, _ in wanted}
    table = Table(snapshot.tab("Candidatures"))
    for row in table.rows:
        number = row["N° de dossier"]
        key = str(int(number)) if isinstance(number, float) and number.is_integer() else str(number).strip()
        assert row["Rang"] == ranks.get(key), row
