"""Every error message: one or a few French sentences, the right exit code, never a traceback."""

import os
import re
import stat
import subprocess

import pytest

from tests.effort import first
from tests.program import Campaign, command_line, eig, environment, program
from tests.spreadsheet.xlsx_desk import edit

ENGLISH = re.compile(
    r"(?<!-)\b(?:no such|is|not|the|range|valid|integer|file|directory|readable|error|invalid|exists|found|unexpected"
    r"|missing|denied|value|line)\b",
    re.IGNORECASE,
)


def refused(done, code, *words):
    """French, short, with these words; nothing on standard output."""
    assert (done.code, done.out) == (code, ""), done.err
    said = done.err.replace("\u202f", " ")
    assert "Traceback" not in said
    assert not ENGLISH.search(said), said
    assert 0 < len(said.splitlines()) <= 8
    assert said.rstrip().endswith((".", "?", "»", ")"))
    for word in words:
        assert word in said
    return said


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["rnak"], ["Commande inconnue : rnak.", "« rank »"]),
        (["nimporte"], ["Commande inconnue : nimporte.", "« eig-sheets --help »"]),
        (["emails", "lsit"], ["Commande inconnue : lsit.", "« list »"]),
        (["rank", "--explian", "1"], ["Option inconnue : --explian.", "--explain"]),
        (["rank", "--format", "xml"], ["--format", "table, csv, json"]),
        (["rank", "en", "trop"], ["Argument en trop : en trop."]),
        (["rank", "trop"], ["Argument en trop : trop."]),
        (["rank", "--explain"], ["--explain attend une valeur"]),
        (["import"], ["Indiquez le FICHIER à importer, --api ou --undo."]),
        (["--today", "31/02/2021", "rank"], ["--today", "2021-04-07"]),
        (["--today", "2021-02-30", "rank"], ["--today", "2021-04-07"]),
        (["emails", "draft", "--to", "pigeon"], ["--to", "sheet"]),
        (["emails", "settle", "laureat-1"], ["--sent", "--not-sent"]),
        (["emails", "settle", "--sent"], ["ID"]),
        (["emails", "send", "--limit", "0"], ["--limit", "il faut un nombre entier, 1 ou plus."]),
        (["emails", "send", "--limit", "abc"], ["--limit", "il faut un nombre entier, 1 ou plus."]),
        (["emails", "send", "--confirm", "-1"], ["--confirm", "il faut un nombre entier, 0 ou plus."]),
        (
            ["rank", "--today", "2021-04-30"],
            ["--today s’écrit avant la commande", "« eig-sheets --today AAAA-MM-JJ rank »"],
        ),
        (["emails", "list", "--config=x"], ["--config s’écrit", "« eig-sheets --config CHEMIN emails list »"]),
        (["emails", "--workbook", "x", "list"], ["« eig-sheets --workbook CHEMIN|URL|CLÉ emails »"]),
        (["rank", "-q"], ["L’option -q s’écrit avant la commande", "« eig-sheets -q rank »"]),
        (["demo", __file__], ["DOSSIER", "c’est un fichier, il faut un dossier."]),
        (["sync", "--force=oui"], ["--force", "n’attend pas de valeur"]),
        (["-x", "rank"], ["Option inconnue : -x."]),
        (["--config"], ["--config attend une valeur"]),
    ],
)
def test_wrong_usage_is_exit_2(arguments, words):
    refused(eig(*arguments), 2, *words)


@pytest.mark.skipif(os.geteuid() == 0, reason="an administrator may read anything")
def test_a_folder_that_may_not_be_read(tmp_path):
    tmp_path.chmod(0o300)
    refused(eig("demo", tmp_path), 2, "DOSSIER", "vos droits n’y suffisent pas")
    tmp_path.chmod(0o700)


def test_no_command_shows_the_help():
    for arguments in ([], ["emails"]):
        done = eig(*arguments)
        assert done.code == 2
        assert done.err.startswith("Utilisation")
        assert done.err.count("Voyez") == 0


def test_configuration_that_is_not_there(demo, tmp_path):
    refused(eig("--config", tmp_path / "x.toml", "rank"), 1, "Configuration introuvable", str(tmp_path / "x.toml"))
    refused(eig("--config", tmp_path, "rank"), 1, str(tmp_path))
    refused(eig("rank", env={"EIG_SHEETS_CONFIG": str(tmp_path / "x.toml")}), 1, "EIG_SHEETS_CONFIG")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("target = 20", "traget = 20", ["clé inconnue « campaign.traget »", "« target »"]),
        ("target = 20", 'target = "vingt"', ["campaign.target", "un nombre entier"]),
        ("target = 20", "target = -1", ["campaign.target"]),
        ("target = 20 ", "", ["il manque « campaign.target »"]),
        ("target = 20 ", "target = = 20 ", ["n’est pas un fichier TOML valable, ligne 13"]),
        ('timezone = "Europe/Paris"', 'timezone = "Europe/Pari"', ["campaign.timezone"]),
        ('rule = "months"', 'rule = "mois"', ["cofinancing.rule", "flat", "none"]),
        ('method = "mean"', 'method = "median"', ["ranking.method"]),
        ('tie_break = ["pertinence"', 'tie_break = ["pertinance"', ["ranking.tie_break"]),
    ],
)
def test_configuration_that_says_no(demo, old, new, words):
    demo.set_config(old, new)
    before = demo.bytes
    for command in ("rank", "sync"):
        refused(demo.run(command), 1, str(demo.config), *words)
    assert demo.bytes == before


def test_configuration_that_is_not_text(demo):
    demo.config.write_bytes(b"\xff\xfe\x00")
    refused(demo.run("rank"), 1, "UTF-8")


@pytest.mark.slow
def test_a_template_that_says_no(demo):
    template = demo.config.parent / "emails" / "laureat.md"
    text = template.read_text(encoding="utf-8")
    template.write_text(text + "{{ nom_du_chef }}", encoding="utf-8")
    refused(demo.run("sync"), 1, "laureat", "nom_du_chef")
    template.unlink()
    refused(demo.run("sync"), 1, "laureat")
    assert demo.run("rank").code == 0


READING = (["check"], ["rank"], ["cofinancing"], ["emails", "list"])
WRITING = (["sync"], ["emails", "draft"], ["init"])


@pytest.mark.parametrize("command", [*READING, ["sync"], ["emails", "draft"]])
def test_a_workbook_that_is_not_there(demo, command):
    demo.workbook.unlink()
    refused(demo.run(*command), 1, str(demo.workbook), "« eig-sheets init »")
    refused(demo.run("--workbook", demo.folder / "nulle" / "part.xlsx", *command), 1, "nulle")


@pytest.mark.parametrize("command", [["rank"], ["sync"], ["init"]])
@pytest.mark.parametrize(
    ("location", "words"),
    [
        ("https://docs.google.com/spreadsheets/d/1aBcDeFgHiJkLmNoPqRsTuVwXyZ012345/edit#gid=0", ["nulle-part.json"]),
        ("1aBcDeFgHiJkLmNoPqRsTuVwXyZ012345", ["nulle-part.json"]),
        ("https://docs.google.com/document/d/1aBcDeFgHiJkLmNoPqRsTuVwXyZ012345/edit", ["Google Docs", "copiez"]),
    ],
)
def test_a_google_sheet_without_credentials_or_that_is_none(demo, command, location, words):
    env = {"GOOGLE_APPLICATION_CREDENTIALS": str(demo.folder / "nulle-part.json")}
    refused(eig("--config", demo.config, "--workbook", location, *command, env=env), 1, *words)


@pytest.mark.slow
@pytest.mark.parametrize("lock", [".~lock.campagne.xlsx#", "~$campagne.xlsx"])
@pytest.mark.parametrize("command", first(1, [["sync"], ["init"]]))
def test_a_workbook_that_is_open_elsewhere(demo, lock, command):
    edit(demo.workbook, "delete_tab", tab="Classement")
    (demo.folder / lock).write_bytes(b",Ada,poste,,file:///x;" if lock.startswith(".") else b"\x03Ada" + b" " * 51)
    before = demo.bytes
    refused(demo.run(*command), 1, "campagne.xlsx est ouvert par Ada", "Fermez-le")
    assert demo.bytes == before
    assert demo.run("rank").code == 0


@pytest.mark.slow
def test_a_read_only_workbook(demo):
    edit(demo.workbook, "delete_tab", tab="Classement")
    demo.workbook.chmod(stat.S_IRUSR)
    refused(demo.run("sync"), 1, "lecture seule")
    assert demo.run("rank").code == 0


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", ["est vide"]),
        (b"a;b;c\n1;2;3\n", ["n’est pas un classeur .xlsx"]),
        (b"PK\x03\x04 and nothing else", ["endommagé"]),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ["ancien format .xls"]),
    ],
)
@pytest.mark.parametrize("command", [["check"], ["sync"]])
def test_a_damaged_workbook(demo, content, words, command):
    demo.workbook.write_bytes(content)
    refused(demo.run(*command), 1, "campagne.xlsx", *words)
    assert demo.workbook.read_bytes() == content


def test_a_truncated_workbook(demo):
    demo.workbook.write_bytes(demo.bytes[: len(demo.bytes) // 2])
    refused(demo.run("sync"), 1, "endommagé", "version précédente")


def test_a_state_folder_that_cannot_be_made(demo):
    blocker = demo.folder / "fichier"
    blocker.write_text("x")
    for place in (blocker, blocker / "dossier"):
        refused(demo.run("sync", env={"EIG_SHEETS_STATE": str(place)}), 1, str(place), "EIG_SHEETS_STATE")
    assert demo.run("rank", env={"EIG_SHEETS_STATE": str(blocker)}).code == 0


@pytest.mark.slow
def test_a_state_that_is_damaged(demo):
    (demo.state.folder / "etat.sqlite3").write_bytes(b"not a database at all" * 50)
    refused(demo.run("sync"), 1, "etat.sqlite3", "Déplacez-le")
    (demo.state.folder / "etat.sqlite3").unlink()
    assert demo.run("sync").code == 0


@pytest.mark.skipif(os.geteuid() == 0, reason="an administrator may write anywhere")
def test_a_state_folder_that_is_read_only(demo):
    demo.state.folder.chmod(0o500)
    refused(demo.run("sync"), 1, "accès refusé")
    demo.state.folder.chmod(0o700)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("nulle-part.csv", None, ["introuvable"]),
        ("export.ods", b"x", [".csv", ".xlsx"]),
        ("export.csv", b"", []),
        ("export.csv", b"Nom;Autre\nx;y\n", ["N°"]),
        ("export.xlsx", b"not a workbook", []),
    ],
)
def test_an_export_that_says_no(demo, tmp_path, name, content, words):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    before = demo.bytes
    refused(demo.run("import", tmp_path / name), 1, *words)
    assert demo.bytes == before


@pytest.mark.slow
def test_output_that_nobody_reads_any_more(demo):
    with subprocess.Popen(
        command_line(*demo.arguments("rank", "--format", "json")), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env=environment(),
    ) as process:  # fmt: skip
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 1


@pytest.mark.slow
def test_the_real_program_speaks_on_stderr_and_ends_as_told(tmp_path):
    done = program("rank", "--format", "xml", cwd=tmp_path)
    refused(done, 2)
    done = program("sync", cwd=tmp_path)
    refused(done, 1, "campagne.xlsx")


@pytest.mark.slow
def test_exit_codes_of_the_program_itself(demo):
    assert demo.program("check").code == 1  # the demo has blocking anomalies on purpose
    assert demo.program("rank", "-q").code == 2  # -q comes before the command
    assert demo.program("sync").code == 0


@pytest.mark.slow
def test_a_config_is_found_from_a_folder_below(demo):
    below = demo.folder / "notes" / "2021"
    below.mkdir(parents=True)
    done = program("rank", "--format", "json", cwd=below)
    assert (done.code, len(done.records)) == (0, 32)
    env = {"EIG_SHEETS_CONFIG": str(demo.config), "EIG_SHEETS_WORKBOOK": str(demo.workbook)}
    assert eig("rank", "--format", "json", env=env).records == done.records


def test_another_workbook_by_name(demo, tmp_path):
    other = tmp_path / "autre.xlsx"
    demo.workbook.rename(other)
    assert len(demo.run("--workbook", other, "rank", "--format", "json").records) == 32
    assert Campaign(demo.folder).run("rank").code == 1
