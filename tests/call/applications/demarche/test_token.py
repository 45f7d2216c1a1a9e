"""Where the token is read, and what is no token."""

import pytest

from eig_sheets.call.applications.demarche.client import connect, settings_of, token_of
from eig_sheets.call.applications.demarche.errors import DemarcheError
from eig_sheets.config.demarche import DemarcheSettings
from tests.sample.support import EIG5

pytestmark = pytest.mark.newest


@pytest.fixture
def file(tmp_path):
    made = tmp_path / "jeton.txt"
    made.write_text(" jeton-du-fichier\n")
    made.chmod(0o600)
    return made


def test_a_file_of_the_environment_comes_first(file, tmp_path):
    environment = {"EIG_SHEETS_DEMARCHE_TOKEN_FILE": str(file), "EIG_SHEETS_DEMARCHE_TOKEN": "autre"}
    assert token_of(environment, tmp_path / "absent") == "jeton-du-fichier"


def test_the_environment_comes_before_the_configuration(file):
    assert token_of({"EIG_SHEETS_DEMARCHE_TOKEN": " autre "}, file) == "autre"
    assert token_of({}, file) == "jeton-du-fichier"


@pytest.mark.parametrize(
    ("content", "mode", "said"),
    [
        (b"jeton", 0o640, "chmod 600"),
        (b"jeton", 0o604, "chmod 600"),
        (b" \n", 0o600, "est vide"),
        (b"deux mots", 0o600, "d’un seul tenant"),
        (b"\xff\xfe\xff", 0o600, "n’est pas un texte"),
        (b"x" * (2 << 20), 0o600, "trop gros"),
    ],
)
def test_a_file_that_holds_no_token_is_refused(file, content, mode, said):
    file.write_bytes(content)
    file.chmod(mode)
    with pytest.raises(DemarcheError, match=said) as raised:
        token_of({}, file)
    assert "deux mots" not in str(raised.value)


def test_a_token_that_lacks_is_said_with_its_place(tmp_path):
    with pytest.raises(DemarcheError, match="token_file"):
        token_of({}, None)
    with pytest.raises(DemarcheError, match="introuvable"):
        token_of({}, tmp_path / "absent")
    with pytest.raises(DemarcheError, match="d’un seul tenant"):
        token_of({"EIG_SHEETS_DEMARCHE_TOKEN": "deux mots"}, None)


def test_a_configuration_without_the_section_is_said():
    with pytest.raises(DemarcheError, match=r"section \[demarche\]"):
        connect(EIG5, {})


def test_another_form_has_its_own_variables_first_then_those_of_all(file):
    environment = {"EIG_SHEETS_DEMARCHE_TOKEN": "commun", "EIG_SHEETS_DEMARCHE_TOKEN_INSCRIPTIONS": "inscriptions"}
    assert token_of(environment, file, "inscriptions") == "inscriptions"
    assert token_of(environment, file, "visites") == "commun"
    assert token_of(environment, file) == "commun"
    named = {**environment, "EIG_SHEETS_DEMARCHE_TOKEN_FILE_INSCRIPTIONS": str(file)}
    assert token_of(named, None, "inscriptions") == "jeton-du-fichier"
    with pytest.raises(DemarcheError, match="TOKEN_INSCRIPTIONS"):
        token_of({"EIG_SHEETS_DEMARCHE_TOKEN_INSCRIPTIONS": "deux mots"}, None, "inscriptions")


def test_a_form_that_the_configuration_does_not_have_is_said():
    campaign = EIG5.model_copy(update={"demarche": DemarcheSettings(number=1)})
    assert settings_of(campaign).number == 1
    with pytest.raises(DemarcheError, match=r"\[demarche\.inscriptions\]"):
        settings_of(campaign, "inscriptions")
