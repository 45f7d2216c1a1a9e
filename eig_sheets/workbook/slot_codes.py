"""The anomalies of advice slots: taken twice, past, of somebody though free."""

from __future__ import annotations

from typing import Final

from eig_sheets.domain.decisions import BOOKED, CANCELLED, HELD
from eig_sheets.workbook.severity import Code, Severity

_WARNING = Severity.WARNING

SLOT_CODES: Final[dict[str, Code]] = {
    "creneau_double": Code(
        _WARNING,
        "Le créneau du {value} en chevauche un autre, pris aussi, {rows}.",
        "Proposez une autre heure à l’une des deux personnes, ou corrigez « {header} ».",
    ),
    "creneau_meme_jour": Code(
        _WARNING,
        "{value} a aussi un créneau le même jour, {rows}.",
        "Libérez l’un des deux, ou laissez-les si c’est voulu.",
    ),
    "creneau_sans_issue": Code(
        _WARNING,
        f"Le créneau du {{value}} est passé, et « {{header}} » dit toujours « {BOOKED} ».",
        f"Saisissez « {HELD} » si la personne est venue, « {CANCELLED} » sinon : seul « {HELD} » permet de la relancer "
        "si elle ne dépose pas de dossier.",
    ),
    "creneaux_libres_passes": Code(
        _WARNING,
        "{count} jusqu’au {value}, passés sans que personne les prenne : ils ne sont plus proposés.",
        f"Supprimez leurs lignes, ou saisissez « {CANCELLED} » en « {{header}} ».",
    ),
    "creneau_libre_occupe": Code(
        _WARNING,
        f"« {{header}} » est rempli, mais le statut n’est pas « {BOOKED} » : rien ne confirme ce créneau, et il n’est "
        "plus proposé.",
        f"Saisissez « {BOOKED} » en « {{column}} », ou videz le nom et l’adresse.",
    ),
    "creneau_sans_heure": Code(
        _WARNING,
        "« {header} » n’a pas d’heure ({value}) : ce créneau n’est ni proposé ni confirmé à la bonne heure.",
        "Ajoutez l’heure, par exemple {value} 14:00.",
    ),
}
