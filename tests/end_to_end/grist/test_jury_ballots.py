"""`jury ballots --to` from a Grist document: the same grilles as from a file, recorded in the document, once."""

import pytest

pytestmark = pytest.mark.slow


def recorded(campaign):
    """The rows of `Grilles` that are about a juror."""
    return sorted([*map(str, row)] for row in campaign.read().tab("Grilles").rows if "@" in str(row[0]))


def test_the_grilles_are_those_of_the_same_campaign_on_a_file(team, demo, tmp_path):
    for campaign, folder in ((team, "grist"), (demo, "file")):
        done = campaign.run("jury", "ballots", "--to", tmp_path / folder)
        assert done.code == 0, done.err
    one, other = (
        {path.name: path.read_bytes() for path in (tmp_path / folder).iterdir()} for folder in ("grist", "file")
    )
    assert one == other
    assert len(one) > 20
    assert recorded(team) == recorded(demo)
    assert {row[4] for row in recorded(team)} == {*one}


def test_made_again_they_write_nothing_in_the_document(team, tmp_path):
    for writes in (True, False):
        version = team.now_version
        done = team.run("jury", "ballots", "--to", tmp_path / "grilles")
        assert (done.code, team.now_version != version) == (0, writes), done.err
