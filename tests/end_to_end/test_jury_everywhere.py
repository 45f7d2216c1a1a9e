"""The jury's commands on a file, a Google Sheet and a Grist document: each writes once, and nothing at once again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

import pytest

from eig_sheets.call.jury.pages.files_pages import read_page
from tests.call.jury.pages.pages import PARIS
from tests.end_to_end.jury_pages import kept_as_sent, send
from tests.end_to_end.places import KINDS, Place, empty
from tests.program import copied_config
from tests.workbook.snapshots import dossier, evaluation, juror

pytestmark = pytest.mark.slow

NUMBERS = tuple(str(number) for number in range(101, 109))
JURORS = ("anna", "bob", "chloe", "dina")
DINA = "dina@jury.example"
LIMITS = """
[selection]
utility = "note"
envelope = 400_000
source = "Cahier, 4.2"
[[selection.limits]]
column = "Ministère de rattachement"
max = 1
source = "Cahier, 5.2"
"""


@pytest.fixture(params=KINDS)
def place(request, tmp_path) -> Iterator[Place]:
    """Eight dossiers of three ministries, of which the first six were noted by two of four jurors."""
    dossiers = [
        dossier(number, preselection="Présélectionné", ministere=("Mer", "Ville", "Culture")[place % 3])
        for place, number in enumerate(NUMBERS)
    ]
    reviews = [
        evaluation(number, name, *[4.0 - place / 4] * 5)
        for place, number in enumerate(NUMBERS[:6])
        for name in JURORS[:2]
    ]
    jurors = [juror(name) for name in JURORS]
    with empty(request, tmp_path) as found:
        copied_config(found.folder / "config", dirs_exist_ok=True)
        text = found.config.read_text(encoding="utf-8")
        found.config.write_text(text.replace("[jury]\nreads = 4", "[jury]\nreads = 3"), encoding="utf-8")
        found.filled({"candidatures": dossiers, "jury": jurors, "evaluations": reviews})
        assert found.run("sync").code == 0
        yield found


def writes_nothing(place: Place, *commands: tuple[str, ...]) -> None:
    version = place.version
    for command in commands:
        done = place.run(*command)
        assert (done.code, place.version == version) == (0, True), done


def pairs(place: Place) -> set[tuple[str, str]]:
    return {(str(row["N° de dossier"]), str(row["E-mail du juré"])) for row in place.rows("Affectations")}


def test_an_assignment_is_written_once_explained_and_kept(place):
    done = place.run("jury", "assign", "--rows", DINA, "--format", "json")
    assert done.code == 0, done.err
    found = json.loads(done.out)["pairs"]
    wanted = {(one["dossier"], one["juror"]) for one in found}
    assert pairs(place) == wanted
    assert {(one["dossier"], one["juror"]) for one in found if one["kept"]} == {
        (number, f"{name}@jury.example") for number in NUMBERS[:6] for name in JURORS[:2]
    }
    added = {str(row["N° de dossier"]) for row in place.rows("Évaluations") if row["E-mail du juré"] == DINA}
    assert added == {number for number, name in wanted if name == DINA} != set()
    assert place.run("sync").code == 0
    writes_nothing(place, ("jury", "assign"), ("jury", "assign", "--adjust"), ("sync",))
    explained = json.loads(place.run("jury", "assign", "--explain", NUMBERS[0], "--format", "json").out)
    assert {one["juror"] for one in explained["readers"]} == {name for number, name in wanted if number == NUMBERS[0]}


def test_grilles_are_written_then_recorded_once(place, tmp_path):
    folder = tmp_path / "grilles"
    done = place.run("jury", "ballots", "--to", str(folder))
    assert done.code == 0, done.err
    pages = {path.name: read_page(path, PARIS) for path in folder.iterdir()}
    assert len(pages) == len(JURORS)
    assert not any(page.problems for page in pages.values())
    recorded = {row["E-mail du juré"]: (row["Fichier"], row["Empreinte du fichier"]) for row in place.rows("Grilles")}
    assert recorded == {
        page.juror: (name, hashlib.sha256((folder / name).read_bytes()).hexdigest()) for name, page in pages.items()
    }
    writes_nothing(place, ("jury", "ballots", "--to", str(folder)))


def test_what_jurors_typed_is_kept_to_the_letter_and_written_once(place, tmp_path):
    mailbox = send(tmp_path / "pages", DINA, NUMBERS[:3])
    collect = ("jury", "collect", str(mailbox.folder))
    done = place.run(*collect)
    assert done.code == 0, done.err
    assert place.run("sync").code == 0
    writes_nothing(place, collect, ("sync",))
    kept_as_sent(place.book.read().tab("Notes reçues"), DINA, NUMBERS[:3])


def test_the_proposals_beside_the_dossiers_keep_the_limits(place):
    with place.config.open("a", encoding="utf-8") as file:
        file.write(LIMITS)
    version = place.version
    found = place.run("select", "--format", "json")
    assert (found.code, place.version == version) == (0, True), found.err
    assert place.run("sync").code == 0
    rows = {str(row["N° de dossier"]): row for row in place.rows("Candidatures")}
    proposed = [number for number, row in rows.items() if str(row["Proposition"]).startswith("Lauréat")]
    assert sorted(proposed) == sorted(found.records["selected"])
    ministries = [rows[number]["Ministère de rattachement"] for number in proposed]
    assert sorted(ministries) == sorted({*ministries})
    assert len(ministries) == 3
    writes_nothing(place, ("sync",))
