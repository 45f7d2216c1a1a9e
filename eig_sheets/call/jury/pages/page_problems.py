"""The French sentences on a page that came back and is not understood: the file, the cell, what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from eig_sheets.call.jury.pages.blocks import DOSSIER, NUMBER
from eig_sheets.call.jury.pages.found_lines import FoundLine, FoundTab
from eig_sheets.call.jury.pages.pages import PageProblem
from eig_sheets.text.french import listed, typographic
from eig_sheets.workbook.quoting import quoted

_NEW_PAGE: Final = "Reportez ces réponses dans une page neuve (« eig-sheets jury ballots »), ou demandez-la au juré."
_PUT_BACK: Final = "Remettez la ligne comme elle était, ou reportez ces réponses dans une page neuve."


@dataclass(frozen=True, slots=True)
class Problems:
    """The problems of one file, whose name begins each sentence."""

    source: str

    def no_page(self) -> PageProblem:
        """The file is something else."""
        return self._refused("", "ce n’est ni une grille ni une déclaration faite par « eig-sheets jury ballots »",
                             "Retirez ce fichier du dossier, ou retrouvez la page que le juré a remplie.")  # fmt: skip

    def no_keys(self, tab: str) -> PageProblem:
        """The columns that are not shown are gone."""
        return self._refused(
            f"{tab}!C1",
            "les colonnes masquées C à F, qui disent de quel dossier est chaque ligne, n’y sont plus",
            _NEW_PAGE,
        )

    def two_pages(self, names: Sequence[str]) -> PageProblem:
        """Somebody copied the tab."""
        tabs = listed(f"« {name} »" for name in names)
        return self._refused(f"{names[1]}!A1", f"plusieurs onglets sont des grilles ({tabs})",
                             "Gardez celui que le juré a rempli, supprimez les autres, enregistrez.")  # fmt: skip

    def other_layout(self) -> PageProblem:
        """A later release made it."""
        return self._refused("", "cette page a été faite par une version plus récente d’eig-sheets",
                             "Mettez le programme à jour.")  # fmt: skip

    def no_identity(self, tab: str) -> PageProblem:
        """Nothing says whose it is."""
        return self._refused(f"{tab}!F2", "rien n’y dit plus de quel juré elle est", _NEW_PAGE)

    def two_jurors(self, cell: str, shown: str, juror: str) -> PageProblem:
        """What people see of whose page it is is not what the page knows."""
        return self._refused(
            cell,
            f"{_seen(shown)} sur la page de {juror}",
            f"Demandez de qui sont ces réponses. De {juror} : remettez cette cellule ; d’un autre juré : reportez-les "
            "dans sa page à lui.",
        )

    def dossier_gone(self, tab: str, numero: str) -> PageProblem:
        """All of a dossier's lines were deleted."""
        return self._left_out(f"{tab}!A1", numero, f"les lignes du dossier {numero} n’y sont plus",
                              "Ce qui en a été collecté reste. Sinon, redonnez une page au juré.")  # fmt: skip

    def line_gone(self, page: FoundTab, numero: str, field: str) -> PageProblem:
        """One line of a dossier was deleted."""
        label = next((line.text for line in page.lines if line.field == field), field)
        what = {DOSSIER: "le titre", NUMBER: "le numéro"}.get(field, f"la ligne « {label} »")
        where = next(line.cell for line in page.lines if line.numero == numero)
        return self._left_out(where, numero, f"{what} du dossier {numero} n’y est plus", _PUT_BACK)

    def doubled(self, line: FoundLine) -> PageProblem:
        """Two lines of one answer say different things."""
        return self._line(line, f"deux lignes « {line.text} » du dossier {line.numero} ne disent pas la même chose",
                          "Supprimez celle qui est de trop.")  # fmt: skip

    def number_altered(self, line: FoundLine) -> PageProblem:
        """The number that people see is not the line's."""
        what = f"{_seen(line.shown)} au-dessus de réponses qui sont du dossier {line.numero}"
        return self._line(line, what, "Remettez le numéro, ou reportez ces réponses dans une page neuve.")

    def label_altered(self, line: FoundLine) -> PageProblem:
        """The label that people see is not the answer's."""
        return self._line(line, f"{_seen(line.shown)} à côté d’une réponse qui est de « {line.text} »", _PUT_BACK)

    def out_of_place(self, line: FoundLine) -> PageProblem:
        """The line is seen under another dossier."""
        where = f"sous le dossier {line.above}" if line.above else "au-dessus de tout dossier"
        return self._line(line, f"cette ligne du dossier {line.numero} est {where} (lignes triées ?)", _PUT_BACK)

    def stray(self, cell: str) -> PageProblem:
        """An answer on a line that somebody inserted."""
        sentence = self._sentence(cell, "cette réponse n’est sur la ligne d’aucune question : elle n’est pas reprise")
        return PageProblem(self.source, cell, sentence, typographic("Mettez-la sur la ligne de sa question."))

    def unreadable_deport(self, cell: str, numero: str) -> PageProblem:
        """A déport with neither yes nor no. What was typed may be a reason, which nobody is to repeat."""
        what = f"la réponse à « Déport » ne dit ni oui ni non pour le dossier {numero} : elle compte comme un déport"
        remedy = "Demandez au juré « oui » ou « non », sans en demander la raison, puis corrigez cette cellule."
        return PageProblem(self.source, cell, self._sentence(cell, what), typographic(remedy), numero)

    def unreadable_half_day(self, line: FoundLine) -> PageProblem:
        """A half-day with neither yes nor no."""
        return PageProblem(
            self.source,
            line.cell,
            self._sentence(line.cell, f"« {quoted(line.value)} » ne dit ni oui ni non pour {line.text}"),
            typographic("Saisissez oui ou non."),
        )

    def never_available(self, line: FoundLine) -> PageProblem:
        """All half-days refused."""
        return PageProblem(
            self.source,
            line.cell,
            self._sentence(line.cell, "ce juré n’est disponible à aucune des demi-journées d’audition"),
            typographic("Voyez avec lui, puis saisissez ses « Disponibilités » dans l’onglet Jury."),
        )

    def _line(self, line: FoundLine, what: str, remedy: str) -> PageProblem:
        return self._left_out(line.cell, line.numero, f"{what} : rien n’est repris de ce dossier", remedy)

    def _left_out(self, cell: str, numero: str, what: str, remedy: str) -> PageProblem:
        return PageProblem(self.source, cell, self._sentence(cell, what), typographic(remedy), numero)

    def _refused(self, cell: str, what: str, remedy: str) -> PageProblem:
        sentence = self._sentence(cell, f"{what} : rien n’en est repris")
        return PageProblem(self.source, cell, sentence, typographic(remedy), refused=True)

    def _sentence(self, cell: str, what: str) -> str:
        where = f"{self.source}, {cell}" if cell else self.source
        return typographic(f"{where} : {what}.")


def _seen(shown: str) -> str:
    """What people see in a cell, in a sentence; the text of a formula is not what they see."""
    if shown.startswith("="):
        return "on y trouve une formule"
    return f"on y lit « {quoted(shown)} »" if shown else "il n’y a plus rien"


def unreadable(source: str, sentence: str) -> PageProblem:
    """The file cannot be read at all: what the reader of files said, remedy included."""
    before, named, after = sentence.partition(source)  # a name may have a full stop
    message, _, remedy = (after if named else before).partition(". ")
    whole = f"{before}{named}{message}" if named else message
    return PageProblem(source, "", whole.removesuffix(".") + ".", remedy, refused=True)
