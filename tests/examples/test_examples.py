"""Rules are not code: other calls are other configurations, and nothing else."""

from __future__ import annotations

import tomllib
from datetime import date, datetime

import pytest

from eig_sheets import config, loading
from eig_sheets.call.applications.applications import APPLICATIONS
from eig_sheets.call.cofinancing.amounts import COFINANCING
from eig_sheets.call.results import compute
from eig_sheets.call.scoring.scores import SCORES
from eig_sheets.campaign.reading import read
from eig_sheets.campaign.tabs import schema_of
from eig_sheets.config.coherence import leaves
from eig_sheets.emails.drafting.drafts import load_templates
from eig_sheets.workbook.fields import Kind
from tests.examples.support import EXAMPLES, ROOT, example, tab, workbook

EIG5 = loading.load(config.packaged())


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_whole(name):
    campaign, text = example(name), (ROOT / "examples" / name / "config" / "campaign.toml").read_text(encoding="utf-8")
    schema = schema_of(campaign)
    scored = [field for field in schema.tab("evaluations").fields if field.kind is Kind.SCORE]
    assert [(field.id, field.header) for field in scored] == [
        (criterion.id, criterion.label) for criterion in campaign.criteria
    ]
    known = {field.id: field.header for field in schema.tab("candidatures").fields}
    assert set(campaign.imports.fields) <= set(known)
    assert set(campaign.eligibility.required) <= set(known)
    load_templates(campaign)
    assert "hypothèse" in text


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_names_no_key_that_the_tool_does_not_use(name):
    campaign = example(name)
    known = {field.id for tab in schema_of(campaign).tabs for field in tab.fields}
    assert set(campaign.workbook.headers) <= known
    assert set(campaign.workbook.tabs) <= {tab.id for tab in schema_of(campaign).tabs}


def test_eig6_pays_a_flat_amount_and_has_its_own_dates():
    campaign = example("eig6")
    assert (campaign.cofinancing.rule, campaign.cofinancing.flat_amount) == ("flat", 20000)
    assert campaign.campaign.first_moment == datetime(2022, 1, 24)
    assert campaign.campaign.last_moment == datetime(2022, 3, 18, 23, 59, 59)
    assert campaign.criteria == EIG5.criteria
    assert "simulation" not in campaign.eligibility.required


def test_eig6_says_only_what_differs():
    campaign = example("eig6")
    text = campaign.path.read_text(encoding="utf-8")
    inherited, _, _ = text.partition("[[")  # lists of tables, which replace those of EIG5
    assert len([line for line in inherited.splitlines() if line and not line.startswith("#")]) < 40
    of_eig5 = dict(leaves(EIG5.model_dump(by_alias=True)))
    said = dict(leaves({key: value for key, value in tomllib.loads(text).items() if key not in ("extends", "without")}))
    confirmed = {"campaign.target", "emails.templates"}  # a source of 2022 says it too; the folder of its own texts
    assert {key for key, value in said.items() if key in of_eig5 and of_eig5[key] == value} == confirmed
    templates = {path.name: path.read_text(encoding="utf-8") for path in campaign.templates_folder.glob("*.md")}
    assert templates
    for name, text in templates.items():
        assert text != (EIG5.templates_folder / name).read_text(encoding="utf-8"), name
    assert load_templates(campaign).keys() == load_templates(EIG5).keys()


def test_no_date_of_eig5_is_left_in_the_e_mails_of_another_call():
    for name in EXAMPLES:
        for template in example(name).templates_folder.glob("*.md"):
            assert "2021" not in template.read_text(encoding="utf-8"), template


def test_eig6_end_to_end():
    campaign = example("eig6")
    dossiers = tab(
        "Projets",
        ["N° DS", "Date de dépôt", "Nombre d’EIG demandés", "Type d’administration", "N° de programme budgétaire",
         "Demande de co-financement"],
        ["1", datetime(2022, 3, 18, 23, 59, 59), 3, "Administration centrale", "217", "oui"],
        ["2", datetime(2022, 3, 19), 2, "Opérateur", None, "oui"],
        ["3", datetime(2022, 2, 1), 2, "Collectivité territoriale", None, "non"],
    )  # fmt: skip
    results = compute(read(workbook(dossiers, _jury("Jury"), _eig_scores()), campaign))
    money = results.of(COFINANCING).set_index("numero")
    for amounts in (money["amount_min"], money["amount_max"]):
        assert [None if amount != amount else amount for amount in amounts] == [60000.0, None, 0.0]  # noqa: PLR0124
    assert money["status"].tolist() == ["acquis", "sans_objet", "non"]
    assert results.of(APPLICATIONS).eligibility["status"].tolist()[1] == "ineligible"


def _jury(name):
    return tab(name, ["E-mail"], ["a@example.org"], ["b@example.org"])


def _eig_scores():
    labels = [criterion.label for criterion in EIG5.criteria]
    return tab(
        "Évaluations", ["N° de dossier", "E-mail du juré", *labels], ["1", "a@example.org", 4, 3.5, 3.75, 4, 3.6]
    )


def test_a_foundation_has_other_criteria_on_ten_and_no_co_financing():
    campaign = example("fondation")
    assert [criterion.weight for criterion in campaign.criteria] == [3, 2, 2, 1]
    assert (campaign.scoring.min, campaign.scoring.max) == (0, 10)
    assert campaign.cofinancing.rule == "none"
    assert campaign.zone.key == "Indian/Reunion"
    assert campaign.campaign.last_moment == datetime(2025, 4, 30, 23, 59, 59)
    assert campaign.emails.announced == date(2025, 6, 2)
    assert [tab.id for tab in schema_of(campaign).tabs] == ["candidatures", "jury", "evaluations", "emails"]


def test_a_foundation_end_to_end_with_its_own_words():
    campaign = example("fondation")
    dossiers = tab(
        "DEMANDES",
        ["Référence", "Date de dépôt", "Intitulé de l’action", "Association", "Dossier complet", "Budget prévisionnel",
         "Partage des résultats"],
        ["L-1", "2025-04-30 19:59:59 UTC", "Herbiers", "Les Palmes", "a.pdf", "a.ods", "oui"],
        ["L-2", "2025-04-30 20:00:00 UTC", "Coraux", "Récif", "b.pdf", "b.ods", "oui"],
        ["L-3", "2025-04-01 08:00", "Tortues", "Carapace", "c.pdf", "c.ods", "non"],
        ["L-4", "2025-04-02 08:00", "Mangrove", "Racines", "d.pdf", None, None],
    )  # fmt: skip
    scores = tab(
        "Notes du comité",
        ["Référence", "Membre du comité", *(criterion.label for criterion in campaign.criteria)],
        ["L-1", "a@example.org", 7.5, 8, "6,5", 10],
        ["L-1", "b@example.org", 10, "NSP", 10, 10],
        ["L-4", "a@example.org", 5, 5, 5, 11],
        ["L-4", "b@example.org", 5, 5, 5, 5],
    )
    found = read(workbook(dossiers, _jury("Comité"), scores), campaign)
    results = compute(found)
    assert found.problems == ()
    assert [anomaly.code for anomaly in found.anomalies] == ["note_hors_echelle"]
    assert results.of(APPLICATIONS).eligibility["status"].tolist() == [
        "eligible",
        "ineligible",
        "ineligible",
        "a_instruire",
    ]
    ranking = results.of(SCORES).ranking.set_index("numero")
    # 20 × (3 × 7.5 + 2 × 8 + 2 × 6.5 + 10) / (10 × 8) = 15.375; NSP leaves both sums: 20; their mean is 17.6875.
    assert ranking.loc[["L-1", "L-4"], "note"].tolist() == [17.6875, 10.0]
    assert ranking.loc[["L-1", "L-4"], "proposal"].tolist() == ["laureat", "non_retenu"]
    assert results.of(COFINANCING)["reason"].unique().tolist() == ["aucun_cofinancement"]
