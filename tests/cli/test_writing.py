"""What commands that write share: a lock against other runs, and nothing at all in a dry run."""

import pytest

pytestmark = pytest.mark.in_memory

SLOTS = ("--today", "2021-02-05", "slots", "generate", "--to", "2021-02-12")
ASSIGNMENT = ("jury", "assign", "--rows", "all")


@pytest.mark.parametrize("command", [SLOTS, ASSIGNMENT, ("jury", "schedule", "--adjust")], ids=" ".join)
def test_while_another_run_has_the_workbook_nothing_is_written(demo, command):
    before = demo.bytes
    with demo.state.locked():
        done = demo.run(*command)
    assert (done.code, "Une autre exécution d’eig-sheets travaille sur ce classeur" in done.err) == (1, True)
    assert demo.bytes == before


@pytest.mark.parametrize("command", [SLOTS, ASSIGNMENT], ids=" ".join)
def test_a_dry_run_waits_for_nobody_and_writes_nothing(demo, command):
    before = demo.bytes
    with demo.state.locked():
        done = demo.run(*command, "--dry-run", "--format", "csv")
    assert (done.code, len(done.rows) > 10) == (0, True)
    assert demo.bytes == before
