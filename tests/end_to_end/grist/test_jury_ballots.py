"""`jury ballots` from a Grist document: the same grilles as from a file, and nothing written in the document."""

import pytest

pytestmark = pytest.mark.slow


def test_the_grilles_are_those_of_the_same_campaign_on_a_file(finished_team, demo, tmp_path):
    version = finished_team.now.version
    for campaign, folder in ((finished_team, "grist"), (demo, "file")):
        done = campaign.run("jury", "ballots", "--to", tmp_path / folder)
        assert done.code == 0, done.err
    assert finished_team.now.version == version
    one, other = (
        {path.name: path.read_bytes() for path in (tmp_path / folder).iterdir()} for folder in ("grist", "file")
    )
    assert one == other
    assert len(one) > 20
