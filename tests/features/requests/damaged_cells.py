"""The commands on requests in a damaged workbook, and what people type there."""

from typing import Final

from tests.damaged_cells.options import DRY, JSON

COMMANDS: Final = (("requests", "list", *JSON), ("requests", "run", *DRY))
TYPED: Final = {
    ("demandes", "action"): "Sélection",
    ("demandes", "precision"): "Sans les retards",
    ("demandes", "demande_par"): "Alix",
}
"""What the demonstration leaves blank, by tab and field."""
