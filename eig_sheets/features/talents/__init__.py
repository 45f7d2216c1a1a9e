"""The call for talents: candidates, their jury, their ranking, the projects that they choose."""

from typing import Final

from eig_sheets.registry import AddedCommand, AddedHelp, Feature, WorkbookOption

_IMPORT: Final = (
    "Avec --kind talents, ajoute à Talents les candidatures de l’autre formulaire ; avec --kind wishes, garde dans "
    "Vœux reçus les choix de projets des candidats."
)
_KINDS: Final = "De quoi est l’export : dossiers (projects, si rien n’est dit), candidatures (talents), vœux (wishes)."
_ASSIGN: Final = (
    "« eig-sheets --talents jury assign » répartit de la même façon les candidats que le jury entend, dans l’onglet "
    "Affectations talents (jury.talents.reads)."
)
_ROWS: Final = (
    "Ajoute dans Évaluations (ou Évaluations talents) les lignes de ce juré, qui y saisit ses notes (répétable) ; "
    "all : de tous."
)
_EXPLAIN: Final = "Pourquoi chaque juré lit ou non ce dossier (ou note ce candidat), sans rien écrire."
_BALLOTS: Final = "« eig-sheets --talents jury ballots --to DOSSIER » fait de même les grilles des jurés des candidats."
_COLLECT: Final = (
    "« eig-sheets --talents jury collect DOSSIER » lit les grilles des jurés des candidats, dans leur classeur."
)
_SYNC: Final = (
    "Si les candidats ont leur classeur ([workbook] talents), les deux sont lus, puis mis à jour l’un après l’autre."
)
_DEMO: Final = "Les 471 candidats, tous fictifs, ont leur classeur, talents.xlsx."
_GRIST: Final = "Les classeurs sont deux nouveaux documents Grist, dans l’équipe de cette adresse."
_COMMANDS: Final = "eig_sheets.features.talents.commands"


def _settings() -> tuple[object, ...]:
    from eig_sheets.features.talents import section

    return (*section.SECTIONS, section.TEXTS)


def _parts() -> tuple[object, ...]:
    from eig_sheets.features.talents import (
        acts,
        checks,
        computed,
        emails,
        pending,
        projects_tab,
        recruits,
        robot_tabs,
        subject,
        tabs,
        wishes,
    )

    return (
        *tabs.TABS,
        tabs.REVEALED,
        *robot_tabs.TABS,
        *robot_tabs.ROWS,
        subject.GRID,
        subject.SUBJECT,
        computed.RESULTS,
        wishes.RECEIVED,
        wishes.FILLED,
        projects_tab.ROWS,
        wishes.RESTORED,
        *acts.ADDED,
        acts.CANDIDATES,
        acts.EXPLAIN,
        acts.CANDIDATE_ASSIGNMENT,
        checks.CHECK,
        pending.APART,
        recruits.COSTED,
        pending.LINES,
        emails.MAIL,
        emails.SUBJECT,
        emails.COMMON,
        tabs.NAMES,
    )


def _occasional() -> tuple[object, ...]:
    from eig_sheets.features.talents import agenda, import_kinds, pages, personal_data, wishes_import

    return (
        wishes_import.APART,
        *import_kinds.KINDS,
        agenda.DATES,
        agenda.LAST_CONTACT,
        pages.PAGES,
        *personal_data.PERSONS,
        *personal_data.HOLDINGS,
    )


def _sample() -> tuple[object, ...]:
    from eig_sheets.features.talents import sample

    return sample.PARTS


FEATURE: Final = Feature(
    id="talents",
    title="l’appel à talents",
    page="talents.fr.md",
    question="Recrutez-vous des talents pour les projets retenus ?",
    workbook=WorkbookOption(
        "--talents", "Travaille dans le classeur des candidats ([workbook] talents), s’ils ont le leur."
    ),
    added=(
        AddedHelp("demo", _DEMO, {"grist": _GRIST}),
        AddedHelp("import", _IMPORT, {"kind": _KINDS}, {"kind": ("talents", "wishes")}),
        AddedHelp("jury assign", _ASSIGN, {"typists": _ROWS, "explained": _EXPLAIN}),
        AddedHelp("sync", _SYNC),
        AddedHelp("jury ballots", _BALLOTS),
        AddedHelp("jury collect", _COLLECT),
        AddedCommand("rank", f"{_COMMANDS}_ranking:rank_talents", in_other_workbook=True),
        AddedCommand("jury status", f"{_COMMANDS}_status:status", in_other_workbook=True),
    ),
    settings=_settings,
    parts=_parts,
    occasional=_occasional,
    sample=_sample,
)
