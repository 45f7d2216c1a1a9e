"""docs/google.md says what the code says, and its commands do what it tells."""

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from eig_sheets import loading
from eig_sheets.spreadsheet import backoff
from eig_sheets.spreadsheet.google import credentials
from eig_sheets.spreadsheet.google.batch import _BLANK_ROWS
from eig_sheets.text.french import NARROW
from tests.columns import SCHEMA
from tests.program import copied_config
from tests.sheets_server.server import OWNER, running
from tests.test_sheets_server.clients import Api

ROOT = Path(__file__).parent.parent
GOOGLE = ROOT / "eig_sheets" / "spreadsheet" / "google"
PAGE = (ROOT / "docs" / "google.md").read_text(encoding="utf-8")
PLAIN = PAGE.replace(NARROW, " ")

HOLE = "…"
LEAST = 30
"""Letters of a sentence that people are shown, at the least: shorter ones are pieces of sentences."""


# ---- Messages


def messages():
    """The sentences of the modules that refuse, with an ellipsis for what is filled in."""
    texts = [
        text
        for name in ("error_messages", "conflict_messages", "credentials", "drive_messages")
        for text in _texts(GOOGLE / f"{name}.py")
    ]
    sentences = [
        text for text in texts if len(text) >= LEAST and " " in text and (text[0].isupper() or text[0] == HOLE)
    ]
    return [one for one in sentences if not any(one != other and one in other for other in sentences)]


def _texts(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    holders = (ast.Module, ast.ClassDef, ast.FunctionDef)
    docstrings = {ast.get_docstring(node, clean=False) for node in ast.walk(tree) if isinstance(node, holders)}
    return [text for node in ast.walk(tree) if (text := _text(node)) and text not in docstrings]


def _text(node):
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else HOLE for part in node.values)
    return ""


def explained():
    """The messages that the page explains, as far as it quotes them."""
    return re.findall(r"^\| « (.+?) » \|", PLAIN, re.MULTILINE)


def test_each_message_is_explained():
    quotes = explained()
    assert len(messages()) >= 40
    assert [one for one in messages() if not any(quote in one for quote in quotes)] == []


def test_each_message_that_is_explained_exists():
    found = messages()
    assert [quote for quote in explained() if not any(quote in one for one in found)] == []


# ---- Behaviours and figures


@pytest.mark.slow
def test_the_behaviours_never_seen_are_those_of_the_live_check_and_the_spaces_are_french():
    done = subprocess.run(
        [sys.executable, ROOT / "scripts" / "google_doc.py"],
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert PAGE.count("| Une formule écrite avec des noms anglais") == 1


def test_its_figures_and_names_are_those_of_the_code():
    said = [
        f"pendant {backoff.Backoff().budget} secondes et {backoff.MAX_ATTEMPTS} fois au plus",
        f"{_BLANK_ROWS} lignes prêtes sous les en-têtes",
        *(f"`{scope}`" for scope in (*credentials.SCOPES, *credentials.OWN_FILES, *credentials.ALL_FILES)),
        f"`{credentials.VARIABLE}`",
        *(f"`{kind}`" for kind in credentials._LOADERS),
    ]
    assert [one for one in said if one not in PLAIN] == []


def test_what_it_links_to_exists():
    links = re.findall(r"\]\(([^)]+)\)", PAGE)
    headings = {re.sub(r"[^\w -]", "", line.lstrip("# ").lower()).replace(" ", "-") for line in PAGE.splitlines()
                if line.startswith("#")}  # fmt: skip
    files = [link for link in links if "://" not in link and not link.startswith("#")]
    assert [link for link in files if not (ROOT / "docs" / link).exists()] == []
    assert [link for link in links if link.startswith("#") and link[1:] not in headings] == []


# ---- Commands


def blocks(kind):
    return re.findall(rf"^```{kind}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def server():
    with running(locale="fr_FR") as made:
        yield made


@pytest.fixture
def newcomer(server, tmp_path):
    """A home where the key was just downloaded, and an empty spreadsheet shared with the robot."""
    downloads = tmp_path / "Téléchargements"
    downloads.mkdir()
    shutil.copy(server.service_account, downloads / "eig-sheets-0123456789ab.json")
    (downloads / "eig-sheets-0123456789ab.json").chmod(0o644)
    program = tmp_path / "bin" / "eig-sheets"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m eig_sheets "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return tmp_path


def followed(home, server, script):
    """What a shell says of these commands, where CLÉ is the spreadsheet's key."""
    return subprocess.run(
        ["bash", "-e", "-c", script.replace("CLÉ", server.spreadsheet_id)],
        cwd=home,
        env={
            "HOME": str(home),
            "PATH": f"{home / 'bin'}:{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "PYTHONUTF8": "1",
            "EIG_SHEETS_API_ENDPOINT": server.url,
        },
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.slow
def test_its_commands_make_and_synchronise_a_campaign(newcomer, server):
    key, campaign = blocks("sh")
    done = followed(newcomer, server, key + campaign)
    assert done.returncode == 0, done.stderr
    created, synchronised = done.stderr.replace(NARROW, " ").splitlines()
    assert re.fullmatch(r"https://docs\.google\.com/\S+ : \d+ ajouts .*", created)
    assert "est à jour : 0 dossier" in synchronised
    assert "Candidatures" in done.stdout  # what --dry-run shows
    titles = [
        tab["properties"]["title"] for tab in Api(server, server.spreadsheet_id).get("sheets.properties")["sheets"]
    ]
    assert {"Candidatures", "Classement", "E-mails à envoyer"} <= set(titles)
    again = followed(newcomer, server, _export(key) + campaign)
    assert again.stdout == "Rien ne changerait.\n"
    assert [line.split(" https")[0] for line in again.stderr.splitlines()] == [
        "Rien ne manque à",
        "Rien n’a changé dans",
    ]


def _export(block):
    return next(f"{line}\n" for line in block.splitlines() if line.startswith("export"))


@pytest.mark.slow
def test_without_chmod_the_key_is_refused(newcomer, server):
    key, campaign = blocks("sh")
    done = followed(newcomer, server, re.sub(r"^chmod .*\n", "", key, flags=re.MULTILINE) + campaign)
    assert done.returncode == 1
    assert "peut être lue par d’autres utilisateurs" in done.stderr


@pytest.mark.slow
def test_its_settings_of_the_night_are_those_that_the_script_takes(newcomer, server):
    folder = newcomer / "outil"
    (folder / "scripts").mkdir(parents=True)
    shutil.copy(ROOT / "scripts" / "nightly_sync.sh", folder / "scripts")
    (folder / ".venv" / "bin").mkdir(parents=True)
    shutil.copy(newcomer / "bin" / "eig-sheets", folder / ".venv" / "bin")
    key = newcomer / "robot.json"
    shutil.copy(server.service_account, key)
    key.chmod(0o600)
    [settings] = blocks("ini")
    text = settings.replace("CLÉ", server.spreadsheet_id).replace("/etc/eig-sheets/robot.json", str(key))
    (folder / "scripts" / "nightly.env").write_text(text, encoding="utf-8")
    followed(newcomer, server, f'GOOGLE_APPLICATION_CREDENTIALS="{key}" eig-sheets --workbook CLÉ init')
    done = followed(folder, server, f'"{folder}/scripts/nightly_sync.sh"')
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert "0 dossier" in (folder / ".eig-sheets" / "logs" / "nightly.log").read_text(encoding="utf-8")


@pytest.mark.slow
def test_its_officers_are_those_who_may_decide(newcomer, server):
    [settings] = blocks("toml")
    copied_config(newcomer / "config")
    path = newcomer / "config" / "campaign.toml"
    text = path.read_text(encoding="utf-8")
    location = re.search(r"\[workbook\]\nlocation = .*\n(?:#.*\n)*officers = .*\n", text)[0]
    path.write_text(text.replace(location, settings.replace("CLÉ", server.spreadsheet_id)), encoding="utf-8")
    officers = set(loading.load(path).workbook.officers)
    assert len(officers) == 2
    book = server.world.create("Avec responsables", OWNER)
    server.world.files[book.id].permissions.extend(server.world.files[server.spreadsheet_id].permissions)
    key = _export(blocks("sh")[0]).replace("~/.config/eig-sheets/robot.json", f'"{server.service_account}"')
    done = followed(newcomer, server, f"{key}eig-sheets --workbook {book.id} init")
    assert done.returncode == 0, done.stderr
    found = Api(server, book.id, OWNER).get("sheets.protectedRanges(description,editors.users)")["sheets"]
    kept = [one for tab in found for one in tab.get("protectedRanges", ())]
    names = [one["description"].rpartition("[")[2].rstrip("]") for one in kept]
    assert sorted(filter(None, names)) == sorted(
        field.id for tab in SCHEMA.tabs for field in tab.fields if field.guarded
    )
    assert names.count("") == len(SCHEMA.robot_tabs.keys() - SCHEMA.optional_robot_tabs)
    assert [one for one in kept if not officers <= set(one["editors"]["users"])] == []
