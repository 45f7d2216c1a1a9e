"""`[features] without`: the features of which a call does without, and what is left of them in its configuration."""

from __future__ import annotations

from pathlib import Path

import pytest

from eig_sheets import config
from eig_sheets.config import ConfigError
from eig_sheets.config_file import turned_off
from eig_sheets.text.french import typographic
from tests.config.feature import FEATURES, Visits


@pytest.fixture
def child(tmp_path):
    """Writes a configuration that extends EIG5 and does without some features, and gives its path."""

    def write(without: str, text: str = "") -> Path:
        path = tmp_path / "campaign.toml"
        path.write_text(f'extends = "eig5"\n[features]\nwithout = {without}\n{text}', encoding="utf-8")
        return path

    return write


def refused(path: Path) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        config.load(path, features=FEATURES)
    return [line.removeprefix("  • ") for line in str(caught.value).split("\n")[1:]]


def names(features) -> list[str]:
    return [feature.id for feature in features]


def test_all_are_on_unless_the_call_says_otherwise(tmp_path):
    campaign = config.load(config.packaged(), features=FEATURES)
    assert (names(campaign.features.on), names(campaign.features.off)) == (["visites", "tours"], [])


@pytest.mark.parametrize(
    ("without", "on", "off"),
    [
        ("[]", ["visites", "tours"], []),
        ('["tours"]', ["visites"], ["tours"]),
        ('["tours", "visites"]', [], ["visites", "tours"]),
    ],
)
def test_a_call_has_the_others_and_still_knows_those_that_it_turns_off(child, without, on, off):
    path = child(without)
    campaign = config.load(path, features=FEATURES)
    assert (names(campaign.features.on), names(campaign.features.off)) == (on, off)
    assert names(campaign.features) == [*on, *off]
    assert turned_off(path) == {*off}


def test_a_call_that_extends_another_turns_off_the_same_unless_it_says_otherwise(child, tmp_path):
    child('["tours"]')
    path = tmp_path / "next.toml"
    own = 'extends = "campaign.toml"\n[workbook]\nlocation = "b.xlsx"\n'
    for text, off in ((own, ["tours"]), (f"{own}[features]\nwithout = []\n", [])):
        path.write_text(text, encoding="utf-8")
        assert names(config.load(path, features=FEATURES).features.off) == off
        assert turned_off(path) == {*off}


@pytest.mark.parametrize(
    ("without", "line"),
    [
        ('["visite"]', "features.without : « visite » est inconnu ; vouliez-vous dire « visites » ?"),
        ('"tours"', "features.without = « tours » n’est pas accepté : il faut une liste entre crochets."),
        ("[5]", "features.without[1] = 5 n’est pas accepté : il faut un texte entre guillemets."),
    ],
)  # fmt: skip
def test_a_name_of_none_is_refused(child, without, line):
    assert refused(child(without)) == [typographic(line)]


def test_what_needs_a_feature_that_is_off_is_off_too(child):
    """A new feature may need one that a call, written before it, does without."""
    campaign = config.load(child('["visites"]'), features=FEATURES)
    assert (names(campaign.features.on), {*names(campaign.features.off)}) == ([], {"visites", "tours"})


def test_what_the_section_of_a_feature_that_is_off_says_is_left_alone(child):
    wrong = '[visites]\nminutes = "une heure"\nvoeux = 3\nplace = "nulle part"\n'
    campaign = config.load(child('["tours", "visites"]', wrong), features=FEATURES)
    assert campaign.section(Visits) == Visits()
    assert "visites" not in campaign.model_dump()
    assert [line.split(" ")[0] for line in refused(child("[]", wrong))] == ["visites.minutes", "clé"]


def test_nor_is_a_key_that_stood_elsewhere_refused(child):
    campaign = config.load(child('["tours", "visites"]', "[emails]\nvisit_minutes = 45\n"), features=FEATURES)
    assert campaign.section(Visits) == Visits()


def test_other_values_of_a_section_keep_the_features(child):
    campaign = config.load(child('["tours"]'), features=FEATURES)
    changed = config.with_sections(campaign, {"visites": {"minutes": 5}})
    assert (names(changed.features.on), changed.section(Visits).minutes) == (["visites"], 5)
