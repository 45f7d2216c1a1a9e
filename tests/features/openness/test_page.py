"""The page to publish: each value of the configuration is in it; what only people know is asked for."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from eig_sheets import config, loading
from eig_sheets.call.report.algorithm.stated_rules import REQUIRED, UnsaidError
from eig_sheets.campaign.overrides import Overrides
from eig_sheets.config import Campaign, with_sections
from eig_sheets.features.openness.page import published
from eig_sheets.features.openness.page_formats import markdown_page
from tests.examples.support import EXAMPLES, example
from tests.workbook.snapshots import EIG5, at, reading, tab, tabs_with

DAY = date(2021, 4, 20)
SHOWN = ("campaign", "scoring", "criteria", "jury", "ranking", "eligibility", "cofinancing", "salaries", "selection",
         "algorithm")  # fmt: skip
LEFT_OUT = {
    "ranking.seed": "has no effect",
    "criteria.id": "the name of a criterion in the configuration, not what people read",
    "jury.disagreement": "lists dossiers to discuss, and ranks none",
    "jury.declaration": "what jurors declare, not how projects are ranked",
    "jury.drive_folder": "where pages are kept",
    "jury.received": "where pages are kept",
    "jury.collect_online": "how pages are read",
    "jury.talents.reads": "of the jury of candidates, and the page is on the ranking of projects",
    "jury.talents.reads_as_group": "of the jury of candidates, and the page is on the ranking of projects",
    "cofinancing.flat_amount": "of the other rule: see FLAT",
}
"""Keys that change no word of the page, and why."""

OTHER_WORDS = {
    "mean": "expected_rank", "months": "none", "flat": "none", "p_selected": "note", "portage": "delegation_gestion",
    "decret_transfert": "portage", "delegation_gestion": "portage", "Europe/Paris": "Indian/Reunion",
    "352": "353", "310": "311", "projet": "resume", "hors_les_murs": "convention", "pertinence": "engagement",
    "transformation": "ouverture", "mise_a_disposition": "ouverture_donnees",
}  # fmt: skip

LIMITS = {
    "envelope": 500_000.0, "utility": "p_selected", "source": "Cahier, 4.2",
    "limits": (
        {"column": "Ministère de rattachement", "value": "Intérieur", "min": 1, "max": 3, "source": "Cahier, 5"},
    ),
}  # fmt: skip
FULL = with_sections(
    EIG5,
    {
        "campaign": {**EIG5.campaign.model_dump(), "banner": "Fictif"},
        "jury": {**EIG5.jury.model_dump(), "max_per_juror": 8},
        "ranking": {**EIG5.ranking.model_dump(), "min_note": 12.0},
        "eligibility": {**EIG5.eligibility.model_dump(), "eliminating": ("mise_a_disposition",)},
        "cofinancing": {**EIG5.cofinancing.model_dump(), "envelope": 900_000.0},
        "selection": LIMITS,
    },
)
FLAT = with_sections(FULL, {"cofinancing": {**FULL.cofinancing.model_dump(), "rule": "flat", "flat_amount": 20_000.0}})


def text_of(campaign: Campaign) -> str:
    """The page as one text, without the digest that changes with anything."""
    text = markdown_page(published(campaign, Overrides(campaign), DAY)).replace("\u202f", " ")
    return re.sub(r"Empreinte des règles.*", "", text)


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Every value that is no table, with its path; of lists of words, the first."""
    if isinstance(value, Mapping):
        for name, item in value.items():
            yield from leaves(item, (*path, name))
    elif isinstance(value, tuple) and value:
        last = [] if isinstance(value[0], str | int | float) and len(value) != 2 else [-1]
        for place in (0, *last):
            yield from leaves(value[place], (*path, place))
    elif value is not None and value != ():
        yield path, value


def other(value: Any) -> Any:
    """Another value of the same kind, that the configuration accepts."""
    match value:
        case bool():
            return not value
        case datetime() | date():
            return value + timedelta(days=1)
        case int():
            return value + 1
        case float():
            return value * 1.25
        case _:
            return OTHER_WORDS.get(value, f"{value} bis")


def replaced(value: Any, path: tuple[Any, ...], by: Any) -> Any:
    if not path:
        return by
    head, *rest = path
    if isinstance(value, tuple):
        place = head % len(value)
        return tuple(replaced(item, tuple(rest), by) if at == place else item for at, item in enumerate(value))
    return {**value, head: replaced(value[head], tuple(rest), by)}


def keys(campaign: Campaign) -> list[tuple[Any, ...]]:
    told = leaves(campaign.model_dump(include=set(SHOWN)))
    return [path for path, _ in told if ".".join(p for p in path if isinstance(p, str)) not in LEFT_OUT]


def changed(campaign: Campaign, path: tuple[Any, ...]) -> Campaign:
    """The campaign with another value at one place."""
    dumped = campaign.model_dump(include=set(SHOWN))
    value = dict(leaves(dumped))[path]
    return with_sections(campaign, {path[0]: replaced(dumped, path, other(value))[path[0]]})


@pytest.mark.parametrize("path", keys(FULL), ids=lambda path: ".".join(map(str, path)))
def test_each_value_of_the_configuration_is_on_the_page(path):
    assert text_of(changed(FULL, path)) != text_of(FULL)


def test_so_is_the_flat_amount_of_a_call_that_pays_one():
    path = ("cofinancing", "flat_amount")
    assert "20 000,00 €" in text_of(FLAT)
    assert text_of(changed(FLAT, path)) != text_of(FLAT)


def test_what_is_left_out_changes_nothing_indeed():
    seeded = with_sections(FULL, {"ranking": {**FULL.ranking.model_dump(), "seed": 7}})
    assert text_of(seeded) == text_of(FULL)
    assert {key.split(".")[0] for key in LEFT_OUT} <= set(SHOWN)


@pytest.mark.parametrize("key", REQUIRED)
def test_what_only_the_administration_knows_is_asked_for_and_never_invented(key):
    blank = with_sections(EIG5, {"algorithm": {**EIG5.algorithm.model_dump(), key: "  "}})
    with pytest.raises(UnsaidError, match=rf"algorithm\.{key} "):
        published(blank, Overrides(blank), DAY)


def test_a_setting_of_officers_is_the_rule_in_force_and_its_cell_the_source():
    read = reading(tabs_with(tab("parametres", [{"reglage": "Places", "valeur": 7.0}])))
    text = markdown_page(published(read.campaign, read.overrides, DAY)).replace("\u202f", " ")
    assert f"| Places | 7 projets | Paramètres!{at('parametres', 'valeur')}" in text
    assert "« une vingtaine » de projets" in text_of(EIG5)


def test_the_digest_is_of_the_rules_and_of_nothing_else():
    def digest(campaign: Campaign) -> str:
        [sha256] = re.findall("[0-9a-f]{64}", markdown_page(published(campaign, Overrides(campaign), DAY)))
        return sha256

    signed = with_sections(EIG5, {"emails": {**EIG5.emails.model_dump(), "signature": "Autre"}})
    assert digest(EIG5) == digest(signed)
    assert digest(EIG5) != digest(FULL)


def of_text(tmp_path: Path, *changes: tuple[str, str]) -> Campaign:
    """The campaign of EIG5 whose file has other words."""
    text = EIG5.path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path = tmp_path / "campaign.toml"
    path.write_text(text, encoding="utf-8")
    return loading.load(path)


SOURCED_WEIGHT = 'une politique ou un service public."\nweight = 1                       # hypothèse'


def test_each_weight_says_what_it_comes_from():
    lines = [line for line in text_of(EIG5).splitlines() if "| poids 1 |" in line]
    assert len(lines) == len(EIG5.criteria)
    assert {line.split(" | ")[2].removesuffix(" |") for line in lines} == {
        "hypothèse, d’après la grille EIG4 (cinq notes sur 4, total sur 20) : poids égaux, le Cahier n’en publie aucun"
    }


def test_a_value_whose_source_is_not_written_is_named_and_the_page_refused(tmp_path):
    campaign = of_text(
        tmp_path,
        (SOURCED_WEIGHT, SOURCED_WEIGHT.partition("#")[0] + "\n# hypothèse"),
        ("waiting_list = 3                 #", "waiting_list = 3\n#"),
    )
    with pytest.raises(UnsaidError, match=r"criteria\.pertinence \(weight\), ranking\.waiting_list\.") as caught:
        published(campaign, Overrides(campaign), DAY)
    assert str(campaign.path) in str(caught.value)


def test_the_file_that_inherits_it_is_named(tmp_path):
    of_text(tmp_path, ("waiting_list = 3                 #", "waiting_list = 3\n#"))
    child = tmp_path / "enfant.toml"
    child.write_text('extends = "campaign.toml"\n[workbook]\nlocation = "b.xlsx"\n', encoding="utf-8")
    campaign = loading.load(child)
    parent = re.escape(str(tmp_path / "campaign.toml"))
    with pytest.raises(UnsaidError, match=rf"ranking\.waiting_list est dans {parent}"):
        published(campaign, Overrides(campaign), DAY)


def test_a_value_that_no_file_gives_is_a_hypothesis_of_the_program(tmp_path):
    line = next(line for line in EIG5.path.read_text(encoding="utf-8").splitlines() if line.startswith("zone = "))
    assert (
        "| Zone de délibération | probabilité de sélection de 25 % à 75 %, bornes comprises | "
        "hypothèse : valeur par défaut d’eig-sheets |"
    ) in text_of(of_text(tmp_path, (line, "")))


def test_a_cell_that_officers_typed_is_a_source(tmp_path):
    campaign = of_text(tmp_path, (SOURCED_WEIGHT, SOURCED_WEIGHT.partition("#")[0] + "\n# hypothèse"))
    read = reading(tabs_with(tab("parametres", [{"reglage": "Poids – Pertinence du besoin", "valeur": 2.0}])), campaign)
    assert "poids 2" in markdown_page(published(read.campaign, read.overrides, DAY))


@pytest.mark.parametrize("name", [None, *EXAMPLES])
def test_each_source_of_a_call_that_we_ship_is_a_source(name):
    """Not a comment that tells the unit or the effect of a value: « € nets par mois »."""
    campaign = EIG5 if name is None else example(name)
    said = {"purpose": "classer", "decided_by": "le comité", "contact": "appel@exemple.invalid"}
    campaign = with_sections(campaign, {"algorithm": said})
    named = "|".join(["hypothèse", "guide du jury", *config.source_names(campaign.provenance.paths)])
    tables = [
        section for section in published(campaign, Overrides(campaign), DAY).sections if "Source" in section.headers[2:]
    ]
    lines = [(row[0], row[-1]) for table in tables for row in table.rows]
    assert len(lines) > 10
    assert [line for line in lines if not re.search(named, line[1])] == []


def test_the_digest_is_that_of_the_form_that_the_page_gives():
    text = text_of(EIG5)
    whole = EIG5.model_dump(mode="json")
    told = {name: whole[name] for name in SHOWN} | {"decisions": {"public_law": True}}
    form = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    page = markdown_page(published(EIG5, Overrides(EIG5), DAY))
    assert hashlib.sha256(form.encode()).hexdigest() in page
    assert "sections campaign, scoring, criteria, jury, ranking, eligibility, cofinancing, salaries, selection" in text
    private = with_sections(EIG5, {"decisions": {"public_law": False}})
    assert hashlib.sha256(form.encode()).hexdigest() not in markdown_page(published(private, Overrides(private), DAY))


def test_a_call_that_pays_nothing_says_so():
    none = with_sections(EIG5, {"cofinancing": {**EIG5.cofinancing.model_dump(), "rule": "none"}})
    assert "Cet appel ne prévoit pas de co-financement." in text_of(none)
    assert "décret de transfert" not in text_of(none)


def test_whether_the_ranking_founds_decisions_is_said_as_the_administration_says_it():
    founding = with_sections(EIG5, {"algorithm": {**EIG5.algorithm.model_dump(), "founds_decisions": True}})
    assert "ne sont pas prises sur le fondement de ce classement" in text_of(EIG5)
    assert "sont prises sur le fondement de ce classement : les messages" in text_of(founding)


def test_the_law_of_decisions_that_an_algorithm_founds_is_quoted_of_those_alone():
    founding = with_sections(EIG5, {"algorithm": {**EIG5.algorithm.model_dump(), "founds_decisions": True}})
    assert "311-3-1" in text_of(founding)
    assert "311-3-1" not in text_of(EIG5)
    for campaign in (EIG5, founding):
        assert "la Commission d’accès aux documents administratifs (CADA, www.cada.fr)" in text_of(campaign)


def test_what_the_team_read_in_the_fiche_is_not_said_to_be_filed_by_the_applicant():
    lines = text_of(EIG5).splitlines()
    [filed] = [line for line in lines if line.endswith("| le dossier déposé par son porteur |")]
    assert "ttestations" not in filed
    [read] = [line for line in lines if "lue par l’équipe" in line]
    assert read.startswith("| Travail hors les murs ; Mise à disposition des données ; Ouverture des données et du co")
    none = with_sections(EIG5, {"eligibility": {**EIG5.eligibility.model_dump(), "read_in_fiche": ()}})
    assert "contenu et attestations du dossier | le dossier déposé par son porteur |" in text_of(none)
    assert "lue par l’équipe" not in text_of(none)


def test_reserves_opinions_and_favourites_are_explained_where_they_count():
    text = text_of(EIG5)
    assert "« Lauréat (sous réserve) » : moins de 3 évaluations complètes, ou une éligibilité à instruire" in text
    assert "Un coup de cœur ne compte ni dans la note, ni dans le rang, ni dans la proposition" in text


@pytest.mark.parametrize("founds", [True, False])
def test_decisions_of_private_law_have_neither_the_code_nor_the_commission_of_administrations(founds):
    algorithm = {**EIG5.algorithm.model_dump(), "founds_decisions": founds}
    private = with_sections(EIG5, {"decisions": {"public_law": False}, "algorithm": algorithm})
    text = text_of(private)
    assert [word for word in ("CADA", "code des relations", "L’administration") if word in text] == []
    assert "L’organisme considère que ses décisions" in text
    assert "eig@data.gouv.fr" in text
