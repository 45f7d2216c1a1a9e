"""Behaviours of inserted rows and columns, protections and formatting, which is all we write in people's tabs."""

from __future__ import annotations

from eig_sheets.spreadsheet.google import areas, formatting, objects, optional_formatting
from eig_sheets.spreadsheet.google.error_messages import ApiError
from eig_sheets.spreadsheet.model.sheet import Chart, Column, Format, Owner, Sheet, Tone
from live_behaviours.behaviour import RefutedError, behaviour, hold
from live_behaviours.scratch import Scratch, texts

_BATCH = "eig_sheets/spreadsheet/google/batch.py"
_OBJECTS = "eig_sheets/spreadsheet/google/objects.py"
_STRANGER = "responsable@example.org"


@behaviour(
    "Une colonne peut être insérée tout au bout de la grille, et ce qui l’habillait être retiré sans toucher aux "
    "voisines",
    f"{_BATCH} (_add_column), eig_sheets/spreadsheet/google/formatting.py (column_formatting)",
    "init ne pourrait pas ajouter ses colonnes à un onglet qui n’en a plus de libre",
)
def _column_at_the_end(scratch: Scratch) -> str:
    sheet_id = scratch.tab("au bout", ["Nom", "Avis"], ["Zoé", "Favorable"], rows=4, columns=2)
    choices = formatting.validation(Column("Avis", choices=("Favorable",)))
    scratch.send({"setDataValidation": {"range": areas.grid_range(sheet_id, (1, None), (1, 2)), "rule": choices}})
    fresh = Column("Rang", Format.INTEGER, note="Le rang.")
    scratch.send(
        areas.insert_dimension(sheet_id, "COLUMNS", 2, 3, like_before=True),
        *formatting.column_formatting(fresh, sheet_id, 2, 0, robot=True),
        texts(sheet_id, [["Rang"]], (0, 2)),
    )
    tab = scratch.read("au bout")
    read = [[tab.value(row, column) for column in range(3)] for row in (1, 2)]
    hold(read == [["Nom", "Avis", "Rang"], ["Zoé", "Favorable", None]], f"cellules relues : {read}")
    rules = [scratch.cell("au bout", 2, column, "dataValidation.condition.type") for column in (1, 2)]
    expected = [{"dataValidation": {"condition": {"type": "ONE_OF_LIST"}}}, {}]
    hold(rules == expected, f"listes déroulantes relues : {rules}")
    return "colonne insérée, sans la liste déroulante de sa voisine"


@behaviour(
    "Des lignes insérées au milieu repoussent celles d’en dessous et prennent leurs listes déroulantes",
    f"{_BATCH} (_append_rows)",
    "les lignes ajoutées par import ou par le robot n’offriraient pas les choix des autres",
)
def _rows_inside(scratch: Scratch) -> str:
    sheet_id = scratch.tab("lignes ajoutées", ["Avis"], ["Favorable"], [None], ["note de bas de page"])
    choices = formatting.validation(Column("Avis", choices=("Favorable",)))
    scratch.send({"setDataValidation": {"range": areas.grid_range(sheet_id, (1, 3), (0, 1)), "rule": choices}})
    scratch.send(
        areas.insert_dimension(sheet_id, "ROWS", 2, 4), texts(sheet_id, [["Défavorable"], ["Favorable"]], (2, 0))
    )
    tab = scratch.read("lignes ajoutées")
    read = [tab.value(row, 0) for row in range(1, 7)]
    expected = ["Avis", "Favorable", "Défavorable", "Favorable", None, "note de bas de page"]
    hold(read == expected, f"cellules relues : {read}")
    kind = scratch.cell("lignes ajoutées", 4, 0, "dataValidation.condition.type")
    hold(bool(kind), "la ligne ajoutée n’a pas de liste déroulante")
    return "lignes repoussées, liste déroulante reprise"


@behaviour(
    "Copier ce que montrent des lignes, plus bas, laisse à leur place les formules qui les désignent",
    "eig_sheets/spreadsheet/google/areas.py (copy_values)",
    "un onglet du robot que quelqu’un a vidé serait récrit deux fois, ou ce qu’on y tape à cet instant serait perdu",
)
def _copied_below(scratch: Scratch) -> str:
    sheet_id = scratch.tab("copiées", ["Nom", None], ["Zoé", None], rows=6, columns=2)
    formula = {"userEnteredValue": {"formulaValue": "=A2"}}
    scratch.send(areas.update_cells(areas.grid_coordinate(sheet_id, 0, 1), [[formula]]))
    scratch.send(areas.copy_values(sheet_id, 2, 3), texts(sheet_id, [["Nom"], ["Yves"]]))
    tab = scratch.read("copiées")
    read = [tab.value(row, 0) for row in range(1, 6)]
    hold(read == ["Nom", "Yves", None, "Nom", "Zoé"], f"cellules relues : {read}")
    hold(tab.value(1, 1) == "Yves", f"la formule montre {tab.value(1, 1)}")
    return "lignes copiées, formule restée à sa place"


@behaviour(
    "Une protection nomme un responsable qui n’a pas encore accès au classeur, et le robot écrit encore dans ce qu’il "
    "protège, jusque dans une ligne insérée à travers",
    _OBJECTS,
    "partagez d’abord le classeur avec chaque responsable de [workbook] officers, puis lancez init",
)
def _protected(scratch: Scratch) -> str:
    sheet_id, add = scratch.new_tab("protégée")
    editors = [*([scratch.client.account] if scratch.client.account else []), _STRANGER]
    column = objects.protection(sheet_id, "decision", editors, (1, 1))
    scratch.send(add, texts(sheet_id, [["Nom", "Décision"], ["Zoé", "Lauréat"]]), column)
    scratch.send(areas.insert_dimension(sheet_id, "ROWS", 2, 3), texts(sheet_id, [["Yves", "Non retenu"]], (2, 0)))
    protections = scratch.read("protégée").protections
    hold([*protections] == ["decision"], f"protections relues : {sorted(protections)}")
    fields = "sheets.protectedRanges(requestingUserCanEdit,editors.users)"
    [found] = scratch.answer("protégée", fields=fields)["sheets"][0]["protectedRanges"]
    hold(found.get("requestingUserCanEdit", False), f"protection relue : {found}")
    return f"personnes autorisées : {', '.join(found.get('editors', {}).get('users', []))}"


@behaviour(
    "Un onglet entier se protège, et offre une vue filtrée à qui ne peut pas le modifier",
    _OBJECTS,
    "les onglets du robot seraient modifiables par tous, ou ne se trieraient plus",
)
def _protected_tab(scratch: Scratch) -> str:
    sheet_id, add = scratch.new_tab("onglet du robot")
    sheet = Sheet("classement", "onglet du robot", Owner.ROBOT, (Column("Rang"), Column("Nom")))
    editors = [scratch.client.account] if scratch.client.account else []
    kept = (objects.protection(sheet_id, "", editors), objects.filter_view(sheet, sheet_id))
    scratch.send(add, texts(sheet_id, [["Rang", "Nom"], [1, "Zoé"]]), *kept)
    scratch.send(texts(sheet_id, [[2]], (1, 0)))
    answer = scratch.answer("onglet du robot", fields="sheets(filterViews.title,protectedRanges.description)")
    [read] = answer["sheets"]
    views = [view["title"] for view in read.get("filterViews", ())]
    hold(views == [objects.SORTED_VIEW] and "protectedRanges" in read, f"relu : {read}")
    return "protégé ; l’accès d’une autre personne reste à essayer à la main"


@behaviour(
    "Un lot refusé l’est tout entier, et le message dit laquelle de ses demandes en est la cause",
    "eig_sheets/spreadsheet/google/optional_formatting.py (rejected_by)",
    "quand Google refuse un graphique, le robot renoncerait à toute mise en forme de ce lot",
)
def _named_refusal(scratch: Scratch) -> str:
    sheet_id = scratch.tab("refus", ["Nom"])
    wrong = {"deleteEmbeddedObject": {"objectId": 1}}  # a chart that is not there
    requests = [texts(sheet_id, [["écrit"]], (3, 0)), wrong]
    try:
        scratch.send(*requests)
    except ApiError as error:
        hold(scratch.read("refus").value(4, 0) is None, "le reste du lot refusé a été écrit")
        named = optional_formatting.rejected_by(error.message, requests)
        hold(named == optional_formatting.optional_formatting_of(wrong), f"{error.status} : {error.message}")
        return f"{error.status} : {error.message}"
    raise RefutedError("un graphique qui n’existe pas a été supprimé")


@behaviour(
    "Les règles de couleur s’ajoutent en tête et se retirent de la dernière à la première",
    "eig_sheets/spreadsheet/google/tables.py (clear_colour_rules), "
    "eig_sheets/spreadsheet/google/formatting.py (column_rules)",
    "les onglets du robot accumuleraient des règles de couleur",
)
def _colour_rules(scratch: Scratch) -> str:
    sheet_id, add = scratch.new_tab("couleurs")
    where = areas.grid_range(sheet_id, (1, None), (0, 1))
    column = Column("Avancement", Format.PERCENT, tones=(("Réussi", Tone.GOOD),), bar=True, scale=(1, 2.5))
    rules = [*formatting.column_rules(column, where)]
    scratch.send(add, *rules)
    made = len(scratch.answer("couleurs")["sheets"][0].get("conditionalFormats", ()))
    hold(made == len(rules), f"{made} règles sur {len(rules)}")
    scratch.send(*({"deleteConditionalFormatRule": {"sheetId": sheet_id, "index": n}} for n in reversed(range(made))))
    left = len(scratch.answer("couleurs")["sheets"][0].get("conditionalFormats", ()))
    hold(left == 0, f"{left} règles restent")
    return f"{made} règles ajoutées puis retirées"


@behaviour(
    "Un graphique garde l’identifiant que nous choisissons, et se refait à sa place",
    "eig_sheets/spreadsheet/google/objects.py",
    "`Accueil` accumulerait des graphiques, ou n’en aurait pas",
)
def _charts(scratch: Scratch) -> str:
    sheet_id, add = scratch.new_tab("graphique")
    chart = Chart("Dossiers par région", 0, (1,), 2, 3, at=(2, 3))
    columns = (Column("Région"), Column("Nombre"))
    sheet = Sheet("essai_graphique", "graphique", Owner.ROBOT, columns, charts=(chart,))
    values = texts(sheet_id, [["Région", "Nombre"], ["Bretagne", 3], ["Corse", 1]])
    scratch.send(add, values, *objects.replacement(sheet, sheet_id, (), {}))
    [made] = _chart_ids(scratch)
    scratch.send(*objects.replacement(sheet, sheet_id, [made], {}))
    again = _chart_ids(scratch)
    hold(again == [made], f"graphiques relus : {again}, d’abord {made}")
    return f"graphique {made}, refait"


def _chart_ids(scratch: Scratch) -> list[int]:
    sheet = scratch.answer("graphique", fields="sheets.charts.chartId")["sheets"][0]
    return [chart["chartId"] for chart in sheet.get("charts", ())]
