"""A row of the tab of milestones."""

from datetime import date

MILESTONE = {"numero": "90001", "jalon": "Bilan", "echeance": date(2022, 2, 1)}
