"""`cofinancing --programmes`, `--versions`, `--since`: the table by programme, the versions that were handed over."""

from __future__ import annotations

from typing import Any

from eig_sheets.campaign.results import cofinancing_totals
from eig_sheets.cli.cofinancing_files import cofinanced, handover_log
from eig_sheets.cli.output import show
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.finance.differences import differences
from eig_sheets.finance.handovers import content_of
from eig_sheets.finance.lines import lines_of
from eig_sheets.finance.programmes import TITLE, programme_table
from eig_sheets.finance.summary_tabs import agreements_text, decree_text, delegations_text
from eig_sheets.text.french import plural
from eig_sheets.workbook.cofinancing_texts import total_sentences
from eig_sheets.workbook.render.cofinancement import AFTER_RECRUITMENT, PROVISIONAL

_PROGRAMME_HEADERS = {
    "mission": "Mission",
    "programme": "Programme",
    "title": "Titre",
    "eig": "EIG",
    "amount_min": "Minimum (€)",
    "amount_max": "Maximum (€)",
    "nature": "Montant",
    "dossiers": "Dossiers",
}
_VERSION_HEADERS = {"version": "Version", "day": "Données du", "digest": "Empreinte"}
_DIFFERENCE_HEADERS = {
    "dossier": "Dossier",
    "project": "Projet",
    "what": "Quoi",
    "before": "De",
    "after": "À",
    "why": "Pourquoi",
}


def show_programmes(session: Session, form: str) -> None:
    """Print one line for each programme that a décret credits; délégations, conventions and totals are told apart."""
    reading, results = cofinanced(session)
    lines = lines_of(results)
    table = programme_table(lines, reading.campaign.cofinancing)
    records: list[dict[str, Any]] = [
        {
            "programme": one.number or None,
            "name": one.name or None,
            "mission": one.mission or None,
            "title": TITLE,
            "eig": one.eig,
            "dossiers": list(one.dossiers),
            "amount_min": one.least,
            "amount_max": one.most,
            "unknown": one.unknown,
            "after_recruitment": one.exact,
        }
        for one in table.lines
    ]
    if form == "table":
        for one in records:
            one["nature"] = AFTER_RECRUITMENT if one["after_recruitment"] else PROVISIONAL
            one["dossiers"] = ", ".join(one["dossiers"])
            one |= {key: one[key] or "à compléter" for key in ("mission", "programme")}
    show(records, form, _PROGRAMME_HEADERS, "Aucun lauréat décidé n’est co-financé par décret de transfert.")
    for sentence in (decree_text(table), delegations_text(lines), agreements_text(lines)):
        if sentence:
            session.say(sentence)
    for sentence in total_sentences(cofinancing_totals(results, reading.campaign)):
        session.say(sentence)


def show_versions(session: Session, form: str) -> None:
    """Print the versions that were handed over."""
    versions = handover_log(session).versions()
    records = [
        {"version": number, "day": day.isoformat(), "digest": digest}
        for number, (day, digest) in enumerate(versions, 1)
    ]
    if form == "table":
        for one, (day, digest) in zip(records, versions, strict=True):
            one |= {"day": f"{day:%d/%m/%Y}", "digest": digest[:12]}
    show(records, form, _VERSION_HEADERS, "Aucune version remise : « cofinancing --to FICHIER » en fait une.")


def show_differences(session: Session, since: int, form: str) -> None:
    """Print what differs between a version and what the table says today. Raises Refusal for an unknown version."""
    log = handover_log(session)
    count = len(log.versions())
    if since > count:
        known = f"la dernière est la version {count}" if count else "aucune n’a été remise"
        raise Refusal(f"Il n’y a pas de version {since} : {known}. Voyez « eig-sheets cofinancing --versions ».")
    before = log.content(since)
    reading, results = cofinanced(session)
    projects = dict(zip(results.dossiers["numero"], results.dossiers["projet"], strict=True))
    records = [
        {
            "dossier": one.dossier,
            "project": projects.get(one.dossier or ""),
            "what": one.what,
            "before": one.before,
            "after": one.after,
            "why": one.why,
        }
        for one in differences(before, content_of(reading, results))
    ]
    show(records, form, _DIFFERENCE_HEADERS, f"Rien n’a changé depuis la version {since}.")
    if records:
        session.say(f"{plural(len(records), 'différence')} depuis la version {since}.")
