"""`jury ballots`: where pages are made is said, and where they cannot be, so is the way that is left."""

import pytest

pytestmark = pytest.mark.in_memory


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        ((), 2, "--to DOSSIER (fichiers) ou --share (Google)"),
        (("--to", "grilles", "--share"), 2, "s’excluent"),
        (("--share", "--yes"), 1, "« eig-sheets jury ballots --to DOSSIER » fait des fichiers"),
        (("--declarations",), 2, "--to DOSSIER (fichiers) ou --share (Google)"),
    ],
)
def test_where_pages_are_made(demo, options, code, said):
    before = demo.read()
    outcome = demo.run("jury", "ballots", *options)
    assert (outcome.code, said in outcome.err.replace("\u202f", " ")) == (code, True), outcome.err
    assert demo.read() == before


def test_what_is_online_is_not_looked_for_in_a_file(demo):
    outcome = demo.run("jury", "collect")
    assert (outcome.code, "Donnez le dossier ou les fichiers" in outcome.err) == (2, True)
