"""The page as a document: what it says, what it must never say, how it is built."""

import base64
import hashlib
import re
from itertools import pairwise

import pytest

from eig_sheets.call.report.html import assets
from tests.call.report.reader import Seen
from tests.call.report.support import (
    CASES,
    case,
    contradicted,
    corrected,
    disjoint,
    drawn,
    everyone_fits,
    mostly_tied,
    rules,
)
from tests.workbook.snapshots import dossier, evaluation, juror


@pytest.fixture(scope="module", params=CASES)
def page(request):
    return CASES[request.param]().page


def test_it_is_in_french_and_names_itself(page):
    seen = Seen(page)
    [html] = seen.of("html")
    assert html == {"lang": "fr"}
    assert seen.names.count("title") == seen.names.count("h1") == seen.names.count("main") == 1


def test_headings_never_skip_a_level(page):
    levels = [int(name[1]) for name in Seen(page).names if re.fullmatch("h[1-6]", name)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_table_has_a_caption_and_its_headers_say_of_what(page):
    seen = Seen(page)
    assert seen.names.count("table") == seen.names.count("caption")
    assert {cell.get("scope") for cell in seen.of("th")} <= {"row", "col"}


def test_ids_are_unique_and_what_they_name_is_there(page):
    seen = Seen(page)
    ids = [attributes["id"] for _, attributes in seen.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    named = [attributes["aria-labelledby"] for _, attributes in seen.tags if "aria-labelledby" in attributes]
    named += [link["href"][1:] for link in seen.of("a") if link["href"].startswith("#")]
    named += [label["for"] for label in seen.of("label") if "for" in label]
    assert set(named) <= set(ids)


def test_every_plot_has_a_place_a_title_and_a_description(page):
    seen = Seen(page)
    places = [box["id"] for box in seen.of("div", **{"class": "plot"})]
    assert places == [f"g-{name}" for name in seen.data["charts"]]
    assert seen.names.count("figcaption") == len(places)
    for chart in seen.data["charts"].values():
        assert "tableau de cette page" in chart["spec"]["description"]


def test_nothing_is_asked_of_any_other_place(page):
    seen = Seen(page)
    asking = {"link", "img", "iframe", "object", "embed", "video", "audio", "source", "base", "form"}
    assert asking & set(seen.names) <= {"form"}
    assert all("src" not in attributes and "action" not in attributes for _, attributes in seen.tags)
    assert {name for name, attributes in seen.tags if "href" in attributes} <= {"a"}
    assert not re.search(r"url\(|@import", assets().style)


def test_its_policy_lets_only_its_own_scripts_run(page):
    seen = Seen(page)
    [policy] = seen.of("meta", **{"http-equiv": "Content-Security-Policy"})
    rules = dict(part.strip().partition(" ")[::2] for part in policy["content"].split(";"))
    assert rules["default-src"] == "'none'"
    assert "unsafe" not in rules["script-src"]
    scripts = [text for tag, text in seen.texts if tag == "script" and not text.startswith('{"config"')]
    allowed = [f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'" for script in scripts]
    assert rules["script-src"].split() == allowed


def test_french_is_well_typed(page):
    """Ordinary spaces never come before these marks in our sentences (people's own text is left alone)."""
    shown = [text for tag, text in Seen(page).texts if tag not in ("script", "style", "q")]
    assert [text for text in shown if re.search(r" [:;?!%€»]|« |\bNone\b|\bnan\b|\{\{|\}\}", text)] == []


@pytest.mark.slow
def test_the_same_campaign_gives_the_same_bytes_whatever_the_order_of_the_rows():
    dossiers, jurors, given = drawn(8)
    first = case(dossiers, jurors, given).page
    assert first == case(dossiers, jurors, given).page
    assert first == case(dossiers[::-1], jurors[::-1], given[::-1]).page


def test_confidentiality_is_stated_first():
    text = Seen(corrected().page).text
    assert text.index("Réservé au jury") < text.index("L’essentiel")
    assert "ne la transmettez ni aux porteurs de projet ni à des tiers" in text


SECRETS = {
    "commentaire": "note-interne", "retour": "retour-au-porteur", "email_porteur": "porteur@secret.example",
    "email_mentor": "mentor@secret.example", "email_rh": "rh@secret.example", "email_gestion": "gestion@secret.example",
    "email_porteur_2": "porteur2@secret.example", "porteur_projet": "Nom-du-porteur", "mentor": "Nom-du-mentor",
}  # fmt: skip


def test_what_is_not_for_the_jury_is_not_there():
    row = dossier("1", **SECRETS)
    call = case([row], [juror("ada")], [evaluation("1", "ada", commentaire="avis-de-jure")])
    page = call.page
    assert "avis-de-jure" in page
    assert [secret for secret in SECRETS.values() if secret in page] == []
    assert "@jury.example" not in page


def test_as_many_places_as_projects_is_reported():
    text = Seen(everyone_fits().page).text
    assert "Autant de places que de projets : 6 dossiers classés pour 6 places." in text
    assert "la note minimale (12 sur 20) et la majorité des avis portent la proposition" in text
    assert "en zone" not in text


@pytest.mark.slow
def test_more_places_than_projects_is_not_called_as_many():
    call = case(*drawn(7), rules(campaign={"target": 20}))
    text = Seen(call.page).text
    assert "Plus de places que de projets : 7 dossiers classés pour 20 places." in text
    assert "Autant de places" not in text
    assert "Plus de places que de projets (7 dossiers classés, 20 places) : le rang" in text


@pytest.mark.slow
def test_what_contradicts_itself_is_discussed_first():
    seen = Seen(contradicted().page)
    text = section(seen.text, "À discuter d’abord", "Zone")
    assert text.index("Projet 7") < text.index("Projet 2")
    assert "proposition « Lauréat (sous réserve) », zone « Non retenu »" in text
    assert "proposition « Liste d’attente », zone « Retenu »" in text
    assert "2 dossiers ont une proposition et une zone qui se contredisent" in seen.text
    assert "proposé lauréat, mais en zone « Non retenu »" in seen.text
    assert "À discuter d’abord" not in Seen(everyone_fits().page).text


@pytest.mark.slow
def test_ties_of_most_dossiers_are_said_once():
    text = Seen(mostly_tied().page).text
    assert text.count("ex aequo") == 1
    assert "21 des 22 dossiers classés sont ex aequo avec un autre" in text


@pytest.mark.slow
def test_the_bounds_of_the_zone_are_those_of_the_campaign():
    call = case(*drawn(12), rules(campaign={"target": 5}, ranking={"zone": (0.1, 0.905)}))
    text = Seen(call.page).text
    assert "la probabilité de sélection y est de 10 % à 90,5 %" in text
    assert "quand sa probabilité de sélection va de 10 % à 90,5 %, bornes comprises" in text


def test_an_uncorrected_ranking_is_reported_with_its_remedy():
    text = Seen(disjoint().page).text
    assert "Pas de rang corrigé : " in text
    assert "faites évaluer quelques dossiers par des jurés de l’autre partie" in text
    assert "Rang attendu" not in text
    assert "Ada, Chloe, Eve : 4 dossiers" in text


def test_sensitivity_is_shown():
    call = corrected()
    trials, seen = call.view.sensitivity, Seen(call.page)
    text = section(seen.text, "Ce qui tient à peu", "Co-financement le long")
    assert "Essais qui changent qui est dans les 5 places" in text
    assert [variation.label.replace("\u202f", " ") in text for variation in trials.variations] == [
        variation in trials.moving for variation in trials.variations
    ]
    for variation in trials.moving:
        for mover in (*variation.enters, *variation.leaves):
            assert f"{mover.project} ({mover.numero})" in text
    assert f"{len(trials.variations) - len(trials.moving)} autres essais ne changent rien." in text


def section(text, title, following):
    return text.partition(title)[2].partition(following)[0]


@pytest.mark.slow
def test_a_dossier_that_one_juror_scored_alone_leaves_for_want_of_another_evaluation():
    dossiers, jurors, given = drawn(4)
    given = [*given, evaluation("9", "ada", *[4] * 5)]
    call = case([*dossiers, dossier("9", projet=None)], jurors, given, rules(campaign={"target": 2}))
    text = section(Seen(call.page).text, "Ce qui tient à peu", "Co-financement le long")
    assert "Sans Ada" in text
    assert "dossier 9, sans autre évaluation" in text
    assert "ce qui ne dit rien de sa valeur" in text


@pytest.mark.slow
def test_nothing_hangs_on_little_where_nothing_can():
    text = section(Seen(everyone_fits().page).text, "Ce qui tient à peu", "Co-financement le long")
    assert "le rang n’élimine personne, il n’y a rien à essayer" in text
    same = [evaluation(numero, name, *[score] * 5) for numero, score in (("1", 4), ("2", 2)) for name in ("ada", "bob")]
    call = case([dossier("1"), dossier("2")], [juror("ada"), juror("bob")], same, rules(campaign={"target": 1}))
    text = section(Seen(call.page).text, "Ce qui tient à peu", "Co-financement le long")
    assert "12 essais : aucun ne change qui a la seule place." in text
    assert "Ce qui change" not in text


@pytest.mark.slow
def test_trials_are_those_of_the_official_ranking():
    call = case(*drawn(6), rules(campaign={"target": 3}, ranking={"method": "expected_rank"}))
    assert "Ces essais refont le classement par le rang attendu." in Seen(call.page).text
    assert "Ces essais refont le classement par la note." in Seen(corrected().page).text


@pytest.mark.slow
def test_the_envelope_is_shown():
    text = Seen(corrected(envelope=100_000.0).page).text
    assert "L’enveloppe est de 100 000 € : elle couvre sûrement les " in text
    assert "L’enveloppe n’est pas renseignée" in Seen(corrected().page).text


def test_each_project_has_a_card_and_a_row_in_each_list():
    call = corrected()
    seen = Seen(call.page)
    numbers = [project.numero for project in call.view.projects]
    assert [article["data-n"] for article in seen.of("article")] == numbers
    assert [row["data-n"] for row in seen.of("tr") if "data-n" in row] == 3 * numbers
    assert [project["n"] for project in seen.data["projects"]] == numbers
