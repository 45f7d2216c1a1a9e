"""A timetable that is asked for twice, to see that its answer is the same."""

from eig_sheets.features.auditions.rules_candidates import Mode
from eig_sheets.features.auditions.rules_problem import Group, Hearing, Timetabling
from eig_sheets.features.auditions.rules_program import Timetable, best_timetable
from tests.features.auditions.verifier import TUESDAY, rules


def auditions() -> Timetabling:
    """Two groups on a morning that cannot hear all."""
    groups = (Group("A", ("ada", "bob")), Group("B", ("cid", "dee")))
    hearings = tuple(
        Hearing(f"{place}", frozenset({f"p{place % 5}@example.org"}), frozenset(groups[place % 2].jurors))
        for place in range(9)
    )
    return Timetabling(
        rules((TUESDAY, "09:00", "12:00")), hearings, groups, recusals=frozenset({("1", "ada"), ("4", "cid")})
    )


def answer() -> Timetable:
    """Its timetable."""
    return best_timetable(auditions(), Mode.PROPOSE)
