"""What the reading commands print: the JSON that other tools rely on, CSV that no spreadsheet will run, tables."""

import json
import re

import pytest

from eig_sheets import sample
from eig_sheets.call.scoring.commands_rank import said_once
from eig_sheets.call.scoring.commands_tables import rank_table, ranked
from eig_sheets.spreadsheet.model.cells import a1, parse_a1
from tests.call.report.support import mostly_tied
from tests.columns import SCHEMA, cell_of, column_of
from tests.nightly import Robot
from tests.people_cells import type_in
from tests.program import Campaign

pytestmark = pytest.mark.in_memory

RANK = [
    "rank", "dossier", "project", "administration", "note", "criteria", "reviews", "reviews_expected", "stdev",
    "expected_rank", "interval_50", "mass_50", "interval_90", "mass_90", "p_selected", "zone", "proposal",
    "decision", "alerts", "unranked_reason", "proposal_reserves", "left_aside",
]  # fmt: skip
COFINANCING = [
    "dossier", "requested", "eligible", "status", "route", "payment", "programme", "reason", "missing", "amount_min",
    "amount_max", "estimated", "source", "decision", "siret", "contact", "eig", "months", "amount_per_eig_min",
    "amount_per_eig_max", "after_recruitment", "recruited", "paid_months", "foreseen_min", "foreseen_max", "awaited",
    "carried", "to_check",
]  # fmt: skip
CHECK = ["severity", "tab", "cell", "cells", "dossier", "code", "message", "remedy"]
CRITERIA = ["pertinence", "definition", "engagement", "transformation", "ouverture"]
CORRECTED = ("expected_rank", "interval_50", "mass_50", "interval_90", "mass_90", "p_selected", "zone")


def by_number(records):
    return {record["dossier"]: record for record in records}


def test_rank_as_json(demo):
    done = demo.run("rank", "--format", "json")
    assert done.code == 0
    assert [list(record) for record in done.records] == [RANK] * 32
    assert [list(record["criteria"]) for record in done.records] == [CRITERIA] * 32
    dossiers = by_number(done.records)
    corrected = {key: dossiers["3715970"][key] for key in CORRECTED}
    assert dossiers["3715970"] == {
        "rank": 3, "dossier": "3715970", "project": "Green Data for Health",
        "administration": "Commissariat général au développement durable (CGDD)", "note": 18.5,
        "criteria": dossiers["3715970"]["criteria"], "reviews": 5, "reviews_expected": 5,
        "stdev": dossiers["3715970"]["stdev"], **corrected, "proposal": "laureat", "proposal_reserves": [],
        "decision": "Lauréat",
        "alerts": [], "unranked_reason": None, "left_aside": None,
    }  # fmt: skip
    assert all(1 <= mean <= 4 for mean in dossiers["3715970"]["criteria"].values())
    assert 0 < dossiers["3715970"]["stdev"] < 5
    ranked = [record for record in done.records if record["rank"] is not None]
    assert sum(dossier["expected_rank"] for dossier in ranked) == pytest.approx(26 * 27 / 2, abs=0.13)
    assert sum(dossier["p_selected"] for dossier in ranked) == pytest.approx(20, abs=0.0026)
    for dossier in ranked:
        for low, high in (dossier["interval_50"], dossier["interval_90"]):
            assert type(low) is type(high) is int
            assert 1 <= low <= high <= 26
    for dossier in ranked:
        sure = (
            "retenu"
            if dossier["p_selected"] > 0.75
            else "non_retenu"
            if dossier["p_selected"] < 0.25
            else "deliberation"
        )
        assert dossier["zone"] == sure
    unranked = dossiers["3715400"]
    assert [unranked[key] for key in CORRECTED] == [None] * 7
    assert [unranked[key] for key in ("rank", "note", "stdev", "proposal", "reviews")] == [None, None, None, None, 0]
    assert unranked["criteria"] == dict.fromkeys(CRITERIA)
    assert unranked["unranked_reason"] == "ineligible"


SEEN = ("fit", "fit_p", "fit_flag", "spread", "spread_others", "at_ceiling")


def test_jurors_and_their_fit(demo):
    done = demo.run("rank", "--jurors", "--format", "json")
    jurors = [record for record in done.records if record["juror"] is not None]
    assert {juror["fit_flag"] for juror in jurors} == {"accord", "trop_peu"}
    for juror in jurors:
        assert (juror["fit"] is None) == (juror["fit_p"] is None) == (juror["reviews"] < 3)
        assert juror["spread"] > 0
        assert juror["spread_others"] > 0
        assert 0 <= juror["at_ceiling"] <= 1
    assert {tuple(record[key] for key in SEEN) for record in done.records if record["juror"] is None} == {(None,) * 6}
    said = done.err.replace("\u202f", " ")
    few = sum(juror["fit_flag"] == "trop_peu" for juror in jurors)
    assert (
        f"Aucun juré ne s’écarte de ce qui est attendu, {22 - few} suivent ce qui est attendu, {few} ont trop" in said
    )
    shown = demo.run("rank", "--jurors").out
    assert "suit ce qui est attendu" in shown
    assert "trop peu de dossiers pour le dire" in shown
    assert demo.run("rank", "--jurors", "--format", "csv").out.splitlines()[0].split(",")[-6:] == [*SEEN]


@pytest.mark.slow
def test_a_juror_who_votes_at_random_is_named(demo):
    for place, (cell, value) in enumerate(column(demo, "jure")):
        if value == "alix.ventadour@exemple.invalid":
            for criterion in CRITERIA:
                scored = cell_of("evaluations", criterion, parse_a1(cell)[0])
                type_in(demo.workbook, "Évaluations", scored, 4 if place % 2 else 1)
    done = demo.run("rank", "--jurors", "--format", "json")
    assert [record["juror"] for record in done.records if record["fit_flag"] == "ecart"] == [
        "alix.ventadour@exemple.invalid"
    ]
    assert "1 juré s’écarte de ce qui est attendu" in done.err.replace("\u202f", " ")
    assert "intervalle trop court : 100 % de notes" in demo.run("rank", "--jurors").out.replace("\u202f", " ")


def test_jurors_and_their_severity(demo):
    done = demo.run("rank", "--jurors", "--format", "json")
    assert done.code == 0
    assert {tuple(record) for record in done.records} == {
        ("juror", "name", "group", "reviews", "mean", "severity", "error", *SEEN)
    }
    jurors = [record for record in done.records if record["juror"] is not None]
    groups = [record for record in done.records if record["juror"] is None]
    assert [juror["juror"] for juror in jurors] == sorted(juror["juror"] for juror in jurors)
    assert len(jurors) == 22
    assert [group["group"] for group in groups] == ["A", "B", "C", "D", "E"]
    assert sum(group["reviews"] for group in groups) == sum(juror["reviews"] for juror in jurors) > 100
    for group in groups:
        own = [juror["severity"] for juror in jurors if juror["group"] == group["group"]]
        assert group["severity"] == pytest.approx(sum(own) / len(own), abs=0.001)
    assert all(record["error"] > 0 and abs(record["severity"]) < 3 for record in done.records)
    said = done.err.replace("\u202f", " ")
    assert said.startswith("Une sévérité est ce qu’un juré retire à la note")
    assert "fiabilité de la note d’un dossier : 0,88" in said
    assert "0,62 entre jurés, 0,71 entre groupes, 0,93 de désaccord" in said
    shown = demo.run("rank", "--jurors").out
    assert shown.splitlines()[2].split()[:4] == ["alix.ventadour@exemple.invalid", "Alix", "Ventadour", "A"]
    assert "groupe entier" in shown


@pytest.mark.slow
def test_jurors_whom_nothing_links_have_no_severity_and_are_named(demo):
    keep = {"alix.ventadour@exemple.invalid", "jeanne.valsenestre@exemple.invalid"}
    rows = {parse_a1(cell)[0]: value for cell, value in column(demo, "jure") if value}
    for row, juror in rows.items():
        if "@" in str(juror) and juror not in keep:
            type_in(demo.workbook, "Évaluations", cell_of("evaluations", "jure", row), None)
    done = demo.run("rank", "--jurors", "--format", "json")
    assert [(record["juror"], record["severity"], record["error"]) for record in done.records if record["juror"]] == [
        (juror, None, None) for juror in sorted(keep)
    ]
    said = done.err.replace("\u202f", " ")
    assert said.startswith("Une seule évaluation par dossier")
    records = demo.run("rank", "--format", "json").records
    ranked = [record for record in records if record["rank"] is not None]
    assert ranked
    for dossier in ranked:
        assert [dossier[key] for key in CORRECTED] == [None] * 7
        assert "une_evaluation_par_dossier" in dossier["alerts"]


def column(campaign, field):
    """The cells of a column of Évaluations and their values."""
    tab = campaign.read().tab("Évaluations")
    place = column_of("evaluations", field)
    return [(a1(row, place), tab.value(row, place)) for row in range(2, 160)]


def test_severities_and_one_dossier_do_not_go_together(demo):
    done = demo.run("rank", "--jurors", "--explain", "3713503")
    assert done.code == 2
    assert "--jurors et --explain ne vont pas ensemble" in done.err


@pytest.mark.slow
def test_the_official_rank_may_be_the_expected_one(demo):
    demo.set_config('method = "mean"', 'method = "expected_rank"')
    demo.set_config("target = 20", "target = 19")
    records = demo.run("rank", "--format", "json").records
    expected = [record["expected_rank"] for record in records if record["rank"] is not None]
    assert expected == sorted(expected)
    assert [record["note"] for record in records[:26]] != sorted(
        (record["note"] for record in records[:26]), reverse=True
    )
    for record in records[:26]:
        wanted = {
            "retenu": {"laureat"},
            "deliberation": {"deliberation"},
            "non_retenu": {"liste_attente", "non_retenu"},
        }
        assert record["proposal"] in wanted[record["zone"]]
    assert {record["proposal"] for record in records[:26]} == {"laureat", "deliberation", "liste_attente", "non_retenu"}


@pytest.mark.slow
def test_a_laureate_under_reserve_says_so_in_the_table_and_by_a_key_of_its_own_in_json(demo):
    dossiers = by_number(demo.run("rank", "--format", "json").records)
    assert (dossiers["3723725"]["proposal"], dossiers["3723725"]["proposal_reserves"]) == (
        "laureat",
        ["peu_evaluations"],
    )
    reserved = [number for number, dossier in dossiers.items() if dossier["proposal_reserves"]]
    lines = demo.run("rank").out.splitlines()
    assert [line.split()[1] for line in lines if "Lauréat (sous réserve)" in line] == reserved == ["3723725"]
    explained = {line["what"]: line for line in demo.run("rank", "--explain", "3723725", "--format", "json").records}
    assert explained["Proposition"]["value"] == "Lauréat (sous réserve)"
    assert "sous réserve\u202f: trop peu d’évaluations complètes" in explained["Proposition"]["formula"]
    assert "scoring.min_reviews" in explained["Proposition"]["source"]


def test_an_explanation_shows_the_probability_as_the_ranking_does_and_json_as_a_number(demo):
    [line] = [
        record
        for record in demo.run("rank", "--explain", "3713503").out.splitlines()
        if record.startswith("Probabilité")
    ]
    assert "> 99\u202f%" in line
    values = {
        line["what"]: line["value"] for line in demo.run("rank", "--explain", "3713503", "--format", "json").records
    }
    assert 0.99 < values["Probabilité de sélection"] <= 1


@pytest.mark.slow
def test_more_places_than_projects_is_not_called_as_many(demo):
    demo.set_config("target = 20", "target = 30")
    out = demo.run("rank").out.replace("\u202f", " ")
    assert out.count("lus de places que de projets") > 20
    chances = re.sub(r"\([^)]*%\)", "", out)  # without what the intervals hold
    assert ("100 %" in chances, "> 99 %" in chances, "utant de places" in out) == (True, False, False)


def test_ties_of_most_dossiers_are_said_once_under_the_table():
    tied = mostly_tied()
    table, rows = rank_table(tied.results, tied.campaign), ranked(tied.results)
    assert [record["alerts"].count("ex_aequo") for record in table.records(rows)] == [0] + [1] * 21
    lines = table.lines(rows)
    assert [line["remarks"] for line in lines if "ex aequo" in (line["remarks"] or "").lower()] == []
    [said] = said_once(tied.reading, tied.results)
    assert said.startswith("21 des 22 dossiers classés sont ex aequo")


@pytest.mark.slow
def test_numbers_are_numbers_and_nothing_is_nan(demo):
    for command in ("rank", "cofinancing", "check"):
        done = demo.run(command, "--format", "json")

        def refuse(constant):
            raise AssertionError(constant)

        assert json.loads(done.out, parse_constant=refuse)
    for dossier in demo.run("rank", "--format", "json").records:
        numbers = [dossier["rank"], dossier["note"], dossier["stdev"], *dossier["criteria"].values()]
        assert all(value is None or type(value) in (int, float) for value in numbers)
        assert type(dossier["reviews"]) is type(dossier["reviews_expected"]) is int
        assert type(dossier["rank"]) in (int, type(None))
    for dossier in demo.run("cofinancing", "--format", "json").records:
        assert all(type(dossier[key]) in (float, int, type(None)) for key in ("amount_min", "amount_max"))
        assert all(dossier[key] in (True, False, None) for key in ("requested", "eligible", "estimated"))
        assert type(dossier["missing"]) is list


def test_cofinancing_as_json(demo):
    done = demo.run("cofinancing", "--format", "json")
    assert done.code == 0
    assert [list(record) for record in done.records] == [COFINANCING] * 31
    dossiers = by_number(done.records)
    source = "Cahier des charges EIG5, 3 et 4.2"
    assert dossiers["3713503"] == {
        "dossier": "3713503", "requested": True, "eligible": True, "status": "acquis", "route": "portage",
        "payment": "decret_transfert", "programme": dossiers["3713503"]["programme"],
        "reason": "Le porteur administratif reçoit directement les crédits", "missing": [], "amount_min": 34650.0,
        "amount_max": 39600.0, "estimated": False, "source": source, "decision": None, "siret": None,
        "contact": "gestion-04@exemple.invalid", "eig": 2, "months": 3, "amount_per_eig_min": 17325,
        "amount_per_eig_max": 19800, "after_recruitment": False, "recruited": 0, "paid_months": None,
        "foreseen_min": 34650, "foreseen_max": 39600, "awaited": [], "carried": True, "to_check": [],
    }  # fmt: skip
    assert isinstance(dossiers["3713503"]["programme"], str)
    refused = dossiers["3720946"]
    assert (refused["requested"], refused["eligible"], refused["status"]) == (False, None, "non")
    assert (refused["route"], refused["payment"], refused["amount_min"]) == ("autofinancement", None, 0)
    assert dossiers["3722986"]["missing"] == ["porteur", "convention"]
    ineligible, withdrawn = dossiers["3718404"], dossiers["3724340"]
    assert [(dossier["status"], dossier["amount_min"], dossier["missing"]) for dossier in (ineligible, withdrawn)] == [
        ("sans_objet", None, []), ("sans_objet", None, []),
    ]  # fmt: skip
    assert dossiers["3712146"]["estimated"] is True


@pytest.mark.slow
def test_check_as_json(demo):
    done = demo.run("check", "--format", "json")
    assert done.code == 1
    assert {tuple(record) for record in done.records} == {tuple(CHECK)}
    assert done.records[0] == {
        "severity": "bloquant", "tab": "Candidatures", "cell": cell_of("candidatures", "numero", 14),
        "cells": [cell_of("candidatures", "numero", 14)], "dossier": "3719093",
        "code": done.records[0]["code"], "message": "«\u202f3719093\u202f» est aussi à la ligne 35.",
        "remedy": "Si ce sont deux projets, corrigez le numéro de l’un\u202f; si c’est le même, gardez une seule "
        "ligne.",
    }  # fmt: skip
    severities = [record["severity"] for record in done.records]
    assert severities == sorted(severities, key="bloquant".__ne__)
    assert set(severities) == {"bloquant", "avertissement"}


def clear(campaign, tab_id, row):
    """Empty every cell that people may fill in a row."""
    tab = SCHEMA.tab(tab_id)
    for field in tab.fields:
        type_in(campaign.workbook, tab.name, cell_of(tab_id, field.id, row), None)


@pytest.mark.slow
def test_check_ends_with_0_once_nothing_is_blocking(demo):
    for anomaly in demo.run("check", "--format", "json").records:
        if anomaly["severity"] == "bloquant" and anomaly["tab"] == "Évaluations":
            clear(demo, "evaluations", parse_a1(anomaly["cell"])[0])
        if anomaly["code"] in ("simulation_a_verifier", "email_invalide", "montant_illisible"):
            type_in(demo.workbook, anomaly["tab"], anomaly["cell"], None)
    clear(demo, "candidatures", 35)
    done = demo.run("check", "--format", "json")
    assert [record["message"] for record in done.records if record["severity"] == "bloquant"] == []
    assert done.code == 0
    assert done.records != []


@pytest.mark.slow
@pytest.mark.on_a_file
def test_a_reading_command_writes_nothing(demo):
    before = {path: path.read_bytes() for path in sorted(demo.folder.rglob("*")) if path.is_file()}
    for command in (["check"], ["rank"], ["cofinancing"], ["emails", "list"], ["rank", "--explain", "3713503"]):
        demo.run(*command)
    assert {path: path.read_bytes() for path in sorted(demo.folder.rglob("*")) if path.is_file()} == before


@pytest.mark.parametrize("command", [["rank"], ["cofinancing"], ["check"], ["emails", "list"]])
def test_csv_says_the_same_as_json(demo, command):
    rows = demo.run(*command, "--format", "csv").rows
    records = demo.run(*command, "--format", "json").records
    assert len(rows) == len(records) > 0
    for row, record in zip(rows, records, strict=True):
        assert list(row) == list(record)
        for key, value in record.items():
            if value is None:
                assert row[key] == ""
            elif isinstance(value, bool):
                assert row[key] == str(value).lower()
            elif isinstance(value, (int, float)):
                assert float(row[key]) == value
            elif isinstance(value, str):
                assert row[key] == value
            elif isinstance(value, list):
                assert row[key] == ";".join(map(str, value))


@pytest.mark.slow
@pytest.mark.parametrize("text", ["=IMPORTXML(A1)", "+33 1", "-1+1", "@SUM(A1)"])
def test_csv_holds_no_formula(demo, text):
    type_in(demo.workbook, "Candidatures", cell_of("candidatures", "projet", 6), text)
    project = {row["dossier"]: row for row in demo.run("rank", "--format", "csv").rows}["3713503"]["project"]
    assert project == f"'{text}"
    records = demo.run("rank", "--format", "json").records
    assert by_number(records)["3713503"]["project"] == text


@pytest.mark.slow
@pytest.mark.on_a_file
def test_messages_go_to_stderr(demo):
    for command in ("rank", "cofinancing"):
        done = demo.program("-v", command, "--format", "json")
        assert done.code == 0
        assert json.loads(done.out)
        assert (
            "2 lignes laissées de côté dans Candidatures\u202f: 3719093 (ligne 14) et 3719093 (ligne 35)." in done.err
        )
        assert f"Classeur\u202f: {demo.workbook}" in done.err


def test_a_received_dossier_that_is_left_aside_is_said_wherever_the_ranking_is(demo):
    """« Double vue » is there twice: neither row counts, and a president who reads the ranking must know of it."""
    *_, last = demo.run("rank", "--format", "json").records
    cell = cell_of("candidatures", "numero", 14)
    assert (last["rank"], last["dossier"], last["project"]) == (None, "3719093", "Double vue")
    assert last["unranked_reason"] == "laisse_de_cote"
    why = f"Candidatures!{cell} : « 3719093 » est aussi à la ligne 35."
    assert last["left_aside"].replace("\u202f", " ") == why
    assert demo.run("rank", "--format", "csv").rows[-1]["left_aside"].replace("\u202f", " ") == why
    shown = demo.run("rank").out.replace("\u202f", " ")
    assert "Non classé : laissé de côté" in shown
    *_, row = Robot(demo).tab("Classement").rows
    assert (row["Rang"], row["N° de dossier"], row["Note /20"]) == (None, "3719093", None)
    assert row["Alertes"].replace("\u202f", " ") == f"Non classé : laissé de côté ({why})"


@pytest.mark.slow
def test_quiet_is_silent(demo):
    for command in (["sync"], ["emails", "draft"], ["init"], ["import", demo.export]):
        done = demo.run("-q", *command)
        assert (done.code, done.err) == (0, "")
    done = demo.run("-q", "rank", "--format", "json")
    assert (done.code, done.err) == (0, "")
    assert len(done.records) == 34


@pytest.mark.slow
def test_verbose_says_where_from(demo):
    said = demo.run("-v", "sync").err.replace("\u202f", " ")
    assert f"Configuration : {demo.config}" in said
    assert f"Classeur : {demo.workbook}" in said
    assert "Configuration" not in demo.run("sync").err


@pytest.mark.slow
def test_tables_are_for_people(demo):
    lines = demo.run("rank").out.splitlines()
    assert lines[0].split() == [
        "Rang", "Dossier", "Projet", "Note", "/20", "Évaluations", "Rang", "attendu", "Intervalle", "50", "%",
        "Sélection", "Zone", "Proposition", "Décision", "Alertes",
    ]  # fmt: skip
    assert lines[2].split()[:4] == ["1", "3713503", "BatID", "18,83"]
    assert "Non classé\u202f: inéligible" in demo.run("rank").out
    money = demo.run("cofinancing").out
    assert "34\u202f650,00" in money
    assert "Décret de transfert, par le porteur administratif" in money
    assert "nan" not in money.lower().replace("financement", "")


@pytest.mark.slow
def test_a_campaign_without_a_dossier(tmp_path):
    sample.write_config(tmp_path)
    campaign = Campaign(tmp_path)
    assert campaign.run("init").code == 0
    assert campaign.run("rank").out == "Aucun dossier.\n"
    assert campaign.run("rank", "--format", "json").out == "[]\n"
    assert campaign.run("cofinancing", "--format", "csv").out.strip() == ""
    done = campaign.run("check")
    assert (done.code, done.out) == (0, "Aucune anomalie.\n")
    assert campaign.run("emails", "list").out == "Aucun e-mail.\n"
    assert campaign.run("sync").code == 0
    before = campaign.bytes
    assert campaign.run("sync").code == 0
    assert campaign.bytes == before
