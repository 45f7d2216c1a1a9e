"""The people's tabs of a campaign as Excel 365 writes them, full of what people put in a spreadsheet."""

from __future__ import annotations

from datetime import datetime, timedelta
from xml.sax.saxutils import escape, quoteattr

from eig_sheets.spreadsheet.model.cells import CellError, a1, column_letters
from tests.spreadsheet.xlsx.excel365_cells import X14, XM, Computed, Grid, Rich, worksheet
from tests.spreadsheet.xlsx.excel365_parts import MICROSOFT, xml
from tests.spreadsheet.xlsx.opc import MAIN

TITLE, HEADER, MOMENT, DAY, EURO, BOX, WRAP, NOTE, TEXT, LINK = 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
"""Indexes of the cell formats of excel365.styles()."""

CRITERIA = ("pertinence", "definition", "engagement", "transformation", "ouverture")
CRITERIA_LABELS = ("Pertinence du besoin", "Définition", "Engagement", "Transformation", "Ouverture")
REGIONS = ("Bretagne", "Occitanie", "Île-de-France")
COLUMNS = {
    "candidatures": {
        "numero": "N° de dossier",
        "date_depot": "Date de dépôt",
        "projet": "Nom du projet",
        "administration": "Administration d’accueil",
        "type_administration": "Type d’administration",
        "ministere": "Ministère de rattachement",
        "region": "Région",
        "porteur": "Porteur administratif",
        "type_porteur": "Type du porteur administratif",
        "programme": "N° de programme budgétaire",
        "convention": "Convention signée",
        "partenaires": "Administrations partenaires",
        "resume": "Résumé",
        "profils": "Profils demandés",
        "nombre_eig": "Nombre d’EIG demandés",
        "cout_jusqu_a_5_ans": "Coût employeur 10 mois –\njusqu’à 5 ans",
        "cout_plus_de_5_ans": "Coût employeur 10 mois – plus de 5 ans",
        "demande_cofinancement": "Demande de co-financement",
        "porteur_projet": "Porteur de projet",
        "email_porteur": "E-mail du porteur",
        "porteur_projet_2": "Porteur de projet 2",
        "email_porteur_2": "E-mail du porteur 2",
        "mentor": "Mentor de haut niveau",
        "email_mentor": "E-mail du mentor",
        "email_rh": "E-mail RH",
        "email_gestion": "E-mail gestion",
        "hors_les_murs": "Travail hors les murs",
        "mise_a_disposition": "Mise à disposition des données",
        "ouverture_donnees": "Ouverture des données et du code",
        "fiche": "Fiche détaillée",
        "presentation": "Présentation",
        "simulation": "Simulation financière",
        "preselection": "Présélection",
        "questions": "Questions de présélection",
        "audition": "Audition décidée",
        "decision": "Décision",
        "motif": "Motif de la décision",
        "decide_par": "Décidé par",
        "decide_le": "Décidé le",
        "retour": "Retour au porteur",
        "commentaire": "Commentaire",
    },
    "jury": {
        "nom": "Nom",
        "email": "E-mail",
        "organisation": "Organisation",
        "groupe": "Groupe",
        "maximum": "Nombre maximum de dossiers",
        "deports": "Déports",
        "declaration": "Déclaration d’intérêts reçue le",
        "disponibilites": "Disponibilités",
    },
    "evaluations": {
        "numero": "N° de dossier",
        "jure": "E-mail du juré",
        "pertinence": "Pertinence du besoin",
        "definition": "Définition",
        "engagement": "Engagement",
        "transformation": "Transformation",
        "ouverture": "Ouverture",
        "deport": "Déport",
        "coup_de_coeur": "Coup de cœur",
        "avis": "Avis",
        "commentaire": "Commentaire",
        "evalue_le": "Évalué le",
    },
}
"""The headers of this file by field, one with a line break: those of the day it was made. What a campaign gains since
is not in it, so that letters in it are its own."""
NUMBERS = tuple(str(4512301 + 7 * index) for index in range(12))
JURORS = ("ada@example.org", "blaise@example.org")
LAST_DOSSIER, FIRST_REVIEW, LAST_REVIEW = 1 + len(NUMBERS), 4, 3 + 2 * len(NUMBERS)
SYNTHESIS = "Synthèse d’équipe & suivi d'été"
GUID = "{5E1F0C7A-9A52-4B8F-8F0E-2D6A1B3C4D5E}"
_FORMAT = '<sheetFormatPr baseColWidth="10" defaultColWidth="9.140625" defaultRowHeight="15" x14ac:dyDescent="0.25"/>'
_MARGINS = '<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>'


def fill_candidatures(grid: Grid) -> None:
    """Twelve dossiers: numbers as text, dates, amounts, check-boxes, rich text, text that looks like XML escapes."""
    place = {field: index for index, field in enumerate(COLUMNS["candidatures"])}
    grid.put_row(1, list(COLUMNS["candidatures"].values()), dict.fromkeys(place.values(), HEADER))
    grid.row_attributes[1] = 'ht="45" customHeight="1"'
    for index, number in enumerate(NUMBERS):
        values = _dossier(index, number)
        styles = {
            "numero": TEXT,
            "date_depot": MOMENT,
            "cout_jusqu_a_5_ans": EURO,
            "hors_les_murs": BOX,
            "resume": WRAP,
        }
        row = [values.get(field) for field in place]
        grid.put_row(2 + index, row, {place[name]: style for name, style in styles.items()})


def _dossier(index: int, number: str) -> dict[str, object]:
    resumes = (
        Rich('<r><t xml:space="preserve">Un résumé avec </t></r><r><rPr><b/><sz val="11"/><color rgb="FFC00000"/>'
             '<rFont val="Aptos Narrow"/><family val="2"/></rPr><t>du gras</t></r>'),
        Rich('<t>課題</t><rPh sb="0" eb="2"><t>カダイ</t></rPh><phoneticPr fontId="1"/>'),
        "Ligne 1\nLigne 2", "=IMPORTXML(\"https://example.org\")", "Littéralement _x0041_ et \r",
        " espaces autour ", "é" * 32_767,
    )  # fmt: skip
    return {
        "numero": number,
        "date_depot": datetime(2021, 3, 1, 9, 30) + timedelta(days=index, hours=index),
        "projet": f"Projet fictif n° {index + 1}",
        "administration": "Ministère <des> exemples & “autres”",
        "type_administration": "Administration centrale",
        "region": REGIONS[index % 3],
        "resume": resumes[index] if index < len(resumes) else None,
        "nombre_eig": 2 + index % 2,
        "cout_jusqu_a_5_ans": 61_250.4 if index % 2 else Computed("6125*10", 61_250),
        "hors_les_murs": index % 2 == 0,
        "demande_cofinancement": "oui",
        "fiche": "Fiche",
    }


def candidatures(grid: Grid, *, table: bool, views: bool) -> bytes:
    """The tab `Candidatures`: an Excel table, or a plain range with a filter."""
    fill_candidatures(grid)
    last = column_letters(len(COLUMNS["candidatures"]) - 1)
    area = f"A1:{last}{LAST_DOSSIER}"
    before = (
        '<sheetViews><sheetView tabSelected="1" zoomScale="85" workbookViewId="0"><pane xSplit="1" ySplit="1" '
        'topLeftCell="B2" activePane="bottomRight" state="frozen"/><selection pane="bottomRight" activeCell="C3" '
        f'sqref="C3"/></sheetView></sheetViews>{_FORMAT}<cols><col min="1" max="1" width="15.7109375" customWidth="1"/>'
        '<col min="2" max="41" width="18.5703125" customWidth="1"/><col min="42" max="16384" width="11.42578125" '
        'style="7"/>'
        "</cols>"
    )
    after = (
        ("" if table else f'<autoFilter ref="{area}" xr:uid="{{00000000-0001-0000-0000-000000000000}}"/>')
        + (_custom_view(f'<autoFilter ref="{area}"/>') if views else "")
        + '<conditionalFormatting sqref="AJ2:AJ13"><cfRule type="containsText" dxfId="0" priority="1" '
        'operator="containsText" text="Lauréat"><formula>NOT(ISERROR(SEARCH("Lauréat",AJ2)))</formula></cfRule>'
        '</conditionalFormatting><dataValidations count="1"><dataValidation type="list" allowBlank="1" '
        'showInputMessage="1" '
        'showErrorMessage="1" sqref="AG2:AG13" '
        'xr:uid="{00000000-0002-0000-0000-000000000000}"><formula1>"Présélectionné,'
        'Écarté – inéligible"</formula1></dataValidation></dataValidations><hyperlinks><hyperlink ref="AD2" '
        'r:id="rId1" '
        f'xr:uid="{{00000000-0004-0000-0000-000000000000}}"/></hyperlinks>{_MARGINS}<pageSetup paperSize="9" '
        'orientation="landscape" r:id="rId2"/><headerFooter><oddFooter>&amp;CPage &amp;P / '
        "&amp;N</oddFooter></headerFooter>"
        + ('<tableParts count="1"><tablePart r:id="rId3"/></tableParts>' if table else "")
        + _x14_validation("G2:G13", "Regions")
    )
    return worksheet(grid, before, after, 0, '<sheetPr codeName="Feuil1"><pageSetUpPr fitToPage="1"/></sheetPr>')


def _custom_view(filtered: str) -> str:
    return (
        f'<customSheetViews><customSheetView guid="{GUID}" scale="85" fitToPage="1" showAutoFilter="1"><pane '
        f'xSplit="1" '
        'ySplit="1" topLeftCell="B2" activePane="bottomRight" state="frozen"/><selection pane="bottomRight" '
        f'activeCell="C3" sqref="C3"/>{_MARGINS}{filtered}</customSheetView></customSheetViews>'
    )


def _x14_validation(cells: str, formula: str) -> str:
    return (
        f'<extLst><ext uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}" {X14}>{_x14_list(cells, formula)}</ext></extLst>'
    )


def _x14_list(cells: str, formula: str) -> str:
    return (
        f'<x14:dataValidations count="1" {XM}><x14:dataValidation type="list" allowBlank="1" showInputMessage="1" '
        'showErrorMessage="1" xr:uid="{00000000-0002-0000-0200-000001000000}"><x14:formula1><xm:f>'
        f"{escape(formula)}</xm:f></x14:formula1><xm:sqref>{cells}</xm:sqref></x14:dataValidation></x14:dataValidations>"
    )


def candidatures_table() -> bytes:
    """The table over `Candidatures`, totals off."""
    names = COLUMNS["candidatures"].values()
    area = f"A1:{column_letters(len(names) - 1)}{LAST_DOSSIER}"
    columns = "".join(
        f'<tableColumn id="{index}" xr3:uid="{{00000000-0010-0000-0000-0000{index:02X}000000}}" '
        f"name={quoteattr(name).replace('&#10;', '_x000a_')}/>"
        for index, name in enumerate(names, 1)
    )
    return xml(
        f'<table xmlns="{MAIN}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        f'mc:Ignorable="xr xr3" xmlns:xr="{MICROSOFT}/spreadsheetml/2014/revision" '
        f'xmlns:xr3="{MICROSOFT}/spreadsheetml/2016/revision3" id="1" '
        f'xr:uid="{{00000000-000C-0000-FFFF-FFFF00000000}}" '
        f'name="Candidatures" displayName="Candidatures" ref="{area}" totalsRowShown="0" '
        f'headerRowDxfId="1"><autoFilter '
        f'ref="{area}" xr:uid="{{00000000-0009-0000-0100-000001000000}}"/><tableColumns count="{len(names)}">{columns}'
        '</tableColumns><tableStyleInfo name="TableStyleMedium2" showFirstColumn="0" showLastColumn="0" '
        'showRowStripes="1" showColumnStripes="0"/></table>'
    )


def jury(grid: Grid) -> bytes:
    """The tab `Jury`: protected by people, with an image, a text box, a note and a link."""
    grid.put_row(1, list(COLUMNS["jury"].values()), dict.fromkeys(range(8), HEADER))
    rows = (("Ada Exemple", JURORS[0], "Org A", "1", 10, "4512301 ; Org B", datetime(2021, 4, 2), "mardi"),
            ("Blaise Exemple", JURORS[1], "Org B", "1", 12, None, datetime(2021, 4, 6), None))  # fmt: skip
    for row, values in enumerate(rows, 2):
        grid.put_row(row, values, {1: LINK, 6: DAY})
    before = f'<sheetViews><sheetView workbookViewId="0"/></sheetViews>{_FORMAT}'
    after = (
        '<sheetProtection algorithmName="SHA-512" hashValue="V0lRTlBRUg==" saltValue="c2FsdA==" spinCount="100000" '
        'sheet="1" objects="1" scenarios="1"/><protectedRanges><protectedRange sqref="A2:H40" name="Plage1"/>'
        '</protectedRanges><hyperlinks><hyperlink ref="B2" r:id="rId1"/><hyperlink ref="A2" location="'
        f'Évaluations!A4" display="Ada Exemple"/></hyperlinks>{_MARGINS}'
        '<drawing r:id="rId2"/><legacyDrawing r:id="rId3"/>'
    )
    return worksheet(grid, before, after, 1)


def fill_reviews(grid: Grid) -> None:
    """A title, a gap, headers in row 3, 24 evaluations with formulas of every kind, errors and check-boxes."""
    grid.put("A1", Rich("<r><t>Évaluations</t></r><r><rPr><i/></rPr><t> – notes fictives</t></r>"), TITLE)
    grid.put_row(
        3, [*COLUMNS["evaluations"].values(), None, "Total", "Somme", "Jurés"], dict.fromkeys(range(12), HEADER)
    )
    for index in range(24):
        row, hidden = FIRST_REVIEW + index, index % 3 == 2
        scores: list[object] = [1 + (index * 7 + criterion) % 7 / 2 for criterion in range(5)]
        number, opinion = int(NUMBERS[index // 2]), "Défavorable" if hidden else "Favorable"
        values = [number, JURORS[index % 2], *scores, index % 6 == 5, None, opinion, None, datetime(2021, 4, 20)]
        grid.put_row(row, values, {**dict.fromkeys(range(2, 7), NOTE), 7: BOX, 11: DAY})  # fmt: skip
        shared = f't="shared" ref="N{FIRST_REVIEW}:N{LAST_REVIEW}" si="0"' if index == 0 else 't="shared" si="0"'
        grid.put(f"N{row}", Computed("" if index else f"SUM(C{row}:G{row})", sum(map(float, scores)), shared))  # type: ignore[arg-type]
        grid.row_attributes[row] = 'hidden="1"' if hidden else 'outlineLevel="1"' if row > 20 else ""
    _odd_cells(grid)


def _odd_cells(grid: Grid) -> None:
    grid.put("C4", Computed("3+0.5", 3.5), NOTE)
    grid.put("D4", Computed("3+0.5"), NOTE)
    grid.put("E5", Computed("1/0", CellError("#DIV/0!")), NOTE)
    grid.put("F5", CellError("#N/A"), NOTE)
    grid.put("G6", "NSP", NOTE)
    grid.put("G7", "3,5", NOTE)
    grid.put("K4", Computed('A4&" : "&B4', f"{NUMBERS[0]} : {JURORS[0]}"), WRAP)
    grid.put("I4", Computed("C4>3", value=True))
    grid.put("O4", Computed(f"SUM(C4:C{LAST_REVIEW}*1)", 60, 't="array" ref="O4"'))
    unique = f"_xlfn._xlws.SORT(_xlfn.UNIQUE(B4:B{LAST_REVIEW}))"
    grid.put("P4", Computed(unique, JURORS[0], 't="array" ref="P4:P5"', cell_metadata=1))
    grid.put("P5", Computed("", JURORS[1]).value)


def reviews(grid: Grid, *, views: bool) -> bytes:
    """The tab `Évaluations`: merged title, filter with hidden rows, groups, bars, icons, sparklines, comments."""
    fill_reviews(grid)
    area, scores = f"A3:L{LAST_REVIEW}", f"C4:G{LAST_REVIEW}"
    filtered = '<filterColumn colId="9"><filters><filter val="Favorable"/></filters></filterColumn></autoFilter>'
    before = (
        '<sheetViews><sheetView workbookViewId="0"><pane ySplit="3" topLeftCell="A4" activePane="bottomLeft" '
        'state="frozen"/><selection pane="bottomLeft"/></sheetView></sheetViews>'
        '<sheetFormatPr defaultRowHeight="15" outlineLevelRow="1" outlineLevelCol="1"/>'
        '<cols><col min="2" max="2" width="30"/><col min="11" max="12" width="20" outlineLevel="1"/></cols>'
    )
    after = (
        f'<autoFilter ref="{area}" xr:uid="{{00000000-0001-0000-0200-000000000000}}">{filtered}'
        + (_custom_view(f'<autoFilter ref="{area}">{filtered}') if views else "")
        + '<mergeCells count="1"><mergeCell ref="A1:E1"/></mergeCells>'
        f'<conditionalFormatting sqref="{scores}"><cfRule type="colorScale" priority="4"><colorScale><cfvo '
        f'type="min"/><cfvo '
        'type="max"/><color rgb="FFF8696B"/><color rgb="FF63BE7B"/></colorScale></cfRule></conditionalFormatting>'
        f'<conditionalFormatting sqref="N4:N{LAST_REVIEW}"><cfRule type="dataBar" priority="3"><dataBar><cfvo '
        f'type="min"/><cfvo '
        'type="max"/><color rgb="FF638EC6"/></dataBar><extLst><ext uri="{B025F937-C7B1-47D3-B67F-A62EFF666E3E}" '
        f"{X14}><x14:id>{{DA7ABA51-AAAA-BBBB-0001-000000000001}}</x14:id></ext></extLst></cfRule></conditionalFormatting>"
        f'<dataValidations count="1"><dataValidation type="decimal" allowBlank="1" errorTitle="Note" error="De 1 à 4" '
        f'sqref="{scores}"><formula1>1</formula1><formula2>4</formula2></dataValidation></dataValidations>{_MARGINS}'
        f'<ignoredErrors><ignoredError sqref="A4:A{LAST_REVIEW}" numberStoredAsText="1"/></ignoredErrors>'
        '<legacyDrawing r:id="rId1"/>' + _review_extensions()
    )
    return worksheet(grid, before, after, 2, '<sheetPr filterMode="1"><tabColor theme="4"/></sheetPr>')


def _review_extensions() -> str:
    bar = (
        '<x14:conditionalFormatting><x14:cfRule type="dataBar" '
        'id="{DA7ABA51-AAAA-BBBB-0001-000000000001}"><x14:dataBar '
        'minLength="0" maxLength="100" gradient="0"><x14:cfvo type="autoMin"/><x14:cfvo type="autoMax"/>'
        '<x14:negativeFillColor rgb="FFFF0000"/><x14:axisColor rgb="FF000000"/></x14:dataBar></x14:cfRule>'
        f"<xm:sqref>N4:N{LAST_REVIEW}</xm:sqref></x14:conditionalFormatting>"
    )
    limits = "".join(f'<x14:cfvo type="percent"><xm:f>{value}</xm:f></x14:cfvo>' for value in (0, 33, 67))
    icons = (
        '<x14:conditionalFormatting><x14:cfRule type="iconSet" priority="2" '
        'id="{DA7ABA51-AAAA-BBBB-0001-000000000002}">'
        f'<x14:iconSet iconSet="3Triangles">{limits}</x14:iconSet></x14:cfRule><xm:sqref>G4:G{LAST_REVIEW}</xm:sqref>'
        "</x14:conditionalFormatting>"
    )
    lines = "".join(
        f"<x14:sparkline><xm:f>Évaluations!C{row}:G{row}</xm:f><xm:sqref>{a1(row, 16)}</xm:sqref></x14:sparkline>"
        for row in (4, 5)
    )
    return (
        f'<extLst><ext uri="{{78C0D931-6437-407d-A8EE-F0AAD7539E65}}" {X14}><x14:conditionalFormattings>'
        f"{(bar + icons).replace('<x14:conditionalFormatting>', f'<x14:conditionalFormatting {XM}>')}"
        "</x14:conditionalFormattings></ext>"
        f'<ext uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}" {X14}>'
        f"{_x14_list(f'J4:J{LAST_REVIEW}', 'Listes!$A$2:$A$3')}</ext>"
        f'<ext uri="{{05C60535-1F16-4fd2-B633-F4F36F0B64E0}}" {X14}><x14:sparklineGroups {XM}><x14:sparklineGroup '
        'displayEmptyCellsAs="gap" xr2:uid="{33333333-2222-4333-8444-555555555555}"><x14:colorSeries theme="4"/>'
        f"<x14:sparklines>{lines}</x14:sparklines></x14:sparklineGroup></x14:sparklineGroups></ext></extLst>"
    )


def synthesis(grid: Grid, counts: list[int]) -> bytes:
    """Staff's own tab: figures, a chart, a pivot table, a value of another workbook."""
    grid.put_row(1, ["Région", "Dossiers"], {0: HEADER, 1: HEADER})
    for row, (region, count) in enumerate(zip(REGIONS, counts, strict=True), 2):
        grid.put_row(row, [region, Computed(f"COUNTIF(Candidatures!G:G,A{row})", count)])
    grid.put("A7", "Étiquettes de lignes")
    grid.put("B7", "Somme de Dossiers")
    for row, label in enumerate((*REGIONS, "Total général"), 8):
        grid.put_row(row, [label, counts[row - 8] if row < 11 else sum(counts)])
    grid.put("D1", Computed("[1]Feuil1!$A$1", 42))
    grid.put("D2", Computed("Première_note+1", 4.5))
    before = f'<sheetViews><sheetView showGridLines="0" workbookViewId="0"/></sheetViews>{_FORMAT}'
    return worksheet(grid, before, f'{_MARGINS}<drawing r:id="rId1"/>', 3)


def lists(grid: Grid) -> bytes:
    """A hidden tab: the words of drop-downs."""
    for row, words in enumerate((("Avis", "Régions"), ("Favorable", REGIONS[0]), ("Défavorable", REGIONS[1])), 1):
        grid.put_row(row, words)
    grid.put("B4", REGIONS[2])
    return worksheet(grid, f'<sheetViews><sheetView workbookViewId="0"/></sheetViews>{_FORMAT}', _MARGINS, 4)


def chart_sheet() -> bytes:
    """A chart that fills a tab of its own."""
    return xml(
        f'<chartsheet xmlns="{MAIN}" '
        f'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheetPr/>'
        f'<sheetViews><sheetView workbookViewId="0"/></sheetViews>{_MARGINS}<drawing r:id="rId1"/></chartsheet>'
    )
