"""The alternates of each project and métier: only who has no team, the best first."""

from eig_sheets.features.teams.rules_explain import alternates
from eig_sheets.features.teams.rules_problem import Problem, Project
from tests.features.teams.problems import DESIGN, DEV, candidate

PROJECTS = (Project("P1", (DESIGN, DEV)), Project("P2", (DEV,)), Project("P3", (DEV,)))


def names(people):
    return "".join(one.id for one in people)


def test_alternates_come_by_project_and_metier():
    people = (
        candidate("A", DEV, 18, "P1"), candidate("B", DESIGN, 15, "P1"), candidate("C", DEV, 12, "P1"),
        candidate("D", DEV, 16, "P3", "P1"), candidate("E", DEV, 12, "P1"), candidate("F", "data", 15, "P2"),
        candidate("G", "data", 15, "P2"), candidate("H", DESIGN, None, "P1"), candidate("I", DESIGN, 9, "P1"),
        candidate("J", DESIGN, 20, "P1", locked="P3"), candidate("K", "data", 9, "P2"), candidate("L", "", 9, "P2"),
    )  # fmt: skip
    pairs = frozenset({("A", "P1"), ("B", "P1"), ("F", "P2"), ("G", "P2")})
    problem = Problem(people, PROJECTS, frozenset({("I", "P1")}))
    found = {key: names(them) for key, them in alternates(problem, pairs).items()}
    assert found == {("P1", DEV): "CED", ("P2", "data"): "K"}
