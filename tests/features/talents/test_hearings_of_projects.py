"""What commands on candidates take of the projects' workbook: a number of no dossier."""

import pytest

from tests.columns import cell_of
from tests.two_workbooks import REVEALED, copied, made

pytestmark = pytest.mark.in_memory
CELL = f"Évaluations talents!{cell_of('evaluations_talents', 'numero', 2)}"


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    pair = made(tmp_path_factory.mktemp("pair") / "appel")
    assert pair.sync().code == 0
    return pair


@pytest.fixture
def pair(original, tmp_path):
    return copied(original, tmp_path / "appel")


def ranked(pair, *options):
    return pair.run("--today", REVEALED, *options, "rank", "--talents", "--format", "json")


def projects(done):
    """The projects for which candidates are ranked."""
    return {record["group"] for record in done.records if record["list"] == "projet"}


@pytest.mark.parametrize("options", [(), ("--talents",)], ids=["from the projects'", "from the candidates'"])
@pytest.mark.parametrize("typed", ["9O101", "90199", "90101 q"])
def test_a_number_of_no_dossier_is_no_project_and_is_named(pair, typed, options):
    pair.type_in(pair.talents, "evaluations_talents", "numero", 0, typed)
    done = ranked(pair, *options)
    assert projects(done) == {"90101", "90102"}
    assert CELL in done.err


@pytest.mark.slow
def test_a_number_that_was_emptied_is_named_until_it_is_accepted(pair):
    pair.type_in(pair.talents, "evaluations_talents", "numero", 0, None)
    for _ in range(2):
        assert CELL in ranked(pair).err
        assert pair.sync().code == 0
    assert pair.run("--today", REVEALED, "sync", "--force").code == 0
    assert CELL not in ranked(pair).err
