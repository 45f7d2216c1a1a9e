"""What every package of Excel needs besides its tabs: content types, cell formats, and a plain workbook around tabs."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import quoteattr

from tests.spreadsheet.xlsx.excel365_cells import X14, Strings
from tests.spreadsheet.xlsx.excel365_parts import MC, MICROSOFT, REVISIONS, relationships, theme, xml
from tests.spreadsheet.xlsx.opc import CONTENT_TYPES, MAIN, OFFICE, PACKAGE, Parts, save

_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_CONTENT_TYPES = {
    "xl/workbook.xml": f"{_SPREADSHEET}.sheet.main+xml",
    "xl/worksheets/": f"{_SPREADSHEET}.worksheet+xml",
    "xl/chartsheets/": f"{_SPREADSHEET}.chartsheet+xml",
    "xl/theme/": "application/vnd.openxmlformats-officedocument.theme+xml",
    "xl/styles.xml": f"{_SPREADSHEET}.styles+xml",
    "xl/sharedStrings.xml": f"{_SPREADSHEET}.sharedStrings+xml",
    "xl/metadata.xml": f"{_SPREADSHEET}.sheetMetadata+xml",
    "xl/calcChain.xml": f"{_SPREADSHEET}.calcChain+xml",
    "xl/tables/": f"{_SPREADSHEET}.table+xml",
    "xl/comments": f"{_SPREADSHEET}.comments+xml",
    "xl/threadedComments/": "application/vnd.ms-excel.threadedcomments+xml",
    "xl/persons/": "application/vnd.ms-excel.person+xml",
    "xl/featurePropertyBag/": "application/vnd.ms-excel.featurepropertybag+xml",
    "xl/externalLinks/": f"{_SPREADSHEET}.externalLink+xml",
    "xl/drawings/drawing": "application/vnd.openxmlformats-officedocument.drawing+xml",
    "xl/charts/chart": "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
    "xl/charts/style": "application/vnd.ms-office.chartstyle+xml",
    "xl/pivotTables/": f"{_SPREADSHEET}.pivotTable+xml",
    "xl/pivotCache/pivotCacheDefinition": f"{_SPREADSHEET}.pivotCacheDefinition+xml",
    "xl/pivotCache/pivotCacheRecords": f"{_SPREADSHEET}.pivotCacheRecords+xml",
    "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    "docProps/custom.xml": "application/vnd.openxmlformats-officedocument.custom-properties+xml",
    "customXml/itemProps": "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
}


def styles(*, check_boxes: bool = True) -> bytes:
    """Cell formats, one of them a check-box, and two differential ones."""
    fonts = (
        '<font><sz val="11"/><color theme="1"/><name val="Aptos Narrow"/><family val="2"/><scheme val="minor"/></font>'
    )
    bold = fonts.replace("<font>", "<font><b/>")
    link = fonts.replace("<font>", "<font><u/>").replace('theme="1"', 'theme="10"')
    box = (
        '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"><extLst><ext '
        'uri="{C7286773-470A-42A8-94C5-96B5CB345126}" '
        f'xmlns:xfpb="{MICROSOFT}/spreadsheetml/2022/featurepropertybag"><xfpb:xfComplement i="0"/></ext></extLst></xf>'
    )

    def xf(number: int = 0, font: int = 0, fill: int = 0, inside: str = "", style: int = 0) -> str:
        flags = (' applyNumberFormat="1"' if number else "") + (' applyFont="1"' if font else "")
        head = f'<xf numFmtId="{number}" fontId="{font}" fillId="{fill}" borderId="0" xfId="{style}"{flags}'
        return f'{head} applyAlignment="1">{inside}</xf>' if inside else f"{head}/>"

    wrap = '<alignment vertical="top" wrapText="1"/>'
    formats = [xf(), xf(font=1), xf(font=1, fill=2, inside=wrap), xf(22), xf(14), xf(164), box if check_boxes else xf(),
               xf(inside=wrap), xf(2), xf(49), xf(font=2, style=1)]  # fmt: skip
    return xml(
        f'<styleSheet xmlns="{MAIN}" xmlns:mc="{MC}" {REVISIONS.replace(" xr xr2 xr3", " x16r2 xr")} '
        f'xmlns:x16r2="{MICROSOFT}/spreadsheetml/2015/02/main"><numFmts count="1"><numFmt numFmtId="164" '
        f'formatCode="#,##0.00\\ &quot;€&quot;"/></numFmts><fonts count="3" '
        f'x14ac:knownFonts="1">{fonts}{bold}{link}</fonts>'
        '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill '
        'patternType="gray125"/></fill><fill>'
        '<patternFill patternType="solid"><fgColor theme="4" tint="0.79998168889431442"/><bgColor '
        'indexed="64"/></patternFill>'
        '</fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        f'<cellStyleXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
        '<xf numFmtId="0" fontId="2" fillId="0" borderId="0" applyNumberFormat="0"/></cellStyleXfs>'
        f'<cellXfs count="{len(formats)}">{"".join(formats)}</cellXfs><cellStyles count="2"><cellStyle name="Lien '
        f'hypertexte" '
        'xfId="1" builtinId="8"/><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles><dxfs '
        'count="2"><dxf><font>'
        '<color rgb="FF006100"/></font><fill><patternFill><bgColor rgb="FFC6EFCE"/></patternFill></fill></dxf><dxf>'
        '<alignment vertical="top" wrapText="1"/></dxf></dxfs><tableStyles count="0" '
        'defaultTableStyle="TableStyleMedium2" '
        'defaultPivotStyle="PivotStyleLight16"/><extLst><ext uri="{EB79DEF2-80B8-43e5-95BD-54CBDDF9020C}" '
        f'{X14}><x14:slicerStyles defaultSlicerStyle="SlicerStyleLight1"/></ext></extLst></styleSheet>'
    )


def content_types(content: Parts) -> bytes:
    """[Content_Types].xml, with an Override for each part of a known kind."""
    defaults = {
        "bin": f"{_SPREADSHEET}.printerSettings", "png": "image/png", "xml": "application/xml",
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "vml": "application/vnd.openxmlformats-officedocument.vmlDrawing",
    }  # fmt: skip
    known = "".join(f'<Default Extension="{ending}" ContentType="{kind}"/>' for ending, kind in defaults.items())
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>'
        for name in content if not name.endswith(".rels")
        for start, kind in _CONTENT_TYPES.items() if name.startswith(start)
    )  # fmt: skip
    return xml(f'<Types xmlns="{PACKAGE}/content-types">{known}{overrides}</Types>')


def package(names: Sequence[str], strings: Strings, sheets: Parts, *, date1904: bool = False) -> bytes:
    """A plain workbook around parts that were made: xl/worksheets/sheet1.xml on, one for each name, and theirs."""
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"/>' for number, name in enumerate(names, 1)
    )
    tabs = ((f"rId{number}", "worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(names) + 1))
    others = (("rId91", "theme", "theme/theme1.xml"), ("rId92", "styles", "styles.xml"),
              ("rId93", "sharedStrings", "sharedStrings.xml"))  # fmt: skip
    dates = '<workbookPr date1904="1"/>' if date1904 else ""
    content: Parts = {
        "xl/workbook.xml": xml(
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{dates}<bookViews><workbookView/></bookViews>'
            f'<sheets>{listed}</sheets><calcPr calcId="191029"/></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": relationships(*tabs, *others),
        **sheets,
        "xl/theme/theme1.xml": theme(),
        "xl/styles.xml": styles(check_boxes=False),
        "xl/sharedStrings.xml": strings.part(),
    }
    root = relationships(("rId1", "officeDocument", "xl/workbook.xml"))
    return save({CONTENT_TYPES: content_types(content), "_rels/.rels": root, **content})
