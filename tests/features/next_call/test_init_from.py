"""`init --from`: the next call, made from the last one, in a folder of its own."""

from __future__ import annotations

import io
import sys
from unittest.mock import patch

import pytest

from eig_sheets import loading
from eig_sheets.features.next_call.review import Nature
from eig_sheets.spreadsheet.model.snapshot import Snapshot
from tests.cli.test_closed_streams import redirected
from tests.cli.test_errors import refused
from tests.columns import cell_of
from tests.in_memory import opened
from tests.program import Campaign, eig, run
from tests.spreadsheet.xlsx_desk import edit
from tests.storage.test_history_store import no_file_larger_than
from tests.two_workbooks import Pair, made

OPENING = ("--opens", "2022-01-31")


class Terminal(io.StringIO):
    """What a person types."""

    def isatty(self) -> bool:
        return True


def jurors(campaign: Campaign) -> list[dict[str, object]]:
    return jurors_in(campaign.read())


def jurors_in(snapshot: Snapshot) -> list[dict[str, object]]:
    tab = next(tab for tab in snapshot.tabs if tab.name == "Jury")
    headers, *rows = tab.rows
    return [dict(zip(map(str, headers), row, strict=False)) for row in rows]


@pytest.mark.parametrize("day", ["9999-12-31", "2101-01-01", "1999-12-31"])
def test_a_year_that_nobody_means_is_refused(demo, tmp_path, day):
    done = eig("init", "--from", demo.config, tmp_path / "suivant", "--opens", day)
    assert (done.code, done.out) == (2, "")
    assert "--opens\u202f: il faut une année de 2000 à 2100." in done.err


def test_a_configuration_that_is_not_there_is_told_with_its_option(tmp_path):
    done = eig("init", "--from", tmp_path / "absent.toml", tmp_path / "suivant", *OPENING)
    assert (done.code, done.out) == (1, "")
    assert done.err == f"Configuration introuvable\u202f: {tmp_path / 'absent.toml'}. Vérifiez --from.\n"


@pytest.mark.slow
def test_the_next_call_has_its_configuration_texts_workbook_and_jurors_and_no_dossier(demo, tmp_path):
    following = Campaign(tmp_path / "eig6")
    done = eig("init", "--from", demo.config, following.folder, *OPENING, "--jurors", "tous", "--format", "json")
    assert done.code == 0, done.err
    assert "22 jurés repris ; aucun dossier, aucune note" in done.err.replace("\u202f", " ")
    campaign = loading.load(following.config)
    assert (campaign.campaign.id, campaign.campaign.banner) == ("EIG6", "")
    theirs = loading.load(demo.config).templates_folder
    assert {path.name for path in campaign.templates_folder.glob("*.md")} == {path.name for path in theirs.glob("*.md")}
    assert campaign.templates_folder.parent == following.config.parent
    rows = jurors(following)
    assert len(rows) == 22
    assert {key for row in rows for key, value in row.items() if value is not None} == {
        "Nom", "E-mail", "Organisation", "Groupe", "Nombre maximum de dossiers",
    }  # fmt: skip
    assert eig("--config", following.config, "rank", "--format", "json").records == []
    where = {record["where"] for record in done.records}
    assert {"campaign.opens", "emails.reply_before", "Jury"} <= where
    assert any(place.startswith("laureat.md, ligne ") for place in where)
    again = eig("init", "--from", demo.config, following.folder, *OPENING)
    assert (again.code, again.out) == (1, "")
    assert again.err == f"{following.folder} contient déjà autre chose\u202f: indiquez un dossier vide ou nouveau.\n"


@pytest.mark.slow
def test_a_dry_run_shows_the_same_and_writes_nothing(tmp_path):
    """Of a call so short that a reminder of the jurors cannot be."""
    days = ("--opens", "2027-02-01", "--closes", "2027-02-05", "--jury", "2027-02-10..2027-02-11")
    arguments = ("init", "--from", "eig5", tmp_path / "eig6", *days, "--format", "json")
    shown = eig(*arguments, "--dry-run")
    assert shown.code == 0
    why = {record["where"]: record["why"] for record in shown.records}
    assert why["emails.reminders"] == "2027-02-04 est retiré, impossible avec campaign.closes"
    assert why["cofinancing.programme"].startswith("Cahier, 3")
    assert not (tmp_path / "eig6").exists()
    assert eig(*arguments).records == shown.records


@pytest.mark.slow
def test_people_read_under_thirty_items_and_programs_each_key(demo, tmp_path):
    """Dates come first, then amounts, rules, texts and jurors: whatever programs have is in one of the items."""
    arguments = ("init", "--from", demo.config, tmp_path / "eig6", *OPENING, "--jurors", "tous", "--dry-run")
    shown = [line for line in eig(*arguments).out.splitlines()[2:] if not line.startswith(" ")]
    assert len(shown) < 30
    assert list(dict.fromkeys(line.split("   ")[0] for line in shown)) == [nature.value for nature in Nature]
    text, records = eig(*arguments).out.replace("\u202f", " "), eig(*arguments, "--format", "json").records
    keys = {record["where"].partition(".")[2] for record in records if record["why"] != "date décidée"}
    assert [key for key in keys if key and not key.startswith("md") and key not in text] == []
    assert "closes : mercredi" in text
    assert "opens : lundi 31 janvier 2022" not in text  # decided a moment ago


@pytest.mark.slow
def test_the_jurors_that_are_named_and_the_texts_of_the_last_call(demo, tmp_path):
    following = Campaign(tmp_path / "eig6")
    options = ("--jurors", "lucienne bréhat ; Karim.Saint.Veran@exemple.invalid", "--templates", "reference")
    done = eig("init", "--from", demo.config, following.folder, *OPENING, *options)
    assert done.code == 0, done.err
    assert [row["Nom"] for row in jurors(following)] == ["Karim Saint-Véran", "Lucienne Bréhat"]
    assert loading.load(following.config).templates_folder == loading.load(demo.config).templates_folder
    assert not (following.config.parent / "emails").exists()


@pytest.mark.slow
def test_it_asks_for_what_nobody_said(demo, tmp_path):
    answers = Terminal("24/01/2022\n\n\nSixième\n18\naucun\n")
    with patch.object(sys, "stdin", answers):
        done = eig("init", "--from", demo.config, tmp_path / "eig6", "--closes", "2022-03-18 12:00")
    assert done.code == 0, done.err
    campaign = loading.load(tmp_path / "eig6" / "config" / "campaign.toml").campaign
    assert (campaign.id, campaign.name, campaign.target) == ("EIG6", "Sixième", 18)
    assert (campaign.opens.isoformat(), campaign.closes.isoformat()) == ("2022-01-24", "2022-03-18T12:00:00")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("init", "{folder}"), 2, "Sans terminal, dites le jour de l’ouverture"),
        (("init", "--opens", "2022-01-24"), 2, "Il manque le dossier du nouvel appel"),
        (("init", "--from", "eig5"), 2, "Il manque le dossier du nouvel appel"),
        (("init", "--from", "eig5", "{folder}"), 2, "Sans terminal, dites le jour de l’ouverture"),
        (("init", "--from", "eig5", "{folder}", "--opens", "hier"), 2, "« hier » n’est pas une date"),
        (("init", "--from", "eig5", "{folder}", *OPENING, "--jury", "5/5/22..4/5/22"), 2, "il faut un jour, ou"),
        (("init", "--from", "eig5", "{folder}", *OPENING, "--closes", "2022-01-01"), 1, "est avant campaign.opens"),
        (("init", "--from", "eig5", "{folder}", *OPENING, "--jury", "2022-03-01"), 1, "le jury suit la clôture"),
        (("init", "--from", "eig5", "{folder}", *OPENING, "--id", "EIG5"), 2, "est l’appel que vous reprenez"),
        (("init", "--from", "{folder}/rien.toml", "{folder}", *OPENING), 1, "Configuration introuvable"),
        (("init", "--from", "eig5", "{folder}", *OPENING, "--jurors", "tous"), 1, "n’a pas de classeur"),
    ],
)
def test_a_mistake_is_one_sentence_and_writes_nothing(tmp_path, arguments, code, said):
    folder = tmp_path / "eig6"
    done = eig(*(argument.format(folder=folder) for argument in arguments))
    assert (done.code, done.out) == (code, "")
    assert said in done.err.replace("\u202f", " ")
    assert not folder.exists()


def test_a_juror_that_nobody_is_and_the_last_workbook_are_refused(demo, tmp_path):
    arguments = ("init", "--from", demo.config, tmp_path / "eig6", *OPENING)
    done = eig(*arguments, "--jurors", "Ada Lovelace")
    assert "« Ada Lovelace » : personne de ce nom dans l’onglet Jury" in done.err.replace("\u202f", " ")
    done = eig("--workbook", demo.workbook, *arguments)
    assert done.err.startswith(f"{demo.workbook} est le classeur de l’appel d’avant")
    assert not (tmp_path / "eig6").exists()


def test_when_the_workbook_cannot_be_made_nothing_stays(tmp_path):
    place = "https://docs.google.com/spreadsheets/d/1abcdefghijklmnopqrstuvwxyzabcdefghij/edit"
    done = eig("--workbook", place, "init", "--from", "eig5", tmp_path / "eig6", *OPENING)
    assert done.code == 1
    assert "Aucun identifiant Google" in done.err
    assert not (tmp_path / "eig6").exists()


@pytest.mark.slow
def test_a_workbook_that_is_there_already_gains_only_the_jurors_that_it_lacks(demo, tmp_path):
    other = tmp_path / "autre.xlsx"
    assert eig("--workbook", other, "init").code == 0
    edit(other, "set", tab="Jury", cell=cell_of("jury", "email", 2), value="karim.saint.veran@exemple.invalid")
    options = ("--jurors", "Karim Saint-Véran;Lucienne Bréhat")
    done = eig("--workbook", other, "init", "--from", demo.config, tmp_path / "eig6", *OPENING, *options)
    assert done.code == 0, done.err
    following = Campaign(tmp_path / "eig6")
    assert loading.load(following.config).location() == str(other)
    rows = jurors_in(opened(other, following.state).read())
    assert [row["E-mail"] for row in rows] == ["karim.saint.veran@exemple.invalid", "lucienne.brehat@exemple.invalid"]


@pytest.mark.slow
def test_the_next_call_has_a_candidates_workbook_of_its_own(tmp_path):
    pair = made(tmp_path / "appel")
    done = pair.run(
        "init", str(tmp_path / "suivant"), "--from", str(pair.config), "--id", "EIG6", "--opens", "2022-02-01",
        "--closes", "2022-04-07", "--jurors", "aucun",
    )  # fmt: skip
    assert done.code == 0, done.err
    following = Pair(tmp_path / "suivant")
    assert following.settings.workbook.talents == "../talents.xlsx"
    assert (following.folder / "talents.xlsx").is_file()


def test_a_new_folder_names_the_file_that_has_no_room(tmp_path):
    """What no library stores in one piece: the system refuses what goes beyond some bytes, without naming the file."""
    call = tmp_path / "appel"
    with no_file_larger_than(2000):
        done = run("init", "--from", "eig5", call, "--opens", "2027-01-04", "--closes", "2027-03-01", "--jury",
                   "2027-04-26..2027-04-27", "--jurors", "aucun")  # fmt: skip
    assert done.code == 1
    assert str(call / "config" / "campaign.toml") in done.err
    assert not call.exists()


@pytest.mark.slow
def test_questions_are_not_asked_where_nobody_can_answer(demo):
    """Standard input is closed, as in a service."""
    done = redirected("<&-", *demo.arguments("init", "--from", demo.config, demo.folder / "next"))
    refused(done, 2, "Sans terminal")


@pytest.mark.parametrize("option", ["--opens", "--closes", "--jury"])
@pytest.mark.parametrize("value", ["abc", "2021-02-30", "9999-12-31", "0001-01-01", "caf\udce9"])
def test_what_is_no_day_is_refused(option, value):
    refused(eig("init", option, value), 2, "Valeur refusée pour", option)


@pytest.mark.parametrize("value", ["2022-04-02..2022-04-01", "9999-12-30..9999-12-31"])
def test_what_is_no_first_and_last_day_is_refused(value):
    refused(eig("init", "--jury", value), 2, "Valeur refusée pour", "--jury")


def test_a_call_that_turns_it_off_has_none_of_its_options(tmp_path):
    config = tmp_path / "campaign.toml"
    config.write_text('extends = "eig5"\n[features]\nwithout = ["next_call"]\n', encoding="utf-8")
    on, off = eig("init", "--help"), eig("--config", config, "init", "--help")
    assert [word for word in ("--from", "--jurors", "DOSSIER") if word not in on.out or word in off.out] == []
    assert "--dry-run" in off.out
    done = eig("--config", config, "init", "--from", "eig5", tmp_path / "eig6")
    refused(done, 2, "« --from » est une option de « la préparation d’un appel », dont cet appel se passe")
    assert "« next_call » de [features] without" in done.err.replace("\u202f", " ")
