"""`init DOSSIER`: a call that follows none, with what people say that it has, and nothing else."""

from __future__ import annotations

import re
import sys
from unittest.mock import patch

import openpyxl
import pytest

from eig_sheets import config, loading
from eig_sheets.campaign.overrides import READERS
from eig_sheets.features.next_call.first_call import COFINANCING, asked_about, criterion_ids, suggested_id
from eig_sheets.installed import FEATURES
from eig_sheets.spreadsheet.model.cells import a1
from tests.examples.test_demonstrations import MOST_TABS, OF_ANOTHER_CALL, cells
from tests.features.next_call.test_init_from import Terminal
from tests.nightly import Table
from tests.program import Campaign, eig
from tests.spreadsheet.xlsx_desk import edit

ASKED = [COFINANCING, *(feature.id for feature in FEATURES if feature.question)]
OPENING = ("--opens", "2027-01-11")
PRIZE = (
    *OPENING, "--closes", "2027-02-26", "--jury", "2027-03-19", "--target", "3", "--scale", "1..5", "--contact",
    "prix@example.org", "--name", "Prix du quartier 2027", "--criteria", "Clarté;Utilité", "--private", "--stateless",
)  # fmt: skip
EXPORT = (
    "Numéro,Envoyé le,Nom du projet,Structure,Courriel du porteur\n"
    "P-1,2027-01-20,Un banc pour parler,Les Voisins,ada@example.org\n"
)


def answered(folder, *lines):
    """What `init` says, once a person has typed these lines; Enter to what is left."""
    typed = Terminal("\n".join([*lines, *[""] * 40]))
    with patch.object(sys, "stdin", typed):
        return eig("init", folder)


def visible(path):
    return [tab.title for tab in openpyxl.load_workbook(path) if tab.sheet_state == "visible"]


@pytest.fixture(scope="module")
def prize(tmp_path_factory):
    """A call that has nothing of what is asked about."""
    call = Campaign(tmp_path_factory.mktemp("appels") / "prix")
    done = eig("init", call.folder, *PRIZE)
    assert done.code == 0, done.err
    return call


def test_a_small_call_has_seven_visible_tabs_and_speaks_of_nothing_else(prize):
    assert len(visible(prize.workbook)) == MOST_TABS
    assert [text for *_, text in cells(prize.workbook) if OF_ANOTHER_CALL.search(text)] == []
    texts = [path.read_text(encoding="utf-8") for path in prize.config.parent.rglob("*.md")]
    assert (len(texts), [text for text in texts if OF_ANOTHER_CALL.search(text)]) == (14, [])
    text = prize.config.read_text(encoding="utf-8")
    assert "EIG" not in text


def test_it_receives_at_once(tmp_path):
    call = Campaign(tmp_path / "prix")
    assert eig("init", call.folder, *PRIZE).code == 0
    export = tmp_path / "export.csv"
    export.write_text(EXPORT, encoding="utf-8")
    day = ("--config", call.config, "--today", "2027-02-01")
    done = eig(*day, "import", export)
    assert done.code == 0, done.err
    done = eig(*day, "sync")
    assert done.code == 0, done.err
    assert "1 dossier" in done.err.replace("\u202f", " ")
    assert eig(*day, "emails", "check").code == 0


@pytest.mark.parametrize("part", [pytest.param(part, marks=pytest.mark.slow) for part in ASKED[1:]] + ASKED[:1])
def test_each_part_comes_when_it_is_asked_for_and_its_texts_have_their_columns(tmp_path, part):
    call = Campaign(tmp_path / "appel")
    done = eig("init", call.folder, *OPENING, "--with", part)
    assert done.code == 0, done.err
    campaign = loading.load(call.config)
    assert part in {COFINANCING, *(feature.id for feature in campaign.features.on)}
    assert (campaign.cofinancing.rule == "none") == (part != COFINANCING)
    needs = {need for feature in FEATURES if feature.id == part for need in feature.needs}
    on = {feature.id for feature in campaign.features.on if feature.question}
    assert on == {part, *needs} - {COFINANCING}
    checked = eig("--config", call.config, "--today", "2027-01-12", "emails", "check")
    assert (checked.code, "absente" in checked.out + checked.err) == (0, False)


def test_what_is_asked_for_later_comes(tmp_path):
    """The line of the feature is taken out, and the words that it says."""
    call = Campaign(tmp_path / "appel")
    assert eig("init", call.folder, *OPENING).code == 0
    text = call.config.read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.strip().startswith('"auditions"'))
    assert "retirez aussi questions et audition de without_columns ; convocation_jury et annulation" in line
    text = text.replace(line, "")
    for word in ("questions", "audition", "convocation_jury", "annulation"):
        text = text.replace(f'"{word}",', "").replace(f'"{word}"', "")
    call.config.write_text(text, encoding="utf-8")
    day = ("--config", call.config, "--today", "2027-02-22")
    assert [eig(*day, *command).code for command in (("init",), ("sync",), ("emails", "check"))] == [0, 0, 0]
    assert any("Audition décidée" in str(cell) for _, _, cell in cells(call.workbook))


def test_unless_somebody_denies_it_a_call_is_on_the_careful_side(tmp_path):
    """Drafts may be in the export, an administration may decide, and no message leaves with an address made up."""
    call = Campaign(tmp_path / "appel")
    assert eig("init", call.folder, *OPENING).code == 0
    campaign = loading.load(call.config)
    assert (campaign.decisions.public_law, campaign.emails.contact) == (True, "")
    export = tmp_path / "export.csv"
    export.write_text(EXPORT, encoding="utf-8")
    done = eig("--config", call.config, "--today", "2027-02-01", "import", export, "--yes")
    assert (done.code, "Rien ne dit l’état" in done.err) == (1, True), done.err


def test_enter_is_the_careful_side_too(tmp_path):
    done = answered(tmp_path / "appel", "11/01/2027")
    assert done.code == 0, done.err
    campaign = loading.load(tmp_path / "appel" / "config" / "campaign.toml")
    assert (campaign.decisions.public_law, "etat" in campaign.imports.fields, campaign.emails.contact) == (
        True,
        False,
        "",
    )


@pytest.mark.slow
@pytest.mark.needs("requests")
def test_a_jury_of_three_reads_every_dossier_by_what_its_officers_type(tmp_path):
    """Two readers each unless they say so in `Paramètres`; a person alone may apply."""
    call = Campaign(tmp_path / "prix")
    done = eig("init", call.folder, *PRIZE, "--with", "requests")
    assert (done.code, "requests run" in done.err) == (0, True)
    assert 'imports = "../exports"' in " ".join(call.config.read_text("utf-8").split())  # beside the workbook
    (tmp_path / "export.csv").write_text(EXPORT.replace("Les Voisins", ""), encoding="utf-8")
    assert eig("--config", call.config, "import", tmp_path / "export.csv", "--yes").code == 0
    jury = Table(call.read().tab("Jury"))
    for row, name in enumerate(("anna", "bob", "cleo"), jury.top + 1):
        for header, value in {"Nom": name, "E-mail": f"{name}@jury.example"}.items():
            edit(call.workbook, "set", tab="Jury", cell=a1(row, jury.headers[header]), value=value)
    assert eig("--config", call.config, "jury", "assign").code == 0
    assert len(Table(call.read().tab("Affectations")).rows) == 2
    settings = Table(call.read().tab("Paramètres"))
    row = next(row["row"] for row in settings.rows if row["Réglage"] == READERS)
    edit(call.workbook, "set", tab="Paramètres", cell=a1(row, settings.headers["Valeur"]), value=4)
    done = eig("--config", call.config, "jury", "assign")
    assert done.code == 1
    assert "« Lecteurs par dossier » dans Paramètres" in done.err.replace("\u202f", " ")
    edit(call.workbook, "set", tab="Paramètres", cell=a1(row, settings.headers["Valeur"]), value=3)
    assert eig("--config", call.config, "jury", "assign").code == 0
    assert len(Table(call.read().tab("Affectations")).rows) == 3
    assert eig("--config", call.config, "sync").code == 0
    eligible = Table(call.read().tab("Éligibilité")).rows
    assert ["Éligible" in row.values() for row in eligible] == [True]


def test_a_name_of_several_lines_writes_no_key(tmp_path):
    assert eig("init", tmp_path / "appel", *OPENING, "--name", "Prix\n[campaign]\nid = 'autre'").code == 0
    assert loading.load(tmp_path / "appel" / "config" / "campaign.toml").campaign.name == "Prix [campaign] id = 'autre'"


def test_what_nobody_said_is_a_hypothesis_and_what_somebody_did_is_none(tmp_path, prize):
    assert eig("init", tmp_path / "appel", *OPENING, "--with", "cofinancing").code == 0
    guessed, said = ((folder / "config" / "campaign.toml").read_text(encoding="utf-8") for folder in
                     (tmp_path / "appel", prize.folder))  # fmt: skip
    keys = ("name =", "closes =", "target =", "max =", "label =", "jury_dates =", "flat_amount =")
    for key in keys:
        assert re.search(rf"^{key}.*# hypothèse", guessed, re.MULTILINE), key
        assert not re.search(rf"^{key}.*# hypothèse", said, re.MULTILINE), key


def test_the_employers_of_a_call_are_paid_as_those_of_the_packaged_one(tmp_path):
    call = Campaign(tmp_path / "appel")
    assert eig("init", call.folder, *OPENING, "--with", "cofinancing").code == 0
    assert loading.load(call.config).cofinancing.hosts == loading.load(config.packaged()).cofinancing.hosts


def test_its_folder_may_be_moved(tmp_path):
    """Its workbook is said from the folder of its configuration, also where it is elsewhere."""
    call = Campaign(tmp_path / "appel")
    assert eig("--workbook", tmp_path / "classeurs" / ".." / "prix.xlsx", "init", call.folder, *PRIZE).code == 0
    assert loading.load(call.config).workbook.location == "../../prix.xlsx"


def test_it_asks_in_words_and_enter_says_no(tmp_path):
    lines = [
        "11/01/2027",
        "Prix",
        "",
        "",
        "un",
        "2",
        "Clarté ; Utilité",
        "5",
        "0..10",
        "",
        "n",
        "peut-être",
        "n",
        "o",
        "3000",
    ]
    done = answered(tmp_path / "appel", *lines)
    assert done.code == 0, done.err
    campaign = loading.load(tmp_path / "appel" / "config" / "campaign.toml")
    assert (campaign.campaign.name, campaign.campaign.id, campaign.campaign.closes.isoformat()) == (
        "Prix", "PRIX", "2027-02-22",
    )  # fmt: skip
    assert [criterion.id for criterion in campaign.criteria] == ["clarte", "utilite"]
    assert [feature.id for feature in campaign.features.on if feature.question] == []
    assert (campaign.cofinancing.rule, campaign.cofinancing.flat_amount) == ("flat", 3000)
    assert (campaign.campaign.target, campaign.scale) == (2, (0, 10))
    assert (campaign.decisions.public_law, "etat" in campaign.imports.fields) == (False, True)
    assert "Error" not in done.err
    assert "Des auditions devant le jury ?" in done.err.replace("\u202f", " ")


def test_what_another_part_needs_is_asked_about_once_this_one_is_chosen():
    without = [feature.id for feature in asked_about(FEATURES, set())]
    with_talents = [feature.id for feature in asked_about(FEATURES, {"talents"})]
    assert ("teams" in without, "teams" in with_talents) == (False, True)


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        ((), 2, "Sans terminal, dites le jour de l’ouverture"),
        ((*OPENING, "--with", "audition"), 1, "Vouliez-vous dire « auditions » ?"),
        ((*OPENING, "--jurors", "tous"), 2, "--jurors ne va pas sans --from"),
        ((*OPENING, "--scale", "5..1"), 2, "il faut la plus basse et la meilleure note"),
        ((*OPENING, "--closes", "2027-01-01"), 1, "campaign.closes"),
        ((*OPENING, "--criteria", " ; "), 2, "il faut au moins un critère"),
        ((*OPENING, "--from", "eig5", "--with", "talents"), 2, "--with ne va pas avec --from"),
        ((*OPENING, "--format", "json"), 2, "--format ne va pas sans --from"),
    ],
)
def test_a_mistake_is_one_sentence_and_writes_nothing(tmp_path, options, code, said):
    done = eig("init", tmp_path / "appel", *options)
    assert (done.code, done.out) == (code, "")
    assert said in done.err.replace("\u202f", " ")
    assert not (tmp_path / "appel").exists()


def test_a_dry_run_shows_the_configuration_and_writes_nothing(tmp_path):
    done = eig("init", tmp_path / "appel", *OPENING, "--dry-run")
    assert (done.code, "[campaign]" in done.out, (tmp_path / "appel").exists()) == (0, True, False)


def test_each_criterion_has_an_id_of_its_own():
    assert criterion_ids(["Avis", "Clarté", "clarté !", "3 R"]) == ["avis_2", "clarte", "clarte_2", "critere_3_r"]
    assert suggested_id("Prix de l’été 2027 !") == "PRIX-DE-L-ETE-2027"


def test_the_questions_are_those_of_features_that_the_packaged_call_has():
    assert {*ASKED} <= {COFINANCING, *(feature.id for feature in loading.load(config.packaged()).features.on)}
