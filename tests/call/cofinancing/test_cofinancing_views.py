"""`cofinancing --programmes`, `--versions`, `--since`: exact output, and what a mistake says."""

from datetime import datetime

import pytest

from tests.call.scoring.test_explain import fill
from tests.storage.stored_records import put, stored

pytestmark = pytest.mark.in_memory


def plain(text):
    return text.replace("\u202f", " ")


def recruit(demo, *talents):
    usual = {"Statut": "Retenu", "Projet décidé": "3713503", "Début du contrat": datetime(2021, 9, 13)}
    fill(
        demo,
        "Talents",
        *({"N° de candidature": f"T{place}", **usual, **candidate} for place, candidate in enumerate(talents, 1)),
    )


def test_one_line_for_each_programme(demo):
    done = demo.run("cofinancing", "--programmes", "--format", "json")
    assert [(record["programme"], record["title"], record["after_recruitment"]) for record in done.records][:1] == [
        (done.records[0]["programme"], "2", False)
    ]
    assert {*done.records[0]} == {
        "programme", "name", "mission", "title", "eig", "dossiers", "amount_min", "amount_max", "unknown",
        "after_recruitment",
    }  # fmt: skip
    assert all(isinstance(record[end], int) for record in done.records for end in ("amount_min", "amount_max"))
    said = plain(done.err)
    assert "Décret de transfert : de " in said
    assert "annulés sur le programme 352 (mission « Transformation et fonction publiques »)" in said
    assert "Lauréats décidés : " in said
    shown = plain(demo.run("cofinancing", "--programmes").out)
    assert "Prévisionnel" in shown


@pytest.mark.slow
@pytest.mark.needs("talents")
def test_a_file_names_its_version_and_what_changed_since_is_told(demo, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert "Aucune version remise" in demo.run("cofinancing", "--versions").out
    first = demo.run("cofinancing", "--to", "f.xlsx")
    assert "Version 1, données du vendredi 30 avril 2021 : « eig-sheets cofinancing --since 1 »" in plain(first.err)
    assert demo.run("cofinancing", "--since", "1").out == "Rien n’a changé depuis la version 1.\n"
    recruit(demo, {"Coût réel": 61000}, {"Années d’expérience": 2})
    [recruited, amount] = demo.run("cofinancing", "--since", "1", "--format", "json").records
    project = recruited["project"]
    assert recruited == {
        "dossier": "3713503", "project": project, "what": "EIG recrutés", "before": "0", "after": "2",
        "why": "2 EIG recrutés",
    }  # fmt: skip
    assert (plain(amount["before"]), plain(amount["after"])) == ("de 34 650 € à 39 600 €", "35 625 €")
    assert plain(amount["why"]) == "2 EIG recrutés ; coût réel saisi ; contrat saisi"
    assert "Version 2" in plain(demo.run("cofinancing", "--to", "g.csv").err)
    assert (tmp_path / "g.csv").read_text(encoding="utf-8-sig").splitlines()[1].endswith(";2")
    assert "Version 2" in plain(demo.run("cofinancing", "--to", "f.xlsx").err)  # the same data: the same version
    versions = demo.run("cofinancing", "--versions", "--format", "json").records
    assert [(version["version"], version["day"]) for version in versions] == [(1, "2021-04-30"), (2, "2021-04-30")]
    assert demo.run("cofinancing", "--since", "2").out == "Rien n’a changé depuis la version 2.\n"


def test_a_file_that_is_refused_hands_nothing_over(demo, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "f.xlsx").write_bytes(b"theirs")
    assert demo.run("cofinancing", "--to", "f.xlsx").code == 1
    assert demo.run("cofinancing", "--to", "absent/f.csv").code == 1
    assert demo.run("cofinancing", "--versions", "--format", "json").records == []


def test_damaged_versions_are_said_and_nothing_is_handed_over(demo, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    demo.run("cofinancing", "--to", "f.xlsx")
    put(demo.folder / ".eig-sheets", "versions_cofinancement", "[{}]")
    for options in (["--to", "g.xlsx"], ["--since", "1"], ["--versions"]):
        done = demo.run("cofinancing", *options)
        assert (done.code, done.out) == (1, "")
        assert "sont inutilisables" in done.err
    assert not (tmp_path / "g.xlsx").exists()


@pytest.mark.slow
def test_neither_the_table_nor_what_is_kept_names_who_is_recruited(demo, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    recruit(demo, {"Prénom": "Zéphyrine", "Nom": "Quenouille", "E-mail": "zq@exemple.invalid", "Coût réel": 61000})
    demo.run("sync")
    demo.run("cofinancing", "--to", "f.csv")
    demo.run("cofinancing", "--documents", "annexes")
    kept = stored(demo.folder / ".eig-sheets", "versions_cofinancement")
    said = (tmp_path / "f.csv").read_text(encoding="utf-8-sig") + kept
    said += str([tab for tab in demo.read().tabs if tab.name == "Cofinancement"])
    for personal in ("Zéphyrine", "Quenouille", "zq@", "T1"):
        assert personal not in said


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (["--since", "1"], 1, "Il n’y a pas de version 1 : aucune n’a été remise."),
        (["--since", "0"], 2, "--since"),
        (["--since", "deux"], 2, "--since"),
        (["--since", "1", "--programmes"], 2, "ne vont pas ensemble"),
        (["--versions", "--to", "f.xlsx"], 2, "ne vont pas ensemble"),
    ],
)
def test_a_mistake_is_a_sentence(demo, options, code, said):
    done = demo.run("cofinancing", *options)
    assert (done.code, done.out) == (code, "")
    assert said in plain(done.err)
