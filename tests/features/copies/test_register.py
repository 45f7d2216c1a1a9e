"""The register of personal data tells of copies."""

from eig_sheets.personal_data.register import by_id
from tests.columns import EIG5
from tests.two_workbooks import REVEALED, made


def test_copies_that_were_made_before_are_in_the_register_of_a_call_that_makes_none():
    assert "copie_du_classeur" in by_id(EIG5.features)
    assert "copie_du_classeur" in by_id(EIG5.features.without({"copies"}))


def test_the_file_of_the_other_workbook_is_no_copy_to_eliminate(tmp_path):
    pair = made(tmp_path / "appel")
    assert pair.run("--today", REVEALED, "init").code == pair.sync().code == 0
    records = pair.run("archives", "list", "--format", "json").records
    assert [record for record in records if "pull" in record["what"]] == []
