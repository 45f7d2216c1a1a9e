"""The output of `outcomes`: its table, its sentences, and its line of the Journal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from eig_sheets.campaign.reading import Reading
from eig_sheets.cli.output import show
from eig_sheets.config import Campaign
from eig_sheets.domain.rules import EmailRules
from eig_sheets.features.outcomes import words
from eig_sheets.features.outcomes.lines import Line, reason_text
from eig_sheets.features.outcomes.rules import ANNOUNCED_BY, DossierOutcome, OutcomeStatus
from eig_sheets.features.outcomes.rules_acts import Act
from eig_sheets.text.french import day, listed, listed_first, moment, plural, typographic
from eig_sheets.workbook import journal
from eig_sheets.workbook.table import Col, Table


def print_lines(lines: Sequence[Line], reading: Reading, form: str) -> None:
    """Print outcomes: French words for people, codes for programs."""
    show(_table(reading), lines, form, "Aucun dossier concerné.")


_OF_OUTCOME: Final = Table[DossierOutcome](
    Col("act", "Acte", people=lambda outcome: outcome.act and words.ACTS[outcome.act]),
    Col("status", "Où il en est", people=lambda outcome: words.STATUSES[outcome.status]),
    Col("state", "Dans le service", people=lambda outcome: outcome.state and words.STATES[outcome.state], first=True),
    Col("motivation", value=lambda outcome: outcome.motivation or None),
)


def _table(reading: Reading) -> Table[Line]:
    return Table(
        Col("dossier", "Dossier", lambda line: line.outcome.numero, first=True),
        Col("project", "Projet", first=True),
        Col("decision", "Dans le classeur", lambda line: line.dossier.word or line.dossier.decision, first=True),
        *_OF_OUTCOME.over(lambda line: line.outcome),
        Col("reason", "Pourquoi", lambda line: reason_text(line, reading) or None),
        Col("codes", value=lambda line: line.outcome.reasons),
        Col("decided_by"),
        Col("decided_on", value=lambda line: line.decided_on.isoformat() if line.decided_on else None),
    )


def announced(chosen: Sequence[Line]) -> str:
    """What a person confirms: each dossier and what its applicant will read there, then how many of each act."""
    if not chosen:
        return "Aucun dossier à traiter."
    each = [_announced(line) for line in chosen]
    counts = Counter(line.outcome.act for line in chosen if line.outcome.act)
    acts = listed(f"{count} {words.TO_DO[act]}" for act, count in counts.items())
    return "\n".join([*each, f"{plural(len(chosen), 'dossier')} dans Démarche Numérique : {acts}."])


def _announced(line: Line) -> str:
    outcome = line.outcome
    name = f"{outcome.numero} ({line.project})" if line.project else outcome.numero
    act = words.ACTS[outcome.act].lower() if outcome.act else ""
    motivation = f" Motivation : « {' '.join(outcome.motivation.split())} »" if outcome.motivation else ""
    return f"• {name} : {act}.{motivation}"


def count_sentence(pushed: Sequence[Line], asked: int) -> str:
    """The sentence on how many of the dossiers that were asked for were dealt with."""
    return f"{listed(_counts(pushed)) or 'Rien'} sur {plural(asked, 'dossier demandé', 'dossiers demandés')}."


def _counts(pushed: Sequence[Line]) -> list[str]:
    done = Counter(
        line.outcome.act for line in pushed if line.outcome.act and line.outcome.status is OutcomeStatus.DONE
    )
    return [plural(count, *words.DONE[act]) for act, count in done.items()]


def failure_sentence(pushed: Sequence[Line], asked: int) -> str:
    """The sentence on what was not done and must be looked at; '' when everything was done."""
    wrong = Counter(line.outcome.status for line in pushed if line.outcome.status is not OutcomeStatus.DONE)
    problems = [f"{count} « {words.STATUSES[status].lower()} »" for status, count in wrong.items()]
    left = asked - len(pushed)
    if left:
        problems.append(plural(left, "changé entre-temps et laissé", "changés entre-temps et laissés"))
    if not problems:
        return ""
    return typographic(f"Tout n’est pas fait ({listed(problems)}) : la colonne « Pourquoi » dit ce qui manque.")


def journal_line(pushed: Sequence[Line], now: datetime) -> journal.Line:
    """The line of the Journal about a push."""
    wrong = len([line for line in pushed if line.outcome.status is not OutcomeStatus.DONE])
    counts = [*_counts(pushed), *([plural(wrong, "échec")] if wrong else [])]
    remedy = "Lancez « eig-sheets outcomes push --dry-run » : il dit pourquoi." if wrong else ""
    what = f"Démarche Numérique : {listed(counts)}."
    return journal.line(now, journal.FAILED if wrong else journal.DONE, what, remedy)


def told_twice_warning(rules: EmailRules) -> str:
    """The warning that applicants may receive two messages, the service's and ours; '' when they may not."""
    ours = [
        template
        for template in dict.fromkeys(template for templates in ANNOUNCED_BY.values() for template in templates)
        if template not in rules.disabled
    ]
    if not ours:
        return ""
    return (
        "Attention : [outcomes] service_writes fait écrire Démarche Numérique aux porteurs, et nos propres e-mails "
        f"restent proposés ({listed(ours)}). Pour qu’un porteur ne soit pas prévenu deux fois, ajoutez-les à "
        "emails.disabled."
    )


def appeal_warning(lines: Sequence[Line], campaign: Campaign, *, by_service: bool) -> str:
    """The warning that refusals are about to leave without ways of appeal; '' when none does, or none needs them.

    `by_service`: the service writes to applicants, with the motivation and its own templates only.
    Without ways of appeal, their time limit does not run (code de justice administrative, R. 421-5).
    """
    appeal = campaign.decisions.voies_recours
    refused = [line for line in lines if line.outcome.act is Act.REFUSE and line.outcome.status is OutcomeStatus.TO_DO]
    without = [line for line in refused if not appeal.strip() or (by_service and not _says(line, appeal))]
    if not without or not campaign.decisions.public_law:
        return ""
    count = plural(len(without), "refus sera rendu", "refus seront rendus")
    remedy = (
        "Démarche Numérique envoie la motivation et ses propres modèles, où decisions.voies_recours ne s’ajoute pas : "
        "vérifiez que ces modèles les disent (docs/decisions.fr.md)."
        if by_service
        else "decisions.voies_recours est vide dans la configuration : aucun de nos e-mails ne les dit."
    )
    numbers = listed_first([line.outcome.numero for line in without])
    return typographic(
        f"Attention : {count} sans que le robot dise les voies et délais de recours ({numbers}). {remedy} Sans eux, le "
        "délai de recours ne court pas (code de justice administrative, R. 421-5)."
    )


def _says(line: Line, text: str) -> bool:
    """Whether the motivation has this text, however its lines are broken."""
    return " ".join(text.split()) in " ".join(line.outcome.motivation.split())


def reply_warning(rules: EmailRules, today: date) -> str:
    """The warning that applicants were given longer to complete their dossier; '' when they were not."""
    until = rules.reply_before
    last = until.date() if isinstance(until, datetime) else until
    if until is None or last is None or last < today:
        return ""
    written = moment(until) if isinstance(until, datetime) else day(until)
    return (
        f"Attention : les porteurs ont jusqu’au {written} pour compléter leur dossier (emails.reply_before), et ne "
        "pourront plus le faire dans Démarche Numérique une fois en instruction."
    )


def absent_warning(editable: Sequence[str]) -> str:
    """The warning that dossiers (numbers) can still be modified and are not in the workbook; '' without any."""
    if not editable:
        return ""
    one_or_many = ("dossier encore en construction n’est pas", "dossiers encore en construction ne sont pas")
    where = f"dans le classeur ({listed_first(editable)})"
    return f"Attention : {plural(len(editable), *one_or_many)} {where}. Importez d’abord ce qui manque."
