"""The forms of candidates in the configuration: their columns, their states, their démarches; and what is wrong."""

import pytest

from eig_sheets import loading
from eig_sheets.campaign.tabs import schema_of
from eig_sheets.config import ConfigError


@pytest.fixture
def loaded(tmp_path):
    """EIG5's configuration with more at its end."""

    def load(more, old="", new=""):
        path = tmp_path / "campaign.toml"
        text = loading.packaged_text().replace(old, new) if old else loading.packaged_text()
        path.write_text(f"{text}\n{more}\n", encoding="utf-8")
        return loading.load(path)

    return load


def told(error):
    return str(error.value).replace("\u202f", " ")


def test_a_form_has_its_own_states_or_those_of_import(loaded):
    own = loaded('[import.talents]\nwithdrawn_states = ["Parti"]').imports
    assert own.of_form(own.talents).withdrawn_states == ("Parti",)
    assert own.of_form(own.talents).ignored_states == own.ignored_states
    assert own.of_form(own.wishes).withdrawn_states == own.withdrawn_states


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('metier = ["Métier", "Profil"]', "metier = []", "import.talents.fields.metier = [] ne dit rien"),
        ('voeu_1 = ["Premier choix", ', 'voeu_1 = ["!", ', "import.wishes.fields.voeu_1 : « ! » n’a ni lettre ni"),
    ],
)
def test_a_name_that_says_nothing_is_refused_with_its_key(loaded, old, new, said):
    with pytest.raises(ConfigError) as error:
        loaded("", old, new)
    assert said in told(error)


@pytest.mark.parametrize(("form", "field"), [("talents", "metier"), ("wishes", "voeu_1")])
def test_a_field_that_does_not_exist_is_refused(loaded, form, field):
    campaign = loaded("", f"{field} = [", f"{field}x = [")
    with pytest.raises(ConfigError) as error:
        schema_of(campaign)
    assert f"import.{form}.fields : « {field}x » est inconnu ; vouliez-vous dire « {field} » ?" in told(error)


def test_each_form_has_its_own_demarche(loaded):
    both = "[demarche]\nnumber = 1\n[demarche.talents]\nnumber = {}\n"
    settings = loaded(both.format(2)).demarche
    assert (settings.of_form("").number, settings.of_form("talents").number, settings.of_form("wishes")) == (1, 2, None)
    assert not settings.imports_nightly
    assert loaded(both.format("2\nnightly = true")).demarche.imports_nightly
    with pytest.raises(ConfigError) as error:
        loaded(both.format(1))
    assert "chaque formulaire a son numéro" in told(error)
    with pytest.raises(ConfigError) as error:
        loaded(both.format('2\ntoken_file = "abc=="'))
    assert "demarche.talents.token_file est le chemin du fichier du jeton" in told(error)
