"""The anomalies of the choices that candidates sent by the second form."""

from __future__ import annotations

from typing import Final

from eig_sheets.workbook.severity import Code, Severity

_WARNING = Severity.WARNING

WISH_CODES: Final[dict[str, Code]] = {
    "voeux_inconnus": Code(
        _WARNING,
        "La réponse {value} ne va à aucune candidature de Talents et ne compte pas. Elle indique : {given}.",
        "Si vous savez de qui elle est, corrigez l’adresse de la personne dans Talents, ou saisissez-y ses vœux.",
    ),
    "voeux_ambigus": Code(
        _WARNING,
        "La réponse {value} pourrait aller à plusieurs candidatures de Talents et ne compte pas. Elle indique : "
        "{given}.",
        "Demandez à la personne laquelle est la sienne, puis saisissez ses vœux dans Talents.",
    ),
    "voeux_recus_tardifs": Code(
        _WARNING,
        "La réponse {value} a été donnée le {given}, après la clôture des vœux ({limit}) : elle ne compte pas.",
        "Si elle doit compter, saisissez ses vœux dans Talents.",
    ),
    "voeu_recu_inconnu": Code(
        _WARNING,
        "{header} : « {value} » n’est ni le numéro d’un dossier, ni le nom d’un seul projet lauréat. Ce choix ne "
        "compte pas.",
        "Demandez à la personne lequel elle veut, puis saisissez tous ses vœux dans Talents : ils compteront à la "
        "place de sa réponse.",
    ),
    "voeux_differents": Code(
        _WARNING,
        "Les vœux saisis ici ({before}) et ceux de la réponse {value} ({now}) ne sont pas les mêmes. Ceux d’ici "
        "comptent.",
        "Corrigez-les s’ils sont faux ; pour que la réponse compte, videz les trois cellules.",
    ),
    "voeux_sans_preselection": Code(
        _WARNING,
        "La personne a donné ses vœux (réponse {value}), et « {header} » est {state} : seules les personnes "
        "présélectionnées choisissent des projets.",
        "Saisissez la présélection si elle est décidée ; sinon, dites à la personne que sa réponse est sans objet.",
    ),
    "voeux_recus_modifies": Code(
        _WARNING,
        "Cette ligne n’est plus comme le robot l’a écrite : elle ne compte pas.",
        "Relancez « eig-sheets import --kind wishes » avec l’export, puis supprimez cette ligne. Une correction se "
        "saisit dans Talents.",
    ),
}
