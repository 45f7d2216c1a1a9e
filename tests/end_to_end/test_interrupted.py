"""A sync killed at any moment, and two syncs at once (guarantees G9 and G10)."""

import random
import subprocess
import time

from eig_sheets.workbook.xlsx import XlsxWorkbook
from tests.nightly import Robot
from tests.people_cells import people, type_in
from tests.program import command, environment

SCORES = ("C83", "D83", "E83", "F83", "G83")


def ranking(demo):
    return [(row["Rang"], row["N° de dossier"], row["Note /20"]) for row in Robot(demo).tab("Classement").rows]


def test_kill_9_leaves_the_old_file_or_the_new_one(demo):
    for cell in SCORES:
        type_in(demo.workbook, "Évaluations", cell, 1)
    before, owned = demo.bytes, people(demo.workbook)
    start = time.perf_counter()
    demo.program("sync")
    whole = time.perf_counter() - start
    undisturbed = ranking(demo)
    dice = random.Random(9)
    for _ in range(12):
        demo.workbook.write_bytes(before)
        run = subprocess.Popen(command(*demo.arguments("sync")), env=environment(), stderr=subprocess.DEVNULL)
        time.sleep(whole * dice.uniform(0.5, 1.05))
        run.kill()
        run.wait()
        XlsxWorkbook(demo.workbook, demo.folder / "versions").read()
        assert owned.lost(people(demo.workbook)) == []
        assert demo.run("sync").code == 0
        assert ranking(demo) == undisturbed
        assert owned.lost(people(demo.workbook)) == []


def test_the_second_of_two_at_once_stops_and_says_so(demo):
    before = demo.bytes
    with Robot(demo).state.alone():
        done = demo.program("sync")
    assert done.code == 1
    assert "Une autre exécution" in done.err
    assert demo.bytes == before
