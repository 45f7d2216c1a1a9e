"""Every mistake gets French sentences on stderr, the right exit code, no traceback and no change."""

import stat

import pytest

from tests.program import eig, program

USAGE, REFUSED = 2, 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["rnk"], "Commande inconnue : rnk. Vouliez-vous dire « rank » ?"),
        (["sync", "--frce"], "Option inconnue : --frce. Vouliez-vous dire --force ?"),
        (["rank", "--format", "xml"], "Valeur refusée pour --format : les valeurs possibles sont table, csv, json"),
        (["--today", "demain", "sync"], "Valeur refusée pour --today : il faut une date comme 2021-04-07"),
        (["import"], "Il manque l’argument FICHIER"),
        (["sync", "encore"], "Argument en trop : encore"),
        (["rank", "--explain"], "L’option --explain attend une valeur"),
    ],
)
def test_wrong_usage(arguments, sentence):
    done = eig(*arguments)
    assert (done.code, done.out) == (USAGE, "")
    assert sentence in done.err.replace("\u202f", " ")


@pytest.mark.parametrize("command", ["sync", "check", "rank", "cofinancing"])
def test_no_workbook(demo, command):
    demo.workbook.unlink()
    refused(demo.run(command), str(demo.workbook))


def refused(done, *said):
    assert (done.code, done.out) == (REFUSED, ""), done
    assert "Traceback" not in done.err
    for word in said:
        assert word in done.err.replace("\u202f", " ")


def test_no_configuration(tmp_path):
    refused(eig("--config", tmp_path / "rien.toml", "sync"), "Configuration introuvable", "rien.toml")


def test_a_mistake_in_the_configuration(demo):
    demo.set_config("target = 20", "tarjet = 20")
    refused(demo.run("sync"), "campaign.tarjet", "target")


def test_an_open_workbook(demo):
    (demo.folder / "~$campagne.xlsx").write_bytes(b"\x05Alice")
    before = demo.bytes
    demo.set_config("target = 20", "target = 3")
    refused(demo.run("sync"), "campagne.xlsx")
    assert demo.bytes == before


def test_a_read_only_workbook(demo):
    demo.set_config("target = 20", "target = 3")
    demo.workbook.chmod(stat.S_IRUSR)
    before = demo.bytes
    refused(demo.run("sync"), "lecture seule")
    assert demo.bytes == before


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 rien", b"Bonjour", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600]
)
def test_a_damaged_or_protected_workbook(demo, content):
    demo.workbook.write_bytes(content)
    refused(demo.run("sync"), "campagne.xlsx")
    assert demo.bytes == content


def test_a_state_folder_that_cannot_be_made(demo):
    refused(demo.run("sync", env={"EIG_SHEETS_STATE": str(demo.config / "etat")}), "dossier d’état")


def test_a_spoiled_state(demo):
    (demo.folder / ".eig-sheets" / "etat.sqlite3").write_bytes(b"rien de bon" * 100)
    refused(demo.run("sync"), "etat.sqlite3")


def test_a_google_sheet_is_refused_for_now(demo):
    refused(demo.run("--workbook", "https://docs.google.com/spreadsheets/d/abc", "rank"), ".xlsx")


@pytest.mark.parametrize(
    "arguments",
    [
        [], ["demo"], ["init"], ["import"], ["check"], ["sync"], ["rank"], ["cofinancing"], ["emails"],
        ["emails", "list"], ["emails", "draft"],
    ],
)  # fmt: skip
def test_every_help_page_is_in_french(arguments):
    done = eig(*arguments, "--help")
    assert done.code == 0
    assert done.out.startswith("Utilisation")
    for english in ("Usage", "Show this", "Commands", "default:", "required"):
        assert english not in done.out


def test_exit_codes_of_the_program_itself(demo):
    assert demo.program("check").code == REFUSED  # the demo has blocking anomalies on purpose
    assert demo.program("rank", "-q").code == USAGE  # -q comes before the command
    assert demo.program("rank").code == 0
    assert "Traceback" not in program("--config", demo.folder, "sync").err
