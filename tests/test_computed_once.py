"""What the suite computes once a process: a run on what another run read computes nothing again."""

from dataclasses import replace
from unittest.mock import patch

import pytest

from eig_sheets import config, loading
from eig_sheets.call.jury.pages import xlsx_form
from eig_sheets.call.scoring import scores
from eig_sheets.campaign import tabs
from eig_sheets.spreadsheet.forms import Form, FormCell, FormTab, Look
from eig_sheets.text import toml


@pytest.mark.slow
@pytest.mark.in_memory
def test_a_sync_of_what_was_read_before_computes_nothing_again(demo):
    for _ in range(2):  # the second knows what the first read
        assert demo.run("sync").code == 0
    with patch.object(scores, "_calibrated", side_effect=AssertionError("computed again")):
        assert demo.run("sync").code == 0


def test_a_text_that_was_parsed_before_gives_values_of_its_own():
    first = toml.parsed("places = [20]")
    first["places"].append(21)
    assert toml.parsed("places = [20]") == {"places": [20]}


def test_another_configuration_has_a_schema_of_its_own():
    campaign = loading.load(config.packaged())
    named = campaign.model_copy(update={"criteria": campaign.criteria[:1]})
    columns = [len(tabs.schema_of(one).tab("evaluations").fields) for one in (campaign, named)]
    assert tabs.schema_of(campaign) is tabs.schema_of(campaign)
    assert columns[0] > columns[1]


def test_a_page_that_was_written_before_is_not_written_again():
    tab = FormTab("Grille", ((FormCell("Dossier", Look.LABEL),),), (20.0,))
    form = Form(tab, replace(tab, name="Descriptions"))
    first = xlsx_form.xlsx_page(form)
    with patch.object(xlsx_form, "_TabWriter", side_effect=AssertionError("written again")):
        assert xlsx_form.xlsx_page(form) == first
