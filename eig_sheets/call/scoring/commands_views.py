"""Other views of `rank`: its sensitivity, simulated campaigns, the jurors; and which rows are left out of all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from eig_sheets.call.scoring import sensitivity_texts, simulation
from eig_sheets.call.scoring.calibration import OBSERVED
from eig_sheets.call.scoring.commands_tables import calibration_table, campaigns_text
from eig_sheets.call.scoring.explain_rank import reliability, signed, uncorrected
from eig_sheets.call.scoring.scores import SCORES
from eig_sheets.call.scoring.sensitivity_texts import Mover, Variation, mover_text
from eig_sheets.call.scoring.words import FIT_METHOD, comparison_sentences, cut_text, fit_summary
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.cli.output import show
from eig_sheets.cli.pipeline import results_of
from eig_sheets.cli.session import Session
from eig_sheets.text.french import NARROW, listed_first, number, plural, typographic
from eig_sheets.workbook import words
from eig_sheets.workbook.quoting import quoted
from eig_sheets.workbook.table import Col, Table, plain

SENSITIVITY: Final = Table[Variation](
    Col("scenario", value=lambda variation: variation.change.value),
    Col("subject"),
    Col("said", "Ce qui change", lambda variation: variation.label, for_programs=False),
    Col(
        "enters", "Entre dans les places", lambda variation: _projects(variation.enters),
        lambda variation: _movers(variation.enters),
    ),
    Col(
        "leaves", "Sort des places", lambda variation: _projects(variation.leaves),
        lambda variation: _movers(variation.leaves),
    ),
    Col("without_note", value=lambda variation: [mover.numero for mover in variation.leaves if not mover.noted]),
)  # fmt: skip
"""Each sensitivity scenario; its JSON is a contract.

`scenario`: a code; `subject`: a criterion's id or a juror's address; `enters`, `leaves`: project by number of dossier;
`without_note`: those of them that leave because nobody else scored them.
"""
_JURORS: Final = Table[Mapping[str, Any]](
    Col("juror", "Juré", people=lambda row: row["juror"] or "groupe entier"),
    Col("name", "Nom"),
    Col("group", "Groupe"),
    Col("reviews", "Évaluations"),
    Col("mean"),
    Col(
        "severity", "Sévérité (points sur 20)",
        people=lambda row: None if row["severity"] is None else signed(row["severity"]),
    ),
    Col("error", "Erreur type"),
    Col("fit", "Écart", people=lambda row: None if row["fit"] is None else number(row["fit"], 1)),
    Col("fit_p"),
    Col("fit_flag", "Ses notes", people=lambda row: words.FITS.get(row["fit_flag"])),
    Col("spread"),
    Col("spread_others"),
    Col("spreads", "Étalement", lambda row: _spreads(row["spread"], row["spread_others"]), for_programs=False),
    Col("at_ceiling"),
    Col("remark", "Alertes", lambda row: cut_text(row["at_ceiling"] or 0) or None, for_programs=False),
)  # fmt: skip
"""Each juror who scored a ranked dossier, then each group, whose `juror` is null; its JSON is a contract.

`severity`: what the juror takes off a note out of 20, beside an average juror (above 0, severe); `error`: its standard
error. `fit`: how far the juror's votes are from what the others and the model expect, 1 when as expected; `fit_p`: the
probability that an honest jury has any juror so far; `fit_flag`: `ecart`, `accord` or `trop_peu`. `spread`,
`spread_others`: standard deviations of the juror's notes, and of the others' for the same dossiers. `at_ceiling`: the
share of the juror's notes at an end of the scale. Null when nothing can be corrected, and all but the first two for a
group. `mean`: of the notes of a group.
"""


def print_sensitivity(session: Session, form: str) -> None:
    """Print who enters the places, or leaves them, when one thing changes."""
    reading, results = results_of(session)
    report = sensitivity_texts.sensitivity_of(results, reading.campaign)
    variations = report.moving if form == "table" else report.variations
    show(SENSITIVITY, variations, form, "Rien ne change dans les places.")
    session.say(sensitivity_texts.summary(report))
    print_excluded(session, reading)


def _projects(movers: Sequence[Mover]) -> dict[str, str | None]:
    return {mover.numero: mover.project for mover in movers}


def _movers(movers: Sequence[Mover]) -> str:
    return f"{NARROW}; ".join(map(mover_text, movers))


def print_calibration(session: Session, form: str) -> None:
    """Print what the places would be worth if the jury had been drawn otherwise."""
    reading, results = results_of(session)
    reason = simulation.reason_for_none(results, reading.campaign.campaign.target)
    if reason:
        show(Table[Any](), [], form, "Aucune simulation.")
        session.say(reason)
        return
    pairs = simulation.pairs_of(results)
    with session.step(campaigns_text(pairs)):
        simulated = simulation.simulation_of(reading, results, pairs)
    show(calibration_table(simulated), [*simulated.by_situation.items()], form)
    for sentence in simulation.summary(simulated):
        session.say(sentence)
    print_excluded(session, reading)


def print_jurors(session: Session, form: str) -> None:
    """Print the severity of each juror and panel, and how far their notes follow those of the others."""
    reading, results = results_of(session)
    show(_JURORS, _jurors_and_groups(reading, results), form, "Aucune évaluation complète.")
    remark = uncorrected(results.of(SCORES).calibration) or reliability(results.of(SCORES).calibration)
    session.say(f"{remark[:1].upper()}{remark[1:]}.")
    for sentence in comparison_sentences(results.of(SCORES).calibration):
        session.say(typographic(sentence))
    if fit := fit_summary(results.of(SCORES).calibration.jurors["fit_flag"]):
        session.say(fit)
        session.say(FIT_METHOD)


def _jurors_and_groups(reading: Reading, results: Results) -> list[Mapping[str, Any]]:
    jury, calibration = reading.valid_rows("jury"), results.of(SCORES).calibration
    names = dict(zip(jury["email"], jury["nom"], strict=True))
    scored = calibration.jurors.groupby("groupe")["reviews"].sum()
    rows: list[dict[Any, Any]] = [
        {**row, "juror": row["jure"], "name": names.get(row["jure"])}
        for row in calibration.jurors.reset_index().to_dict("records")
    ]
    rows += [{**row, "reviews": scored[row["groupe"]]} for row in calibration.groups.reset_index().to_dict("records")]
    keys = ("juror", "name", "reviews", "mean", "severity", "error", *OBSERVED)
    return [{key: plain(row.get(key)) for key in keys} | {"group": plain(row["groupe"])} for row in rows]


def _spreads(own: float | None, others: float | None) -> str | None:
    """2,10 (autres : 2,35)."""
    if own is None:
        return None
    return number(own, 2) if others is None else typographic(f"{number(own, 2)} (autres : {number(others, 2)})")


def print_excluded(session: Session, reading: Reading) -> None:
    """Print which dossiers a blocking anomaly excludes from the results."""
    table = reading.tables["candidatures"]
    excluded = table.frame[table.frame["row"].isin(table.blocked)]
    if not excluded.empty:
        pairs = zip(excluded["numero"], excluded["row"], strict=True)
        names = listed_first(
            [f"{quoted(numero or 'sans numéro')} (ligne {table.layout.row_name(row)})" for numero, row in pairs]
        )
        lines = plural(len(excluded), "ligne laissée", "lignes laissées")
        session.say(f"{lines} de côté dans {table.layout.name} : {names}. Voyez « eig-sheets check ».")
