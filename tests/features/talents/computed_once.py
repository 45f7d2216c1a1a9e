"""The rules of the call for talents that runs of tests would apply again and again to the same tables."""

from eig_sheets.features.talents import results

RULES = ((results, ("score", "rank")),)
