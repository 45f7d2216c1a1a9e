"""The live check of Démarche Numérique, against the stand-in: what it confirms, refutes, and never changes."""

import copy
import os
import sys
from pathlib import Path
from unittest.mock import patch

import pytest

from eig_sheets import config, loading
from eig_sheets.text.french import typographic
from tests.demarche_server import dossiers, faults
from tests.demarche_server.dossiers import INSTRUCTEUR, descriptor, text
from tests.demarche_server.server import TOKEN
from tests.program import ROOT
from tests.scripts.conftest import imported

PAGE = (ROOT / "docs" / "demarche.fr.md").read_text(encoding="utf-8")


@pytest.fixture
def filled(demarche):
    """A démarche that has all that the checks look at."""
    service = demarche.service
    service.questions = [descriptor(1, "Nom du projet")]
    for number in (1, 2, 3):
        modified = f"2021-03-0{number}T10:00:00Z"
        answer = text(1, "Nom du projet", "x")
        service.add(dossiers.dossier(number, answer, dateDerniereModification=modified))
    service.dossiers[1]["champs"].append(dossiers.pieces(2, "Fiche", dossiers.file("a.pdf", b"%PDF")))
    service.deleted = [dossiers.deleted(9)]
    return demarche


@pytest.fixture
def check(demarche, tmp_path, capsys):
    """Runs it; the exit code, and the verdict of each behaviour."""
    path = tmp_path / "campaign.toml"
    section = f'\n[demarche]\nnumber = 12345\nhost = "{demarche.url}"\ninstructeur = "{INSTRUCTEUR["email"]}"\n'
    path.write_text(config.packaged().read_text(encoding="utf-8") + section, encoding="utf-8")

    def run(*words: str) -> tuple[int, str]:
        environment = {**os.environ, "EIG_SHEETS_DEMARCHE_TOKEN": TOKEN}
        with (
            imported("live_demarche") as program,
            patch.object(sys, "argv", ["live_demarche.py", str(path), *words]),
            patch.dict(os.environ, environment),
        ):
            code = program.main()
        return code, capsys.readouterr().out

    return run


def test_all_is_confirmed_and_nothing_changed(filled, check):
    before = copy.deepcopy(filled.service.dossiers)
    code, said = check()
    assert code == 0, said
    assert said.splitlines()[-1] == "12 confirmés, 0 infirmé, 0 non vérifiable."
    assert filled.service.dossiers == before
    assert TOKEN not in said


def test_what_an_empty_demarche_cannot_show_is_said(demarche, check):
    code, said = check()
    assert code == 1
    assert "infirmé " not in said.replace("0 infirmé", "")
    assert "la démarche n’a aucun dossier" in said


@pytest.mark.parametrize(
    ("twist", "word"),
    [
        (lambda service: service.questions.clear(), "champDescriptorId"),
        (lambda service: service.dossiers[1]["champs"][1]["files"][0].update(checksum="abcd"), "pièce jointe"),
        (lambda service: service.deleted[0].update(reason="nouvelle"), "supprimés"),
    ],
)
def test_what_is_otherwise_is_refuted(filled, check, twist, word):
    twist(filled.service)
    code, said = check(word)
    assert code == 1
    assert said.count("infirmé ") == 1, said


def test_a_service_that_accepts_anything_is_refuted(filled, check):
    filled.token = None
    reply = filled.reply

    def accepting(asked):
        asked.headers["Authorization"] = "Bearer None"
        return reply(asked)

    filled.reply = accepting
    assert "infirmé" in check("jeton inconnu")[1]


def test_a_service_that_does_not_answer_is_unknown(filled, check):
    filled.faults = [faults.page()] * 5
    code, said = check("100 dossiers")
    assert (code, "non vérifiable" in said) == (1, True)


def test_a_wrong_use_is_said(check, demarche, capsys):
    assert check("girafe") == (2, "Aucun contrôle ne contient ces mots.\n")
    with imported("live_demarche") as program, patch.object(sys, "argv", ["live_demarche.py"]):
        assert program.main() == 2


def test_the_page_lists_what_was_never_seen():
    with imported("live_demarche") as program:
        assert typographic(program.table(program.BEHAVIOURS)) in PAGE


def test_the_page_has_the_spaces_of_french():
    fenced = PAGE.split("```")[::2]
    assert [
        line for part in fenced for line in part.splitlines() if line != typographic(line) and "`" not in line
    ] == []


def test_the_page_s_configuration_is_accepted(tmp_path):
    block = next(part for part in PAGE.split("```") if part.startswith("toml\n[demarche]"))
    path = Path(tmp_path / "campaign.toml")
    path.write_text(config.packaged().read_text(encoding="utf-8") + block.removeprefix("toml"), encoding="utf-8")
    assert loading.load(path).demarche is not None
