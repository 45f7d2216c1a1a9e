"""The French of proposed teams: what was relaxed, what changed, how good they are, who would be elsewhere.

Candidates are named by the number of their candidature alone: what commands say may be kept in a log.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from eig_sheets.campaign.reading import Reading
from eig_sheets.features.teams.problem import unread_decisions
from eig_sheets.features.teams.proposal import Teaming
from eig_sheets.features.teams.rules_problem import Relaxed, TeamDemandKind
from eig_sheets.text.french import euros, listed, listed_first, plural, typographic
from eig_sheets.workbook.quoting import CUT


def relaxed_texts(reading: Reading, teaming: Teaming) -> list[str]:
    """What has to be relaxed, one sentence each."""
    return [typographic(_relaxed(reading, each)) for each in teaming.proposal.relaxed]


def _relaxed(reading: Reading, each: Relaxed) -> str:
    match each.kind:
        case TeamDemandKind.LOCKED:
            cell = _cell(reading, "talents", each.candidate, "projet_decide")
            return f"« Projet décidé » de la candidature {each.candidate}{cell}, {each.project} : à vider."
        case TeamDemandKind.BUDGET:
            return f"teams.budget de la configuration : {euros(each.instead)} au lieu de {euros(each.wanted)}."
        case TeamDemandKind.MORE:
            return (
                f"l’équipe du projet {each.project} : {_talents(each.instead)} au lieu de {each.wanted} au plus "
                "(teams.max de la configuration, ou « Nombre d’EIG demandés »)."
            )
        case TeamDemandKind.FEWER:
            return (
                f"l’équipe du projet {each.project} : {_talents(each.instead)} au lieu de {each.wanted} au moins "
                "(teams.min de la configuration), ou un autre talent à y décider."
            )


def _talents(count: int) -> str:
    return plural(count, "talent")


def _cell(reading: Reading, tab_id: str, key: str, field: str) -> str:
    """« (Talents, R5) », the cell of a field in the row of a key; '' where there is no such cell."""
    layout, rows = reading.layout_of(tab_id), reading.valid_rows(tab_id)
    matching = rows.loc[rows[layout.schema.key] == key, "row"]
    reference = layout.reference(field, int(matching.iloc[0])) if len(matching) else None
    return f" ({reference})" if reference else ""


def notices(reading: Reading, teaming: Teaming) -> list[str]:
    """What the teams leave aside, one sentence each: projects without a team, decided pairs of no laureate.

    And who may be one person under several candidatures, with one place at most; whose decisions cannot be read.
    """
    sentences = [
        f"« Projet décidé » de la candidature {candidate}{_cell(reading, 'talents', candidate, 'projet_decide')} : "
        f"{project} n’est pas un projet lauréat ; cette décision n’est pas suivie."
        for candidate, project in teaming.call.unknown
    ]
    sentences += [
        f"La candidature {number} n’est pas proposée : une cellule ne se lit pas"
        f"{''.join(_cell(reading, 'talents', number, field) for field in unread_decisions(row))}."
        for number, row in teaming.call.talents.items()
        if number not in teaming.call.problem.by_candidate and unread_decisions(row)
    ]
    sentences += [_one_person(reading, group) for group in teaming.call.problem.people]
    if teaming.withdrawn:
        kind = plural(len(teaming.withdrawn), "projet sans équipe", "projets sans équipe")
        allowed = f"permet de {'le' if len(teaming.withdrawn) == 1 else 'les'} retirer de la promotion"
        sentences.append(f"{kind} : {listed_first(teaming.withdrawn)}. Le règlement (article 5) {allowed}.")
    return list(map(typographic, sentences))


def _one_person(reading: Reading, group: Sequence[str]) -> str:
    rows = listed([f"{number}{_cell(reading, 'talents', number, 'candidature')}" for number in group])
    return (
        f"Une même personne, semble-t-il : les candidatures {rows}. Une place au plus leur est proposée ; si ce sont "
        "deux personnes, saisissez « homonyme » dans « Commentaire » de l’une."
    )


def blocking_texts(teaming: Teaming) -> list[str]:
    """The candidates who would rather be in a project that has room, or a lower note of their métier."""
    if not teaming.blocking:
        return []
    pairs = [f"{candidate} au projet {project}" for candidate, project in teaming.blocking]
    reason = "qui a une place ou une note plus basse pour leur métier"
    who = f"Préféreraient un autre projet, {reason} : {listed_first(pairs)}."
    why = "L’ensemble y perdrait : des projets servis, des profils couverts, ou des notes et des vœux."
    return [typographic(who), typographic(why)]


def summary(teaming: Teaming) -> list[str]:
    """How many are proposed, what changed, how good it is: a sentence each."""
    worth, projects = teaming.proposal.worth, len(teaming.call.projects)
    asked = sum(
        len(project.metiers) for project in teaming.call.problem.projects if project.id not in teaming.withdrawn
    )
    placed = _talents(len(teaming.proposal.pairs))
    counts = (
        f"{plural(worth.served, 'projet servi', 'projets servis')} sur {projects} : {placed}, "
        f"{plural(worth.covered, 'profil demandé couvert', 'profils demandés couverts')} sur {asked}, "
        f"{plural(len(teaming.unmatched), 'candidature')} sans équipe."
    )
    texts = [
        counts,
        *_changes(teaming),
        "Aucune proposition n’est meilleure : c’est prouvé."
        if teaming.proposal.optimal
        else f"{CUT} Une meilleure proposition existe peut-être.",
    ]
    return list(map(typographic, texts))


def _changes(teaming: Teaming) -> Iterator[str]:
    """What became of the teams that were recorded: who stays, who left."""
    if not teaming.before:
        return
    placed = teaming.proposal.placed
    moved = _moved(teaming)
    left = sorted(candidate for candidate, _ in teaming.before if candidate not in placed)
    new = sorted(candidate for candidate in placed if candidate not in dict(teaming.before))
    before = plural(len(teaming.before), "talent déjà proposé", "talents déjà proposés")
    yield f"{len(teaming.kept)} des {before} restent."
    for words, people in (("Changent d’équipe", moved), ("Ne sont plus proposés", left), ("Nouveaux", new)):
        if people:
            yield f"{words} : {listed_first(people)}."


def adjust_hint(teaming: Teaming) -> str:
    """How fewer talents would move; '' when none does."""
    text = "« eig-sheets teams propose --adjust » change d’équipe le moins possible de talents."
    return typographic(text) if _moved(teaming) else ""


def _moved(teaming: Teaming) -> list[str]:
    """The candidates whose team is not the one that was recorded."""
    placed = teaming.proposal.placed
    return sorted(candidate for candidate, project in teaming.before if placed.get(candidate, project) != project)
