"""What commands that write share: a lock against other runs, and nothing at all in a dry run."""

import pytest

pytestmark = pytest.mark.in_memory

ASSIGNMENT = ("jury", "assign", "--rows", "all")


def writes_nothing_beside_another_run(demo, command):
    """Check that the command is refused while another run has the workbook."""
    before = demo.bytes
    with demo.state.locked():
        done = demo.run(*command)
    assert (done.code, "Une autre exécution d’eig-sheets travaille sur ce classeur" in done.err) == (1, True)
    assert demo.bytes == before


def shows_without_writing(demo, command):
    """Check that the command, which has much to add, shows it without waiting for another run, and writes nothing."""
    before = demo.bytes
    with demo.state.locked():
        done = demo.run(*command, "--dry-run", "--format", "csv")
    assert (done.code, len(done.rows) > 10) == (0, True)
    assert demo.bytes == before


def test_while_another_run_has_the_workbook_nothing_is_written(demo):
    writes_nothing_beside_another_run(demo, ASSIGNMENT)


def test_a_dry_run_waits_for_nobody_and_writes_nothing(demo):
    shows_without_writing(demo, ASSIGNMENT)
