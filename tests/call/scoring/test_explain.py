"""`--explain`: every number of a dossier computed again from the cells that are named, by the formula that is given."""

import re
import statistics
from fractions import Fraction

import pytest

from eig_sheets import config
from eig_sheets.call.scoring.explain_rank import explanation_of
from eig_sheets.call.scoring.scores import SCORES
from eig_sheets.call.scoring.words import ProbabilityStyle, style_of
from eig_sheets.spreadsheet.model.cells import parse_a1
from eig_sheets.text.french import NARROW, number, typographic
from eig_sheets.workbook import words
from tests.call.report.support import at_the_ends
from tests.columns import cell_of, column_of
from tests.in_memory import storage_at
from tests.nightly import Table
from tests.people_cells import type_in
from tests.program import Campaign
from tests.spreadsheet import memory_desk

pytestmark = pytest.mark.in_memory

CRITERIA = ["Pertinence du besoin", "Définition", "Engagement", "Transformation", "Ouverture"]


def value_of(formula: str) -> float | None:
    """What a formula's own text gives; None when it is words."""
    text = formula.replace("\u202f", "").replace("\xa0", "").partition(" ; ")[0]
    if formula.startswith("écart-type d’échantillon de "):
        return statistics.stdev(map(french, formula.removeprefix("écart-type d’échantillon de ").split(" ; ")))
    text = re.sub(r"\([A-Z]\d+\)| EIG|, arrondi au centime|^saisi.*|^cellule vide, estimé\S? ?: ?| = .*", "", text)
    text = text.replace("cellule vide, estimé: ", "").replace(",", ".").replace("×", "*")
    if not re.fullmatch(r"[\d.*/+() ]+", text):
        return None
    return float(eval(re.sub(r"[\d.]+", lambda match: f"Fraction('{match[0]}')", text), {"Fraction": Fraction}))


def french(text: str) -> float:
    return float(text.replace("\u202f", "").replace(",", "."))


class Cells:
    """The cells of a workbook, by the addresses that an explanation names."""

    def __init__(self, campaign) -> None:
        self.snapshot = campaign.read()

    def named(self, cells: str) -> list[object]:
        return [value for place in cells.split(", ") if place for value in self._span(place)]

    def _span(self, place: str) -> list[object]:
        tab, _, cells = place.partition("!")
        (row, first), (_, last) = (parse_a1(cells.partition(":")[0]), parse_a1(cells.rpartition(":")[2]))
        return [self.snapshot.tab(tab).value(row, column) for column in range(first, last + 1)]


def scores(values: list[object]) -> list[float]:
    return [float(str(value).replace(",", ".")) for value in values if re.fullmatch(r"[\d.,]+", str(value))]


def lines(campaign, command, numero):
    done = campaign.run(command, "--explain", numero, "--format", "json")
    assert done.code == 0
    assert {tuple(record) for record in done.records} == {("what", "value", "formula", "cells", "source")}
    return [{key: spaced(value) for key, value in record.items()} for record in done.records]


def quoted(comment):
    """A comment of the configuration as the table quotes it."""
    return spaced(typographic(comment))


def spaced(value):
    """A text with plain spaces around its punctuation, as it is easier to look for here."""
    if not isinstance(value, str):
        return value
    return re.sub("\u202f([:;?!»%])", r" \1", value).replace("«\u202f", "« ")


@pytest.fixture(scope="module")
def campaign(finished_demo):
    return Campaign(finished_demo)


@pytest.fixture(scope="module")
def ranking(campaign):
    return campaign.run("rank", "--format", "json").records


@pytest.fixture(scope="module")
def money(campaign):
    return campaign.run("cofinancing", "--format", "json").records


@pytest.mark.slow
def test_every_note_from_its_cells(campaign, ranking):
    cells = Cells(campaign)
    for ranked in ranking[::4]:
        by_label = {line["what"]: line for line in lines(campaign, "rank", ranked["dossier"])}
        notes = {what: line for what, line in by_label.items() if what.startswith("Note /20 de ")}
        for line in notes.values():
            typed = scores(cells.named(line["cells"]))
            assert len(cells.named(line["cells"])) == 5
            if line["value"] is not None:
                assert line["value"] == pytest.approx(value_of(line["formula"]))
                assert line["value"] == pytest.approx(20 * sum(typed) / (4 * len(typed)))
        counted = [line["value"] for line in notes.values() if line["value"] is not None]
        assert len(counted) == ranked["reviews"]
        whole = by_label["Note /20 du dossier"]
        assert whole["value"] == ranked["note"]
        if counted:
            assert ranked["note"] == pytest.approx(statistics.mean(counted))
            assert ranked["note"] == pytest.approx(value_of(whole["formula"]), abs=1e-4)
            assert whole["cells"] == ", ".join(line["cells"] for line in notes.values() if line["value"] is not None)
        else:
            assert value_of(whole["formula"]) is None


@pytest.mark.slow
def test_every_mean_and_spread_from_its_cells(campaign, ranking):
    cells, means = Cells(campaign), 0
    for ranked in ranking[1::4]:
        by_label = {line["what"]: line for line in lines(campaign, "rank", ranked["dossier"])}
        for label, mean in zip(CRITERIA, ranked["criteria"].values(), strict=True):
            line = by_label[f"Moyenne « {label} »"]
            assert line["value"] == mean
            if mean is not None:
                means += 1
                assert mean == pytest.approx(statistics.mean(scores(cells.named(line["cells"]))))
                assert mean == pytest.approx(value_of(line["formula"]))
        spread = by_label["Écart-type"]
        assert spread["value"] == ranked["stdev"]
        assert spread["value"] is None or spread["value"] == pytest.approx(value_of(spread["formula"]), abs=1e-3)
    assert means > 20


@pytest.mark.slow
def test_ranks_are_the_ranking_s(campaign, ranking):
    for ranked in (ranking[0], ranking[14], ranking[25], ranking[28]):
        by_label = {line["what"]: line for line in lines(campaign, "rank", ranked["dossier"])}
        assert by_label["Rang"]["value"] == ranked["rank"]
        if ranked["rank"]:
            ahead = int(by_label["Rang"]["formula"].split()[0])
            assert ahead == sum(other["rank"] is not None and other["rank"] < ranked["rank"] for other in ranking)
        else:
            assert by_label["Rang"]["formula"].startswith("Non classé")
            assert "Proposition" not in by_label


def test_a_tie_break_is_explained(campaign, ranking):
    [first, second] = [ranked for ranked in ranking if ranked["rank"] in (21, 22)]
    assert first["note"] == second["note"]
    both = [{line["what"]: line for line in lines(campaign, "rank", ranked["dossier"])} for ranked in (first, second)]
    assert "départagé par « Pertinence du besoin »" in both[0]["Rang"]["formula"].replace("\u202f", " ")
    assert first["criteria"]["pertinence"] > second["criteria"]["pertinence"]


@pytest.mark.slow
def test_every_amount_from_its_cells(campaign, money):
    cells, amounts = Cells(campaign), 0
    for dossier in money:
        by_label = {line["what"]: line for line in lines(campaign, "cofinancing", dossier["dossier"])}
        for end, key in (("minimum", "amount_min"), ("maximum", "amount_max")):
            if dossier["status"] == "sans_objet":
                assert (dossier[key], f"Montant {end}" in by_label) == (None, False)
                continue
            line = by_label[f"Montant {end}"]
            assert line["value"] == dossier[key]
            if dossier["status"] != "non" and dossier[key] is not None:
                amounts += 1
                assert round(value_of(line["formula"]), 2) == dossier[key]
                number, cost = cells.named(line["cells"])
                if isinstance(number, float) and isinstance(cost, float):
                    assert round(number * cost * 3 / 10, 2) == dossier[key]
                    assert by_label[costs(end)]["value"] == cost
                elif cost is None:
                    estimate = by_label[costs(end)]
                    assert value_of(estimate["formula"]) == estimate["value"]
                    assert dossier["estimated"]
    assert amounts > 40


def costs(end: str) -> str:
    return {"minimum": "Coût d’un EIG, jusqu’à 5 ans", "maximum": "Coût d’un EIG, plus de 5 ans"}[end]


def test_what_is_not_asked_for_is_worth_0(campaign, money):
    [numero, *_] = [dossier["dossier"] for dossier in money if dossier["status"] == "non"]
    by_label = {line["what"]: line for line in lines(campaign, "cofinancing", numero)}
    assert (by_label["Montant minimum"]["value"], by_label["Montant maximum"]["value"]) == (0, 0)
    assert by_label["Montant minimum"]["formula"].replace("\u202f", " ") == "non demandé : 0"
    assert Cells(campaign).named(by_label["Montant minimum"]["cells"]) == ["non"]


def test_sources_are_the_configuration_s(campaign, ranking, money):
    known = config.sources(campaign.config)
    explained = [
        *lines(campaign, "rank", ranking[0]["dossier"]),
        *lines(campaign, "cofinancing", money[0]["dossier"]),
    ]
    sources = [line["source"] for line in explained]
    named = {key for key in known if any(f"{key} (" in source for source in sources)}
    assert len(named) > 5
    expected = {key: f"{key} ({quoted(known[key])})" for key in named}
    assert [key for key in named if not any(expected[key] in source for source in sources)] == []


def test_why_a_dossier_is_not_eligible(campaign):
    [line, *_] = lines(campaign, "rank", "3715400")
    assert (line["what"], line["value"]) == ("Éligibilité", "Inéligible")
    assert Cells(campaign).named(line["cells"]) == [4]
    assert line["source"] == "eligibility.eig_numbers (Cahier, annexe 2 : « 2 ou 3 »)"
    [late, *_] = lines(campaign, "rank", "3728176")
    assert late["source"].startswith("campaign.closes (Cahier, 5.1")


def fill(campaign, name, *rows):
    table = Table(campaign.read().tab(name))
    with memory_desk.typing(storage_at(campaign.workbook), name) as page:
        for place, row in enumerate(rows, table.top + 1):
            for header, value in row.items():
                page[place, table.headers[header]] = value


@pytest.mark.parametrize("command", ["rank", "cofinancing"])
def test_an_unknown_dossier_is_refused(campaign, command):
    done = campaign.run(command, "--explain", "371350")
    assert (done.code, done.out) == (1, "")
    assert done.err.replace("\u202f", " ") == (
        "Le dossier « 371350 » n’est pas dans le classeur. Vouliez-vous dire « 3713503 » ?\n"
    )


@pytest.mark.parametrize("command", ["rank", "cofinancing"])
def test_a_dossier_left_out_is_refused_with_the_reason(campaign, command):
    done = campaign.run(command, "--explain", "3719093")
    assert (done.code, done.out) == (1, "")
    place = f"Candidatures!{cell_of('candidatures', 'numero', 14)}"
    assert f"{place}\u202f: «\u202f3719093\u202f» est aussi à la ligne 35." in done.err


@pytest.mark.slow
def test_a_criterion_without_opinion_leaves_both_sums(demo):
    type_in(demo.workbook, "Évaluations", cell_of("evaluations", "engagement", 83), "NSP")
    by_label = {line["what"]: line for line in lines(demo, "rank", "3713503")}
    line = by_label["Note /20 de pia.sauveterre@exemple.invalid"]
    assert "Engagement : NSP (hors des deux sommes)" in line["formula"].replace("\u202f", " ")
    assert line["value"] == pytest.approx(20 * (4 + 3.5 + 4 + 4) / 16) == pytest.approx(value_of(line["formula"]))
    assert by_label["Moyenne « Engagement »"]["formula"] == "(3,5 + 3,5) / 2"


def test_a_flat_amount(demo):
    demo.set_config('rule = "months"', 'rule = "flat"\nflat_amount = 20000  # site\n')
    [dossier] = [
        dossier for dossier in demo.run("cofinancing", "--format", "json").records if dossier["dossier"] == "3713503"
    ]
    by_label = {line["what"]: line for line in lines(demo, "cofinancing", "3713503")}
    for end, key in (("minimum", "amount_min"), ("maximum", "amount_max")):
        line = by_label[f"Montant {end}"]
        assert line["value"] == dossier[key] == 40000
        assert line["formula"].replace("\u202f", " ") == "2 EIG × 20 000, forfait par EIG"
        assert Cells(demo).named(line["cells"]) == [2]
        assert line["source"] == "cofinancing.flat_amount (site)"


def test_a_call_without_cofinancing(demo):
    demo.set_config('rule = "months"', 'rule = "none"')
    by_label = {line["what"]: line for line in lines(demo, "cofinancing", "3713503")}
    assert (by_label["Montant minimum"]["value"], by_label["Montant maximum"]["value"]) == (0, 0)
    assert by_label["Voie"]["formula"] == "Cet appel ne prévoit pas de co-financement"


@pytest.mark.slow
def test_the_corrected_rank_is_the_ranking_s(campaign, ranking):
    for ranked in (ranking[0], ranking[11], ranking[19], ranking[25]):
        by_label = {line["what"]: line for line in lines(campaign, "rank", ranked["dossier"])}
        assert by_label["Rang attendu"]["value"] == ranked["expected_rank"]
        (low, high), inside = ranked["interval_90"], ProbabilityStyle().text(ranked["mass_90"]).replace(NARROW, " ")
        assert by_label["Rang attendu"]["formula"].endswith(f"à {inside} entre {low} et {high}")
        assert by_label["Probabilité de sélection"]["value"] == ranked["p_selected"]
        assert by_label["Zone"]["value"] == words.ZONES[ranked["zone"]]
        says = {
            "retenu": "dépasse 75 %",
            "deliberation": "est de 25 % à 75 %, bornes comprises",
            "non_retenu": "est inférieure à 25 %",
        }
        chance = style_of((line["p_selected"] for line in ranking), (0.25, 0.75)).text(ranked["p_selected"])
        expected = f"sa probabilité de sélection ({chance}) {says[ranked['zone']]}"
        assert by_label["Zone"]["formula"].replace(NARROW, " ") == expected.replace(NARROW, " ")
        assert by_label["Zone"]["source"].startswith("ranking.zone")
        note = by_label["Note corrigée /20"]
        assert note["value"] == pytest.approx(ranked["note"], abs=1.5)
        assert f"la note {number(ranked['note'], 2)}, plus la sévérité moyenne de ses jurés" in note["formula"]


def test_what_lifts_a_dossier_adds_up_to_its_distance_from_the_others(campaign, ranking):
    """Without NSP among the ranked, the pulls are exactly the note less the mean of the notes that means would give."""
    ranked = [dossier for dossier in ranking if dossier["rank"]]
    usual = {key: statistics.mean(dossier["criteria"][key] for dossier in ranked) for key in ranked[0]["criteria"]}
    for dossier in (ranked[0], ranked[12], ranked[24]):
        by_label = {line["what"]: line for line in lines(campaign, "rank", dossier["dossier"])}
        pulls = sum(by_label[what]["value"] for what in ("Ce qui l’élève", "Ce qui l’abaisse") if what in by_label)
        assert pulls == pytest.approx(dossier["note"] - sum(usual.values()), abs=1e-3)
        shown = by_label.get("Ce qui l’élève", by_label.get("Ce qui l’abaisse"))["formula"]
        assert all(label in "".join(line["formula"] for line in by_label.values()) for label in CRITERIA)
        assert f"{number(round(usual['ouverture'], 2))} pour l’ensemble" in "".join(
            line["formula"] for what, line in by_label.items() if what.startswith("Ce qui l’")
        )
        assert "point (" in shown


def test_neighbours_and_what_it_would_take_to_pass_them(campaign, ranking):
    ranked, ahead, behind = ranking[22], ranking[21], ranking[23]
    by_label = {line["what"]: line for line in lines(campaign, "rank", ranked["dossier"])}
    assert by_label["Devant lui, par la note"]["value"] == ahead["dossier"]
    assert by_label["Derrière lui, par la note"]["value"] == behind["dossier"]
    gap, on_one = (
        french(points) for points in re.findall(r"([\d,]+) points? sur", by_label["Devant lui, par la note"]["formula"])
    )
    assert gap == pytest.approx(ahead["note"] - ranked["note"], abs=1e-4)
    assert on_one == pytest.approx(gap * ranked["reviews"], abs=1e-3)
    assert by_label["Pour entrer dans les places"]["value"] == ranking[19]["dossier"]
    inside = {line["what"]: line for line in lines(campaign, "rank", ranking[0]["dossier"])}
    assert inside["Avant de sortir des places"]["value"] == ranking[20]["dossier"]
    assert "Devant lui, par la note" not in inside


@pytest.mark.slow
def test_the_changes_that_move_a_dossier_are_those_that_are_listed(demo):
    """A dossier that is within the places thanks to one juror: without their evaluations, it is not."""
    demo.set_config("target = 20 ", "target = 6 ")
    moved = {}
    for ranked in demo.run("rank", "--format", "json").records[:9]:
        changes = {line["what"]: line for line in lines(demo, "rank", ranked["dossier"])}["Ce qui changerait son sort"]
        moved[ranked["dossier"]] = changes
    jurors = {dossier: re.findall(r"sans (\S+@\S+)", line["formula"]) for dossier, line in moved.items()}
    dossier, [juror, *_] = next((dossier, changes) for dossier, changes in jurors.items() if changes)
    before = rank_of(demo, dossier)
    snapshot = demo.read().tab("Évaluations")
    for row in range(2, 160):
        if snapshot.value(row, column_of("evaluations", "jure")) == juror:
            type_in(demo.workbook, "Évaluations", cell_of("evaluations", "deport", row), "oui")
    assert (rank_of(demo, dossier) <= 6) is not (before <= 6)
    assert any(line["formula"].startswith("reste ") for line in moved.values())
    assert all(line["value"].endswith("essais sur 32") or "essai sur 32" in line["value"] for line in moved.values())


def rank_of(campaign, dossier):
    return next(
        ranked["rank"] for ranked in campaign.run("rank", "--format", "json").records if ranked["dossier"] == dossier
    )


def test_a_corrected_note_at_the_end_of_the_scale_says_that_it_goes_no_further():
    case = at_the_ends()
    rows = {row["numero"]: row for row in case.results.of(SCORES).ranking.to_dict("records")}
    lines_of = {numero: explanation_of(row, case.results, case.campaign) for numero, row in rows.items()}
    notes = {n: next(line for line in said if line.label == "Note corrigée /20") for n, said in lines_of.items()}
    ends = {n for n, line in notes.items() if line.formula.endswith("; jamais hors de l’échelle, de 5 à 20")}
    assert ends == {n for n, line in notes.items() if line.value in (5, 20)}
    assert 0 < len(ends) < len(notes)
