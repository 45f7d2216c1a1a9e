"""The anomalies of the call for talents: candidatures, choices of projects, evaluations of candidates."""

from __future__ import annotations

from typing import Final

from eig_sheets.workbook.severity import Code, Severity

_BLOCKING, _WARNING = Severity.BLOCKING, Severity.WARNING
_DECIDE: Final = "Vérifiez auprès de la personne, puis décidez dans « {column} », ou corrigez la cellule."
_SETTLE: Final = "Si le mot trompe, corrigez la cellule ; sinon, saisissez « Non retenu » dans « {column} »."

TALENT_CODES: Final[dict[str, Code]] = {
    "candidature_inconnue": Code(
        _BLOCKING,
        "La candidature « {value} » n’est pas dans l’onglet « {where} ».{hint}",
        "Corrigez le numéro, ou ajoutez la candidature.",
    ),
    "candidature_hors_delai": Code(
        _WARNING,
        "Candidature déposée le {value}, après la clôture ({limit}) : elle est inéligible.",
        "Vérifiez la date de réception ; si elle est juste, saisissez « Non retenu » dans « {column} ».",
    ),
    "candidature_avant_ouverture": Code(
        _WARNING,
        "Candidature déposée le {value}, avant l’ouverture ({limit}) : elle est inéligible.",
        "Vérifiez la date de réception ; si elle est juste, saisissez « Non retenu » dans « {column} ».",
    ),
    "candidature_exclue": Code(_WARNING, "« {value} » en « {header} » : inéligible ({reason}).", _SETTLE),
    "candidature_a_verifier": Code(_WARNING, "« {value} » en « {header} » : peut-être inéligible ({reason}).", _DECIDE),
    "candidat_en_double": Code(
        _BLOCKING,
        "« {value} » est aussi l’adresse {others} : est-ce la même personne ? Elle a une place au plus.",
        "Si oui, gardez une seule candidature : saisissez « Désisté » dans « {column} » pour les autres. Si non, "
        "corrigez l’adresse, ou saisissez « homonyme » dans « {comment} ».",
    ),
    "candidat_meme_nom": Code(
        _BLOCKING,
        "« {value} » est aussi le nom {others} : est-ce la même personne ? Elle a une place au plus.",
        "Si oui, gardez une seule candidature : saisissez « Désisté » dans « {column} » pour les autres. Si non, "
        "saisissez « homonyme » dans « {comment} ».",
    ),
    "candidat_sans_nom": Code(
        _WARNING,
        "« {header} » est vide : rien ne nomme la personne, ni ne la distingue d’une autre.",
        "Saisissez son nom, d’après son dossier.",
    ),
    "candidat_sans_metier": Code(
        _WARNING,
        "« {header} » est vide : la personne n’est dans aucune liste par métier, et ne couvre aucun profil demandé.",
        "Saisissez son métier, d’après son dossier.",
    ),
    "metier_ressemblant": Code(
        _WARNING,
        "« {value} » en « {header} » ressemble à « {expected} » sans l’être : il compte comme un autre métier.",
        "Corrigez-le si c’est lui ; sinon, rien à faire.",
    ),
    "candidat_jure": Code(
        _WARNING,
        "{value} est l’adresse d’un juré : les jurés et les experts ne peuvent pas candidater.",
        "Corrigez l’adresse, retirez le juré de l’onglet Jury, ou saisissez « Non retenu » dans « {column} ».",
    ),
    "candidat_homonyme": Code(_WARNING, "« {value} » est aussi le nom d’un juré : est-ce la même personne ?", _DECIDE),
    "candidat_porteur": Code(
        _WARNING,
        "{value} est l’adresse du porteur ou du mentor d’un projet : est-ce la même personne ?",
        _DECIDE,
    ),
    "voeu_inconnu": Code(
        _WARNING,
        "« {header} » : aucun dossier n’a le numéro « {value} », ce vœu ne compte pas.{hint}",
        "Corrigez le numéro, d’après la réponse de la personne.",
    ),
    "voeu_non_laureat": Code(
        _WARNING,
        "« {header} » : le dossier {value} n’est pas un projet lauréat, ce vœu ne compte pas.",
        "Corrigez le numéro, ou demandez un autre choix à la personne.",
    ),
    "voeu_en_double": Code(
        _WARNING,
        "« {header} » : le dossier {value} est déjà un vœu de cette personne, celui-ci ne compte pas.",
        "Demandez-lui son autre choix, ou videz la cellule.",
    ),
    "voeu_en_trop": Code(
        _WARNING,
        "« {header} » : l’appel n’accepte pas autant de vœux ({limit} au plus), celui-ci ne compte pas.",
        "Videz la cellule.",
    ),
    "voeu_saute": Code(
        _WARNING,
        "« {header} » est rempli alors qu’un vœu qui le précède est vide : les autres comptent, dans leur ordre.",
        "Demandez à la personne s’il manque un choix, ou décalez ses vœux.",
    ),
    "voeux_tardifs": Code(
        _WARNING,
        "Vœux reçus le {value}, après la date limite ({limit}) : aucun ne compte.",
        "Vérifiez « {header} » ; videz la cellule si l’équipe accepte ces vœux.",
    ),
    "projet_non_choisi": Code(
        _WARNING,
        "La personne est évaluée pour le projet {value}, qu’elle n’a pas choisi.",
        "Vérifiez le numéro ; le jury peut proposer un autre projet, avec l’accord de la personne.",
    ),
    "audition_hors_jours": Code(
        _WARNING,
        "Audition le {value}, qui n’est pas un jour du jury des candidats ({limit}).",
        "Corrigez « {header} », ou ajoutez ce jour à talents.hearing_days dans la configuration.",
    ),
}
