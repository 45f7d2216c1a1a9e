"""`Planning des auditions`: a remedy that is a command says that it is not officers' to run; a run reads it back."""

import pytest

from eig_sheets.features.auditions.rows import WITHOUT_GROUP, WITHOUT_SLOT
from eig_sheets.features.auditions.tab import TAB, TABLE, AuditionStatus, PlannedAudition
from eig_sheets.installed import FEATURES
from eig_sheets.run.restoring import computed_tabs


@pytest.mark.parametrize("why", [WITHOUT_SLOT, WITHOUT_GROUP])
def test_a_command_is_to_be_asked_of_the_operator(why):
    planned = PlannedAudition("3712437", AuditionStatus.UNPLACED, remarks=(why,))
    assert "à demander à la personne qui exploite le robot" in str(TABLE.cells([planned])[0])


def test_an_earlier_one_never_takes_its_place():
    assert TAB not in computed_tabs(FEATURES)
