"""What the robot's tabs show is what the commands say, column by column."""

import pytest

from eig_sheets.call.scoring.words import ProbabilityStyle
from eig_sheets.workbook import words
from eig_sheets.workbook.quoting import for_officers
from tests.nightly import Robot

pytestmark = pytest.mark.in_memory


@pytest.fixture
def robot(demo):
    """The demo, synchronised."""
    return Robot(demo)


def records(robot, command):
    return robot.campaign.run(command, "--format", "json").records


def by_number(robot, tab):
    return {row["N° de dossier"]: row for row in robot.tab(tab).rows}


def number_of(row):
    """The dossier's number as a text, however it was typed."""
    typed = row["N° de dossier"]
    return str(int(typed)) if isinstance(typed, float) else str(typed).strip()


def near(value):
    return None if value is None else pytest.approx(value, abs=1e-9)


@pytest.mark.slow
def test_classement_shows_what_rank_says(robot):
    rows, said = robot.tab("Classement").rows, records(robot, "rank")
    assert [row["N° de dossier"] for row in rows] == [one["dossier"] for one in said]
    criteria = robot.settings.labels
    for row, one in zip(rows, said, strict=True):
        assert row["Rang"] == one["rank"]
        assert (row["Nom du projet"], row["Administration d’accueil"]) == (one["project"], one["administration"])
        assert row["Note /20"] == near(one["note"])
        assert {key: row[label] for key, label in criteria.items()} == {
            key: near(value) for key, value in one["criteria"].items()
        }
        expected = None if one["left_aside"] else f"{one['reviews']} / {one['reviews_expected']}"
        assert row["Évaluations"] == expected
        assert row["Écart-type"] == near(one["stdev"])
        assert row["Proposition"] == words.proposal_text(one["proposal"], one["proposal_reserves"])
        assert row["Décision"] == one["decision"]
        assert row["Rang attendu"] == near(one["expected_rank"])
        for key in ("50", "90"):
            bounds, inside = one[f"interval_{key}"], one[f"mass_{key}"]
            shown = bounds and f"{bounds[0]} à {bounds[1]} ({ProbabilityStyle().text(inside)})"
            assert row[f"Intervalle {key} %"] == shown
        assert row["Probabilité de sélection"] == near(one["p_selected"])
        assert row["Zone"] == words.ZONES.get(one["zone"])
        for alert in one["alerts"]:
            assert words.ALERTS[alert].lower() in row["Alertes"].lower().replace("\u202f", " ")


def test_hearts_are_counted_by_hand(robot):
    typed = robot.tab("Évaluations").rows
    hearts = [number_of(row) for row in typed if row["Coup de cœur"]]
    assert hearts
    shown = {row["N° de dossier"]: row["Coups de cœur"] for row in robot.tab("Classement").rows}
    assert {number: count for number, count in shown.items() if count} == {
        number: hearts.count(number) for number in sorted(set(hearts)) if shown.get(number)
    }


def test_cofinancement_shows_what_cofinancing_says(robot):
    rows = by_number(robot, "Cofinancement")
    said = records(robot, "cofinancing")
    assert list(rows) == [one["dossier"] for one in said]
    typed = {number_of(row): row for row in robot.tab("Candidatures").rows}
    for one in said:
        row = rows[one["dossier"]]
        assert row["Décision"] == one["decision"]
        assert row["Statut"] == words.COFINANCING[one["status"]]
        assert row["Voie"] == words.credit_route(one["route"], one["payment"], one["carried"])
        assert (row["SIRET"], row["Contact gestion"]) == (one["siret"], one["contact"])
        assert row["Programme"] == one["programme"]
        assert row["Montant minimum"] == near(one["amount_min"])
        assert row["Montant maximum"] == near(one["amount_max"])
        assert (row["Estimé"] == "oui") is one["estimated"]
        assert row["Source"] == one["source"]
        assert row["EIG"] == typed[one["dossier"]]["Nombre d’EIG demandés"]
        for code in one["missing"]:
            assert words.MISSING[code].lower() in row["Ce qui manque"].lower()


@pytest.mark.slow
def test_anomalies_shows_what_check_says(robot):
    headers = ("Gravité", "Onglet", "Cellule", "N° de dossier", "Ce qui ne va pas", "Que faire", "Code")
    keys = ("severity", "tab", "cell", "dossier", "message", "remedy", "code")
    shown = [[row[header] for header in headers] for row in robot.tab("Anomalies").rows]
    told = [one | {"remedy": for_officers(one["remedy"])} for one in records(robot, "check")]  # whom to ask, in a tab
    said = [[one[key] for key in keys] for one in told]
    assert shown == [[severity.capitalize(), *rest] for severity, *rest in said]


def test_the_robot_s_columns_show_the_robot_s_tabs(robot):
    ranking, eligibility = by_number(robot, "Classement"), by_number(robot, "Éligibilité")
    for row in robot.tab("Candidatures").rows:
        number = number_of(row)
        ours = ranking.get(number, {})
        assert row["Éligibilité"] == eligibility.get(number, {}).get("Éligibilité")
        for header in ("Rang", "Note /20", "Proposition", "Co-financement"):
            assert row[header] == ours.get(header)


@pytest.mark.slow
def test_the_dashboard_counts_what_the_tabs_hold(robot):
    shown = {(row["Rubrique"], row["Quoi"]): row for row in robot.tab("Accueil").rows}
    counts = {label: row["Nombre"] for label, row in shown.items()}
    rank, money, wrong = (records(robot, command) for command in ("rank", "cofinancing", "check"))
    rank = [one for one in rank if not one["left_aside"]]
    typed = robot.tab("Candidatures").rows
    evaluations = robot.tab("Évaluations").rows
    blocked = {one["cell"][1:] for one in wrong if one["tab"] == "Évaluations" and one["severity"] == "bloquant"}
    counted = [row for row in evaluations if str(row["row"]) not in blocked]
    kept = [row for row in counted if number_of(row) in {one["dossier"] for one in rank}]
    asked = [row for row in kept if row["Déport"] != "oui"]
    assert counts["Dossiers", "Lignes remplies dans Candidatures"] == len(typed)
    assert counts["Dossiers", "Laissés de côté"] == len(typed) - len(rank)
    assert counts["Jury", "Déports"] == len(kept) - len(asked)
    assert counts["Jury", "Évaluations complètes"] + counts["Jury", "Évaluations en attente de notes"] == len(asked)
    assert counts["Sélection", "Dossiers classés"] == sum(one["rank"] is not None for one in rank)
    assert counts["Sélection", "Places"] == 20
    assert counts["Sélection", "Décisions saisies"] == sum(one["decision"] is not None for one in rank)
    for code, word in words.PROPOSALS.items():
        label = f"Proposition\u202f: {word.lower()}"
        assert counts["Sélection", label] == sum(one["proposal"] == code for one in rank)
    for status in ("acquis", "sous_reserve"):
        mine = [one for one in money if one["status"] == status]
        for end, key in (("minimum", "amount_min"), ("maximum", "amount_max")):
            row = shown["Co-financement", f"{words.COFINANCING[status]}\u202f: {end}"]
            assert row["Nombre"] == len(mine)
            assert row["Montant"] == near(sum(one[key] or 0 for one in mine))
    proposed = {one["dossier"] for one in rank if one["proposal"] == "laureat"}
    decided = {one["dossier"] for one in money if one["decision"] == "Lauréat"}
    asking = [one for one in money if one["status"] in ("acquis", "sous_reserve")]
    for group, label in ((proposed, "Lauréats proposés"), (decided, "Lauréats décidés")):
        mine = [one for one in asking if one["dossier"] in group]
        for end, key in (("minimum", "amount_min"), ("maximum", "amount_max")):
            row = shown["Co-financement", f"{label}\u202f: {end}"]
            assert (row["Nombre"], row["Montant"]) == (len(mine), near(sum(one[key] or 0 for one in mine)))
    assert counts["Co-financement", "Sans objet"] == sum(one["status"] == "sans_objet" for one in money) > 0
    for severity, label in (("bloquant", "Bloquantes"), ("avertissement", "Avertissements")):
        assert counts["Anomalies", label] == sum(one["severity"] == severity for one in wrong)
    states = [row["État"] for row in robot.tab("Envois").rows]
    assert counts["E-mails", "À valider"] == states.count("À valider")
    assert counts["E-mails", "Bloqués par une valeur manquante"] == states.count("Bloqué")
