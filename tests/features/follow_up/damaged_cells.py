"""The commands of the ten months on a damaged workbook, and what people type there."""

from typing import Final

from tests.damaged_cells.options import DRY, JSON

COMMANDS: Final = (("follow-up", "status", *JSON), ("follow-up", "generate", *DRY))
TYPED: Final = {
    ("livrables", "numero"): None,
    ("livrables", "type"): "Code",
    ("livrables", "intitule"): "Un outil fictif",
    ("livrables", "adresse"): "https://exemple.invalid/code",
    ("livrables", "licence"): "MIT",
    ("livrables", "ouvert"): "oui",
    ("livrables", "commentaire"): "Relu.",
}
"""What the demonstration leaves blank, by tab and field; None: the number of a laureate."""
TYPED_SINCE: Final = "2022-06-01"
