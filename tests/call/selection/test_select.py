"""`select`: the selection under limits as programs and people read it, and what follows it everywhere."""

import itertools

import pytest

from tests.columns import cell_of, column_of
from tests.in_memory import storage_at
from tests.people_cells import type_in
from tests.spreadsheet import memory_desk
from tests.team_call import called, campaign_of

pytestmark = pytest.mark.in_memory

PLACES, MOST = 12, 4
KEYS = [
    "selected", "reserve", "swaps", "constraints", "optimal", "relaxed", "utility", "next", "free_places", "gap",
    "doubts",
]  # fmt: skip
LIMIT = f"""
[selection]
utility = "note"
source = "Cahier, 4.2"
[[selection.limits]]
column = "Type d’administration"
max = {MOST}
source = "Cahier, 5.2"
"""
ENVELOPE = LIMIT.replace('utility = "note"', 'utility = "note"\nenvelope = 500_000')


@pytest.fixture
def tight(demo):
    """The demo with fewer places than projects, before anybody decided anything."""
    demo.set_config("target = 20", f"target = {PLACES}")
    decide(demo, {})
    return demo


def limited(campaign, text=LIMIT):
    with campaign.config.open("a", encoding="utf-8") as file:
        file.write(text)
    return campaign


def decide(campaign, decisions):
    """Have people's decisions be these, by number of dossier."""
    tab = campaign.read().tab("Candidatures")
    for row in range(1, len(tab.rows) + 1):
        numero = tab.value(row, column_of("candidatures", "numero"))
        if named(numero).isdigit():
            decision = decisions.get(named(numero))
            wanted = {"decision": decision, "motif": decision and "Comité"}
            for field, value in wanted.items():
                if tab.value(row, column_of("candidatures", field)) != value:
                    type_in(campaign.workbook, "Candidatures", cell_of("candidatures", field, row), value)


def named(numero):
    """The number of a dossier, which some cells hold as a text and others as a number."""
    return f"{numero:.0f}" if isinstance(numero, float) else str(numero)


def row_of(campaign, numero):
    rows = campaign.read().tab("Candidatures").rows
    place = column_of("candidatures", "numero")
    return next(row for row, cells in enumerate(rows, 1) if len(cells) > place and named(cells[place]) == numero)


def types(campaign):
    tab = campaign.read().tab("Candidatures")
    number, host = column_of("candidatures", "numero"), column_of("candidatures", "type_administration")
    return {named(tab.value(row, number)): tab.value(row, host) for row in range(1, len(tab.rows) + 1)}


def ranked(campaign):
    return [dossier for dossier in campaign.run("rank", "--format", "json").records if dossier["rank"] is not None]


def selection(campaign):
    done = campaign.run("select", "--format", "json")
    return done.code, done.records


@pytest.mark.slow
def test_without_rules_for_it_the_selection_is_that_of_the_ranking(tight):
    before = tight.run("rank", "--format", "json").records
    code, proposal = selection(tight)
    assert (code, list(proposal)) == (0, KEYS)
    assert proposal["selected"] == [dossier["dossier"] for dossier in ranked(tight)][:PLACES]
    assert (proposal["swaps"], proposal["constraints"], proposal["optimal"], proposal["relaxed"]) == ([], [], True, [])
    assert tight.run("rank", "--format", "json").records == before


@pytest.mark.slow
def test_a_limit_moves_the_fewest_points_and_says_why(tight):
    limited(tight)
    code, proposal = selection(tight)
    notes, host = {dossier["dossier"]: dossier["note"] for dossier in ranked(tight)}, types(tight)
    by_type = {}
    for numero in sorted(notes, key=notes.get, reverse=True):
        by_type.setdefault(host[numero], []).append(numero)
    allowed = [numero for group in by_type.values() for numero in group[:MOST]]
    best = sum(sorted((notes[numero] for numero in allowed), reverse=True)[:PLACES])
    assert code == 0
    assert sum(notes[numero] for numero in proposal["selected"]) == pytest.approx(best)
    assert proposal["utility"] == {"by": "note", "total": pytest.approx(best)}
    without = sum(sorted(notes.values(), reverse=True)[:PLACES])
    assert [limit["cost"] for limit in proposal["constraints"]] == [pytest.approx(without - best)]
    assert proposal["swaps"]
    assert all(
        "Type d’administration" in swap["reason"] and "Cahier, 5.2" in swap["reason"] for swap in proposal["swaps"]
    )
    assert proposal["next"]["behind"] == pytest.approx(
        best - sum(notes[number] for number in proposal["next"]["selected"])
    )


def test_the_proposals_follow_the_selection_and_its_reserve(tight):
    limited(tight)
    _, proposal = selection(tight)
    proposals = {}
    for dossier in ranked(tight):
        proposals.setdefault(dossier["proposal"], []).append(dossier["dossier"])
    assert sorted(proposals["laureat"]) == sorted(proposal["selected"])
    assert sorted(proposals["liste_attente"]) == sorted(proposal["reserve"][:3])
    assert proposals.keys() == {"laureat", "liste_attente", "non_retenu"}


@pytest.mark.slow
def test_an_envelope_is_kept_on_the_highest_amounts_and_an_unknown_one_counts_nothing(tight):
    limited(tight, ENVELOPE)
    _, proposal = selection(tight)
    amounts = {
        dossier["dossier"]: dossier["amount_max"] for dossier in tight.run("cofinancing", "--format", "json").records
    }
    assert sum(amounts[numero] or 0 for numero in proposal["selected"]) <= 500_000
    assert [limit["name"] for limit in proposal["constraints"]] == [
        "Enveloppe\u202f: 500\u202f000\u202f€",
        f"Type d’administration\u202f: au plus {MOST} par valeur",
    ]
    assert all(limit["cost"] >= 0 for limit in proposal["constraints"])


@pytest.mark.slow
def test_what_people_decided_stands(tight):
    limited(tight)
    _, free = selection(tight)
    first, last = free["selected"][0], ranked(tight)[-1]["dossier"]
    decide(tight, {first: "Non retenu", last: "Lauréat", free["selected"][1]: "Liste d’attente"})
    _, proposal = selection(tight)
    assert first not in proposal["selected"] + proposal["reserve"]
    assert last in proposal["selected"]
    assert proposal["reserve"][0] == free["selected"][1]
    reasons = {swap["out"]: swap["reason"] for swap in proposal["swaps"]}
    assert reasons[first].startswith("décision saisie\u202f: Non retenu")


@pytest.mark.slow
def test_a_decision_against_what_would_be_proposed_still_asks_for_its_reason(tight):
    limited(tight)
    last = ranked(tight)[-1]["dossier"]
    decide(tight, {last: "Lauréat"})
    type_in(tight.workbook, "Candidatures", cell_of("candidatures", "motif", row_of(tight, last)), None)
    codes = [
        anomaly["code"] for anomaly in tight.run("check", "--format", "json").records if anomaly["dossier"] == last
    ]
    assert "decision_sans_motif" in codes


@pytest.mark.slow
def test_limits_that_nothing_keeps_end_with_the_smallest_relaxation_and_its_selection(tight):
    limited(tight, LIMIT.replace(f"max = {MOST}", f'value = "Opérateur"\nmin = {PLACES + 1}'))
    done = tight.run("select", "--format", "json")
    proposal = done.records
    assert done.code == 1
    assert (proposal["optimal"], len(proposal["relaxed"]), len(proposal["selected"])) == (False, 1, PLACES)
    assert proposal["relaxed"][0].startswith("Type d’administration «\u202fOpérateur\u202f»\u202f: minimum de 13 à ")
    assert "Le plus petit assouplissement" in done.err
    assert {dossier["proposal"] for dossier in ranked(tight) if dossier["dossier"] in proposal["selected"]} == {
        "deliberation"
    }


@pytest.mark.slow
def test_who_withdraws_is_replaced_by_the_next_that_keeps_the_limits_and_who_is_told(tight):
    limited(tight)
    _, free = selection(tight)
    host = types(tight)
    gone = free["selected"][0]
    given = dict.fromkeys(free["selected"], "Lauréat")
    waiting = dict.fromkeys([*free["reserve"][:3]], "Liste d’attente")
    others = {dossier["dossier"]: "Non retenu" for dossier in ranked(tight)}
    decide(tight, {**others, **waiting, **given, gone: "Désisté"})
    counts = [host[numero] for numero in free["selected"] if numero != gone]
    fits = [numero for numero in free["reserve"][:3] if counts.count(host[numero]) < MOST]
    code, proposal = selection(tight)
    assert code == 0
    assert [place["dossier"] for place in proposal["free_places"]] == fits[:1]
    told = [anomaly for anomaly in tight.run("check", "--format", "json").records if anomaly["code"] == "place_liberee"]
    assert [record["dossier"] for record in told] == fits[:1]
    assert "«\u202fLauréat\u202f»" in told[0]["remedy"]
    proposed = {dossier["dossier"]: dossier["proposal"] for dossier in ranked(tight)}
    assert proposed[fits[0]] == "laureat"
    decide(tight, {**others, **waiting, **given, gone: "Désisté", fits[0]: "Lauréat"})
    assert fits[0] in selection(tight)[1]["selected"]


@pytest.mark.slow
def test_the_order_of_the_rows_changes_nothing(tight):
    limited(tight, ENVELOPE)
    before = tight.run("select", "--format", "json").object
    memory_desk.edit(storage_at(tight.workbook), "sort", tab="Candidatures", by="Nom du projet", descending=True)
    after = tight.run("select", "--format", "json").object
    assert before.pop("doubts")
    assert after.pop("doubts")  # their cells moved with the rows
    assert after == before


@pytest.mark.slow
def test_every_selection_is_worth_no_more(tight):
    """Against all the ways to choose three of the first ten."""
    tight.set_config(f"target = {PLACES}", "target = 3")
    limited(tight, ENVELOPE.replace("500_000", "140_000").replace(f"max = {MOST}", "max = 1"))
    _, proposal = selection(tight)
    notes, host = {dossier["dossier"]: dossier["note"] for dossier in ranked(tight)}, types(tight)
    amounts = {
        dossier["dossier"]: dossier["amount_max"] or 0
        for dossier in tight.run("cofinancing", "--format", "json").records
    }
    possible = [
        sum(notes[number] for number in chosen)
        for size in range(4)
        for chosen in itertools.combinations(notes, size)
        if sum(amounts[number] for number in chosen) <= 140_000
        and all(host[number] is None or sum(host[two] == host[number] for two in chosen) <= 1 for number in chosen)
    ]
    assert proposal["utility"]["total"] == pytest.approx(max(possible))


@pytest.mark.slow
def test_people_read_the_selection_then_why(tight):
    limited(tight)
    done = tight.run("select")
    assert done.code == 0
    assert "retenu" in done.out
    assert "réserve 1" in done.out
    assert "La sélection proposée respecte\u202f: Type d’administration\u202f: au plus 4 par valeur." in done.err
    assert "La sélection suivante est la même sans " in done.err
    proposal = tight.run("select", "--format", "json").object
    names = {dossier["dossier"]: dossier["project"] for dossier in ranked(tight)}
    swap = proposal["swaps"][0]
    into, out = (f"{swap[way]} ({names[swap[way]]})" for way in ("in", "out"))
    assert f"{into} prend la place de {out} – limite" in done.err.replace("\u202f", " ")
    assert all(
        f"{number} ({names[number]})" in done.err for number in (*proposal["next"]["in"], *proposal["next"]["out"])
    )
    rows = tight.run("select", "--format", "csv").rows
    assert [row["state"] for row in rows[:PLACES]] == ["retenu"] * PLACES


@pytest.mark.slow
def test_the_sheet_the_page_the_minutes_and_the_explanation_name_the_limit(tight, tmp_path):
    limited(tight)
    _, proposal = selection(tight)
    out = proposal["swaps"][0]["out"]
    assert tight.run("sync").code == 0
    alerts = next(row[-1] for row in tight.read().tab("Classement").rows if len(row) > 1 and row[1] == out)
    assert "ors de la sélection – limite\u202f: il en faut au plus 4" in alerts
    lines = {line["what"]: line for line in tight.run("rank", "--explain", out, "--format", "json").records}
    assert lines["Sélection"]["formula"].startswith("hors de la sélection – limite")
    name = f"Type d’administration\u202f: au plus {MOST} par valeur"
    assert lines[name]["source"] == "Cahier, 5.2"
    assert lines[name]["cells"].startswith("Candidatures!")
    page = tmp_path / "page.html"
    assert tight.run("report", "--to", page).code == 0
    assert "La sélection proposée respecte" in page.read_text(encoding="utf-8")
    assert "hors de la sélection – limite" in page.read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_second_synchronisation_writes_nothing(tight):
    limited(tight)
    tight.run("sync")
    before = tight.bytes
    assert tight.run("sync").code == 0
    assert tight.bytes == before


@pytest.mark.slow
def test_without_limits_none_is_said_to_be_respected(tmp_path):
    """Everybody is decided on: no other selection goes with it."""
    call = campaign_of(tmp_path, called())
    said = call.run("select").err.replace("\u202f", " ")
    assert "Aucune autre sélection n’est possible, d’après les décisions saisies." in said
    assert "toutes les limites" not in said
