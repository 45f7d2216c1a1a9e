"""`[features] without`: a call without a feature goes on, what people typed of it stays, and comes back with it."""

import pytest

from eig_sheets.campaign.reading_parts import PeopleTab
from eig_sheets.cli.commands import ADVANCED, EVERYDAY
from eig_sheets.installed import FEATURES
from tests.features.deletion import with_those_that_need
from tests.features.modules import modules_of_features
from tests.people_cells import ROBOT_TABS, people
from tests.program import eig

pytestmark = [pytest.mark.in_memory, pytest.mark.newest]
ALL = [*FEATURES]
TABS = ("Accueil", "Anomalies")
DRAFTED_ANEW = {"talents"}
"""Messages of the call say more with it: turned off, and back on, they are drafted anew, and `Accueil` counts them."""
PAST = {"Journal", "Envois", "Modifications reçues", "Règles du jeu"}
"""They keep what was done."""
SPOKEN = {module.__package__.rpartition(".")[2]: module.WORDS for module in modules_of_features("words")}


def shown(campaign, *tabs):
    """What people read on tabs of the robot's, but for the moments of runs."""
    snapshot = campaign.read()
    return {
        name: [row for row in snapshot.tab(name).rows if "Dernière synchronisation réussie" not in row] for name in tabs
    }


def without(feature):
    """The section that turns a feature off, and those that need it."""
    return f"[features]\nwithout = {[one.id for one in with_those_that_need(feature)]}\n"


def turn_off(campaign, feature):
    text = campaign.config.read_text(encoding="utf-8")
    campaign.config.write_text(f"{without(feature)}\n{text}", encoding="utf-8")
    return text


@pytest.mark.slow
@pytest.mark.parametrize("feature", ALL, ids=lambda feature: feature.id)
def test_the_call_goes_on_without_it_and_takes_it_back(demo, feature):
    assert demo.run("sync").code == 0
    typed, told = people(demo.workbook), shown(demo, *TABS)
    written = turn_off(demo, feature)
    assert demo.run("sync").code == 0
    assert typed.lost(people(demo.workbook)) == []
    again = demo.run("sync")
    assert (again.code, "Rien n’a changé" in again.err) == (0, True)
    demo.config.write_text(written, encoding="utf-8")
    assert demo.run("sync").code == 0
    assert typed.lost(people(demo.workbook)) == []
    tabs = ["Anomalies"] if feature.id in DRAFTED_ANEW else TABS
    assert shown(demo, *tabs) == {tab: told[tab] for tab in tabs}


def own(feature):
    """The commands of a feature by their words: a group that is its own, or what it adds to one of the call."""
    of_the_call = {command.name for command in (*EVERYDAY, *ADVANCED)}
    for command in feature.commands:
        yield from (
            [(command.name, one.name) for one in command.commands] if command.name in of_the_call else [(command.name,)]
        )


@pytest.mark.parametrize("feature", ALL, ids=lambda feature: feature.id)
def test_its_commands_are_neither_shown_nor_run(demo, feature):
    turn_off(demo, feature)
    page = eig("--config", demo.config, "--help").out
    for path in own(feature):
        shown_by = page if len(path) == 1 else eig("--config", demo.config, path[0], "--help").out
        assert f"\n  {path[-1]} " not in shown_by
        refused = demo.run(*path, "--help")
        assert (refused.code, f"« {feature.id} »" in refused.err.replace("\u202f", " ")) == (2, True)
    for other in FEATURES:
        for path in own(other) if other not in with_those_that_need(feature) else ():
            assert f"\n  {path[0]} " in page


@pytest.mark.parametrize("feature", ALL, ids=lambda feature: feature.id)
def test_its_tabs_are_not_in_a_new_workbook(feature, tmp_path):
    folder = tmp_path / "appel"
    (folder / "config").mkdir(parents=True)
    config = folder / "config" / "campaign.toml"
    config.write_text(
        f'extends = "eig5"\n[workbook]\nlocation = "../campagne.xlsx"\n{without(feature)}', encoding="utf-8"
    )
    done = eig("--config", config, "--today", "2021-10-01", "init", "--dry-run", "--format", "json")
    assert done.code == 0
    names = {tab.id for tab in feature.parts() if isinstance(tab, PeopleTab)}
    assert names.isdisjoint({change["tab"] for change in done.records})


def helped(campaign):
    """What `--help` says of the program and of each command."""
    paths = [(), *((one.name,) for one in (*EVERYDAY, *ADVANCED))]
    paths += [(one.name, part.name) for one in (*EVERYDAY, *ADVANCED) for part in getattr(one, "commands", ())]
    return [eig("--config", campaign.config, *path, "--help").out for path in paths]


@pytest.mark.slow
@pytest.mark.parametrize("feature", [one for one in ALL if one.id in SPOKEN], ids=lambda feature: feature.id)
def test_nothing_speaks_of_it(demo, feature):
    def said():
        tabs = shown(demo, *(name for name in ROBOT_TABS if name not in PAST and demo.read().tab(name) is not None))
        cells = (str(cell) for rows in tabs.values() for row in rows for cell in row if cell is not None)
        texts = (" ".join(text.lower().split()) for text in (*cells, *helped(demo)))
        return [text for text in texts if any(word in text for word in SPOKEN[feature.id])]

    assert said()
    turn_off(demo, feature)
    assert demo.run("sync").code == 0
    assert said() == []
