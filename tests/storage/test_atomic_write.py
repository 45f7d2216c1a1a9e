"""Atomic writes: the old file or the new one, complete, whatever happens; previous versions are kept."""

from __future__ import annotations

import os
import random
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from eig_sheets.spreadsheet.model.base import WorkbookError
from eig_sheets.spreadsheet.model.plan import CreateTab, Plan, ReplaceTab, SetCells
from eig_sheets.spreadsheet.model.sheet import Column, Format, Owner, Sheet
from eig_sheets.spreadsheet.xlsx import XlsxWorkbook
from eig_sheets.storage import file_exchange, file_replacement
from eig_sheets.text.french import typographic
from tests.effort import examples, first
from tests.spreadsheet.xlsx.books import applied, new_book, opened, packed, parts, ranking, sheet, unpacked

RANK = Column("Rang", Format.INTEGER)
CHILD = """
import sys
from pathlib import Path
from eig_sheets.spreadsheet.model.plan import Plan, ReplaceTab
from eig_sheets.spreadsheet.xlsx import XlsxWorkbook
from tests.spreadsheet.xlsx.books import ranking
book = XlsxWorkbook(Path(sys.argv[1]), Path(sys.argv[2]))
for note in range(1, 10_000):
    print(note, flush=True)
    book.apply(Plan(book.read().version, (ReplaceTab("Classement", ranking(*[(note, "Projet", 1, "")] * 200)),)))
"""


@pytest.mark.slow
@pytest.mark.parametrize("kills", first(1, [4, examples(8, 50)]))
def test_kill_at_any_moment_leaves_a_complete_file(tmp_path, kills):
    """Each file ever seen has 200 equal ranks: never half of one run and half of another."""
    book = new_book(tmp_path, ranking(*[(0, "Projet", 1, "")] * 200))
    chance = random.Random(5)
    seen = {0}
    for number in range(kills):
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, book.location, str(tmp_path / "versions")],
            stdout=subprocess.PIPE, cwd=Path(__file__).parents[2], env=os.environ | {"PYTHONPATH": "."},
        )  # fmt: skip
        assert child.stdout is not None
        for _ in range(1 + number % 4):  # by the second line, the child has written once
            child.stdout.readline()
        time.sleep(chance.uniform(0, 0.15))
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        tab = book.read().tab("Classement")
        ranks = {row[0] for row in tab.rows[3:]}
        assert (len(tab.rows), len(ranks)) == (203, 1)
        seen |= ranks
        for kept in (tmp_path / "versions").glob("*.xlsx"):
            assert XlsxWorkbook(kept, tmp_path).read().tab("Classement").rows[3:]
    assert len(seen) > 1
    applied(book, ReplaceTab("Classement", ranking((1, "Fin", 1, ""))))
    assert [name.name for name in tmp_path.iterdir() if name.name.endswith((".eig-tmp", ".eig-swap"))] == []


def one_cell(folder):
    return opened(folder, packed(parts({"Feuil1": sheet("")})))


def write(book, value):
    applied(book, SetCells("Feuil1", 0, RANK, ((1, value),)))


@pytest.mark.slow
def test_last_thirty_versions_are_kept(tmp_path):
    book = one_cell(tmp_path)
    for value in range(33):
        write(book, value)
    kept = sorted((tmp_path / "versions").iterdir())
    assert len(kept) == 30
    values = [XlsxWorkbook(path, tmp_path).read().tabs[0].value(1, 0) for path in kept]
    assert values == [float(value) for value in range(2, 32)]


def test_versions_of_another_workbook_stay(tmp_path):
    (tmp_path / "versions").mkdir()
    other = tmp_path / "versions" / "campagne-2020.20200101-000000-000000.abc.xlsx"
    other.write_bytes(b"x")
    book = one_cell(tmp_path)
    for value in range(32):
        write(book, value)
    assert other.exists()


def test_mode_is_kept_and_links_are_followed(tmp_path):
    (tmp_path / "partage").mkdir()
    target = one_cell(tmp_path / "partage")._path
    target.chmod(0o664)
    (tmp_path / "lien.xlsx").symlink_to(target)
    book = XlsxWorkbook(tmp_path / "lien.xlsx", tmp_path / "versions")
    write(book, 4)
    assert (tmp_path / "lien.xlsx").is_symlink()
    assert stat.S_IMODE(target.stat().st_mode) == 0o664
    assert XlsxWorkbook(target, tmp_path).read().tabs[0].value(1, 0) == 4.0


def test_full_disk_is_reported_and_harms_nothing(tmp_path):
    """A folder of versions that cannot be made stands for any write that fails."""
    book = one_cell(tmp_path)
    (tmp_path / "versions").write_text("un fichier", encoding="utf-8")
    before = book._path.read_bytes()
    with pytest.raises(WorkbookError, match="ne peut pas être lu ou enregistré"):
        write(book, 4)
    assert book._path.read_bytes() == before


def test_a_version_saved_during_the_backup_is_not_replaced(tmp_path, monkeypatch):
    """The backup is slow, so the final check of the file comes after it."""
    book, real, theirs = (
        one_cell(tmp_path),
        file_replacement.keep_version,
        packed(parts({"Feuil1": sheet(""), "A eux": sheet("")})),
    )

    def keep(path, *arguments):
        real(path, *arguments)
        path.write_bytes(theirs)

    monkeypatch.setattr(file_replacement, "keep_version", keep)
    with pytest.raises(WorkbookError, match=r"modifié pendant le calcul.*Relancez"):
        write(book, 4)
    assert book._path.read_bytes() == theirs
    assert [file.name for file in hidden_files(tmp_path)] == [".campagne.xlsx.eig-verrou"]


def hidden_files(folder):
    return [file for file in folder.iterdir() if file.name.startswith(".")]


def test_a_version_saved_after_the_final_check_is_put_back(tmp_path, monkeypatch):
    book, theirs, other = one_cell(tmp_path), packed(parts({"A": sheet("")})), packed(parts({"B": sheet("")}))
    saves = [theirs, other]

    def saved_before_swap(new, path):
        if saves:
            path.write_bytes(saves.pop(0))
        return file_exchange.swap_by_exchange(new, path)

    monkeypatch.setattr(file_exchange, "METHODS", [saved_before_swap])
    with pytest.raises(WorkbookError, match=r"enregistré deux fois.*campagne \(autre version, .*Comparez-les"):
        write(book, 4)
    assert book._path.read_bytes() == other
    [aside] = tmp_path.glob("campagne (autre version, *.xlsx")
    assert aside.read_bytes() == theirs


def test_a_file_that_appears_during_creation_stays(tmp_path, monkeypatch):
    book, create_from = XlsxWorkbook(tmp_path / "campagne.xlsx", tmp_path / "versions"), file_replacement.create_from

    def created(new, path):
        path.write_bytes(b"a person's")
        create_from(new, path)

    monkeypatch.setattr(file_replacement, "create_from", created)
    with pytest.raises(WorkbookError, match=r"existe déjà.*Relancez"):
        book.apply(Plan("", (CreateTab(Sheet("c", "C", Owner.ROBOT, (RANK,), ())),)))
    assert book._path.read_bytes() == b"a person's"


def test_a_version_that_a_crash_displaced_is_put_back_before_the_next_reading(tmp_path):
    book, theirs = one_cell(tmp_path), packed(parts({"A eux": sheet("")}))
    before, ours = book._path.read_bytes(), packed(parts({"A nous": sheet("")}))
    versions = (file_replacement.version_of(content)[:16] for content in (before, ours))
    name = f".campagne.xlsx.{'.'.join(versions)}.abcdefgh.eig-swap"
    (tmp_path / name).write_bytes(theirs)
    book._path.write_bytes(ours)
    (tmp_path / "~$campagne.xlsx").touch()
    with book.locked() as warnings:  # the person who has it open would overwrite what is put back
        assert (warnings, book._path.read_bytes()) == ([], ours)
    (tmp_path / "~$campagne.xlsx").unlink()
    with book.locked() as warnings:
        assert [tab.name for tab in book.read().tabs] == ["A eux"]
    assert warnings == [
        typographic(
            "Une exécution précédente a été interrompue pendant l’écriture de campagne.xlsx : ce que quelqu’un venait "
            "d’y enregistrer est remis en place."
        )
    ]
    assert [file.name for file in hidden_files(tmp_path)] == [".campagne.xlsx.eig-verrou"]


def test_empty_plan_writes_nothing(tmp_path):
    book = one_cell(tmp_path)
    book.apply(Plan(book.read().version))
    assert not (tmp_path / "versions").exists()


def test_parts_that_did_not_change_keep_their_compressed_bytes(tmp_path):
    book = one_cell(tmp_path)
    content = unpacked(book._path) | {"xl/media/image1.png": os.urandom(5000), "docProps/app.xml": b"<Properties/>"}
    book._path.write_bytes(packed(content))
    write(book, 4)
    after = unpacked(book._path)
    assert {name for name in content if content[name] != after[name]} == {
        "xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml",
    }  # fmt: skip
    assert after["xl/workbook.xml"].count(b"<definedName ") == content["xl/workbook.xml"].count(b"<definedName ") + 1


def test_version_is_the_checksum_of_the_file(tmp_path):
    book = one_cell(tmp_path)
    assert book.read().version == file_replacement.version_of(book._path.read_bytes())
