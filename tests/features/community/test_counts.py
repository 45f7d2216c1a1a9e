"""The figures of the community: those before this promotion, and what its data add."""

import pandas as pd

from eig_sheets.features.community.figures import Figure, community
from eig_sheets.features.community.rules import CommunityRules

BEFORE = CommunityRules(projects=71, agents=95, talents=133)


def dossiers(*rows):
    columns = ["numero", "decision", "preselection", "email_porteur", "email_porteur_2"]
    return pd.DataFrame([[*row] for row in rows], columns=columns, dtype=object)


def talents(*rows):
    return pd.DataFrame([[*row] for row in rows], columns=["statut", "projet_decide"], dtype=object)


def test_this_promotion_is_added():
    projects = dossiers(
        ("1", "Lauréat", None, "a@x.fr", "b@x.fr"), ("2", "Lauréat", None, "A@x.fr", None),
        ("3", "Non retenu", None, "c@x.fr", None), ("4", "Désisté", None, "d@x.fr", None),
        ("5", "Lauréat", "Écarté – inéligible", "e@x.fr", None),
    )  # fmt: skip
    people = talents(("Retenu", "1"), ("Retenu", "2"), ("Retenu", "3"), ("Désisté", "1"), (None, None))
    found = community(BEFORE, projects, people)
    assert (found.projects, found.agents, found.talents) == (Figure(71, 2), Figure(95, 2), Figure(133, 2))
    assert found.projects.total == 73


def test_what_the_configuration_does_not_begin_is_not_counted():
    found = community(CommunityRules(agents=1), dossiers(), None)
    assert (found.projects, found.agents, found.talents) == (None, Figure(1, 0), None)
