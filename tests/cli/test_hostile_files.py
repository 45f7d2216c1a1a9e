"""Files, names and settings that break readers: one French sentence each, no traceback, no wait without end."""

import os

import pytest

from tests.cli.test_errors import refused
from tests.columns import cell_of
from tests.effort import first
from tests.program import Campaign, eig
from tests.spreadsheet.xlsx_desk import edit
from tests.storage.test_regular_files import device, link_to_itself, pipe

ORDINARY, ITSELF = "pas un fichier ordinaire", "un lien qui mène à lui-même"
KINDS = ((pipe, ORDINARY), (device, ORDINARY), (link_to_itself, ITSELF))
READ = {
    "config/campaign.toml": ("rank",),
    "config/emails/laureat.md": ("emails", "list"),
    "campagne.xlsx": ("rank",),
    "export-ds.csv": ("import", "{folder}/export-ds.csv"),
    "export-ds.xlsx": ("import", "{folder}/export-ds.xlsx"),
    ".eig-sheets/etat.sqlite3": ("check",),
    ".eig-sheets/envois.sqlite3": ("sync",),
}


@pytest.mark.parametrize(
    ("name", "kind"), first(7, sorted(((name, kind) for name in READ for kind in range(3)), key=lambda case: case[1]))
)
def test_a_file_that_is_none(demo, name, kind):
    make, words = KINDS[kind]
    path = demo.folder / name
    path.unlink(missing_ok=True)
    make(path)
    command = [word.format(folder=demo.folder) for word in READ[name]]
    said = refused(demo.run(*command), 1, "zero" if kind == 1 and name.endswith("e.xlsx") else path.name)
    assert words in said


@pytest.mark.slow
def test_the_lock_of_a_spreadsheet_program_that_is_a_pipe(demo):
    os.mkfifo(demo.folder / "~$campagne.xlsx")
    refused(demo.run("--today", "2021-05-20", "sync"), 1, "est ouvert")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("waiting_list = 3", "seed = -1", ["ranking.seed = -1", "au moins 0"]),
        ("target = 20", f"target = {'2' * 5000}", ["un nombre entier y a trop de chiffres"]),
        ("target = 20", f"target = {'[' * 10_000}{']' * 10_000}", ["imbriqués trop profondément"]),
        ('location = "../campagne.xlsx"', 'location = "a\\u0000b.xlsx"', ["workbook.location", "nul"]),
    ],
)
def test_a_setting_that_python_cannot_hold(demo, old, new, words):
    demo.set_config(old, new)
    refused(demo.run("rank"), 1, str(demo.config), *words)


@pytest.mark.parametrize(
    "added",
    [
        "{% if projet %}" * 2000 + "{% endif %}" * 2000,
        "{% if projet %}" * 120 + "{% endif %}" * 120,
        "{% for a in projet %}" * 25 + "{% endfor %}" * 25,
        "{{ " + "(" * 5000 + "projet" + ")" * 5000 + " }}",
        "{{ " + "not " * 3000 + "projet }}",
        "{{ projet" + "|majuscule" * 3000 + " }}",
    ],
)
def test_a_template_nested_too_deep(demo, added):
    template = demo.config.parent / "emails" / "laureat.md"
    template.write_text(template.read_text(encoding="utf-8") + added, encoding="utf-8")
    refused(demo.run("emails", "list"), 1, "laureat.md, ligne")


def test_the_front_matter_of_a_template_is_bounded_too(demo):
    template = demo.config.parent / "emails" / "laureat.md"
    text = template.read_text(encoding="utf-8").replace("+++\n", f"+++\na = {'[' * 9000}{']' * 9000}\n", 1)
    template.write_text(text, encoding="utf-8")
    refused(demo.run("emails", "list"), 1, "laureat.md", "imbriqués trop profondément")


@pytest.mark.slow
@pytest.mark.parametrize(
    "command",
    [
        ["emails", "draft", "--to", "eml", "--folder", "{folder}/{name}"],  # the ledger and `Envois` keep its name
        ["sync"],
        ["report", "--to", "{folder}/{name}.html"],
    ],
)
def test_names_that_are_no_utf8(demo, command):
    """Linux accepts them; only a program of its own prints them as a terminal gets them."""
    name = os.fsdecode(b"caf\xe9")
    folder = demo.folder.with_name(name)
    demo.folder.rename(folder)
    done = Campaign(folder).program(*(word.format(folder=folder, name=name) for word in command))
    assert (done.code, "udc" in done.err, done.err.count("Traceback")) == (0, False, 0), done.err
    refused(eig("--config", folder / f"{name}.toml", "rank"), 1, "caf�.toml")


@pytest.mark.slow
def test_a_number_of_five_thousand_digits(demo):
    """Python converts 4300."""
    number = "4" * 5000
    edit(demo.workbook, "set", tab="Candidatures", cell=cell_of("candidatures", "numero", 8), value=number)
    for command in (["rank"], ["sync"]):
        assert demo.run(*command).code == 0
    assert "a plus de 100 caractères" in demo.run("check", "--format", "csv").out


def test_a_ledger_that_leads_nowhere_is_no_new_ledger(demo):
    """Else e-mails that left would be due again."""
    (demo.folder / ".eig-sheets" / "envois.sqlite3").unlink(missing_ok=True)
    (demo.folder / ".eig-sheets" / "envois.sqlite3").symlink_to("absent/envois.sqlite3")
    refused(demo.run("sync"), 1, "registre des envois")
