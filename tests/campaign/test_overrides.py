"""What officers set in `Paramètres` replaces the configuration's value, for those settings only, and says so."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.call.results import compute
from eig_sheets.call.scoring.scores import SCORES
from eig_sheets.campaign.overrides import (
    REOPENING,
    labels,
    of_key,
    overridden,
    settings_of,
    value_of,
    with_value,
)
from eig_sheets.run.settings_in_force import settings_sentence
from eig_sheets.spreadsheet.grist.reading import CAPABILITIES as GRIST
from tests.columns import cell_of
from tests.workbook.snapshots import DOSSIERS, EIG5, EVALUATIONS, book, dossier, evaluation, reading, tab, tabs_with


def parameters(*rows):
    """A campaign where officers typed these (setting, value)."""
    return reading(tabs_with(tab("parametres", [{"reglage": label, "valeur": value} for label, value in rows])))


def test_without_the_tab_the_configuration_rules():
    assert reading(book()).campaign == EIG5
    assert overridden(EIG5, None).origins == {}


@pytest.mark.parametrize(
    ("label", "typed", "key", "value"),
    [
        ("Places", 18.0, "campaign.target", 18),
        ("places", "18", "campaign.target", 18),
        ("Nombre minimal d’évaluations par dossier", 4.0, "scoring.min_reviews", 4),
        ("Évaluations attendues par dossier", 4.0, "scoring.min_reviews", 4),
        ("Note minimale", "12,5", "ranking.min_note", 12.5),
        ("Places en liste d'attente", "0", "ranking.waiting_list", 0),
        ("Départage", "Ouverture ; definition", "ranking.tie_break", ("ouverture", "definition")),
        ("Départage", "Aucun", "ranking.tie_break", ()),
        ("Zone de délibération", "20 % à 80 %", "ranking.zone", (0.2, 0.8)),
        ("Zone de délibération", "0,1 ; 0,9", "ranking.zone", (0.1, 0.9)),
        ("Enveloppe de co-financement", "1 200 000 €", "cofinancing.envelope", 1_200_000),
        ("Enveloppe de cofinancement", "1 200 000 €", "cofinancing.envelope", 1_200_000),
        ("Poids – Ouverture", "0,5", "criteria.ouverture", 0.5),
        ("POIDS - OUVERTURE", 2.0, "criteria.ouverture", 2),
    ],
)
def test_each_setting_is_read_as_french_staff_types_it(label, typed, key, value):
    read = parameters((label, typed))
    assert value_of(read.campaign, key) == value
    assert read.anomalies == ()
    others = [other for other in settings_of(EIG5) if other != key]
    assert [value_of(read.campaign, other) for other in others] == [value_of(EIG5, other) for other in others]


def test_the_cell_and_both_values_are_known():
    weights = (("Poids – Ouverture", 2.0), ("Poids – Engagement", 3.0))
    read = parameters(("Note minimale", 12.0), ("Places", 18.0), *weights)
    origins = read.overrides.origins
    cells = [f"Paramètres!{cell_of('parametres', 'valeur', row)}" for row in range(2, 6)]
    assert {key: (origin.name, origin.value, origin.configured) for key, origin in origins.items()} == {
        "ranking.min_note": (cells[0], "12", "aucun"),
        "campaign.target": (cells[1], "18", "20"),
        "criteria.ouverture": (cells[2], "2", "1"),
        "criteria.engagement": (cells[3], "3", "1"),
    }
    assert [origin.name for origin in of_key(origins, "criteria.weight")] == cells[2:]
    assert [origin.name for origin in of_key(origins, "campaign.target")] == [cells[1]]
    assert of_key(origins, "ranking.tie_break") == []
    assert settings_sentence(origins) == (
        "Réglages de Paramètres : Note minimale 12 (configuration : aucun), Places 18 (configuration : 20), "
        "Poids – Ouverture 2 (configuration : 1) et Poids – Engagement 3 (configuration : 1)."
    )
    assert settings_sentence({}) == ""


def test_where_rows_have_ids_the_cell_has_the_name_that_people_know():
    typed = replace(tabs_with(tab("parametres", [{"reglage": "Places", "valeur": 18.0}])), capabilities=GRIST)
    [origin] = reading(typed).overrides.origins.values()
    assert str(origin) == "Paramètres, ligne 1, Valeur (configuration : 20)"
    assert (origin.tab, origin.cell) == ("Paramètres", cell_of("parametres", "valeur", 2))


def test_a_refused_setting_leaves_the_others():
    read = parameters(("Places", 0.0), ("Note minimale", 12.0))
    assert (read.campaign.campaign.target, read.campaign.ranking.min_note) == (20, 12)
    assert [anomaly.code for anomaly in read.anomalies] == ["reglage_refuse"]
    assert "au moins 1" in read.anomalies[0].message


PROBABILITIES = "il faut deux probabilités, de la plus petite à la plus grande : « 25 % à 75 % »"
CRITERIA = "il faut des noms de critères, séparés par « ; », ou « aucun »"


@pytest.mark.parametrize(
    ("label", "typed", "shown", "why", "kept"),
    [
        ("Poids – Ouverture", -1.0, "-1", "il faut au moins 0,001", "1"),
        ("Poids – Ouverture", "0", "0", "il faut au moins 0,001", "1"),
        ("Poids – Ouverture", 1e9, "1000000000", "il faut au plus 1 000", "1"),
        ("Poids – Ouverture", "1e308", "1e308", "il faut un nombre", "1"),
        ("Poids – Ouverture", "fort", "fort", "il faut un nombre", "1"),
        ("Places", "0", "0", "il faut au moins 1", "20"),
        ("Places", 2.5, "2,5", "il faut un nombre entier", "20"),
        ("Places", "1 000 000", "1 000 000", "il faut au plus 100 000", "20"),
        ("Nombre minimal d’évaluations par dossier", "-1", "-1", "il faut au moins 1", "3"),
        ("Places en liste d’attente", "-1", "-1", "il faut au moins 0", "3"),
        ("Note minimale", 20.5, "20,5", "il faut au plus 20", "aucun"),
        ("Enveloppe de co-financement", "-1 €", "-1 €", "il faut au moins 0", "aucun"),
        *(
            ("Zone de délibération", typed, typed, PROBABILITIES, "25 % à 75 %")
            for typed in ("80 % à 20 %", "25 %", "25 à 75", "large", "10 % à 20 % à 30 %", "50 % à 50 %", "-1 % à 5 %")
        ),
        ("Note minimale", "aucun ?", "aucun ?", "il faut un nombre", "aucun"),
        ("Départage", "aucun ?", "aucun ?", CRITERIA, "Pertinence du besoin ; Transformation"),
        ("Départage", "Clarté", "Clarté", CRITERIA, "Pertinence du besoin ; Transformation"),
    ],
)
def test_what_is_refused_is_said_as_officers_speak(label, typed, shown, why, kept):
    [refusal] = parameters((label, typed)).anomalies
    assert refusal.code == "reglage_refuse"
    assert refusal.message.replace("\u202f", " ") == (
        f"« {shown} » ne convient pas pour « {label} » ({why}) : la configuration, {kept}, reste en vigueur."
    )


@pytest.mark.slow
def test_results_follow_the_officers():
    low = [evaluation("103", name, 4.0, 4.0, 4.0, 4.0, 1.0) for name in ("anna", "bob", "chloe")]
    rows = [*DOSSIERS, dossier("103")]
    typed = tab("parametres", [{"reglage": "Poids – Ouverture", "valeur": 9.0}, {"reglage": "Places", "valeur": 1.0}])
    plain = reading(book(rows, evaluations=[*EVALUATIONS, *low]))
    tabs = [*(tab for tab in plain.snapshot.tabs), typed]
    changed = reading(type(plain.snapshot)(tuple(tabs)))
    first, then = (compute(read).of(SCORES).ranking for read in (plain, changed))
    assert first["numero"].iat[0] == "103"
    assert then["numero"].tolist()[-1] == "103"
    assert first["proposal"].tolist() == ["laureat"] * 3
    assert "laureat" not in {*then["proposal"]}  # two equals for one place


def test_the_drop_down_offers_every_setting():
    schema = reading(book()).schema.tab("parametres")
    assert schema.field("reglage").offered == labels(EIG5)
    assert labels(EIG5)[-1] == REOPENING


VALUES = st.one_of(st.none(), st.floats(), st.text())


@pytest.mark.slow
@given(st.lists(st.tuples(st.sampled_from([*labels(EIG5), "Autre"]), VALUES), max_size=6))
def test_whatever_is_typed_the_campaign_stays_valid(rows):
    read = parameters(*rows)
    for key in settings_of(EIG5):
        assert with_value(EIG5, key, value_of(read.campaign, key))
    for origin in read.overrides.origins.values():
        assert origin.value
    for anomaly in read.anomalies:
        assert "n’est pas accepté" not in anomaly.message
