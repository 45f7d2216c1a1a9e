"""`rank --sensitivity`: what it says would change is what changes when people make that change."""

import pytest

from eig_sheets import sample
from tests.columns import CRITERIA, cell_of, column_of
from tests.people_cells import type_in
from tests.program import Campaign

pytestmark = pytest.mark.in_memory

KEYS = ["scenario", "subject", "enters", "leaves", "without_note"]
PLACES = 14


@pytest.fixture
def tight(demo):
    """The demo with fewer places than projects that nobody argues about."""
    demo.set_config("target = 20", f"target = {PLACES}")
    return demo


def trials(campaign):
    return campaign.run("rank", "--sensitivity", "--format", "json").records


def within(campaign):
    """Project by number, of the dossiers within the places."""
    records = campaign.run("rank", "--format", "json").records
    return {
        record["dossier"]: record["project"]
        for record in records
        if record["rank"] is not None and record["rank"] <= PLACES
    }


def moving(records, scenario):
    return next(
        record for record in records if record["scenario"] == scenario and record["enters"] and record["leaves"]
    )


def compare(trial, before, after):
    assert trial["enters"] == {numero: after[numero] for numero in sorted(after.keys() - before.keys())}
    assert trial["leaves"] == {numero: before[numero] for numero in sorted(before.keys() - after.keys())}


@pytest.mark.slow
def test_every_scenario_has_an_entry(tight):
    variations = trials(tight)
    assert [list(record) for record in variations] == [KEYS] * 32
    criteria = [record for record in variations if record["scenario"] != "sans_jure"]
    assert [criterion["scenario"] for criterion in criteria] == ["sans_critere", "critere_double"] * 5
    jurors = [record["subject"] for record in variations if record["scenario"] == "sans_jure"]
    assert jurors == [
        juror["juror"] for juror in tight.run("rank", "--jurors", "--format", "json").records if juror["juror"]
    ]
    assert 0 < sum(not record["enters"] and not record["leaves"] for record in variations) < 32


@pytest.mark.slow
def test_a_criterion_that_counts_double_has_the_announced_effect(tight):
    trial, before = moving(trials(tight), "critere_double"), within(tight)
    text = tight.config.read_text(encoding="utf-8")
    start = text.index(f'id = "{trial["subject"]}"')
    tight.config.write_text(text[:start] + text[start:].replace("weight = 1", "weight = 2", 1), encoding="utf-8")
    compare(trial, before, within(tight))


@pytest.mark.slow
def test_a_juror_who_steps_aside_has_the_announced_effect(tight):
    trial, before = moving(trials(tight), "sans_jure"), within(tight)
    tab = tight.read().tab("Évaluations")
    for row in range(2, 160):
        if tab.value(row, column_of("evaluations", "jure")) == trial["subject"]:
            type_in(tight.workbook, "Évaluations", cell_of("evaluations", "deport", row), "oui")
    compare(trial, before, within(tight))


def test_people_read_the_changes_that_matter_then_how_many_do_not(tight):
    variations = [variation for variation in trials(tight) if variation["enters"] or variation["leaves"]]
    done = tight.run("rank", "--sensitivity")
    header, _, *lines = done.out.splitlines()
    assert header.split("  ")[0] == "Ce qui change"
    assert len(lines) == len(variations)
    assert lines[0].startswith("Sans «\u202fPertinence du besoin\u202f»  ")
    assert any(line.startswith("Avec «\u202fEngagement\u202f» compté double  ") for line in lines)
    for line, variation in zip(lines, variations, strict=True):
        moved = {**variation["enters"], **variation["leaves"]}
        assert [numero for numero, project in moved.items() if f"{project} ({numero})" not in line] == []
        assert variation["scenario"] != "sans_jure" or line.startswith(f"Sans {variation['subject']} ")
    said = done.err.replace("\u202f", " ").splitlines()
    assert said[0] == (
        f"32 essais, une chose changée à la fois, au classement par la note : {len(variations)} changent qui est dans "
        f"les 14 places, {32 - len(variations)} n’y changent rien."
    )
    assert said[1].startswith("2 lignes laissées de côté dans Candidatures")


def test_csv_has_them_all(tight):
    rows = tight.run("rank", "--sensitivity", "--format", "csv").rows
    for row, variation in zip(rows, trials(tight), strict=True):
        assert row["enters"] == ";".join(f"{numero}={project}" for numero, project in variation["enters"].items())


@pytest.mark.slow
def test_a_dossier_that_nobody_else_scored_leaves_for_want_of_a_note(tight):
    leader = tight.run("rank", "--format", "json").records[0]["dossier"]
    tab = tight.read().tab("Évaluations")
    rows = [row for row in range(2, 160) if leader in str(tab.value(row, column_of("evaluations", "numero")))]
    for row in rows[1:]:
        type_in(tight.workbook, "Évaluations", cell_of("evaluations", "jure", row), None)
    for criterion in CRITERIA:
        type_in(tight.workbook, "Évaluations", cell_of("evaluations", criterion, rows[0]), 4.0)
    [alone] = [variation for variation in trials(tight) if variation["without_note"]]
    assert alone["without_note"] == [leader]
    assert alone["subject"] == tab.value(rows[0], column_of("evaluations", "jure"))
    assert leader in alone["leaves"]
    assert f"({leader}, sans autre évaluation)" in tight.run("rank", "--sensitivity").out


def test_nothing_that_changes_is_reported(demo):
    demo.set_config("target = 20", "target = 24")  # the next one is two points below
    done = demo.run("rank", "--sensitivity")
    assert (done.code, done.out) == (0, "Rien ne change dans les places.\n")
    assert "aucun ne change qui est dans les 24 places." in done.err
    assert len(trials(demo)) == 32


@pytest.mark.slow
def test_one_place(demo):
    demo.set_config("target = 20", "target = 1")
    assert "changent qui a la seule place" in demo.run("rank", "--sensitivity").err


@pytest.mark.slow  # 32 corrected rankings
def test_the_official_ranking_is_the_one_that_is_tried(demo):
    demo.set_config('method = "mean"', 'method = "expected_rank"')
    done = demo.run("rank", "--sensitivity")
    assert "au classement par le rang attendu" in done.err.replace("\u202f", " ")
    assert len(trials(demo)) == 32


def test_as_many_places_as_projects(demo):
    demo.set_config("target = 20", "target = 26")
    done = demo.run("rank", "--sensitivity", "--format", "json")
    assert (done.code, done.records) == (0, [])
    said = "Autant de places que de projets (26 dossiers classés, 26 places) : le rang n’élimine personne"
    assert said in done.err.replace("\u202f", " ")


@pytest.mark.slow
def test_nothing_ranked(tmp_path):
    sample.write_config(tmp_path)
    campaign = Campaign(tmp_path)
    assert campaign.run("init").code == 0
    done = campaign.run("rank", "--sensitivity")
    assert (done.code, done.out) == (0, "Rien ne change dans les places.\n")
    assert done.err.replace("\u202f", " ") == "Aucun dossier n’est classé : il n’y a rien à essayer.\n"


@pytest.mark.parametrize("other", [["--jurors"], ["--explain", "3713503"], ["--jurors", "--explain", "3713503"]])
def test_it_goes_with_no_other_view(demo, other):
    done = demo.run("rank", "--sensitivity", *other)
    assert done.code == 2
    assert done.out == ""
    assert "et --sensitivity ne vont pas ensemble" in done.err
