"""The people of the sample of talents: its jurors, its candidates, and those that are drawn."""

from eig_sheets.features.talents.sample_candidates import talents
from tests.said_of_people import any_of


def patterns():
    """Regular expressions of full names."""
    sample = talents()
    first, last = (any_of(sample["words"][kind]) for kind in ("first_names", "family_names"))
    named = [*sample["jury"]["others"], *(f"{one['prenom']} {one['nom']}" for one in sample["candidates"])]
    return (any_of(named), f"{first} {last}")
