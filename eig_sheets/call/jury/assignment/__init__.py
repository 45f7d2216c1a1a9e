"""Who reads which dossier: an exact integer program, and what it gives up where not all can be had.

`assign` takes Demands and gives an Assigned: loads as equal as they can be, then readers who know their subjects, among
the assignments whose comparison of dossiers hangs on no single reader or dossier.
"""

from eig_sheets.call.jury.assignment.assign import assign
from eig_sheets.call.jury.assignment.demands import Assigned, DemandKind, Demands, Relaxed

__all__ = ["Assigned", "DemandKind", "Demands", "Relaxed", "assign"]
