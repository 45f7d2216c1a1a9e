"""`doctor` in campaigns made for tests of other subjects: two workbooks, alerts, early days, no marks."""

import pytest

from eig_sheets.features.doctor.tab import NAME
from tests.cli.test_days_of_a_call import DAYS
from tests.cli.test_days_of_a_call import early as early  # noqa: PLC0414
from tests.cli.test_days_of_a_call import early_file as early_file  # noqa: PLC0414
from tests.cli.test_unmarked import UNMARKED, writes_nothing
from tests.cli.test_unmarked import unmarked as unmarked  # noqa: PLC0414
from tests.cli.test_words_on_grist import finished as finished  # noqa: PLC0414
from tests.cli.test_words_on_grist import said
from tests.grist_words import foreign_words
from tests.in_memory import keep, storage_at
from tests.run.test_operator_alerts import nights_ago
from tests.run.test_operator_alerts import smtp as smtp  # noqa: PLC0414
from tests.run.test_operator_alerts import watched as watched  # noqa: PLC0414
from tests.two_workbooks import pair as pair  # noqa: PLC0414
from tests.two_workbooks import synced as synced  # noqa: PLC0414

pytestmark = pytest.mark.in_memory


@pytest.mark.slow
def test_doctor_checks_both(pair):
    done = pair.run("doctor", "--format", "json")
    checks = [record["check"] for record in done.records]
    assert (done.code, {"Onglets", "Onglets (candidats)", "Classeur (candidats)"} <= {*checks}) == (0, True)
    keep(pair.talents, type(storage_at(pair.talents))())
    done = pair.run("doctor", "--format", "json")
    wrong = [record["check"] for record in done.records if record["status"] == "erreur"]
    assert (done.code, [check for check in wrong if not check.endswith("(candidats)")]) == (1, [])
    assert wrong


def test_doctor_says_of_each_workbook_that_whoever_opens_it_sees_all(pair):
    said = {finding["check"]: finding for finding in pair.run("doctor", "--access", "--format", "json").records}
    for check, workbook in (("Comptes", pair.workbook), ("Comptes (candidats)", pair.talents)):
        assert said[check]["status"] == "attention"
        assert said[check]["message"] == f"{workbook}\u202f: qui ouvre ce classeur y voit tout.", said[check]


@pytest.mark.slow
def test_doctor_says_who_would_be_told_and_which_nights_failed(watched):
    findings = {finding["check"]: finding for finding in watched.run("doctor", "--format", "json").records}
    assert (findings["Alertes"]["status"], "Nuits" in findings) == ("ok", False)
    nights_ago(watched, 2, 1)
    findings = {finding["check"]: finding for finding in watched.run("doctor", "--format", "json").records}
    assert findings["Nuits"]["message"].startswith("2 nuits")


def test_a_workbook_that_bears_no_mark_is_not_written(unmarked):
    writes_nothing(unmarked, ("doctor", "--canary"))
    done = unmarked.run("doctor", "--canary")
    assert UNMARKED in (done.err + done.out).replace("\u202f", " ")
    assert unmarked.read().tab(NAME) is None


@pytest.mark.slow
def test_no_tab_is_needed_before_its_phase(early):
    done = early.run("--today", DAYS[0], "doctor")
    assert done.code in (0, 1), done
    assert "Erreur inattendue" not in done.err


@pytest.mark.slow
def test_nothing_of_a_grist_document_is_told_by_letters(finished, tmp_path):
    assert foreign_words(said(finished, tmp_path, "doctor")) == []
