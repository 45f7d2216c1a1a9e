"""The commands where Python has what it has on Windows: in a process that `sitecustomize` beside this file changes."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.columns import cell_of
from tests.effort import slow, spread
from tests.end_to_end.sending.campaign import made, refused, sending_id
from tests.end_to_end.sending.post import opened
from tests.people_cells import type_in
from tests.program import ROOT, Campaign, Outcome, command_line, environment

SHIM = Path(__file__).parent
PIPED = {"PYTHONUTF8": "0", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}


def on_windows(*command: str | Path, cwd: Path, encoding: str = "cp1252", busy: Path | None = None) -> Outcome:
    """A command there, its output in the encoding of the console."""
    env = environment({"PYTHONPATH": f"{SHIM}:{ROOT}", "PYTHONIOENCODING": encoding, "PYTHONWARNDEFAULTENCODING": "1"})
    env |= {"BUSY": str(busy.resolve())} if busy else {}
    env.pop("PYTHONUTF8")
    done = subprocess.run(command_line(*command), cwd=cwd, env=env, capture_output=True, encoding=encoding, check=False)
    assert "Traceback" not in done.stderr, done.stderr
    return Outcome(done.returncode, done.stdout, done.stderr)


def run(campaign: Campaign, *command: str | Path, **options: object) -> Outcome:
    return on_windows(*campaign.arguments(*command), cwd=campaign.folder, **options)


@pytest.mark.slow
def test_a_campaign_from_nothing(tmp_path):
    made = on_windows("demo", "Ma campagne", cwd=tmp_path)
    assert made.code == 0, made.err
    assert "campagne.xlsx est à jour : 31 dossiers" in made.err
    assert run(Campaign(tmp_path / "Ma campagne"), "check", encoding="cp850").code == 1


COMMANDS = [
    ("emails", "draft", "--to", "eml"),
    ("import", "export-ds.csv"), ("init",), ("cofinancing", "--format", "csv"), ("rank", "--sensitivity"),
    ("report", "--to", "page.html"), ("report", "--minutes", "--to", "pv.docx"), ("emails", "check"),
    ("emails", "list"), ("state", "adopt"),
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("command", spread(5, COMMANDS), ids=" ".join)
def test_each_command_ends_as_elsewhere(command, demo):
    assert run(demo, *command).code == 0


@pytest.mark.slow
def test_saving_and_what_was_there_before(demo):
    type_in(demo.workbook, "Évaluations", cell_of("evaluations", "pertinence", 83), 1)
    assert "à jour" in run(demo, "sync").err
    assert "Rien n’a changé" in run(demo, "sync").err
    assert not [path for path in demo.folder.iterdir() if "eig-swap" in path.name or "eig-tmp" in path.name]
    assert list((demo.state.folder).rglob("versions/*.xlsx"))


@pytest.mark.slow
def test_a_workbook_that_excel_holds_is_left_whole(demo):
    type_in(demo.workbook, "Évaluations", cell_of("evaluations", "pertinence", 83), 1)
    before = demo.bytes
    done = run(demo, "sync", busy=demo.workbook)
    assert (done.code, done.out) == (1, "")
    assert "campagne.xlsx est ouvert dans un autre programme (Excel ?) : rien n’a été écrit. Fermez-le" in done.err
    assert demo.bytes == before
    assert not [path for path in demo.folder.iterdir() if "eig-swap" in path.name or "eig-tmp" in path.name]
    assert "à jour" in run(demo, "sync").err


@pytest.mark.slow
def test_a_page_that_a_browser_or_word_holds_is_left_whole(demo):
    page = demo.folder / "pv.docx"
    assert run(demo, "report", "--minutes", "--to", page).code == 0
    before = page.read_bytes()
    type_in(demo.workbook, "Évaluations", cell_of("evaluations", "pertinence", 83), 1)
    done = run(demo, "report", "--minutes", "--to", page, busy=page)
    assert done.code == 1
    assert "pv.docx n’a pas pu être écrit (il est ouvert dans un autre programme)" in done.err
    assert page.read_bytes() == before


@pytest.mark.slow
def test_sending(tmp_path):
    team = made(tmp_path / "campaign", map(refused, range(2)))
    with opened() as (post, port):
        team.serve(port)
        team.tick()
        for _ in range(2):
            done = run(team, "emails", "send", "--confirm", "2")
    assert done.code == 1  # nothing is left to send
    assert post.copies == {"porteur0@example.org": 1, "porteur1@example.org": 1}
    assert set(team.states) >= {sending_id(0), sending_id(1)}


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["cp1252", *slow("cp850", "iso8859-15", "utf-16")])
def test_json_is_json_in_every_encoding(encoding, demo):
    expected = demo.run("rank", "--format", "json").records
    assert json.loads(run(demo, "rank", "--format", "json", encoding=encoding).out) == expected


@pytest.mark.slow
def test_a_redirected_output_is_utf8(demo):
    done = subprocess.run(
        command_line(*demo.arguments("check")), env=environment(PIPED), capture_output=True, check=False
    )
    assert "L’onglet" in done.stdout.decode("utf-8") or "à la ligne" in done.stdout.decode("utf-8")
    assert done.stderr == b""
