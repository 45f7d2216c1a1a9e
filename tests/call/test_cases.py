"""The cases of tests/cases/, which a campaign officer can read and correct, hold."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from eig_sheets.call.cofinancing.rules_totals import without_excluded
from eig_sheets.config import Campaign
from eig_sheets.workbook import values
from eig_sheets.workbook.fields import Kind
from eig_sheets.workbook.years import years
from tests.call import builders as build
from tests.columns import tab_of

pytestmark = pytest.mark.newest

FOLDER = Path(__file__).parent.parent / "cases"
EMPTY = "vide"
Case = Mapping[str, Any]


def refuse_unknown(case: Mapping[str, Any], allowed: set[str]) -> None:
    assert set(case) <= allowed, f"unknown keys {sorted(set(case) - allowed)}; known: {sorted(allowed)}"


def typed(tab: str, cells: Mapping[str, Any]) -> dict[str, Any]:
    """What the parser would make of cells given by their header. Raises KeyError for an unknown header."""
    fields = {field.header: field for field in tab_of(tab).fields}
    readers = {
        Kind.YES_NO: values.yes_no, Kind.AMOUNT: values.amount, Kind.INTEGER: values.integer,
        Kind.YEARS: years,
    }  # fmt: skip
    result = {}
    for header, value in cells.items():
        field = fields[header]
        read = readers.get(field.kind, lambda cell: cell)(value)
        result[field.id] = values.moment(read, ZoneInfo("UTC")) if field.kind in (Kind.DATE, Kind.DATETIME) else read
    return result


def field_id(header: str) -> str:
    (found,) = typed("candidatures", {header: None})
    return found


def header_of(field: str) -> str:
    return build.SCHEMA.tab("candidatures").field(field).header


def dossier(base: Case, case: Case) -> dict[str, Any]:
    blank = {*case.get("vides", ()), *case.get("illisibles", ()), *case.get("absentes", ())}
    cells = {header: value for header, value in (base | case.get("dossier", {})).items() if header not in blank}
    unread = frozenset(field_id(header) for header in case.get("illisibles", ()))
    return typed("candidatures", cells | dict.fromkeys(blank)) | {"unreadable": unread}


def plain(value: Any) -> Any:
    if isinstance(value, (tuple, list)):
        return list(value)
    return EMPTY if pd.isna(value) else value


def compare(found: Mapping[str, Any], expected: Case) -> None:
    """Each expected key, and no key that says nothing. Numbers are equal to the billionth."""
    assert expected, "a case has to expect something"
    refuse_unknown(expected, set(found))
    for key, value in expected.items():
        if isinstance(value, dict):
            compare(found[key], value)
            continue
        got = plain(found[key])
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool) and got != EMPTY
        assert got == (pytest.approx(value, abs=1e-9, rel=0) if is_number else value), key


def check_eligibility(base: Case, case: Case, rules: Campaign) -> None:
    refuse_unknown(case, {"titre", "regles", "dossier", "vides", "illisibles", "absentes", "attendu"})
    available = build.ALL - {field_id(header) for header in case.get("absentes", ())}
    found = build.assess(build.dossiers(dossier(base, case)), rules, available).iloc[0]
    reasons = [f"{reason.code} : {header_of(reason.field)}" for reason in found["reasons"]]
    asked = [header_of(field) for field in found["to_complete"]]
    compare({"statut": found["status"], "motifs": reasons, "a_demander": asked}, case["attendu"])


def check_scores(base: Case, case: Case, rules: Campaign) -> None:
    assert not base
    refuse_unknown(case, {"titre", "regles", "poids", "evaluations", "attendu"})
    sheet = build.evaluations(*map(evaluation, [("1", row, place) for place, row in enumerate(case["evaluations"])]))
    weights = dict.fromkeys(build.CRITERIA, 1.0) | case.get("poids", {})
    criteria = [criterion.model_copy(update={"weight": weights.pop(criterion.id)}) for criterion in rules.criteria]
    assert not weights, f"unknown criteria {sorted(weights)}"
    found = build.score(sheet, rules=rules.model_copy(update={"criteria": tuple(criteria)})).loc["1"]
    names = {
        "note": "note", "evaluations": "reviews", "evaluations_attendues": "reviews_expected", "ecart_type": "stdev",
        "incompletes": "incomplete", "coups_de_coeur": "hearts", "favorables": "favorable",
        "defavorables": "unfavorable", "nsp": "nsp",
    }  # fmt: skip
    means = {criterion: found[criterion] for criterion in build.CRITERIA}
    compare({french: found[name] for french, name in names.items()} | {"moyennes": means}, case["attendu"])


def evaluation(given: tuple[str, Case, int]) -> dict[str, Any]:
    numero, row, place = given
    refuse_unknown(row, {"notes", "deport", "avis", "coup_de_coeur"})
    answers = {key: values.yes_no(row[key]) for key in ("deport", "coup_de_coeur") if key in row}
    scores = [None if score == "" else score for score in row["notes"]]
    return build.evaluation(numero, f"jure{place}@jury.example", scores, **answers, avis=row.get("avis"))


def check_ranking(base: Case, case: Case, rules: Campaign) -> None:
    assert not base
    refuse_unknown(case, {"titre", "regles", "dossiers", "attendu"})
    one_is_enough = rules.scoring.model_copy(update={"min_reviews": 1})
    scoring = rules.scoring if "scoring" in case.get("regles", {}) else one_is_enough
    rules = rules.model_copy(update={"scoring": scoring})
    for row in case["dossiers"]:
        refuse_unknown(row, {"numero", "notes", "avis", "eligibilite", "preselection", "decision"})
    sheet = build.dossiers(
        *({key: row.get(key) for key in ("numero", "preselection", "decision")} for row in case["dossiers"])
    )
    eligibility = sheet[["numero"]].assign(status=[row.get("eligibilite", "eligible") for row in case["dossiers"]])
    ranked = build.rank_assessed(sheet, eligibility, build.evaluations(*ballots(case["dossiers"])), rules)
    assert list(ranked["numero"]) == [row["numero"] for row in case["attendu"]]
    names = {
        "numero": "numero", "rang": "rank", "note": "note", "proposition": "proposal", "departage": "tie_break",
        "ex_aequo": "tied", "alertes": "alerts", "non_classe": "unranked_reason", "decision": "decision",
    }  # fmt: skip
    for found, expected in zip(ranked.to_dict("records"), case["attendu"], strict=True):
        compare({french: found[name] for french, name in names.items()}, expected)


def ballots(rows: list[Case]) -> Iterator[dict[str, Any]]:
    for row in rows:
        opinions = row.get("avis", [None] * len(row["notes"]))
        for place, (scores, opinion) in enumerate(zip(row["notes"], opinions, strict=True)):
            yield evaluation((row["numero"], {"notes": scores, "avis": opinion}, place))


def check_cofinancing(base: Case, case: Case, rules: Campaign) -> None:
    refuse_unknown(case, {"titre", "regles", "dossier", "vides", "illisibles", "talents", "attendu"})
    recruited = [talent(row) for row in case.get("talents", ())]
    sheet = build.dossiers(dossier(base, case))
    asked = build.cofinance(sheet, build.talents(*recruited) if recruited else None, rules)
    found = without_excluded(asked, sheet, build.assess(sheet, rules), rules.cofinancing).iloc[0]
    names = {
        "demande": "requested", "eligible": "eligible", "statut": "status", "voie": "route", "versement": "payment",
        "programme": "programme", "motif": "reason", "manque": "missing", "minimum": "amount_min",
        "maximum": "amount_max", "un_eig_minimum": "per_eig_min", "un_eig_maximum": "per_eig_max",
        "estime": "estimated", "questionne": "questioned", "exact": "exact", "source": "source", "mois": "months",
        "pour_un_minimum": "one_min", "pour_un_maximum": "one_max", "recrutes": "recruited", "compte": "counted",
        "porte": "carried",
        "mois_payes": "paid_months", "attendus": "awaited", "prevu_minimum": "range_min", "prevu_maximum": "range_max",
    }  # fmt: skip
    doubts = {"a_verifier": [header_of(field) for field in found["doubtful"]]}
    compare({french: found[name] for french, name in names.items()} | doubts, case["attendu"])


def talent(row: Case) -> dict[str, Any]:
    cells = {header: value for header, value in row.items() if header != "illisibles"}
    unread = [next(iter(typed("talents", {header: None}))) for header in row.get("illisibles", ())]
    return typed("talents", cells) | {"unreadable": unread}


CHECKS: Mapping[str, Callable[[Case, Case, Campaign], None]] = {
    "eligibilite": check_eligibility,
    "notes": check_scores,
    "classement": check_ranking,
    "cofinancement": check_cofinancing,
}


def read(subject: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{subject}.toml").read_text(encoding="utf-8"))


CASES = [(subject, case) for subject in CHECKS for case in read(subject)["cas"]]


@pytest.mark.parametrize(("subject", "case"), [pytest.param(*one, id=f"{one[0]}: {one[1]['titre']}") for one in CASES])
def test_case(subject, case):
    rules = build.campaign(**case.get("regles", {}))
    CHECKS[subject](read(subject).get("dossier", {}), case, rules)


def test_no_case_and_no_file_is_left_out():
    files = sorted(FOLDER.glob("*.toml"))
    written = sum(len(re.findall(r"^\[\[cas\]\]", file.read_text(encoding="utf-8"), re.MULTILINE)) for file in files)
    assert {file.stem for file in files} == set(CHECKS)
    assert written == len(CASES) > 0
    assert all(set(read(subject)) <= {"cas", "dossier"} for subject in CHECKS)


def test_titles_tell_cases_apart():
    titles = [(subject, case["titre"]) for subject, case in CASES]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("subject", CHECKS)
@pytest.mark.parametrize("inside", [False, True])
def test_an_unknown_key_in_a_case_fails(subject, inside):
    case = next(case for one, case in CASES if one == subject)
    spoiled = case | {"attendu": spoil(case["attendu"])} if inside else case | {"atendu": 1}
    with pytest.raises(AssertionError, match="unknown keys"):
        CHECKS[subject](read(subject).get("dossier", {}), spoiled, build.campaign(**case.get("regles", {})))


def spoil(expected: Any) -> Any:
    return [spoil(expected[0]), *expected[1:]] if isinstance(expected, list) else expected | {"staut": 1}


def test_every_type_of_administration_has_a_case():
    base, cases = read("cofinancement")["dossier"], read("cofinancement")["cas"]
    header = header_of("type_administration")
    assert {case.get("dossier", {}).get(header, base[header]) for case in cases} == set(build.TYPES)
