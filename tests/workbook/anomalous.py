"""Workbooks with anomalies, and all those expected of each: code, tab, cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from typing import Any

from eig_sheets.call.applications import withdrawn
from eig_sheets.call.jury.collecting import collection_of
from eig_sheets.call.jury.read_pages import NOTHING_KEPT, Kept
from eig_sheets.call.jury.scored_versions import scored_versions
from eig_sheets.call.results import compute
from eig_sheets.call.rules.recorded_rules import recorded
from eig_sheets.call.rules.rule_changes import compare_rules
from eig_sheets.campaign.checks import of_day
from eig_sheets.campaign.reading_parts import Remembered
from eig_sheets.campaign.since_last_run import report
from eig_sheets.config import Campaign
from eig_sheets.config.load import with_sections
from eig_sheets.emails.outbox import outbox_status, previous_state_of
from eig_sheets.emails.outbox.news import with_news
from eig_sheets.emails.outbox.records import records_of
from eig_sheets.emails.outbox.rows import rows_of
from eig_sheets.emails.outbox.sheet import misplaced_rows as astray_of
from eig_sheets.emails.outbox.sheet import unknown_rows
from eig_sheets.emails.outbox.status import OutboxStatus
from eig_sheets.run.chart_numbers import NUMBERS, chart_numbers
from eig_sheets.run.nightly import problems_of
from eig_sheets.run.refusals import refused_additions
from eig_sheets.run.sheets import taken_name_anomalies, with_kept_rows
from eig_sheets.spreadsheet.google.reading import CAPABILITIES as GOOGLE
from eig_sheets.spreadsheet.model.cells import CellError, CellValue, Uncomputed, a1
from eig_sheets.spreadsheet.model.snapshot import Area, KeptOtherwise, Snapshot, TableRange, TabSnapshot
from eig_sheets.storage.last_run import FilledCells, KnownColumn, LastKnown, LastRun, TypedOver, Withdrawal
from eig_sheets.workbook import envois
from eig_sheets.workbook.anomalies import Anomaly
from tests.emails.drafting.support import TEXTS
from tests.features.modules import modules_of_features
from tests.workbook import (
    anomalous_access,
    anomalous_alterations,
    anomalous_pages,
    anomalous_rules,
    anomalous_selections,
)
from tests.workbook.signed import signed_tab, watched
from tests.workbook.snapshots import (
    DOSSIERS,
    EIG5,
    EVALUATIONS,
    JURORS,
    SCHEMA,
    at,
    book,
    dossier,
    evaluation,
    juror,
    place,
    reading,
    tab,
    tabs_with,
)

C, J, E = "Candidatures", "Jury", "Évaluations"
Expected = tuple[str, str, str | None]
LONG = "é" * 50_000
DOSSIER_WIDTH = len(SCHEMA.tab("candidatures").fields)


@dataclass(frozen=True)
class Case:
    """`last_run`, `pages`: what the last run recorded, and what is known of jurors' pages, when it is about them.

    `campaign`: whose rules they are; `remembered`: what the machine remembers for features.
    """

    name: str
    snapshot: Snapshot
    expected: tuple[Expected, ...]
    last_run: LastRun | None = None
    pages: Kept = NOTHING_KEPT
    campaign: Campaign = EIG5
    remembered: Mapping[Remembered[Any], Any] = field(default_factory=dict)


def anomalies_of(case: Case) -> list[Anomaly]:
    """Everything that a run says of a case."""
    last_run = case.last_run or LastRun()
    read = reading(case.snapshot, case.campaign, last_run.known)
    problems = [*problems_of(read, last_run)]
    previous = with_news(previous_state_of(rows_of(read), records_of(read), {}), read, case.remembered)
    misplaced_rows = astray_of(read, previous)
    if problems:
        return problems
    refusals = refused_additions(read, OutboxStatus((), (), (), {}))
    deleted = withdrawn.known_anomalies(read, last_run)
    collection = collection_of(read, case.pages)
    read = collection.reading
    told = (*report(read, last_run.typed_over), *misplaced_rows, *refusals, *deleted, *collection.anomalies)
    now = datetime(2021, 4, 20, 9)
    results = replace(compute(read, told, scored=last_run.scored), remembered=case.remembered)
    results = with_kept_rows(read, results, last_run, previous, now.date())
    emails = outbox_status(read, results, TEXTS, now.date(), previous, {}) if previous.rows else None
    unknown = unknown_rows(read, previous, emails) if emails else ()
    changes = compare_rules(read, results, recorded(read), now, now.date())
    dated = of_day(read, last_run, now.date())
    names = taken_name_anomalies(read, results.having(NUMBERS, chart_numbers(read, results)))
    return [*results.anomalies, *changes.anomalies, *dated, *names, *unknown]


def cases() -> Iterator[Case]:
    """All of them."""
    yield from (Case("nothing", book(), ()), *_keys())
    yield from _scores()
    yield from _jury()
    yield from _calculations()
    yield from _fields()
    yield from _columns()
    yield from _structure()
    yield from _memories()
    yield from _emails()
    yield from (Case(*case) for case in anomalous_access.cases())
    yield from (Case(*case) for case in anomalous_alterations.cases())
    yield from _authors()
    others = (anomalous_rules, *modules_of_features("anomalous"))
    yield from (Case(*case) for module in others for case in module.cases())
    yield from (
        Case(name, snapshot, expected, pages=pages) for name, snapshot, expected, pages in anomalous_pages.cases()
    )
    yield from (Case(*case, campaign=campaign) for *case, campaign in anomalous_selections.cases())


def _authors() -> Iterator[Case]:
    refused = [dossier(numero, preselection="Présélectionné") for numero in ("101", "102")]
    signed = signed_tab("candidatures", refused, "preselection", ["ada@example.org", "bob@example.org"])
    officers = with_sections(EIG5, {"workbook": {"officers": ("Ada@example.org",)}})
    typed = ("saisie_sans_auteur", C, at("candidatures", "preselection", 2))
    yield Case("a decision of somebody who is no officer", watched(signed), (typed,), campaign=officers)
    yield Case("a decision in a call without officers", watched(signed), ())
    both = (("saisie_sans_auteur", C, at("candidatures", "preselection")), typed)
    column = ("auteurs_alteres", C, a1(1, DOSSIER_WIDTH))
    altered = watched(replace(signed, authors={}))
    yield Case("a column of authors that somebody altered", altered, (column, *both), campaign=officers)


def _dossiers(name: str, /, *expected: tuple[str, str], **fields: CellValue) -> Case:
    """A third dossier with those fields; `expected` are (code, field)."""
    snapshot = book([*DOSSIERS, dossier("103", **fields)])
    return Case(name, snapshot, tuple((code, C, at("candidatures", field, 3)) for code, field in expected))


def _evaluations(name: str, /, *expected: tuple[str, str], jury: tuple = JURORS, **fields: CellValue) -> Case:
    """One evaluation more, Zoé's of dossier 101, with those fields; `expected` are (code, field)."""
    rows = [*EVALUATIONS, {**evaluation("101", "zoe"), **fields}]
    snapshot = book(jurors=[*jury, juror("zoe")], evaluations=rows)
    return Case(name, snapshot, tuple((code, E, at("evaluations", field, 7)) for code, field in expected))


def _keys() -> Iterator[Case]:
    number = {"numero": None}
    yield _dossiers("empty dossier number", ("numero_vide", "numero"), numero=None)
    yield _dossiers("dossier number of spaces", ("numero_vide", "numero"), numero=" \u00a0")
    yield _dossiers("dossier number as a number", numero=103.0)
    yield _dossiers("dossier number with spaces around", numero=" 103\u202f")
    yield _dossiers("dossier number changed into a date", ("numero_en_date", "numero"), numero=datetime(2021, 5, 3))
    yield _dossiers("dossier number in error", ("cellule_en_erreur", "numero"), numero=CellError("#REF!"))
    yield _dossiers("dossier number not computed", ("formule_non_calculee", "numero"), numero=Uncomputed("A2+1"))
    for name, typed in (("invisible", "1\u200b03"), ("right to left", "\u202e301"), ("full width", "１０３")):
        yield _dossiers(f"dossier number, {name}", ("numero_trompeur", "numero"), numero=typed)
    wide = (("numero_trompeur", "numero"), ("dossier_inconnu", "numero"))
    yield _evaluations("evaluation of a number in full width", *wide, numero="１０１")
    twice = [*DOSSIERS, dossier(101.0), dossier("\u00a0101")]
    rows = (1, 3, 4)
    expected = tuple(("numero_en_double", C, at("candidatures", "numero", row)) for row in rows)
    yield Case("the same dossier number three times, typed in three ways", book(twice), expected)
    yield Case("blank rows in the middle", book([DOSSIERS[0], {}, number, {}, DOSSIERS[1]]), ())
    yield Case("a row of spaces and unticked boxes", book([*DOSSIERS, {"mentor": " ", "hors_les_murs": False}]), ())
    yield _evaluations("evaluation of an unknown dossier", ("dossier_inconnu", "numero"), numero="1O1")
    yield _evaluations("evaluation by an unknown juror", ("jure_inconnu", "jure"), jure="zoé@jury.example")
    yield _evaluations("evaluation of no dossier by nobody", ("numero_vide", "numero"), ("numero_vide", "jure"),
                       numero=None, jure="")  # fmt: skip
    yield _evaluations("evaluation by a juror without an address", ("email_invalide", "jure"), jure="zoe")
    again = [*EVALUATIONS, evaluation(101.0, "anna")]
    expected = tuple(("jure_en_double", E, at("evaluations", "jure", row)) for row in (1, 7))
    yield Case("the same juror twice on a dossier", book(evaluations=again), expected)


def _scores() -> Iterator[Case]:
    first = "pertinence"
    for typed in ("3,5", "3.5", " 3,5\u00a0", 3.5, 4.0, "NSP", "nsp", None, "  "):
        yield _evaluations(f"score {typed!r}", pertinence=typed)
    yield _evaluations("score of 5 out of 4", ("note_hors_echelle", first), pertinence=5.0)
    yield _evaluations("score of 0 out of 4", ("note_hors_echelle", first), pertinence=0.0)
    yield _evaluations("score in words", ("note_illisible", first), pertinence="bof")
    for typed in (datetime(2021, 5, 3), date(2021, 5, 3), time(3, 5)):
        yield _evaluations(f"score changed into a {type(typed).__name__}", ("note_en_date", first), pertinence=typed)
    yield _evaluations("score in error", ("cellule_en_erreur", first), pertinence=CellError("#DIV/0!"))
    yield _evaluations("score not computed", ("formule_non_calculee", first), pertinence=Uncomputed("3+0.5"))
    yield _evaluations("several bad cells in a row",
                       ("email_invalide", "jure"), ("note_hors_echelle", first), ("note_illisible", "engagement"),
                       ("cellule_en_erreur", "ouverture"), ("oui_non_illisible", "deport"), ("choix_inconnu", "avis"),
                       ("date_illisible", "evalue_le"), jure="x", pertinence=5, engagement="?",
                       ouverture=CellError("#N/A"), deport="bof", avis="Mitigé", evalue_le="hier")  # fmt: skip


def _jury() -> Iterator[Case]:
    blank = dict.fromkeys(("pertinence", "definition", "engagement", "transformation", "ouverture"))
    yield _evaluations("déport", **blank, deport="oui")
    yield _evaluations("déport with scores in it", ("deport_avec_notes", "pertinence"), deport="x")
    yield _evaluations("déport with an NSP in it", ("deport_avec_notes", "engagement"),
                       **{**blank, "engagement": "NSP"}, deport=True)  # fmt: skip
    score = at("evaluations", "jure", 1)
    cell = at("jury", "deports")
    for typed, unknown in (
        ("101", 0),
        (" 101 ; 102b", 1),
        ("Direction des Phares", 0),
        ("x ; DIRECTION DES PHARES", 1),
        (" ; ".join(["101", *(f"mot {letter}" for letter in "abcdefghijklmn")]), 1),  # pasted there: one mistake
    ):
        snapshot = book(jurors=[juror("anna", deports=typed), *JURORS[1:]], evaluations=EVALUATIONS[:1])
        expected = (("conflit_deport", E, score), *(("deport_inconnu", J, cell),) * unknown)
        yield Case(f"a juror who scores a dossier of their déports: {typed}", snapshot, expected)
    for typed in ("Direction des phare", "Projet 101", "n° 101 (Phares)"):
        snapshot = book(jurors=[juror("anna", deports=typed), *JURORS[1:]], evaluations=EVALUATIONS[:1])
        expected = (("conflit_possible", E, score), ("deport_inconnu", J, cell))
        yield Case(f"a juror who scores what their déport was to name: {typed}", snapshot, expected)
    numbered = [dossier("3712345"), dossier("3721934", administration="Bureau des cartes")]
    anna = [juror("anna", deports="3712435"), *JURORS[1:]]
    both = [evaluation(numero, "anna") for numero in ("3712345", "3721934")]
    expected = (("conflit_possible", E, score), ("deport_inconnu", J, cell))
    yield Case("a juror who scores a number that was mistyped in their déports", book(numbered, anna, both), expected)
    for typed in ("1101", "Direction des postes", "Direction des phares 2"):
        snapshot = book(jurors=[juror("anna", deports=typed), *JURORS[1:]], evaluations=EVALUATIONS[:1])
        yield Case(f"a déport of what is not in the call: {typed}", snapshot, (("deport_inconnu", J, cell),))
    for typed in ("Aucun", "—"):
        yield Case(f"no déport: {typed}", book(jurors=[juror("anna", deports=typed), *JURORS[1:]]), ())
    for typed in ("aucun ?", "?"):
        snapshot = book(jurors=[juror("anna", deports=typed), *JURORS[1:]])
        yield Case(f"a déport that asks: {typed}", snapshot, (("deport_inconnu", J, cell),))
    early = tabs_with(tab("candidatures"), tab("jury", [juror("anna", deports="101")]), tab("evaluations"))
    yield Case("déports before there is any dossier", early, ())
    own = [juror("anna", organisation="direction des phares "), *JURORS[1:]]
    expected = (("conflit_organisation", E, score),)
    yield Case("a juror who scores their own organisation", book(jurors=own, evaluations=EVALUATIONS[:1]), expected)
    aside = [evaluation("101", "anna", *[None] * 5, deport="oui"), evaluation("102", "anna", *[None] * 5)]
    yield Case(
        "a juror of the organisation who stepped aside or has not scored", book(jurors=own, evaluations=aside), ()
    )
    both = [juror("anna", deports="999"), *JURORS, juror("anna", deports="101")]
    expected = tuple(("email_en_double", J, at("jury", "email", row)) for row in (1, 2, 5))
    expected += (("conflit_deport", E, score), ("deport_inconnu", J, cell))
    yield Case("a juror listed three times has every déport", book(jurors=both, evaluations=EVALUATIONS[:1]), expected)
    namesakes = [*JURORS, juror("anna2", nom=JURORS[0]["nom"])]
    expected = tuple(("nom_en_double", J, at("jury", "nom", row)) for row in (1, len(namesakes)))
    yield Case("a juror listed twice, at two addresses", book(jurors=namesakes), expected)
    few = [juror("anna", maximum=-1.0), juror("bob", maximum="−2"), juror("chloe", maximum=1.0)]
    expected = tuple(("nombre_negatif", J, at("jury", "maximum", row)) for row in (1, 2))
    yield Case("jurors who may score fewer than no dossier", book(jurors=few), expected)
    broken = [*JURORS, juror("zoe", email=None), juror("yan", deports=CellError("#REF!"), maximum="2,5")]
    yield Case("a juror without an address, another whose déports are in error", book(jurors=broken), (
        ("numero_vide", J, at("jury", "email", 4)), ("nombre_non_entier", J, at("jury", "maximum", 5)),
        ("cellule_en_erreur", J, at("jury", "deports", 5)),
    ))  # fmt: skip


def _calculations() -> Iterator[Case]:
    code = "ligne_sans_dossier"
    summed = [*DOSSIERS, {"numero": "Total", "projet": 35.0}]
    under = len(DOSSIERS) + 1
    yield Case("a total under the dossiers", book(summed), ((code, C, at("candidatures", "numero", under)),))
    about = [*EVALUATIONS, evaluation("Moyenne", "anna")]
    cell = at("evaluations", "numero", len(EVALUATIONS) + 1)
    yield Case("a mean under the notes", book(evaluations=about), ((code, E, cell),))
    both = (code, C, at("candidatures", "numero", under)), (code, E, cell)
    yield Case("notes of a total", book(summed, evaluations=[*EVALUATIONS, evaluation("Total", "anna")]), both)


def _fields() -> Iterator[Case]:
    for typed in ("07/04/2021 23:59:59", "7 avril 2021", "2021-04-07T21:59:59Z", datetime(2021, 4, 7, 23, 59, 59)):
        yield _dossiers(f"received in time: {typed}", date_depot=typed)
    for typed in ("08/04/2021", "2021-04-07T22:00:00Z", datetime(2021, 4, 8), "07/04/2021 à 24h"):
        code = "date_illisible" if "24h" in str(typed) else "depot_hors_delai"
        yield _dossiers(f"received one second late: {typed}", (code, "date_depot"), date_depot=typed)
    yield _dossiers("an applicant may still change it", ("dossier_modifiable", "etat"), etat="En construction")
    yield _dossiers("examined", etat="En instruction")
    aside = {"etat": "en_construction", "preselection": "Écarté – inéligible"}
    yield _dossiers("one may change what is set aside", ("voies_recours_absentes", "preselection"), **aside)
    yield _dossiers("withdrawn on the platform", ("dossier_retire", "etat"), etat="Classé sans suite")
    yield _dossiers("withdrawn here too", etat="Classé sans suite", decision="Désisté")
    yield _dossiers("received too early", ("depot_avant_ouverture", "date_depot"), date_depot="31/01/2021 23:59:59")
    for typed in ("07/04/0000", "0021-04-07T12:00:00Z"):
        yield _dossiers(f"received in a year that is none: {typed}", ("date_illisible", "date_depot"), date_depot=typed)
    yield _dossiers("received on no date", ("date_illisible", "date_depot"), date_depot=44293.0)
    for typed in (4.0, "4", 1, 0):
        yield _dossiers(f"{typed!r} EIG", ("nombre_eig_refuse", "nombre_eig"), nombre_eig=typed)
    yield _dossiers("2,5 EIG", ("nombre_non_entier", "nombre_eig"), nombre_eig="2,5")
    yield _dossiers("fewer than no EIG", ("nombre_negatif", "nombre_eig"), nombre_eig=-2.0)
    yield _dossiers("two EIG in words", ("nombre_illisible", "nombre_eig"), nombre_eig="deux")
    yield _dossiers("2 EIG changed into a date", ("nombre_en_date", "nombre_eig"), nombre_eig=datetime(2021, 3, 2))
    cost = "cout_jusqu_a_5_ans"
    for typed in ("61 250,00 €", "61250", "61250 euros", 61250):
        yield _dossiers(f"amount {typed!r}", cout_jusqu_a_5_ans=typed)
    yield _dossiers("amount in words", ("montant_illisible", cost), cout_jusqu_a_5_ans="à voir avec la paie")
    yield _dossiers("amount in two ways", ("montant_ambigu", cost), cout_jusqu_a_5_ans="61.250")
    yield _dossiers("amount below zero", ("montant_negatif", cost), cout_jusqu_a_5_ans="−61250 €")
    siret = ("siret_douteux", "siret")
    yield _dossiers("SIRET of thirteen digits", siret, siret="1300252650001")
    yield _dossiers("SIRET with a wrong digit", siret, siret=13002526500014.0)
    yield _dossiers("amount of the whole team", ("simulation_a_verifier", cost), cout_jusqu_a_5_ans=122500)
    yield _dossiers("costs in each other’s column", ("couts_inverses", cost), cout_jusqu_a_5_ans=70000,
                    cout_plus_de_5_ans=61250)  # fmt: skip
    yield _dossiers("name and date in each other’s column", ("cellules_interverties", "projet"),
                    ("date_illisible", "date_depot"), projet=datetime(2021, 4, 7), date_depot="Aigle")  # fmt: skip
    yield _dossiers("answer in the column at its right", ("cellules_interverties", "partenaires"),
                    ("oui_non_illisible", "convention"), partenaires="oui", convention="Aigle")  # fmt: skip
    yield _dossiers("received in another year", ("date_improbable", "date_depot"), date_depot=datetime(2031, 4, 7))
    trap = "anne@g\u043euv.fr"
    yield _dossiers("e-mail with a Cyrillic letter", ("adresse_trompeuse", "email_mentor"), email_mentor=trap)
    for name, typed in (
        ("invisible", "anne\u200b@gouv.fr"),
        ("right to left", "\u202eanne@gouv.fr"),
        ("full", "ａ@gouv.fr"),
    ):
        yield _dossiers(f"e-mail, {name}", ("adresse_trompeuse", "email_mentor"), email_mentor=typed)
    yield _dossiers("e-mail with what is stripped around it", email_mentor="\ufeffanne@gouv.fr\u200b ")
    yield _dossiers("e-mail without @", ("email_invalide", "email_porteur"), email_porteur="anne.exemple.fr")
    yield _dossiers("neither yes nor no", ("oui_non_illisible", "convention"), convention="en cours")
    yield _dossiers("a type that is none", ("choix_inconnu", "type_administration"), type_administration="Ministère")
    yield _dossiers("a decision that is none", ("choix_inconnu", "decision"), decision="Lauréate ?")
    yield _dossiers("two decisions that agree", ("voies_recours_absentes", "preselection"),
                    preselection="Écarté – insuffisant", decision="Non retenu")  # fmt: skip
    for decision in ("Lauréat", "liste d'attente"):
        for preselection in ("Écarté – inéligible", "Écarté – insuffisant"):
            yield _dossiers(f"{preselection} then {decision}", ("decision_contradictoire", "decision"),
                            preselection=preselection, decision=decision)  # fmt: skip
    yield _dossiers("a text of 50 000 characters", ("texte_trop_long", "resume"), resume=LONG)
    yield _dossiers("a text of 20 000 smileys, which count twice", ("texte_trop_long", "resume"), resume="😀" * 20_000)
    yield _dossiers("a text that just fits", resume=LONG[:32_767])
    yield _dossiers(
        "an error where the staff comments", ("cellule_en_erreur", "commentaire"), commentaire=CellError("#REF!")
    )
    yield from _numbers_and_names()
    yield from _merged()


def _numbers_and_names() -> Iterator[Case]:
    for typed in ("sans objet", "217 ou 354", "12A", "21"):
        yield _dossiers(f"a programme that is none, {typed}", ("programme_illisible", "programme"), programme=typed)
    for typed in ("0217", "P217", "Programme 217", "n° 217", 217.0):
        yield _dossiers(f"a programme, {typed}", programme=typed)
    yield _dossiers("as many people as euros", ("nombre_improbable", "nombre_eig"), nombre_eig=61250)
    groups = [juror(name, groupe=group) for name, group in (("anna", "A"), ("bob", "A"), ("chloe", "A q"))]
    alone = ("groupe_d_un_seul", J, at("jury", "groupe", 3))
    yield Case("a juror alone in a group", book(jurors=groups), (alone,))
    yield Case(
        "nobody shares a group", book(jurors=[juror(name, groupe=name) for name in ("anna", "bob", "chloe")]), ()
    )
    yield _dossiers("a métier with a slip", ("metier_ressemblant", "profils"), profils="Dévelopepur ; Designer")
    yield _dossiers("a métier with words around", profils="Designer (à confirmer) ; Développeuse ; Ergonome")


def _merged() -> Iterator[Case]:
    host = place("candidatures", "administration")
    made = tab("candidatures", [*DOSSIERS, dossier("103", administration=None)])
    area = Area(3, host, 4, host)
    cell = at("candidatures", "administration", 3)
    snapshot = tabs_with(replace(made, merges=(area,)))
    yield Case("a cell merged with the one above", snapshot, (("cellule_fusionnee", C, cell),))
    key = tab("candidatures", [*DOSSIERS, dossier(None)])
    snapshot, cell = tabs_with(replace(key, merges=(Area(3, 0, 4, 0),))), at("candidatures", "numero", 3)
    yield Case("a dossier number merged with the one above", snapshot, (("cellule_fusionnee", C, cell),))
    hidden = tab("candidatures", [*DOSSIERS, dossier("103", nombre_eig="deux")])
    count = place("candidatures", "nombre_eig")
    snapshot = tabs_with(replace(hidden, merges=(Area(3, count, 4, count), Area(4, count, 4, count + 1))))
    cells = (("cellule_fusionnee", C, a1(4, count)), ("cellule_fusionnee", C, a1(4, count + 1)))
    yield Case("a bad value under two merges is reported once, and so is its neighbour", snapshot, cells)
    swapped = tab("candidatures", [*DOSSIERS, dossier("103", projet=datetime(2021, 4, 7), date_depot="Aigle")])
    name = place("candidatures", "projet")
    snapshot = tabs_with(replace(swapped, merges=(Area(3, name, 4, name),)))
    cells = (("cellule_fusionnee", C, a1(4, name)), ("date_illisible", C, at("candidatures", "date_depot", 3)))
    yield Case("a cell under a merge that its neighbour changed places with is reported once", snapshot, cells)
    titled = tab("candidatures", DOSSIERS, above=[["Appel à projets"]])
    snapshot = tabs_with(replace(titled, merges=(Area(1, 0, 1, 20),)))
    yield Case("a merged title", snapshot, ())
    empty = Area(5, 0, 1_048_576, 16_383)
    yield Case("a merge of everything under the rows", tabs_with(replace(titled, merges=(empty,))), ())


def _columns() -> Iterator[Case]:
    absent = tabs_with(tab("candidatures", DOSSIERS, without=["mentor"]))
    yield Case("an optional column that a rule uses is absent", absent, (("colonne_absente", C, None),))
    unused = tabs_with(tab("candidatures", DOSSIERS, without=["region", "decision", "preselection", "commentaire"]))
    yield Case("optional columns that no rule of eligibility uses are absent", unused, ())
    twice = tabs_with(tab("candidatures", DOSSIERS, headers={"motif": "Région"}))
    yield Case("two columns for one optional field", twice, (("colonne_en_double", C, at("candidatures", "motif", 0)),))
    rows = [{**row, "Mes rangs": value} for row, value in zip(DOSSIERS, ("à", "moi"), strict=True)]
    lost = replace(tab("candidatures", rows, extra=["Mes rangs"]), column_marks={DOSSIER_WIDTH: "rang"})
    cell = a1(1, DOSSIER_WIDTH)
    yield Case(
        "a robot's column that is not its own any more", tabs_with(lost), (("colonne_robot_introuvable", C, cell),)
    )
    retouched = replace(tabs_with(lost), capabilities=GOOGLE)
    below = a1(2, DOSSIER_WIDTH)
    yield Case("a robot's column of a live workbook, typed in", retouched, (("colonne_robot_retouchee", C, below),))
    yield Case("a robot's column that shows something else than the robot's tab", *_shown_otherwise())
    yield Case("a robot's column in a table", *_in_a_table(None))
    yield Case("a robot's column that people typed in, in a table", *_in_a_table("à moi"))
    yield Case("a robot's column that the program does not let be mended", *_refused())
    yield Case("a robot's tab that the program does not let be written", *_refused_robot_tab())
    extra = [{**row, "Rang": "à moi", "Relu par": CellError("#REF!")} for row in DOSSIERS]
    own = tabs_with(
        tab("candidatures", extra, extra=["Rang", "Relu par", None, "Relu par"]), TabSnapshot("Budget", [[1]])
    )
    yield Case("the staff's own columns and tabs", own, ())
    yield Case("values typed under a robot's formula", *_typed_under_a_formula())
    filters = [{**row, "hors_les_murs": True, "convention": False} for row in DOSSIERS]
    boxes = [*filters, *[{"hors_les_murs": False, "convention": False}] * 200]
    yield Case("columns of check-boxes, ticked or not", book(boxes), ())


def _shown_otherwise() -> tuple[Snapshot, tuple[Expected, ...]]:
    rows = [{**row, "Rang": rank} for row, rank in zip(DOSSIERS, (1.0, 3.0), strict=True)]
    made = tab("candidatures", rows, extra=["Rang"])
    formulas = {(1, DOSSIER_WIDTH): 'ARRAYFORMULA(IF(ROW(A1:A)=ROW(A1),"Rang",IF(A1:A="",,A1:A)))'}
    marked = replace(made, column_marks={DOSSIER_WIDTH: "rang"}, formulas=formulas)
    headers = [column.header for column in SCHEMA.robot_columns["classement"]]
    ranked = [{"Rang": float(place), "N° de dossier": row["numero"]} for place, row in enumerate(DOSSIERS, 1)]
    ranking = [headers, *([line.get(header) for header in headers] for line in ranked)]
    live = replace(tabs_with(marked, TabSnapshot("Classement", ranking, mark="classement")), capabilities=GOOGLE)
    return live, (("colonne_robot_fausse", C, a1(3, DOSSIER_WIDTH)),)


def _in_a_table(typed: CellValue) -> tuple[Snapshot, tuple[Expected, ...]]:
    """« Convertir en tableau » over a robot's column: its header does not hold the formula any more."""
    rows = [{**row, "Rang": value} for row, value in zip(DOSSIERS, (None, typed), strict=True)]
    made = tab("candidatures", rows, extra=["Rang"])
    table = TableRange(Area(1, 0, len(made.rows), DOSSIER_WIDTH))
    marked = replace(made, column_marks={DOSSIER_WIDTH: "rang"}, tables=(table,))
    cell = a1(1 if typed is None else 3, DOSSIER_WIDTH)
    code = "colonne_robot_en_tableau" if typed is None else "colonne_robot_retouchee"
    return replace(tabs_with(marked), capabilities=GOOGLE), ((code, C, cell),)


def _refused() -> tuple[Snapshot, tuple[Expected, ...]]:
    made = tab("candidatures", DOSSIERS, extra=["Rang"])
    live = replace(tabs_with(replace(made, column_marks={DOSSIER_WIDTH: "rang"})), capabilities=GOOGLE)
    return replace(live, refused={C: "This is not allowed."}), (("ajout_refuse", C, a1(1, DOSSIER_WIDTH)),)


def _refused_robot_tab() -> tuple[Snapshot, tuple[Expected, ...]]:
    live = replace(tabs_with(TabSnapshot("Envois", mark="envois")), capabilities=GOOGLE)
    return replace(live, refused={"Envois": "This is protected."}), (("onglet_refuse", "Envois", None),)


def _typed_under_a_formula() -> tuple[Snapshot, tuple[Expected, ...]]:
    rows = [{**row, "Rang": value} for row, value in zip(DOSSIERS, (None, "à moi"), strict=True)]
    blocked = tab("candidatures", rows, headers={}, extra=["Rang"])
    blocked.rows[0][DOSSIER_WIDTH] = CellError("#REF!")
    formulas = {(1, DOSSIER_WIDTH): 'ARRAYFORMULA(IF(ROW(A1:A)=ROW(A1),"Rang",IF(A1:A="",,A1:A)))'}
    marked = replace(blocked, column_marks={DOSSIER_WIDTH: "rang"}, formulas=formulas)
    long = tab("jury", [{**juror, "organisation": "é" * 40_000} for juror in JURORS])
    live = replace(tabs_with(marked, long), capabilities=GOOGLE)
    return live, (("saisie_dans_colonne_robot", C, a1(3, DOSSIER_WIDTH)),)


def _structure() -> Iterator[Case]:
    yield Case("an empty tab", tabs_with(TabSnapshot(J)), (("onglet_sans_en_tetes", J, None),))
    only = tabs_with(tab("candidatures"), tab("jury"), tab("evaluations"))
    yield Case("headers only", only, ())
    yield Case("a title above the headers", tabs_with(tab("candidatures", DOSSIERS, above=[["EIG5"], []])), ())
    yield Case("a header with a line break", tabs_with(tab("jury", JURORS, headers={"email": "E-\nmail "})), ())
    unmarked = Snapshot(tuple(replace(known, mark=None) for known in book().tabs))
    yield Case("nothing is marked", unmarked, (("classeur_sans_marque", "", None),))
    kept = (KeptOtherwise("Classement", "B3", "Une note", "Une note de moins"),)
    otherwise = replace(book(), kept_otherwise=kept)
    yield Case("a text is kept otherwise", otherwise, (("texte_garde_autrement", "Classement", "B3"),))
    astray = replace(book(), misplaced=((C, 3),))
    yield Case("a row lies under other headers", astray, (("ligne_sous_autres_en_tetes", C, a1(3, 0)),))
    gone = Snapshot(book().tabs[:2])
    yield Case("a tab that vanished", gone, (("onglet_absent", E, None),))
    twins = tabs_with(tab("jury", JURORS, name="jury"))
    yield Case("two tabs for one", twins, (("onglet_ambigu", J, None),))
    missing = tabs_with(tab("evaluations", EVALUATIONS, headers={"jure": "Qui"}, without=["definition"]))
    yield Case("required columns are missing", missing, (("colonne_obligatoire_absente", E, None),) * 2)
    double = tabs_with(tab("jury", JURORS, headers={"groupe": "E-mail"}))
    yield Case("a required header twice", double, (("colonne_obligatoire_en_double", J, None),))
    yield from _oversized()
    taken = tabs_with(TabSnapshot("Anomalies", [["les nôtres"]]))
    yield Case("people's tab under a robot's name", taken, (("nom_pris", "Anomalies", None),))
    charts = tabs_with(TabSnapshot("Données des graphiques", [["les nôtres"]]))
    yield Case("under that of an optional one", charts, (("nom_reserve", "Données des graphiques", None),))
    unused = tabs_with(TabSnapshot("Grilles", [["les nôtres"]]))
    yield Case("under that of one that has nothing to say", unused, ())


def _oversized() -> Iterator[Case]:
    filled = tab("jury", [{"email": "a@jury.example"}] * 10_001)
    yield Case("a tab filled to the bottom of the sheet", tabs_with(filled), (("onglet_demesure", J, None),))
    wide = replace(filled, rows=[filled.rows[0], *[["x"] * 200] * 5_000])
    yield Case("a tab filled to the edge of the sheet", tabs_with(wide), (("onglet_trop_large", J, None),))
    long = tab("jury", [{"email": "a@jury.example"}] * 8_000)
    together = tabs_with(long, tab("candidatures", [{"projet": "x"}] * 7_001))
    yield Case("two tabs that are too long together", together, (("onglets_demesures", J, None),))


def _memories() -> Iterator[Case]:
    cut = LastRun(counts={"candidatures": 8, "jury": 3, "evaluations": 6})
    yield Case("a tab lost many rows", book(), (("onglet_ampute", C, None),), cut)
    yield Case("a tab lost five rows", book(), (("onglet_ampute", C, None),), LastRun(counts={"candidatures": 7}))
    yield Case("a tab lost a third of its rows, four", book(), (), LastRun(counts={"evaluations": 10}))
    typed = (TypedOver("Classement", "B3", "18", date(2021, 4, 20)),)
    expected = (("saisie_dans_onglet_robot", "Classement", "B3"),)
    yield Case("someone typed in a robot's tab", book(), expected, LastRun(typed_over=typed))
    known = LastKnown(columns={"candidatures": {"questions": KnownColumn("Questions de présélection", 3)}})
    renamed = tabs_with(tab("candidatures", DOSSIERS, without=["questions"]))
    yield Case("a column that was filled is gone", renamed, (("colonne_disparue", C, None),), LastRun(known=known))
    before = {"101": {"decision": "Lauréat"}, "102": {}}
    known = LastKnown(values={"candidatures": before})
    erased = (("valeur_effacee", C, at("candidatures", "decision")),)
    yield Case("a decision was erased", book(), erased, LastRun(known=known))
    known = LastKnown(filled={"candidatures": FilledCells(("nombre_eig",), {"101": "1", "102": "0"})})
    emptied = (("cellule_videe", C, at("candidatures", "nombre_eig")),)
    yield Case(
        "a number was erased", book([{**DOSSIERS[0], "nombre_eig": None}, *DOSSIERS[1:]]), emptied, LastRun(known=known)
    )
    known = LastKnown(values={"jury": {"ana@jury.example": {"nom": "Anna"}}})
    slip = (("cle_changee", J, at("jury", "email")),)
    yield Case("an address like one that is gone", book(evaluations=()), slip, LastRun(known=known))
    deleted = Withdrawal(datetime(2021, 3, 20, 10, tzinfo=UTC), "par son porteur")
    where = (("dossier_supprime", C, at("candidatures", "decision")),)
    yield Case("a dossier deleted by its applicant", book(), where, LastRun(withdrawn={DOSSIERS[0]["numero"]: deleted}))
    scored = scored_versions(reading(book([DOSSIERS[0], dossier("102", resume="Autre")])), {})
    again = tuple(("version_anterieure", E, at("evaluations", "jure", row)) for row in (4, 5, 6))
    yield Case("a dossier that changed once scored", book(), again, LastRun(scored=scored))


def _emails() -> Iterator[Case]:
    known = [
        [*envois.TABLE.sheet_headers],
        ["laureat-1", "laureat", "1", "a@example.org", "Bravo", "Validé"],
    ]
    robots = TabSnapshot("Envois", known, mark="envois")
    emails = [["Id", "Modèle", "Objet"], ["Bravo", "a@example.org", "laureat-1"], ["laureat-1 bis", None, None]]
    moved = tabs_with(robots, TabSnapshot("E-mails à envoyer", emails))
    tab = "E-mails à envoyer"
    strangers = (("email_inconnu", tab, "A2"), ("email_inconnu", tab, "A3"))
    yield Case("an e-mail under other headers", moved, (("email_deplace", tab, "C2"), *strangers))
    above = [["laureat-1", "laureat", "Bravo"], emails[0]]
    moved = tabs_with(robots, TabSnapshot("E-mails à envoyer", above))
    yield Case("an e-mail above the headers", moved, (("email_deplace", tab, "A1"),))
    there = tabs_with(robots, TabSnapshot("E-mails à envoyer", above[::-1]))
    yield Case("an e-mail in its place", there, ())


CASES = tuple(cases())
