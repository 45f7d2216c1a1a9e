"""`extends`: a configuration says only what differs from another; each value is known by the file where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from eig_sheets import config, loading
from eig_sheets.config import ConfigError
from eig_sheets.domain.rules import Criterion
from eig_sheets.emails.drafting.drafts import load_templates
from eig_sheets.emails.mail.templates import TemplateError
from eig_sheets.text.french import typographic
from tests.workbook.snapshots import EIG5


def written(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def child(tmp_path):
    """Writes a configuration that extends EIG5, and gives its path."""

    def write(text: str, extends: str = "eig5") -> Path:
        return written(tmp_path / "config" / "campaign.toml", f'extends = "{extends}"\n{text}')

    return write


def refused(path: Path) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        loading.load(path)
    message = str(caught.value)
    assert message == typographic(message)
    return [line.removeprefix("  • ") for line in message.replace("\u202f", " ").split("\n")]


def test_tables_are_merged_by_key_and_lists_replaced(child):
    criterion = '[[criteria]]\nid = "besoin"\nlabel = "Besoin"\n[ranking]\ntie_break = ["besoin"]\n'
    loaded = loading.load(child(f"[campaign]\ntarget = 12\n[emails]\ndisabled = []\n{criterion}"))
    assert (loaded.campaign.id, loaded.campaign.target) == ("EIG5", 12)
    assert (loaded.emails.contact, loaded.emails.disabled) == (EIG5.emails.contact, ())
    assert loaded.criteria == (Criterion(id="besoin", label="Besoin"),)


def test_a_key_or_a_whole_table_of_the_parent_is_taken_away(child):
    without = 'without = ["emails.reminders", "import.fields.mentor", "words", "cofinancing"]\n'
    loaded = loading.load(child(f'{without}[cofinancing]\nrule = "none"\n'))
    assert (loaded.emails.reminders, loaded.words.regions) == ((), ())
    assert "mentor" not in loaded.imports.fields
    assert "porteur" in loaded.imports.fields
    assert (loaded.cofinancing.rule, loaded.cofinancing.hosts) == ("none", ())


def test_an_unchanged_child_has_the_values_and_sources_of_its_parent(child):
    loaded = loading.load(child(""))
    assert loaded.model_dump(exclude={"emails": {"templates"}}) == EIG5.model_dump(exclude={"emails": {"templates"}})
    assert config.sources(loaded.path, loaded.provenance) == config.sources(EIG5.path, EIG5.provenance)


def test_a_source_is_that_of_the_file_where_the_value_stands(child):
    loaded = loading.load(child("[campaign]\ntarget = 12  # Comité du 3 mai\n[scoring]\nmin_reviews = 2\n"))
    sources = config.sources(loaded.path, loaded.provenance)
    assert sources["campaign.target"] == "Comité du 3 mai"
    assert "scoring.min_reviews" not in sources
    assert sources["campaign.closes"] == config.sources(EIG5.path)["campaign.closes"]


def test_a_value_is_known_by_the_file_in_which_it_stands(child):
    path = child("[campaign]\ntarget = 12\n")
    provenance = loading.load(path).provenance
    assert provenance.paths == (path, *EIG5.provenance.paths)
    assert provenance.paths[1] == EIG5.path
    keys = ("campaign.target", "campaign.closes", "criteria[2].label", "campaign.banner")
    assert [provenance.file_of(key) for key in keys] == [path, EIG5.path, EIG5.path, None]


def test_paths_belong_to_the_file_that_says_them_and_the_workbook_to_the_campaign(tmp_path, child):
    smtp = '[smtp]\nhost = "smtp.example.org"\nuser = "eig"\npassword_file = "../secret"\n'
    parent = f'{smtp}[workbook]\nlocation = "../appel.xlsx"\n'
    written(tmp_path / "ancien" / "config" / "campaign.toml", f'extends = "eig5"\n{parent}')
    loaded = loading.load(child("", "../ancien/config/campaign.toml"))
    assert loaded.smtp is not None
    assert loaded.smtp.password_file == str(tmp_path / "ancien" / "secret")
    assert loaded.location() == str(tmp_path / "appel.xlsx")
    assert loaded.state_folder() == tmp_path / ".eig-sheets"


def test_templates_are_the_campaign_s_own_then_those_of_its_parent(tmp_path, child):
    text = (EIG5.templates_folder / "annulation.md").read_text(encoding="utf-8")
    own = written(tmp_path / "config" / "emails" / "annulation.md", text + "Erratum.\n")
    loaded = loading.load(child(f'[emails]\ntemplates = "{own.parent.name}"\n'))
    assert loaded.templates_folder == own.parent
    templates, theirs = load_templates(loaded), load_templates(EIG5)
    assert templates.keys() == theirs.keys()
    assert load_templates(loading.load(child(""))).keys() == theirs.keys()
    own.write_text(text + "{{ inconnu }}\n", encoding="utf-8")
    with pytest.raises(TemplateError, match=str(own)):
        load_templates(loaded)


@pytest.mark.parametrize("location", ["https://docs.google.com/spreadsheets/d/x/edit", "/partage/appel.xlsx"])
def test_the_workbook_of_the_parent_is_never_written_by_the_child(tmp_path, child, location):
    parent = written(tmp_path / "ancien.toml", f'extends = "eig5"\n[workbook]\nlocation = "{location}"\n')
    [_, line] = refused(child("", "../ancien.toml"))
    assert line == (
        f"workbook.location n’est pas donné, et celui de {parent} est le classeur d’un autre appel : donnez le vôtre."
    )
    assert loading.load(child(f'[workbook]\nlocation = "{location}"\n', "../ancien.toml")).location() == location


def test_beside_its_parent_a_child_needs_a_workbook_of_its_own(tmp_path, child):
    written(tmp_path / "config" / "parent.toml", 'extends = "eig5"\n[workbook]\nlocation = "../a.xlsx"\n')
    assert "workbook.location n’est pas donné" in refused(child("", "parent.toml"))[1]


def test_an_error_names_the_file_in_which_the_value_stands(tmp_path, child):
    parent = written(tmp_path / "parent.toml", 'extends = "eig5"\n[campaign]\ntarget = "vingt"\n')
    assert refused(child("", "../parent.toml"))[1:] == [
        f"campaign.target = « vingt » n’est pas accepté : il faut un nombre entier (campaign.target est dans {parent})."
    ]
    assert refused(child('[campaign]\ntarget = "dix"\n', "../parent.toml"))[1:] == [
        "campaign.target = « dix » n’est pas accepté : il faut un nombre entier."
    ]
    assert refused(child("[cofinancing]\ntotal_months = 2\n"))[1:] == [
        f"cofinancing.months ne peut pas dépasser cofinancing.total_months (cofinancing.months est dans {EIG5.path})."
    ]


def test_a_mistake_of_toml_is_said_of_its_file(tmp_path, child):
    parent = written(tmp_path / "parent.toml", "[campaign\n")
    assert refused(child("", "../parent.toml"))[0].startswith(f"{parent} n’est pas un fichier TOML valable")


def test_a_circle_is_refused(tmp_path, child):
    path = child("", "../parent.toml")
    parent = written(tmp_path / "parent.toml", 'extends = "config/campaign.toml"\n')
    assert refused(path) == [
        f"{parent} : configuration refusée.",
        f"extends = « config/campaign.toml » tourne en rond : {path} reprend ce fichier.",
    ]
    assert "tourne en rond" in refused(child("", "campaign.toml"))[1]


UNKNOWN = "without : « {} » n’est pas une clé de la configuration reprise"
ACCEPTED = "il faut « eig5 », ou le chemin d’un fichier .toml à partir du dossier de celui-ci."


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('extends = "eig4"', f"extends = « eig4 » n’est pas accepté : {ACCEPTED}"),
        ("extends = 5", f"extends = 5 n’est pas accepté : {ACCEPTED}"),
        ('extends = "rien.toml"', "extends = « rien.toml » : {folder}/rien.toml n’existe pas ; " + ACCEPTED),
        ('without = ["words"]', "without retire des clés de la configuration reprise : il manque extends."),
        ('extends = "eig5"\nwithout = "words"',
         'without n’est pas accepté : il faut une liste de clés, par exemple ["cofinancing.envelope"].'),
        ('extends = "eig5"\nwithout = ["emails.reminder"]',
         f"{UNKNOWN.format('emails.reminder')} ; vouliez-vous dire « emails.reminders » ?"),
        ('extends = "eig5"\nwithout = ["xyz"]',
         f"{UNKNOWN.format('xyz')} : retirez-la de cette liste."),
    ],
)  # fmt: skip
def test_what_cannot_be_extended_is_said(tmp_path, text, line):
    path = written(tmp_path / "campaign.toml", text)
    assert refused(path) == [f"{path} : configuration refusée.", line.format(folder=tmp_path)]


def test_a_link_that_leads_to_itself_is_no_configuration(child):
    path = child("", extends="boucle.toml")
    (path.parent / "boucle.toml").symlink_to("boucle.toml")
    assert any("boucle.toml n’existe pas" in line for line in refused(path))
    path.unlink()
    path.symlink_to("campaign.toml")
    assert any("un lien qui mène à lui-même" in line for line in refused(path))
