"""The commands on outcomes, and why they are not run on a damaged workbook."""

from typing import Final

LEFT_OUT: Final = {
    ("outcomes", "instruction"): "asks Démarche Numérique",
    ("outcomes", "push"): "asks Démarche Numérique",
}
