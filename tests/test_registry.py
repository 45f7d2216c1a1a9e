"""The registry of features: a record that stands in another group than that of its kind would never be asked for."""

import subprocess
import sys
from dataclasses import replace

import pytest

from eig_sheets.config.sections import Section, email_names
from eig_sheets.emails.catalogue.entries import catalogue_of
from eig_sheets.installed import FEATURES
from eig_sheets.registry import GROUPS, AddedCommand, Features, NightWork, group_of, parts_in
from tests.program import environment


@pytest.mark.parametrize("feature", [*FEATURES], ids=lambda feature: feature.id)
def test_each_record_is_in_the_group_of_its_kind(feature):
    groups = [(record, group, group_of(type(record))) for group in GROUPS for record in parts_in(feature, group)]
    assert [entry for entry in groups if entry[1] != entry[2]] == []


def test_the_parts_of_the_call_itself_are_in_the_one_group_that_is_asked_of_it():
    assert {group_of(type(part)) for part in FEATURES.own()} == {"parts"}


def test_a_group_is_imported_when_one_of_its_records_is_asked_for():
    asked = []
    feature = replace(
        next(iter(FEATURES)),
        added=(NightWork("here:work"),),
        **{group: lambda group=group: asked.append(group) or () for group in GROUPS[1:]},
    )
    features = Features.of(feature)
    assert [one.place for one in features.parts(NightWork)] == ["here:work"]
    assert asked == []
    features.parts(Section)
    features.parts(Section)
    assert asked == ["settings"]


def test_the_texts_of_e_mails_are_those_of_the_catalogue():
    assert {*email_names(FEATURES)} == {*catalogue_of(FEATURES).names}


@pytest.mark.slow
@pytest.mark.parametrize("added", FEATURES.parts(AddedCommand), ids=lambda added: added.of)
def test_what_a_feature_adds_to_a_command_does_not_wait_for_that_command(added):
    """A module that imports the command which imports it can be imported in one order only."""
    module = added.place.partition(":")[0]
    subprocess.run([sys.executable, "-c", f"import {module}"], env=environment(), check=True)
