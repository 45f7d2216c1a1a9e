"""What Drive refuses is told with names as they are: people copy them."""

import pytest

from eig_sheets.spreadsheet.google import drive

ACCOUNT, FOLDER = "eig-sheets@projet.iam.gserviceaccount.com", "aBcDeF"


@pytest.mark.parametrize(
    ("error", "name"),
    [
        (drive.nowhere(ACCOUNT), ACCOUNT),
        (drive.not_a_folder(FOLDER), FOLDER),
        (drive.read_only(FOLDER, ACCOUNT), ACCOUNT),
        (drive.not_shared(FOLDER, ACCOUNT), ACCOUNT),
    ],
)
def test_an_account_or_a_folder_is_named_as_it_is_written(error, name):
    assert name in str(error)
