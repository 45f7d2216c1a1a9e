"""Accounts × routes × what must not come out or in, on one document of a real Grist server."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from tests.effort import first
from tests.end_to_end.grist.routes import covered
from tests.end_to_end.grist.routes.acts import FORBIDDEN, Act, Kind, cell_acts
from tests.end_to_end.grist.routes.ground import SECRETS, Ground, forbidden, own_word, prepared
from tests.end_to_end.grist.routes.people import EXACT, OFFICIAL, OTHERS, OWNER, TEAM, UNLISTED, May, Person
from tests.end_to_end.grist.routes.read_routes import READING
from tests.end_to_end.grist.routes.reading import Route
from tests.end_to_end.grist.routes.structure import structure_acts
from tests.end_to_end.grist.routes.writing import WRITING
from tests.grist_server import built_in

LIMITED = [EXACT, UNLISTED, *(one for one in OTHERS if forbidden(one) and one not in {EXACT, UNLISTED})]
KINDS_OF_ACCOUNTS = [
    EXACT, UNLISTED, TEAM, OFFICIAL, *(one for one in OTHERS if one.later == "" or one.public == "editors"),
]  # fmt: skip
"""Those between whom Grist itself makes a difference."""
BY_NAME = {"ids": lambda person: person.name}


@pytest.fixture(scope="module")
def ground(finished_team, last_change, tmp_path_factory) -> Ground:
    assert finished_team.now_version == last_change, "an earlier test changed the document that others copy"
    return prepared(finished_team.copy(tmp_path_factory.mktemp("routes") / "demo"))


def came_out(ground: Ground, person: Person, route: Route, words: Sequence[str]) -> set[str]:
    """The words that are in what that person was answered."""
    visitor = ground.visitor(person)
    said = "\n".join(answer.text for answer in route.ask(visitor, ground))
    visitor.close()
    return {word for word in words if word in said}


@pytest.mark.parametrize("person", first(2, LIMITED), **BY_NAME)
def test_nothing_comes_out(ground: Ground, person: Person):
    words = forbidden(person)
    with ground.shared_with(person):
        found = [(route, word) for route in READING for word in came_out(ground, person, route, words)]
    assert [f"{route.name}: {word}" for route, word in found if not route.beyond(word)] == []


@pytest.mark.slow
def test_each_route_gives_the_owner_a_word(ground: Ground):
    giving = {route.name for route in READING if came_out(ground, OWNER, route, forbidden(UNLISTED))}
    assert giving == {route.name for route in READING if route.gives}


def test_what_no_rule_keeps_comes_out(ground: Ground):
    """The day that Grist keeps it, the pages that say so are to change."""
    told = {route.name for route in READING if came_out(ground, UNLISTED, route, forbidden(UNLISTED))}
    assert told == {route.name for route in READING if any(route.beyond(word) for word in forbidden(UNLISTED))}


@pytest.mark.parametrize("person", [OFFICIAL, TEAM], **BY_NAME)
def test_who_reads_everything_does(ground: Ground, person: Person):
    table, visitor = ground.id("Candidatures"), ground.visitor(person)
    for said in (visitor.get(f"tables/{table}/records"), visitor.call("fetchTable", table)):
        assert SECRETS["Candidatures"]["Commentaire"] in said.text
    visitor.close()


@pytest.mark.parametrize("person", [one for one in OTHERS if one.may is May.OWN and one.cell == one.address], **BY_NAME)
def test_a_juror_reads_and_fills_their_own_row(ground: Ground, person: Person):
    table, state = ground.id("Évaluations"), ground.state
    visitor = ground.visitor(person)
    for said in (visitor.get(f"tables/{table}/records"), visitor.call("fetchTable", table)):
        assert own_word(person) in said.text
    cells = ground.cells("Évaluations", {"Pertinence du besoin": 3})
    filled = visitor.call("applyUserActions", [["UpdateRecord", table, ground.row_of(person), cells]])
    visitor.close()
    assert filled.is_refusal == (person.role == "viewers"), filled.text
    assert ground.changed_since(state) == ([] if filled.is_refusal else [table])
    ground.take_back(state)


def tried(ground: Ground, person: Person, acts: Iterator[Act]) -> list[str]:
    """The acts that Grist accepted of that person, and the tables that are not as they were."""
    state, visitor = ground.state, ground.visitor(person)
    accepted = []
    for act in acts:
        answer = visitor.post("apply", act.actions)
        if not answer.is_refusal and answer.json["isModification"]:
            accepted.append(f"{act.what}: {act.actions}")
        if answer.status == 500 and act.kind is Kind.STRUCTURE:
            ground.owner.post("force-reload")  # the engine may not get over what it had begun
    return accepted + ground.changed_since(state)


def of_kinds(acts: Iterator[Act], kinds: frozenset[Kind]) -> Iterator[Act]:
    return (act for act in acts if act.kind in kinds)


@pytest.mark.parametrize("person", first(1, [EXACT, *(one for one in OTHERS if one != EXACT)]), **BY_NAME)
def test_no_cell_comes_in(ground: Ground, person: Person):
    with ground.shared_with(person):
        assert tried(ground, person, of_kinds(cell_acts(ground, person), FORBIDDEN[person.may])) == []


@pytest.mark.slow
@pytest.mark.parametrize("person", KINDS_OF_ACCOUNTS, **BY_NAME)
def test_no_structure_comes_in(ground: Ground, person: Person):
    with ground.shared_with(person):
        assert tried(ground, person, structure_acts(ground)) == []


@pytest.mark.parametrize("person", first(1, KINDS_OF_ACCOUNTS), **BY_NAME)
def test_nothing_comes_in_by_another_way(ground: Ground, person: Person):
    state, accepted = ground.state, []
    with ground.shared_with(person):
        for way in WRITING:
            if way.kind in FORBIDDEN[person.may]:
                answers = [*way.ask(ground.visitor(person), ground, person)]
                ground.visitor(person).close()
                accepted += [f"{way.name}: {one.text}" for one in answers if way.refused and not one.is_refusal]
    assert accepted + ground.changed_since(state) == []


@pytest.mark.slow
def test_each_act_on_cells_could_be_done(ground: Ground):
    """The owner can: what is refused to others is refused by our rules."""
    refused = set()
    for act in cell_acts(ground, EXACT):
        state = ground.state
        if ground.owner.post("apply", act.actions).is_refusal:
            refused.add(act.what)
        else:
            ground.take_back(state)
    assert refused == {"ApplyDocActions, twice", "ApplyUndoActions, twice", "a file removed"}


def named(actions: Any) -> Iterator[str]:
    """The names of actions, and of those that they carry."""
    for action in actions:
        yield action[0]
        if action[0] in {"ApplyDocActions", "ApplyUndoActions"}:
            yield from named(action[1])


def test_every_route_and_action_of_this_grist_is_tried(ground: Ground):
    folder = built_in()
    if folder is None:
        pytest.skip("Grist: the server was not started here, and its routes cannot be read.")
    ways = {route.of for route in READING} | {way.of for way in WRITING} | {*covered.WITHOUT_A_ROW}
    assert sorted({*covered.routes(folder)} - ways) == []
    acts = [*cell_acts(ground, EXACT), *structure_acts(ground)]
    assert sorted({*covered.actions(folder)} - {name for act in acts for name in named(act.actions)} - ways) == []
