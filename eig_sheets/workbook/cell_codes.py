"""Anomalies of the cells that people type: what cannot be read, counted or believed."""

from __future__ import annotations

from typing import Final

from eig_sheets.workbook.severity import Code, Severity

_BLOCKING, _WARNING, _DEPENDS = Severity.BLOCKING, Severity.WARNING, None

CELL_CODES: Final[dict[str, Code]] = {
    "numero_vide": Code(
        _BLOCKING,
        "« {header} » est vide alors que d’autres cellules de la ligne sont remplies.",
        "Complétez cette cellule, ou videz la ligne.",
    ),
    "ligne_sans_dossier": Code(
        _BLOCKING,
        "« {value} » en « {header} » n’est pas un numéro : cette ligne, un calcul sans doute, est laissée de côté.",
        "Mettez ce calcul dans un onglet à vous, ou videz la ligne ; si c’en est une vraie, saisissez son numéro.",
    ),
    "numero_en_double": Code(_BLOCKING, "« {value} » est aussi {rows}.", "Gardez une seule ligne pour ce numéro."),
    "numero_en_date": Code(
        _BLOCKING,
        "Ce numéro est une date ({value}), ce qu’un tableur fait parfois d’un numéro.",
        "Passez au format texte, puis saisissez de nouveau le numéro.",
    ),
    "numero_trompeur": Code(
        _DEPENDS,
        "Le numéro « {value} » en « {header} » {reason} : il ressemble à un autre sans être le même.",
        "Effacez la cellule et retapez le numéro.",
    ),
    "cle_changee": Code(
        _BLOCKING,
        "« {value} » en « {header} » remplace sans doute « {before} », lu à la dernière exécution et disparu depuis.",
        "Corrigez-le si c’est une faute ; s’il a vraiment changé : « eig-sheets sync --force ».",
    ),
    "groupe_d_un_seul": Code(
        _WARNING,
        "« {value} » en « {header} » n’a que ce juré.{suggestion}",
        "Corrigez-le si c’est une faute ; un juré qui lit seul n’a pas besoin de groupe.",
    ),
    "email_en_double": Code(
        _WARNING,
        "« {value} » est aussi {rows}.",
        "Gardez une seule ligne par juré ; en attendant, leurs déports s’ajoutent.",
    ),
    "cellule_en_erreur": Code(
        _DEPENDS,
        "La cellule « {header} » affiche l’erreur {value}.",
        "Corrigez la formule ou remplacez-la par sa valeur.",
    ),
    "formule_non_calculee": Code(
        _DEPENDS,
        "La formule de « {header} » n’a encore été calculée par aucun tableur.",
        "Ouvrez le fichier dans un tableur et enregistrez-le, ou saisissez la valeur.",
    ),
    "cellule_fusionnee": Code(
        _DEPENDS,
        "La cellule « {header} » est cachée par la fusion {area}, dont seule la première cellule compte.",
        "Défusionnez, puis remplissez chaque cellule.",
    ),
    "saisie_sans_auteur": Code(
        _DEPENDS,
        "« {value} » en « {header} » a été saisi {who} : cette saisie ne compte pas.",
        "Si elle est juste, un responsable efface la cellule puis la saisit de nouveau.",
    ),
    "cellules_interverties": Code(
        _DEPENDS,
        "« {value} » en « {header} » semble être la valeur de « {area} », qui ne se lit pas sur cette ligne.",
        "Remettez chaque valeur dans sa colonne.",
    ),
    "note_hors_echelle": Code(
        _BLOCKING,
        "La note {value} en « {header} » n’est pas entre {low} et {high}.",
        "Corrigez la note, ou écrivez NSP.",
    ),
    "note_en_date": Code(
        _BLOCKING,
        "La note en « {header} » est une date ({value}), ce qu’un tableur fait parfois d’un nombre.",
        "Saisissez de nouveau la note{suggestion}.",
    ),
    "note_illisible": Code(
        _BLOCKING,
        "La note « {value} » en « {header} » ne se lit pas comme un nombre.",
        "Saisissez un nombre de {low} à {high}, ou NSP.",
    ),
    "dossier_inconnu": Code(
        _BLOCKING,
        "Le dossier « {value} » n’est pas dans l’onglet « {where} ».{hint}",
        "Corrigez le numéro, ou ajoutez le dossier.",
    ),
    "jure_inconnu": Code(
        _BLOCKING, "« {value} » n’est pas dans l’onglet « {where} ».{hint}", "Corrigez l’adresse, ou ajoutez le juré."
    ),
    "jure_en_double": Code(
        _BLOCKING,
        "{value} a aussi une évaluation de « {what} » {rows}.",
        "Gardez une seule évaluation (d’un candidat : une par projet, chacune avec son numéro de dossier) ; en "
        "attendant, aucune ne compte.",
    ),
    "conflit_deport": Code(
        _BLOCKING,
        "{value} note un dossier qui figure dans ses déports ({reason}).",
        "Saisissez « oui » en Déport et effacez les notes, ou corrigez les déports du juré.",
    ),
    "conflit_organisation": Code(
        _BLOCKING,
        "{value} note un dossier de sa propre organisation ({reason}).",
        "Saisissez « oui » en Déport et effacez les notes, ou corrigez l’organisation du juré.",
    ),
    "conflit_possible": Code(
        _BLOCKING,
        "{value} note un dossier que ses déports semblent désigner (« {reason} ») : ses notes comptent, et ce dossier "
        "ne lui est plus montré.",
        "Corrigez ce déport dans l’onglet Jury, ou retirez-le s’il désigne autre chose.",
    ),
    "deport_inconnu": Code(
        _BLOCKING,
        "« {value} » en « {header} » n’est ni {known} de « {where} » : on ne sait pas de quel {what} ce juré "
        "s’écarte.{hint}",
        "Corrigez le numéro ou le nom (plusieurs se séparent par « ; »), ou retirez-le s’il n’en désigne aucun.",
    ),
    "deport_avec_notes": Code(
        _WARNING,
        "{value} s’est déporté, mais la ligne contient des notes : elles ne comptent pas.",
        "Effacez les notes, ou videz « Déport » si c’est une erreur.",
    ),
    "decision_contradictoire": Code(
        _WARNING,
        "« {value} » contredit « {reason} » en « {header} » : aucun e-mail n’annonce cette décision.",
        "Corrigez la présélection ou la décision.",
    ),
    "choix_inconnu": Code(
        _DEPENDS,
        "« {value} » n’est pas un choix possible en « {header} ».{suggestion}",
        "Choisissez dans la liste : {choices}.",
    ),
    "email_invalide": Code(
        _DEPENDS,
        "« {value} » en « {header} » n’est pas une adresse e-mail.",
        "Corrigez l’adresse (une seule par cellule, sans nom ni commentaire).",
    ),
    "adresse_trompeuse": Code(
        _WARNING,
        "« {value} » en « {header} » a une lettre trompeuse : {reason}. Aucun e-mail n’y part.",
        "Effacez l’adresse et retapez-la. Si elle est vraiment ainsi, autorisez-la comme elle s’écrit en réalité "
        "(emails.allowed dans la configuration).",
    ),
    "date_illisible": Code(
        _DEPENDS, "« {value} » en « {header} » ne se lit pas comme une date.", "Écrivez par exemple 07/04/2021 23:59."
    ),
    "date_improbable": Code(
        _BLOCKING,
        "« {header} » : le {value} est hors de ce que les dates de l’appel permettent ({limit}) : elle ne compte pas.",
        "Corrigez la date (l’année, souvent), ou videz la cellule.",
    ),
    "nombre_illisible": Code(
        _DEPENDS,
        "« {value} » en « {header} » ne se lit pas comme un nombre.",
        "Saisissez un nombre seul ; gardez les précisions pour une colonne de commentaire.",
    ),
    "nombre_en_date": Code(
        _DEPENDS,
        "Le nombre en « {header} » est une date ({value}), ce qu’un tableur fait parfois d’un nombre.",
        "Saisissez de nouveau le nombre{suggestion}, au format nombre.",
    ),
    "nombre_non_entier": Code(
        _DEPENDS, "« {header} » doit être un nombre entier, pas {value}.", "Saisissez un nombre sans virgule."
    ),
    "nombre_improbable": Code(
        _DEPENDS, "Le nombre {value} en « {header} » est trop grand pour être vrai.", "Vérifiez la cellule."
    ),
    "nombre_negatif": Code(
        _DEPENDS, "Le nombre {value} en « {header} » est négatif.", "Saisissez un nombre sans le signe moins."
    ),
    "annees_improbables": Code(
        _DEPENDS,
        "« {header} » vaut {value} : ce n’est pas un nombre d’années d’expérience.",
        "Saisissez un nombre d’années, par exemple 5 ou 5,5.",
    ),
    "montant_illisible": Code(
        _DEPENDS,
        "Le montant « {value} » en « {header} » ne se lit pas.",
        "Saisissez un nombre d’euros, par exemple 61250 ou 61 250,00 €.",
    ),
    "montant_ambigu": Code(
        _DEPENDS,
        "Le montant « {value} » en « {header} » peut se lire de deux façons, milliers ou décimales.",
        "Écrivez sans séparateur de milliers, par exemple 61250 ou 61,25.",
    ),
    "montant_negatif": Code(
        _DEPENDS, "Le montant {value} en « {header} » est négatif.", "Saisissez le montant sans le signe moins."
    ),
    "oui_non_illisible": Code(
        _DEPENDS, "« {value} » en « {header} » n’est ni oui ni non.", "Écrivez oui ou non, ou videz la cellule."
    ),
    "texte_trop_long": Code(
        _WARNING,
        "Ce texte compte {value} caractères ; {holder} n’en garde que {limit} par cellule.",
        "Déplacez la fin du texte dans un document joint.",
    ),
    "reglage_inconnu": Code(
        _BLOCKING,
        "« {value} » n’est pas un réglage que l’on puisse changer ici.{hint}",
        "Choisissez dans la liste, ou supprimez la ligne.",
    ),
    "reglage_en_double": Code(
        _BLOCKING,
        "Le réglage « {value} » a plusieurs lignes : aucune ne vaut, la valeur de la configuration est gardée.",
        "Gardez une seule ligne pour ce réglage.",
    ),
    "reglage_refuse": Code(
        _BLOCKING,
        "« {value} » ne convient pas pour « {header} » ({reason}) : la configuration, {limit}, reste en vigueur.",
        "Corrigez la valeur, ou videz-la.",
    ),
    "reouverture_sans_raison": Code(
        _WARNING,
        "« Réouverture » n’a pas de raison : elle ne rouvre rien.",
        "Écrivez la raison dans la colonne Valeur.",
    ),
    "regle_changee": Code(
        _WARNING,
        "« {header} », enregistré le {day} : {before} ; maintenant : {now}. La règle a changé en cours de jeu.",
        "Rétablissez ce qui est enregistré, ou ajoutez dans Paramètres une ligne « Réouverture » avec une raison qui "
        "n’a pas encore servi. Règles du jeu montre ce qui change.",
    ),
    "critere_change": Code(
        _WARNING,
        "« {header} », enregistré le {day} : {before} ; maintenant : {now}. Les critères ont changé en cours de jeu : "
        "le classement d’avant ne se recalcule plus.",
        "Rétablissez les critères et leurs noms, ou ajoutez dans Paramètres une ligne « Réouverture » avec une raison "
        "qui n’a pas encore servi.",
    ),
    "note_changee": Code(
        _WARNING,
        "Rang et note enregistrés le {day} : {before} ; maintenant : {now}.",
        "Rétablissez ce qui a changé (notes, éligibilité, décision : l’historique des versions le dit), ou ajoutez "
        "dans Paramètres une ligne « Réouverture » avec une raison qui n’a pas encore servi.",
    ),
    "depot_hors_delai": Code(
        _WARNING,
        "Déposé le {value}, après la clôture ({limit}) : le dossier est inéligible.",
        "Vérifiez la date de réception.",
    ),
    "depot_avant_ouverture": Code(
        _WARNING,
        "Déposé le {value}, avant l’ouverture ({limit}) : le dossier est inéligible.",
        "Vérifiez la date de réception.",
    ),
    "nombre_eig_refuse": Code(
        _WARNING,
        "Nombre d’EIG demandés : {value}, alors que l’appel accepte {limit} ; le dossier est inéligible.",
        "Vérifiez le nombre avec le porteur.",
    ),
}
