"""Anomalies of cells whose value cannot be read, or is not one that the column may hold."""

from __future__ import annotations

from typing import Final

from eig_sheets.workbook.anomalies import blocking, by_column

KEY_IS_DATE: Final = blocking(
    "numero_en_date",
    "Ce numéro est une date ({value}), ce qu’un tableur fait parfois d’un numéro.",
    "Passez au format texte, puis saisissez de nouveau le numéro.",
)
CELL_ERROR: Final = by_column(
    "cellule_en_erreur",
    "La cellule « {header} » affiche l’erreur {value}.",
    "Corrigez la formule ou remplacez-la par sa valeur.",
)
NOT_COMPUTED: Final = by_column(
    "formule_non_calculee",
    "La formule de « {header} » n’a encore été calculée par aucun tableur.",
    "Ouvrez le fichier dans un tableur et enregistrez-le, ou saisissez la valeur.",
)
MERGED_CELL: Final = by_column(
    "cellule_fusionnee",
    "La cellule « {header} » est cachée par la fusion {area}, dont seule la première cellule compte.",
    "Défusionnez, puis remplissez chaque cellule.",
)
NO_AUTHOR: Final = by_column(
    "saisie_sans_auteur",
    "« {value} » en « {header} » a été saisi {who} : cette saisie ne compte pas.",
    "Si elle est juste, un responsable efface la cellule puis la saisit de nouveau.",
)
SWAPPED_CELLS: Final = by_column(
    "cellules_interverties",
    "« {value} » en « {header} » semble être la valeur de « {area} », qui ne se lit pas sur cette ligne.",
    "Remettez chaque valeur dans sa colonne.",
)
SCORE_OFF_SCALE: Final = blocking(
    "note_hors_echelle",
    "La note {value} en « {header} » n’est pas entre {low} et {high}.",
    "Corrigez la note, ou écrivez NSP.",
)
SCORE_IS_DATE: Final = blocking(
    "note_en_date",
    "La note en « {header} » est une date ({value}), ce qu’un tableur fait parfois d’un nombre.",
    "Mettez la cellule au format nombre, puis saisissez de nouveau la note{suggestion}.",
)
UNREADABLE_SCORE: Final = blocking(
    "note_illisible",
    "La note « {value} » en « {header} » ne se lit pas comme un nombre.",
    "Saisissez un nombre de {low} à {high}, ou NSP.",
)
UNKNOWN_CHOICE: Final = by_column(
    "choix_inconnu",
    "« {value} » n’est pas un choix possible en « {header} ».{suggestion}",
    "Choisissez dans la liste : {choices}.",
)
INVALID_ADDRESS: Final = by_column(
    "email_invalide",
    "« {value} » en « {header} » n’est pas une adresse e-mail.",
    "Corrigez l’adresse (une seule par cellule, sans nom ni commentaire).",
)
UNREADABLE_DATE: Final = by_column(
    "date_illisible",
    "« {value} » en « {header} » ne se lit pas comme une date.",
    "Écrivez par exemple 07/04/2021 23:59.",
)
UNREADABLE_NUMBER: Final = by_column(
    "nombre_illisible",
    "« {value} » en « {header} » ne se lit pas comme un nombre.",
    "Saisissez un nombre seul ; gardez les précisions pour une colonne de commentaire.",
)
NUMBER_IS_DATE: Final = by_column(
    "nombre_en_date",
    "Le nombre en « {header} » est une date ({value}), ce qu’un tableur fait parfois d’un nombre.",
    "Mettez la cellule au format nombre, puis saisissez de nouveau le nombre{suggestion}.",
)
NOT_WHOLE: Final = by_column(
    "nombre_non_entier",
    "« {header} » doit être un nombre entier, pas {value}.",
    "Saisissez un nombre sans virgule.",
)
UNLIKELY_NUMBER: Final = by_column(
    "nombre_improbable",
    "Le nombre {value} en « {header} » est trop grand pour être vrai.",
    "Vérifiez la cellule.",
)
NEGATIVE_NUMBER: Final = by_column(
    "nombre_negatif",
    "Le nombre {value} en « {header} » est négatif.",
    "Saisissez un nombre sans le signe moins.",
)
UNLIKELY_YEARS: Final = by_column(
    "annees_improbables",
    "« {header} » vaut {value} : ce n’est pas un nombre d’années d’expérience.",
    "Saisissez un nombre d’années, par exemple 5 ou 5,5.",
)
UNREADABLE_AMOUNT: Final = by_column(
    "montant_illisible",
    "Le montant « {value} » en « {header} » ne se lit pas.",
    "Saisissez un nombre d’euros, par exemple 61250 ou 61 250,00 €.",
)
AMBIGUOUS_AMOUNT: Final = by_column(
    "montant_ambigu",
    "Le montant « {value} » en « {header} » peut se lire de deux façons, milliers ou décimales.",
    "Écrivez sans séparateur de milliers, par exemple 61250 ou 61,25.",
)
NEGATIVE_AMOUNT: Final = by_column(
    "montant_negatif",
    "Le montant {value} en « {header} » est négatif.",
    "Saisissez le montant sans le signe moins.",
)
UNREADABLE_YES_NO: Final = by_column(
    "oui_non_illisible",
    "« {value} » en « {header} » n’est ni oui ni non.",
    "Écrivez oui ou non, ou videz la cellule.",
)
UNREADABLE_PROGRAMME: Final = by_column(
    "programme_illisible",
    "« {value} » en « {header} » n’est pas un numéro de programme, qui a trois chiffres.",
    "Saisissez le numéro seul ; videz la cellule s’il n’y en a pas.",
)
