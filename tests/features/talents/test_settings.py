"""`[talents]`: what the configuration refuses, in French, and the sources that each value has."""

from __future__ import annotations

from pathlib import Path

import pytest

from eig_sheets import config, loading
from eig_sheets.config.coherence import questions
from eig_sheets.features.talents.section import SECTIONS
from eig_sheets.text.french import typographic
from tests.config.test_coherence import whole
from tests.config.test_load import changed, error_lines, written

TEXT = loading.packaged_text()
ROOT = Path(__file__).parents[3]
SECTION_ORDERS = tuple(order for section in SECTIONS for order in section.orders)
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


def test_the_page_has_the_table_of_their_dates():
    page = (ROOT / "docs" / "talents.fr.md").read_text(encoding="utf-8").splitlines()
    outcomes = {True: "refusé", False: "à vérifier"}
    rows = [
        typographic(f"| `{order.earlier}` | `{order.later}` | {order.why} | {outcomes[order.refused]} |")
        for order in SECTION_ORDERS
    ]
    first = page.index(rows[0])
    assert page[first : first + len(rows) + 1] == [*rows, ""]


def test_the_days_of_their_jury_in_words_are_compared():
    settings = whole()
    settings["emails"]["talents"] |= {"jury_dates": "les 7 et 8 avril 2021"}
    early = questions(settings, SECTION_ORDERS)
    assert [sentence.partition(" : ")[0] for sentence in early] == [
        f"emails.talents.jury_dates = « les 7 et 8 avril 2021 » est avant {other}"
        for other in ("scoring.closes = 2021-05-05", "emails.talents.wishes_before = 2021-05-31T23:59:00")
    ]
