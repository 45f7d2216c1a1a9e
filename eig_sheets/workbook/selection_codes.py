"""The anomalies of a selection under limits: what does not exist, what nothing keeps, places that somebody left."""

from __future__ import annotations

from typing import Final

from eig_sheets.workbook.severity import Code, Severity

_WARNING = Severity.WARNING

SELECTION_CODES: Final[dict[str, Code]] = {
    "limite_sans_dossier": Code(
        _WARNING,
        "La limite « {value} » porte sur une valeur qu’aucun dossier n’a en « {header} ».{hint}",
        "Corrigez la valeur dans la colonne, ou selection.limits dans la configuration.",
    ),
    "selection_impossible": Code(
        _WARNING,
        "Aucune sélection ne respecte toutes les limites. Le plus petit assouplissement qui en permette une : {value}.",
        "Revoyez ces limites ou les décisions saisies ; « eig-sheets select » montre la sélection que cet "
        "assouplissement donnerait. D’ici là, la proposition est « Délibération ».",
    ),
    "place_liberee": Code(
        _WARNING,
        "{withdrawn} : une place est libre, et {value} est le suivant de la réserve qui respecte les limites.{hint}",
        "Si vous le retenez, saisissez « Lauréat » en « {header} » : l’e-mail qui annonce qu’une place s’est libérée "
        "est alors préparé.",
    ),
    "place_sans_suivant": Code(
        _WARNING,
        "{withdrawn} : une place est libre, et aucun dossier de la réserve ne peut la prendre.{hint}",
        "Laissez la place vide, ou revoyez les limites ou les décisions.",
    ),
}
"""Anomalies of one cell, or of a limit."""
