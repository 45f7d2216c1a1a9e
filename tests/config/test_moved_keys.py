"""Keys of older configurations that belong to a feature's section now: read where they stood, and said."""

from __future__ import annotations

from pathlib import Path

import pytest

from eig_sheets import config
from eig_sheets.config import ConfigError
from eig_sheets.text.french import typographic
from tests.config.feature import FEATURES, SECTION, Visits


@pytest.fixture
def child(tmp_path):
    """Writes a configuration that extends EIG5, and gives its path."""

    def write(text: str) -> Path:
        path = tmp_path / "campaign.toml"
        path.write_text(f'extends = "eig5"\n{text}', encoding="utf-8")
        return path

    return write


def said(old: str, new: str, path: Path) -> str:
    return typographic(f"{old} → {new} : à renommer dans {path} ; lu quand même")


def visits(path: Path) -> Visits:
    return config.load(path, features=FEATURES).section(Visits)


def test_the_section_that_comes_with_the_program_holds_where_the_call_says_nothing(child):
    campaign = config.load(child(""), features=FEATURES)
    assert campaign.section(Visits) == Visits(minutes=20, hosts=("Camille", "Sacha"))
    assert campaign.provenance.file_of("visites.minutes") == SECTION.packaged
    assert config.sources(campaign.path, campaign.provenance)["visites.minutes"] == "site EIG5"
    assert campaign.questions == ()


@pytest.mark.parametrize("written", [lambda path: path, lambda path: path.relative_to(Path.cwd())])
def test_however_the_path_of_the_packaged_configuration_is_written(written, monkeypatch):
    monkeypatch.chdir(config.packaged().parents[1])
    assert visits(written(config.packaged())).minutes == 20


def test_a_configuration_that_extends_nothing_has_the_defaults(tmp_path):
    path = tmp_path / "campaign.toml"
    path.write_text(config.packaged().read_text(encoding="utf-8"), encoding="utf-8")
    assert visits(path) == Visits()


def test_a_value_is_read_where_it_stood_instead_of_the_packaged_one_and_said(child):
    path = child("[emails]\nvisit_minutes = 45\n")
    campaign = config.load(path, features=FEATURES)
    assert campaign.section(Visits) == Visits(minutes=45, hosts=("Camille", "Sacha"))
    assert campaign.provenance.file_of("visites.minutes") == path
    assert campaign.questions == (said("emails.visit_minutes", "visites.minutes", path),)


def test_a_value_that_stands_in_both_places_is_the_one_of_the_section(child):
    path = child("[emails]\nvisit_minutes = 45\n[visites]\nminutes = 30\n")
    assert visits(path).minutes == 30
    assert config.load(path, features=FEATURES).questions == (said("emails.visit_minutes", "visites.minutes", path),)


def test_each_file_is_read_with_its_own_keys_the_nearest_first(child, tmp_path):
    parent = tmp_path / "parent.toml"
    parent.write_text('extends = "eig5"\n[visites]\nminutes = 30\n[emails]\nvisit_hosts = ["Lou"]\n', encoding="utf-8")
    path = tmp_path / "child.toml"
    own = '[emails]\nvisit_minutes = 45\n[workbook]\nlocation = "a.xlsx"\n'
    path.write_text(f'extends = "parent.toml"\n{own}', encoding="utf-8")
    campaign = config.load(path, features=FEATURES)
    assert campaign.section(Visits) == Visits(minutes=45, hosts=("Lou",))
    assert campaign.questions == (
        said("emails.visit_hosts", "visites.hosts", parent),
        said("emails.visit_minutes", "visites.minutes", path),
    )


def test_a_file_is_said_once_whatever_the_number_of_its_keys(child):
    path = child('[emails]\nvisit_minutes = 45\nvisit_hosts = ["Lou"]\n')
    keys = "emails.visit_minutes → visites.minutes et emails.visit_hosts → visites.hosts"
    [question] = config.load(path, features=FEATURES).questions
    assert question == typographic(f"{keys} : à renommer dans {path} ; lu quand même")


def test_a_key_is_taken_away_by_its_older_name_and_said(child):
    path = child('without = ["emails.visit_hosts"]\n')
    campaign = config.load(path, features=FEATURES)
    assert campaign.section(Visits) == Visits(minutes=20)
    assert campaign.questions == (said("emails.visit_hosts", "visites.hosts (dans without)", path),)
    assert visits(child('without = ["visites.hosts"]\n')) == Visits(minutes=20)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('[emails]\nvisit_minutes = "une heure"\n',
         "visites.minutes = « une heure » n’est pas accepté : il faut un nombre"),
        ("visites = 5\n[emails]\nvisit_minutes = 45\n", "visites = 5 n’est pas accepté : il faut une table"),
        ("emails = 5\n", "emails = 5 n’est pas accepté : il faut une table"),
        ('[visites]\nplace = "nulle part"\n', "visites.place est vide"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_of_the_key_as_it_is_now(child, text, line):
    with pytest.raises(ConfigError) as caught:
        config.load(child(text), features=FEATURES)
    assert f"  • {typographic(line)}" in str(caught.value)


def test_a_program_without_the_feature_refuses_the_keys(child):
    with pytest.raises(ConfigError, match="visit_minutes"):
        config.load(child("[emails]\nvisit_minutes = 45\n"))
