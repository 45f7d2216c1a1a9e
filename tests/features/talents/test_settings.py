"""`[talents]`: what the configuration refuses, in French, and the sources that each value has."""

from __future__ import annotations

import pytest

from eig_sheets import config, loading
from tests.config.test_load import changed, error_lines, written

TEXT = loading.packaged_text()
REFUSED = [
    ("[talents]", "min", "4", "talents.min doit être plus petit que talents.max."),
    ("[talents]", "max_wishes", "4", "talents.max_wishes = 4 n’est pas accepté : il faut au plus 3."),
    ("[talents]", "required", '["cvv"]', "talents.required : « cvv » est inconnu ; vouliez-vous dire « cv » ?"),
    ("[talents]", "closes", "2021-02-28",
     "talents.closes = 2021-02-28 est avant talents.opens = 2021-03-01 : l’appel à talents s’ouvre, puis se clôt"),
    ("[[talents.criteria]]", "id", '"metier"',
     "talents.criteria[1].id = « metier » est réservé : choisissez un autre nom."),
    ("[[talents.criteria]]", "label", '"Déport"',
     "talents.criteria[1].label = « Déport » est déjà un en-tête d’Évaluations talents : choisissez un autre nom."),
    ("[[talents.exclusions]]", "words", '["…"]',
     "talents.exclusions[1].words : « … » n’a ni lettre ni chiffre : retirez-le."),
    ("[[talents.exclusions]]", "id", '"etudiant"',
     "[[talents.exclusions]] donne deux fois l’id « etudiant » : chaque exclusion a le sien."),
    ("[[talents.exclusions]]", "fields", '["experience"]',
     "talents.exclusions[1].fields : « experience » est inconnu ; valeurs possibles : "),
]  # fmt: skip


@pytest.mark.parametrize(("section", "key", "value", "sentence"), REFUSED)
def test_what_cannot_be_used_is_refused(tmp_path, section, key, value, sentence):
    [line] = error_lines(written(tmp_path, changed(section, key, value, TEXT)))
    assert line.startswith(sentence)


def test_each_value_of_the_packaged_configuration_says_where_it_comes_from():
    eig5 = loading.load(config.packaged())
    sources = config.sources(eig5.path, eig5.provenance)
    keys = ("opens", "closes", "required", "max_wishes", "min", "max", "min_reviews", "min_votes", "hearing_days",
            "results_before", "exclusions.reason", "criteria.weight")  # fmt: skip
    told = {key: sources.get(f"talents.{key}", "") for key in keys}
    assert [key for key, source in told.items() if not source.startswith(("Règlement, 5", "hypothèse"))] == []
