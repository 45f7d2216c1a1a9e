"""Whole workbooks of a campaign as Excel 365 writes them: literal XML, no spreadsheet library."""

from __future__ import annotations

from tests.spreadsheet.xlsx import excel365_parts as parts
from tests.spreadsheet.xlsx import excel365_sheets as sheets
from tests.spreadsheet.xlsx.excel365_cells import Grid, Strings
from tests.spreadsheet.xlsx.excel365_package import content_types, styles
from tests.spreadsheet.xlsx.excel365_parts import MC, MICROSOFT, relationships, xml
from tests.spreadsheet.xlsx.excel365_sheets import GUID, LAST_DOSSIER, LAST_REVIEW, SYNTHESIS
from tests.spreadsheet.xlsx.opc import CONTENT_TYPES, MAIN, OFFICE, PACKAGE, Parts, save

TABS = ("Candidatures", "Jury", "Évaluations", SYNTHESIS, "Listes")
CHART_TAB = "Graphique1"
_COUNTS = [4, 4, 4]


def _workbook(*, table: bool, views: bool, date1904: bool) -> bytes:
    tabs = [*TABS, CHART_TAB]
    listed = "".join(
        f'<sheet name="{name.replace("&", "&amp;")}" '
        f'sheetId="{number + 10}"{" state=" + chr(34) + "hidden" + chr(34) if name == "Listes" else ""} '
        f'r:id="rId{number}"/>'
        for number, name in enumerate(tabs, 1)
    )
    names = [
        (
            f'<definedName name="_xlnm._FilterDatabase" localSheetId="2" '
            f'hidden="1">Évaluations!$A$3:$L${LAST_REVIEW}</definedName>'
        ),
        f'<definedName name="_xlnm.Print_Area" localSheetId="0">Candidatures!$A$1:$AO${LAST_DOSSIER}</definedName>',
        '<definedName name="_xlnm.Print_Titles" localSheetId="2">Évaluations!$A:$A,Évaluations!$3:$3</definedName>',
        '<definedName name="Première_note" comment="Note du premier juré">Évaluations!$C$4</definedName>',
        '<definedName name="Regions">Listes!$B$2:$B$4</definedName>',
        "<definedName name=\"Seuil\" localSheetId=\"3\">'Synthèse d’équipe &amp; suivi d''été'!$B$2</definedName>",
    ]
    if not table:
        names.insert(0, '<definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">'
                     f"Candidatures!$A$1:$AO${LAST_DOSSIER}</definedName>")  # fmt: skip
    if views:
        view_name = f"Z_{GUID.strip('{}').replace('-', '_')}_.wvu.FilterData"
        names.append(f'<definedName name="{view_name}" localSheetId="2" hidden="1">'
                     f"Évaluations!$A$3:$L${LAST_REVIEW}</definedName>")  # fmt: skip
    view = (
        f'<customWorkbookViews><customWorkbookView name="Vue de Dominique" guid="{GUID}" maximized="1" '
        f'windowWidth="1920" '
        'windowHeight="1017" activeSheetId="11"/></customWorkbookViews>'
    )
    return xml(
        f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}" xmlns:mc="{MC}" mc:Ignorable="x15 xr xr6 xr10 xr2" '
        f'xmlns:x15="{MICROSOFT}/spreadsheetml/2010/11/main" xmlns:xr="{MICROSOFT}/spreadsheetml/2014/revision" '
        f'xmlns:xr6="{MICROSOFT}/spreadsheetml/2016/revision6" xmlns:xr10="{MICROSOFT}/spreadsheetml/2016/revision10" '
        f'xmlns:xr2="{MICROSOFT}/spreadsheetml/2015/revision2"><fileVersion appName="xl" lastEdited="7" '
        f'lowestEdited="7" '
        f'rupBuild="28129"/><workbookPr '
        f'{"date1904=" + chr(34) + "1" + chr(34) + " " if date1904 else ""}codeName="ThisWorkbook" '
        'defaultThemeVersion="202300"/><mc:AlternateContent><mc:Choice Requires="x15"><x15ac:absPath '
        'url="https://exemple.example.org/sites/eig/" '
        f'xmlns:x15ac="{MICROSOFT}/spreadsheetml/2010/11/ac"/></mc:Choice></mc:AlternateContent><xr:revisionPtr '
        'revIDLastSave="0" documentId="13_ncr:1_{AAAAAAAA-2222-4333-8444-555555555555}" xr6:coauthVersionLast="47" '
        'xr6:coauthVersionMax="47" xr10:uidLastSave="{00000000-0000-0000-0000-000000000000}"/><bookViews><workbookView '
        'xWindow="-120" yWindow="-120" windowWidth="29040" windowHeight="15720" tabRatio="800" activeTab="0" '
        f'xr2:uid="{{00000000-000D-0000-FFFF-FFFF00000000}}"/></bookViews><sheets>{listed}</sheets><externalReferences>'
        f'<externalReference r:id="rId20"/></externalReferences><definedNames>{"".join(names)}</definedNames><calcPr '
        f'calcId="191029"/>{view if views else ""}<pivotCaches><pivotCache cacheId="7" '
        f'r:id="rId21"/></pivotCaches><extLst><ext '
        f'uri="{{140A7094-0E35-4892-8432-C4D2E57EDEB5}}" '
        f'xmlns:x15="{MICROSOFT}/spreadsheetml/2010/11/main"><x15:workbookPr '
        'chartTrackingRefBase="1"/></ext></extLst></workbook>'
    )


def _workbook_relations() -> bytes:
    tabs = [(f"rId{number}", "worksheet", f"worksheets/sheet{number}.xml") for number in range(1, 6)]
    return relationships(
        *tabs, ("rId6", "chartsheet", "chartsheets/sheet1.xml"),
        ("rId20", "externalLink", "externalLinks/externalLink1.xml"),
        ("rId21", "pivotCacheDefinition", "pivotCache/pivotCacheDefinition1.xml"),
        ("rId22", "theme", "theme/theme1.xml"),
        ("rId23", "styles", "styles.xml"), ("rId24", "sharedStrings", "sharedStrings.xml"),
        ("rId25", "sheetMetadata", "metadata.xml"), ("rId26", "calcChain", "calcChain.xml"),
        ("rId27", f"{MICROSOFT}/2017/10/relationships/person", "persons/person.xml"),
        ("rId28", f"{MICROSOFT}/2022/11/relationships/FeaturePropertyBag", "featurePropertyBag/featurePropertyBag.xml"),
        ("rId29", "customXml", "../customXml/item1.xml"),
    )  # fmt: skip


def _sheet_relations(*, table: bool) -> Parts:
    hyperlink = ("rId1", "hyperlink", "https://example.org/fiche.pdf")
    printer = ("rId2", "printerSettings", "../printerSettings/printerSettings1.bin")
    tables = [("rId3", "table", "../tables/table1.xml")] if table else []
    thread = f"{MICROSOFT}/2017/10/relationships/threadedComment"
    return {
        "xl/worksheets/_rels/sheet1.xml.rels": relationships(hyperlink, printer, *tables),
        "xl/worksheets/_rels/sheet2.xml.rels": relationships(
            ("rId1", "hyperlink", "mailto:ada@example.org"), ("rId2", "drawing", "../drawings/drawing1.xml"),
            ("rId3", "vmlDrawing", "../drawings/vmlDrawing1.vml"), ("rId4", "comments", "../comments1.xml"),
        ),
        "xl/worksheets/_rels/sheet3.xml.rels": relationships(
            ("rId1", "vmlDrawing", "../drawings/vmlDrawing2.vml"), ("rId2", "comments", "../comments2.xml"),
            ("rId3", thread, "../threadedComments/threadedComment1.xml"),
        ),
        "xl/worksheets/_rels/sheet4.xml.rels": relationships(
            ("rId1", "drawing", "../drawings/drawing2.xml"), ("rId2", "pivotTable", "../pivotTables/pivotTable1.xml"),
        ),
        "xl/chartsheets/_rels/sheet1.xml.rels": relationships(("rId1", "drawing", "../drawings/drawing3.xml")),
    }  # fmt: skip


def _around_the_sheets() -> Parts:
    chart = parts.chart(
        SYNTHESIS.replace("&", "&amp;").replace("'", "''"), list(sheets.REGIONS), list(map(float, _COUNTS))
    )
    return {
        "xl/drawings/drawing1.xml": parts.picture_and_text_box(),
        "xl/drawings/_rels/drawing1.xml.rels": relationships(("rId1", "image", "../media/image1.png")),
        "xl/media/image1.png": parts.PIXEL,
        "xl/drawings/vmlDrawing1.vml": parts.vml((1, 4)),
        "xl/comments1.xml": parts.comments(None, "E2"),
        "xl/drawings/vmlDrawing2.vml": parts.vml((4, 2), (3, 10)),
        "xl/comments2.xml": parts.comments("C5", "K4"),
        "xl/threadedComments/threadedComment1.xml": parts.threaded_comments("C5"),
        "xl/persons/person.xml": parts.person(),
        "xl/featurePropertyBag/featurePropertyBag.xml": parts.check_boxes(),
        **{f"xl/drawings/drawing{n}.xml": parts.chart_drawing() for n in (2, 3)},
        **{
            f"xl/drawings/_rels/drawing{n}.xml.rels": relationships(("rId1", "chart", f"../charts/chart{n - 1}.xml"))
            for n in (2, 3)
        },
        **{f"xl/charts/chart{n}.xml": chart for n in (1, 2)},
        "xl/charts/_rels/chart1.xml.rels": relationships(
            ("rId1", f"{MICROSOFT}/2011/relationships/chartStyle", "style1.xml")
        ),
        "xl/charts/style1.xml": parts.chart_style(),
        "xl/pivotTables/pivotTable1.xml": parts.pivot_table("A7:B11", 3),
        "xl/pivotTables/_rels/pivotTable1.xml.rels": relationships(
            ("rId1", "pivotCacheDefinition", "../pivotCache/pivotCacheDefinition1.xml")
        ),
        "xl/pivotCache/pivotCacheDefinition1.xml": parts.pivot_cache(
            SYNTHESIS.replace("&", "&amp;"), list(sheets.REGIONS), list(map(float, _COUNTS))
        ),
        "xl/pivotCache/_rels/pivotCacheDefinition1.xml.rels": relationships(
            ("rId1", "pivotCacheRecords", "pivotCacheRecords1.xml")
        ),
        "xl/pivotCache/pivotCacheRecords1.xml": parts.pivot_records(list(map(float, _COUNTS))),
        "xl/externalLinks/externalLink1.xml": parts.external_link(),
        "xl/externalLinks/_rels/externalLink1.xml.rels": relationships(
            ("rId1", "externalLinkPath", "file:///C:\\EIG\\budget.xlsx")
        ),
        "xl/printerSettings/printerSettings1.bin": b"\x00P\x00D\x00F",
        "xl/metadata.xml": parts.dynamic_array_metadata(),
        "xl/theme/theme1.xml": parts.theme(),
        "xl/styles.xml": styles(),
    }


def campaign(*, table: bool = True, views: bool = False, date1904: bool = False) -> bytes:
    """The workbook of a campaign.

    `table` makes `Candidatures` a table, `views` adds custom views (Excel allows no table then).
    """
    strings = Strings()
    grids = [Grid(strings, date1904) for _ in TABS]
    bodies = [
        sheets.candidatures(grids[0], table=table, views=views), sheets.jury(grids[1]),
        sheets.reviews(grids[2], views=views), sheets.synthesis(grids[3], _COUNTS), sheets.lists(grids[4]),
    ]  # fmt: skip
    content: Parts = {
        "xl/workbook.xml": _workbook(table=table, views=views, date1904=date1904),
        "xl/_rels/workbook.xml.rels": _workbook_relations(),
        **{f"xl/worksheets/sheet{number}.xml": body for number, body in enumerate(bodies, 1)},
        "xl/chartsheets/sheet1.xml": sheets.chart_sheet(),
        **_sheet_relations(table=table),
        **_around_the_sheets(),
        **({"xl/tables/table1.xml": sheets.candidatures_table()} if table else {}),
        "xl/sharedStrings.xml": strings.part(),
        "xl/calcChain.xml": _calculation_chain(grids),
        **_document_properties(),
    }
    return save({CONTENT_TYPES: content_types(content), "_rels/.rels": _package_relations(), **content})


def _calculation_chain(grids: list[Grid]) -> bytes:
    cells = "".join(
        f'<c r="{address}" i="{number}"' + (' a="1"/>' if array else "/>")
        for number, grid in enumerate(grids, 11)
        for address, array in grid.formulas
    )
    return xml(f'<calcChain xmlns="{MAIN}">{cells}</calcChain>')


def _document_properties() -> Parts:
    properties = f"{OFFICE.removesuffix('/relationships')}"
    titles = "".join(f"<vt:lpstr>{name.replace('&', '&amp;')}</vt:lpstr>" for name in (*TABS, CHART_TAB))
    vector = f'<TitlesOfParts><vt:vector size="{len(TABS) + 1}" baseType="lpstr">{titles}</vt:vector></TitlesOfParts>'
    variants = f"{properties}/docPropsVTypes"
    return {
        "docProps/core.xml": xml(
            f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
            f'xmlns:dc="http://purl.org/dc/elements/1.1/" '
            'xmlns:dcterms="http://purl.org/dc/terms/" '
            'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:creator>'
            "Dominique Exemple</dc:creator><dcterms:created "
            'xsi:type="dcterms:W3CDTF">2021-01-15T08:00:00Z</dcterms:created>'
            "</cp:coreProperties>"
        ),
        "docProps/app.xml": xml(
            f'<Properties xmlns="{properties}/extended-properties" xmlns:vt="{variants}"><Application>Microsoft Excel'
            f"</Application>{vector}<AppVersion>16.0300</AppVersion></Properties>"
        ),
        "docProps/custom.xml": xml(
            f'<Properties xmlns="{properties}/custom-properties" xmlns:vt="{variants}"><property '
            f'fmtid="{{D5CDD505-2E9C-101B-'
            '9397-08002B2CF9AE}" pid="2" name="Sensibilité"><vt:lpwstr>Interne</vt:lpwstr></property></Properties>'
        ),
        "customXml/item1.xml": b'<gestion xmlns="urn:exemple">bureau</gestion>',
        "customXml/itemProps1.xml": xml(
            f'<ds:datastoreItem ds:itemID="{{77777777-2222-4333-8444-555555555555}}" '
            f'xmlns:ds="{properties}/customXml"/>'
        ),
        "customXml/_rels/item1.xml.rels": relationships(("rId1", "customXmlProps", "itemProps1.xml")),
    }


def _package_relations() -> bytes:
    return relationships(
        ("rId1", "officeDocument", "xl/workbook.xml"),
        ("rId2", f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ("rId3", "extended-properties", "docProps/app.xml"), ("rId4", "custom-properties", "docProps/custom.xml"),
    )  # fmt: skip


VARIANTS = {
    "excel": campaign,
    "excel_views": lambda: campaign(table=False, views=True),
    "excel_1904": lambda: campaign(date1904=True),
}
"""Every way in which Excel 365 saves the campaign."""
