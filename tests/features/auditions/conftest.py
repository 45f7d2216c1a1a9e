"""The fixtures of campaigns on a Google Sheet and in a Grist document."""

from tests.end_to_end.google.conftest import desk, finished
from tests.end_to_end.grist.conftest import finished_team, last_change, team

__all__ = ["desk", "finished", "finished_team", "last_change", "team"]
