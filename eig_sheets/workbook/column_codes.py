"""Anomalies of columns, of names of tabs, and of what people type where the robot writes."""

from __future__ import annotations

from typing import Final

from eig_sheets.workbook.severity import Code, Severity

_BLOCKING, _WARNING = Severity.BLOCKING, Severity.WARNING

COLUMN_CODES: Final[dict[str, Code]] = {
    "nom_reserve": Code(
        _WARNING,
        "L’onglet « {tab} » porte le nom d’un onglet que le robot a de quoi remplir : le sien n’est pas créé, et rien "
        "de ce qu’il dirait ne se voit.",
        "Renommez votre onglet ; le robot créera le sien à la prochaine synchronisation.",
    ),
    "ligne_sous_autres_en_tetes": Code(
        _BLOCKING,
        "Les valeurs de cette ligne sont sous d’autres en-têtes que les leurs : quelqu’un a déplacé une colonne à "
        "l’instant où le robot l’ajoutait.",
        "Remettez chaque valeur sous son en-tête, ou supprimez la ligne : le robot le verra à la lecture suivante.",
    ),
    "texte_garde_autrement": Code(
        _WARNING,
        "{program} ne garde pas ce que le robot écrit ici : il a écrit « {expected} », la cellule dit « {value} »."
        "{hint} Personne n’y est pour rien, et le robot ne réécrit plus ces cellules.",
        "Lisez le texte que dit cette ligne ; transmettez-la à la personne qui maintient l’outil.",
    ),
    "colonne_absente": Code(
        _WARNING,
        "La colonne « {header} » manque : ce qui en dépend est « non vérifiable ».{hint}",
        "Ajoutez la colonne, ou laissez ainsi si l’appel ne la demande pas.",
    ),
    "colonne_disparue": Code(
        Severity.BLOCKING,
        "La colonne « {header} » n’est plus là.{hint} Ce qui en dépend reste comme à la dernière exécution, et rien "
        "n’en part.",
        "Rendez-lui l’en-tête « {header} ». Si vous l’avez supprimée exprès : « eig-sheets sync --force ».",
    ),
    "valeur_effacee": Code(
        _WARNING,
        "« {header} » est vide ; la cellule disait « {value} » à la dernière exécution.",
        "Rétablissez-la si c’est un accident ; sinon, rien à faire.",
    ),
    "cellule_videe": Code(
        _WARNING,
        "« {header} » est vide ; la cellule était remplie à la dernière exécution.",
        "Remplissez-la si c’est un accident ; sinon, rien à faire.",
    ),
    "colonne_en_double": Code(
        _WARNING,
        "Plusieurs colonnes ont l’en-tête « {header} » : {cells}. Seule la première est lue.",
        "Renommez celle qui est de trop.",
    ),
    "colonne_robot_introuvable": Code(
        _WARNING,
        "La colonne « {header} » du robot a été renommée ou retouchée : elle n’est plus mise à jour.",
        "Rendez-lui l’en-tête « {header} », ou supprimez-la puis lancez « eig-sheets init ».",
    ),
    "colonne_robot_retouchee": Code(
        _WARNING,
        "La colonne « {header} » du robot ne s’affiche plus : son en-tête a été remplacé, et on y a saisi {cells}.",
        "Effacez ce qui est saisi sous l’en-tête (recopiez-le ailleurs s’il vous sert) : elle revient à la prochaine "
        "synchronisation. Si cette colonne est désormais à vous, « eig-sheets init » en ajoute une autre.",
    ),
    "colonne_robot_en_tableau": Code(
        _WARNING,
        "La colonne « {header} » du robot ne s’affiche plus : on en a fait un tableau (« Convertir en tableau »), dont "
        "l’en-tête ne garde pas sa formule.",
        "Convertissez le tableau en plage (flèche à droite de son nom), ou réduisez-le aux colonnes de l’équipe : la "
        "colonne revient à la prochaine synchronisation.",
    ),
    "colonne_robot_fausse": Code(
        _WARNING,
        "La colonne « {header} » du robot montre « {value} » au lieu de « {expected} » : sa formule n’a pas donné ce "
        "que dit l’onglet « {source} ».",
        "Ne vous y fiez pas : lisez l’onglet « {source} », et prévenez la personne qui exploite le robot.",
    ),
    "ajout_refuse": Code(
        _WARNING,
        "{what} : le tableur refuse ce que le robot ajoute à cet onglet (réponse : « {reason} »).",
        "Si l’onglet contient un tableau (« Convertir en tableau »), convertissez-le en plage (flèche à droite de son "
        "nom) ; s’il est protégé, ajoutez le robot aux personnes autorisées (« Données > Protéger des feuilles et des "
        "plages »). Le robot réessaie à chaque synchronisation.",
    ),
    "onglet_refuse": Code(
        _WARNING,
        "{what} : le tableur refuse ce que le robot y écrit (réponse : « {reason} »).",
        "S’il est protégé, ajoutez le robot aux personnes autorisées (« Données > Protéger des feuilles et des plages "
        "») ; sinon, annulez ce qui y a été ajouté. Le robot réessaie à chaque synchronisation.",
    ),
    "saisie_dans_colonne_robot": Code(
        _WARNING,
        "« {value} » a été saisi dans la colonne « {header} » du robot : elle ne peut plus s’afficher.",
        "Effacez cette cellule (recopiez-la ailleurs si elle vous sert) : la colonne se remplit aussitôt.",
    ),
    "saisie_dans_onglet_robot": Code(
        _WARNING,
        "« {value} » a été saisi dans {where}, que le robot récrit ; la cellule a repris sa valeur.",
        "Notez-le plutôt dans un onglet ou une colonne de l’équipe.",
    ),
    "email_deplace": Code(
        _WARNING,
        "L’e-mail « {value} » n’est plus à sa place : son identifiant n’est pas sous l’en-tête « Id ».",
        "Remettez cette ligne sous les en-têtes, et chaque valeur sous le sien. Si vous la supprimez, cet e-mail ne "
        "sera pas proposé de nouveau.",
    ),
    "email_inconnu": Code(
        _BLOCKING,
        "L’Id « {value} » n’est celui d’aucun e-mail du robot, ou plus : il ne partira pas.{suggestion}",
        "Rétablissez cet Id, ou supprimez la ligne.",
    ),
}
