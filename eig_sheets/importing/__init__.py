"""Import of a Démarches Simplifiées export: comparison with the tab `Candidatures`, without writing."""

from eig_sheets.importing.errors import ExportError
from eig_sheets.importing.plan import ChangedDossier, Difference, ImportPlan, NewDossier, plan_import
from eig_sheets.importing.problems import ImportProblem
from eig_sheets.importing.reading import Export, ExportTable, read_export

__all__ = [
    "ChangedDossier",
    "Difference",
    "Export",
    "ExportError",
    "ExportTable",
    "ImportPlan",
    "ImportProblem",
    "NewDossier",
    "plan_import",
    "read_export",
]
