"""`jury status`: who is late, how far each group and dossier is, and what there is to discuss."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from eig_sheets.campaign.acts import Act
from eig_sheets.campaign.jury_status import DossierProgress, GroupProgress, JurorProgress, JuryStatus, jury_status
from eig_sheets.cli.command import ReadingCommand
from eig_sheets.cli.jury_status_candidates import print_candidate_status
from eig_sheets.cli.output import show
from eig_sheets.cli.pipeline import results_of
from eig_sheets.cli.progress_lines import counts, section
from eig_sheets.cli.session import Session
from eig_sheets.cli.terminal import echo
from eig_sheets.text.french import listed_first, number, plural, typographic
from eig_sheets.workbook.words import TOPICS

Records = list[dict[str, Any]]

_PROGRESS = {"received": "Reçues", "expected": "Attendues"}
_JURORS = {"name": "Juré", "group": "Groupe", **_PROGRESS, "late": "En retard", "left": "Reste à noter"}
_GROUPS = {"group": "Groupe", "jurors": "Jurés", **_PROGRESS, "left": "Attend des notes de"}
_DOSSIERS = {"dossier": "Dossier", "project": "Projet", **_PROGRESS, "left": "Attend les notes de"}
_TOPICS = {"dossier": "Dossier", "project": "Projet", "topics": "Pourquoi"}
_OTHER_LINES = (
    "Le jury des projets se suit par juré, par groupe ou par dossier ; celui des candidats (--talents), par juré ou "
    "par candidat : --by juror ou --by candidate."
)
_NOBODY = "Aucun juré dans l’onglet Jury."


@click.command(cls=ReadingCommand, acts=(Act.JURY_PROGRESS,), of_candidates=(Act.CANDIDATES,))
@click.option(
    "--by",
    type=click.Choice(["juror", "group", "dossier", "candidate"]),
    default="juror",
    show_default=True,
    help="En csv et en json : une ligne par juré, par groupe ou par dossier. Le tableau montre les trois. Avec "
    "--talents : par juré ou par candidat.",
)
@click.pass_obj
def status(session: Session, by: str, form: str) -> None:
    """Dit où en est le jury, sans rien écrire : qui est en retard, ce qui manque à chaque dossier, lesquels discuter.

    Ce qui est attendu vient de l’onglet Affectations quand il existe, sinon des lignes d’Évaluations ; un déport n’est
    pas attendu. Un juré est en retard à partir de la première relance (emails.reminders) ou une fois le jury clos
    (scoring.closes), s’il lui reste des dossiers à noter : ce sont ceux que la relance lui rappelle.

    « eig-sheets --talents jury status » dit de même où en est le jury des candidats ; une évaluation y est en retard
    dès que la personne a été entendue.
    """
    if by not in (("juror", "candidate") if session.talents else ("juror", "group", "dossier")):
        raise click.UsageError(typographic(_OTHER_LINES))
    if session.talents:
        print_candidate_status(session.of_talents, by, form)
        return
    found = jury_status(*results_of(session), session.clock.today)
    if form == "table":
        _print_tables(found)
    else:
        records = {"juror": _jurors, "group": _groups, "dossier": _dossiers}[by](found)
        show([{key: one[key] for key in one if key != "left"} for one in records], form, {}, "")


def _jurors(found: JuryStatus) -> Records:
    return [_juror(one) for one in found.jurors]


def _juror(one: JurorProgress) -> dict[str, Any]:
    about = {"juror": one.juror, "name": one.name, "group": one.group or None}
    return {**about, **counts(one.progress), "declared": one.declared}


def _groups(found: JuryStatus) -> Records:
    return [_group(one) for one in found.groups]


def _group(one: GroupProgress) -> dict[str, Any]:
    return {"group": one.group or None, "jurors": one.jurors, **counts(one.progress)}


def _dossiers(found: JuryStatus) -> Records:
    return [_dossier(one) for one in found.dossiers]


def _dossier(one: DossierProgress) -> dict[str, Any]:
    return {
        "dossier": one.numero,
        "project": one.name or None,
        **counts(one.progress),
        "topics": [str(topic) for topic in one.topics],
    }


def _print_tables(found: JuryStatus) -> None:
    """Print the three tables, those of groups and dossiers where they add something, then what is to discuss."""
    _summary(found)
    show(_jurors(found), "table", _JURORS, _NOBODY)
    names = {one.juror: one.name for one in found.jurors}
    groups = _with_names(_groups(found), names)
    if len(groups) > 1:
        section("Par groupe", groups, _GROUPS)
    waiting = [one for one in _dossiers(found) if one["missing"]]
    section("Dossiers à qui il manque des évaluations", _with_names(waiting, names), _DOSSIERS)
    section("À discuter", [_discussed(one) for one in found.dossiers if one.topics], _TOPICS)


def _with_names(records: Records, names: Mapping[str, str]) -> Records:
    """What waits for jurors, with their names, as people know them."""
    lines = []
    for one in records:
        jurors = [names.get(juror, juror) for juror in one["missing"]]
        lines.append({**one, "left": listed_first(jurors) if jurors else ""})
    return lines


def _discussed(one: DossierProgress) -> dict[str, Any]:
    return {**_dossier(one), "topics": typographic(" ; ".join(TOPICS[topic] for topic in one.topics))}


def _summary(found: JuryStatus) -> None:
    received, expected = (sum(getattr(one.progress, name) for one in found.jurors) for name in ("received", "expected"))
    late = [one.name for one in found.jurors if one.progress.late]
    sentences = [f"{plural(received, 'évaluation reçue', 'évaluations reçues')} sur {number(expected)}."]
    if late:
        sentences.append(f"{plural(len(late), 'juré')} en retard : {listed_first(late)}.")
    undeclared = sum(not one.declared for one in found.jurors)
    if undeclared:
        sentences.append(f"{plural(undeclared, 'déclaration')} d’intérêts pas encore reçue{'s' * (undeclared > 1)}.")
    echo(typographic(" ".join(sentences)) + "\n")
