"""The anomalies of what co-financing is computed from, or paid to."""

from __future__ import annotations

from typing import Final

from eig_sheets.workbook.severity import Code, Severity

_BLOCKING, _WARNING = Severity.BLOCKING, Severity.WARNING

COFINANCING_CODES: Final[dict[str, Code]] = {
    "simulation_a_verifier": Code(
        _BLOCKING,
        "Coût de {value} pour un EIG, alors que l’estimation est de {limit} : total d’équipe ? coût mensuel ? Le "
        "montant reste une fourchette, sous réserve.",
        "Demandez au porteur le coût total employeur d’un seul EIG, sur toute la durée du contrat. S’il est juste, "
        "élargissez cofinancing.plausible dans la configuration.",
    ),
    "couts_inverses": Code(
        _BLOCKING,
        "« {header} » ({value}, {place}) dépasse « {second} » ({limit}, {second_cell}) : colonnes inversées ? "
        "Le montant reste une fourchette, sous réserve.",
        "Vérifiez les deux coûts avec le porteur, puis corrigez-les ou échangez-les.",
    ),
    "cout_reel_improbable": Code(
        _BLOCKING,
        "« {header} » : {value}, hors de tout ce qui est plausible ({limit}) : le montant du projet reste une "
        "fourchette, sous réserve.",
        "Corrigez-le (coût total employeur d’une personne, pour dix mois). S’il est juste, élargissez "
        "cofinancing.plausible dans la configuration.",
    ),
    "projet_decide_inconnu": Code(
        _BLOCKING,
        "« {header} » : aucun dossier n’a le numéro « {value} », cette personne retenue ne compte dans aucune "
        "équipe.{hint}",
        "Corrigez le numéro. En attendant, aucun projet au recrutement clos, et à qui il manque un EIG, n’a de montant "
        "exact.",
    ),
    "cout_reel_a_verifier": Code(
        _WARNING,
        "« {header} » : {value}, hors des coûts prévus par le projet pour lequel cette personne est retenue.",
        "Vérifiez qu’il s’agit du coût total employeur d’une personne pour dix mois (« cofinancing --explain » dit ce "
        "qui était prévu). S’il est juste, laissez-le : c’est lui qui est payé.",
    ),
    "trop_de_recrutes": Code(
        _WARNING,
        "{value} EIG sont retenus dans Talents pour ce projet, qui en demande {limit} : le montant reste une "
        "fourchette.",
        "Corrigez « Statut » ou « Projet décidé » dans Talents, ou « Nombre d’EIG demandés » si l’appel l’a accordé.",
    ),
    "contrat_a_l_envers": Code(
        _BLOCKING,
        "« {header} » ({value}) précède le début du contrat ({limit}) : cet EIG ne compte pas dans un montant exact.",
        "Corrigez l’une des deux dates, ou videz la fin du contrat : elle est alors dix mois après le début.",
    ),
    "programme_illisible": Code(
        None,
        "« {value} » en « {header} » n’est pas un numéro de programme, qui a trois chiffres.",
        "Saisissez le numéro seul ; videz la cellule s’il n’y en a pas.",
    ),
    "siret_douteux": Code(
        _WARNING,
        "« {header} » : « {value} » {reason}.",
        "Vérifiez-le avec le contact gestion, ou videz la cellule : les annexes diront qu’il est à compléter.",
    ),
}
