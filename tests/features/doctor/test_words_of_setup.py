"""Python, the configuration and the tabs, in words."""

import tomllib

import pytest

from eig_sheets.features.doctor import setup
from tests.program import ROOT

pytestmark = pytest.mark.newest


@pytest.mark.parametrize(
    ("version", "status"),
    [((3, 10, 9), "erreur"), ((3, 11, 0), "ok"), ((3, 13, 7), "ok"), ((3, 14, 0), "attention"), ((2, 7, 18), "erreur")],
)
def test_the_version_of_python(version, status):
    assert setup.of_python(version).status == status


@pytest.mark.parametrize(
    ("problems", "blocking", "status", "said"),
    [
        (0, 0, "ok", "aucune anomalie ne bloque"), (0, 1, "attention", "1 anomalie bloquante écarte"),
        (2, 5, "erreur", "2 problèmes d’onglets ou d’en-têtes empêchent"), (1, 0, "erreur", "1 problème d’onglet"),
    ],
)  # fmt: skip
def test_what_the_tabs_hold(problems, blocking, status, said):
    finding = setup.of_tabs(problems, blocking)
    assert finding.status == status
    assert said in finding.message.replace("\u202f", " ")
    assert ("eig-sheets check" in finding.remedy) == (status != "ok")


@pytest.mark.parametrize(
    ("sentences", "said"),
    [(["Ceci."], "1 anomalie d’accès. Ceci."), (["Cela.", "Ceci."], "2 anomalies d’accès. Cela.")],
)
def test_what_is_wrong_with_who_may_read(sentences, said):
    finding = setup.of_access(sentences)
    assert (finding.status, finding.message.replace("\u202f", " ")) == ("attention", said)


def test_the_versions_of_python_are_those_that_the_project_names():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    tried = [(3, int(line.rpartition("3.")[2])) for line in project["classifiers"] if "Python :: 3." in line]
    assert (tried[0], tried[-1]) == (setup._OLDEST, setup._NEWEST)
