"""The values of each message, and the cell of each value."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from functools import cached_property, partial
from typing import Any

from eig_sheets.call.applications import letter_words
from eig_sheets.call.applications.applications import APPLICATIONS
from eig_sheets.call.applications.rules_eligibility import BREAKING
from eig_sheets.call.cofinancing.amounts import COFINANCING
from eig_sheets.call.jury.grilles import PAGE_LINKS
from eig_sheets.call.jury.receipts import Receipt, ReceivedDossier, receipts_of, referents_of
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.reading_parts import recruits_tab
from eig_sheets.campaign.results import Results
from eig_sheets.domain.decisions import RETAINED
from eig_sheets.emails.catalogue.due import Due, Tables
from eig_sheets.emails.catalogue.entries import catalogue_of
from eig_sheets.emails.drafting import computed_values
from eig_sheets.emails.drafting.computed_values import Grilles
from eig_sheets.emails.drafting.lines import Columns, Computed, Line, Lines, context
from eig_sheets.emails.drafting.subjects import ListedRows, MailSubject, SubjectRow
from eig_sheets.emails.mail.context import Context
from eig_sheets.emails.mail.messages import AttachedFile


class Contexts:
    """The values for any row that an e-mail may be about."""

    def __init__(self, reading: Reading, results: Results, tables: Tables, today: date | None = None) -> None:
        """`today`: the day on which the messages are sent, by which a date is past."""
        self._reading, self._campaign, self._tables = reading, reading.campaign, tables
        self._results = results
        self._today = today
        self._dossiers = Lines(reading.layout_of("candidatures"), reading.valid_rows("candidatures"), "numero")
        self._assessed, self._money = Columns(results.of(APPLICATIONS).eligibility), Columns(results.of(COFINANCING))
        self._common = {name: _constant(value) for name, value in computed_values.common(self._campaign).items()}
        self._grilles = Grilles(results.of(PAGE_LINKS), lambda: self._referents)
        self._features = self._campaign.features
        self._subjects = {subject.tab: subject for subject in self._features.parts(MailSubject)}
        self._by_list: dict[ListedRows, Mapping[Any, list[Line]]] = {}
        self._by_tab: dict[str, Lines] = {}
        self._by_round: dict[tuple[str, str], Computed] = {}

    def of(self, due_email: Due) -> Context:
        """The values of an e-mail."""
        shared = self._shared(due_email.template, due_email.round)
        match self._about(due_email):
            case "jury":
                return self._juror(shared, due_email.person)
            case tab if tab in self._subjects:
                return self._subject(self._subjects[tab], shared, due_email.row)
            case _:
                return self._dossier(shared, str(due_email.numero))

    def _about(self, due_email: Due) -> str:
        return catalogue_of(self._campaign.features).email_of(due_email.template).about

    def doubt_of(self, due_email: Due, decisive: Collection[str]) -> str | None:
        """Why an e-mail waits, in French: the cell that it rests on and that cannot be read; None without any."""
        doubts = filter(None, (line.doubt(decisive) for line in self._lines_of(due_email)))
        return next(doubts, None) or self._doubt_of_recruits(due_email)

    def _doubt_of_recruits(self, due_email: Due) -> str | None:
        """Why a request for missing co-financing data waits: a cell on recruits, which applicants cannot fix."""
        if catalogue_of(self._campaign.features).email_of(due_email.template).asks_for != "cofin_missing":
            return None
        if not self._money["doubtful_recruits"][place := self._dossiers.line(due_email.numero).place]:
            return None
        return f"{self._money['to_check'][place][-1]} est à vérifier : le co-financement en dépend."

    def is_unread(self, due_email: Due, fields: Collection[str]) -> bool:
        """Whether one of these fields cannot be read in the rows that an e-mail is about."""
        return any(not line.unreadable.isdisjoint(fields) for line in self._lines_of(due_email))

    def _lines_of(self, due_email: Due) -> list[Line]:
        """The rows that decide whether an e-mail is due."""
        match self._about(due_email):
            case "jury":
                return self._jurors.lines(due_email.person)
            case tab if tab in self._subjects:
                rows, subject = self._lines(tab).lines(due_email.row), self._subjects[tab]
                return [*rows, *(dossier for row in rows for dossier in self._dossiers_of(subject, row))]
            case "candidatures":
                return self._of_dossier(due_email.numero)
            case _:
                return []

    def file_of(self, due_email: Due) -> AttachedFile | None:
        """The file that goes with an e-mail to a juror, if they have one."""
        return self._grilles.file_of(due_email.person or "")

    def _shared(self, template: str, round_: str) -> Computed:
        """The values of the configuration, and those that one round of an e-mail has for itself."""
        values = self._by_round.get((template, round_))
        if values is None:
            own = {
                name: partial(placeholder.value, self._campaign.messages, round_)
                for name, placeholder in catalogue_of(self._campaign.features).email_of(template).placeholders.items()
            }
            values = self._by_round[template, round_] = {**self._common, **own}
        return values

    def _context(self, computed: Computed, lines: Sequence[Line], fields: Mapping[str, str] | None = None) -> Context:
        """The values of a message as a whole, which knows the day of sending."""
        return context(computed, lines, fields, self._today)

    def _dossier(self, shared: Computed, numero: str) -> Context:
        line = self._dossiers.line(numero)
        return self._context({**shared, **self._computed(numero, line.place)}, [line])

    def _of_dossier(self, numero: object) -> list[Line]:
        return self._dossiers.lines(numero)

    def _computed(self, numero: str, place: int) -> dict[str, Callable[[], object]]:
        tab, assessed, money = self._dossiers.tab, self._assessed, self._money

        def motives() -> tuple[str, ...]:
            call, submitted = self._campaign.campaign, self._dossiers.columns["date_depot"][place]
            return tuple(
                letter_words.motive(code, tab.header(field), submitted, call)
                for code, field in assessed["reasons"][place]
                if code in BREAKING
            )

        return {
            "pieces": lambda: tuple(
                letter_words.piece(tab.schema.field(field), tab.header(field))
                for field in assessed["to_complete"][place]
            ),
            "motifs": motives,
            "a_completer": lambda: tuple(
                letter_words.MISSING[code] for code in money["missing"][place] if code in letter_words.MISSING
            ),
            "montant_min": lambda: money["amount_min"][place],
            "montant_max": lambda: money["amount_max"][place],
            "emails_equipe": lambda: self._teams.get(numero, ()),
            **{part.placeholder: partial(self._listed, part, numero) for part in self._features.parts(ListedRows)},
            **{part.placeholder: _constant(()) for part in self._features.parts_off(ListedRows)},
        }

    def _listed(self, part: ListedRows, numero: str) -> tuple[Context, ...]:
        """The rows of a feature's tab that are about a dossier, those of all dossiers being sought at once."""
        lines = self._by_list.get(part)
        if lines is None:
            table = self._tables.of(part.tab)
            lines = {} if table is None else part.lines(self._lines(part.tab), table, self._today)
            self._by_list[part] = lines
        return tuple(context({}, [line]) for line in lines.get(numero, ()))

    def _juror(self, shared: Computed, email: str | None) -> Context:
        line, scale = self._jurors.line(email), self._campaign.scale
        computed = {
            "jure": lambda: line["nom"],
            "email_jure": lambda: line["email"],
            "dossiers": lambda: tuple(context({}, self._of_dossier(numero)) for numero in line["pending"]),
            "dossiers_recus": lambda: tuple(map(self._received, self._receipts.get(line["email"], ()))),
            "criteres": _constant(tuple(self._campaign.labels.values())),
            "lien_grille": lambda: self._grilles.link_of(line["email"]),
            "fichier_grille": lambda: self._grilles.file_name_of(line["email"]),
            "referents": lambda: tuple(
                self._jurors.line(juror)["nom"] or juror for juror in self._referents.get(line["email"], ())
            ),
            "echeance_notes": _constant(self._campaign.scoring.closes),
            "note_min": _constant(scale[0]),
            "note_max": _constant(scale[1]),
        }
        return self._context({**shared, **computed}, [line], {"jure": "nom", "email_jure": "email"})

    def _received(self, received: ReceivedDossier) -> Context:
        answers = {"reponses": _constant(computed_values.answers_text(received))}
        return context(answers, self._of_dossier(received.numero))

    def _subject(self, subject: MailSubject, shared: Computed, row: int) -> Context:
        """Of a row of a feature's tab: with the columns of its dossier, where it is about one."""
        line = self._lines(subject.tab).line(row)
        dossiers = self._dossiers_of(subject, line)
        team = self._teams.get(line[subject.key], ()) if subject.of_dossiers else ()
        values = subject.values(
            SubjectRow(line, self._campaign, self._today, dossiers, team, self._dossiers, self._results)
        )
        return self._context({**shared, **values}, [line, *dossiers], subject.fields(line))

    def _dossiers_of(self, subject: MailSubject, line: Line) -> list[Line]:
        return self._of_dossier(line[subject.key]) if subject.of_dossiers else []

    def _lines(self, tab: str) -> Lines:
        lines = self._by_tab.get(tab)
        if lines is None:
            lines = self._by_tab[tab] = Lines(self._reading.layout_of(tab), self._reading.valid_rows(tab))
        return lines

    @cached_property
    def _jurors(self) -> Lines:
        return Lines(self._reading.layout.tabs["jury"], self._tables.jurors, "email")

    @cached_property
    def _receipts(self) -> Mapping[str, Receipt]:
        return receipts_of(self._reading)

    @cached_property
    def _referents(self) -> Mapping[str, tuple[str, ...]]:
        return referents_of(self._reading, self._results)

    @cached_property
    def _teams(self) -> Mapping[Any, tuple[str, ...]]:
        """Addresses of those recruited, by project."""
        tab = recruits_tab(self._campaign)
        if not tab or not self._reading.has(tab):
            return {}
        people = self._lines(tab)
        teams: dict[Any, tuple[str, ...]] = {}
        for line in people.where(people.frame["statut"].isin([RETAINED])):
            if line["email"]:
                teams[line["projet_decide"]] = (*teams.get(line["projet_decide"], ()), line["email"])
        return teams


def _constant(value: object) -> Callable[[], object]:
    return lambda: value
