"""Parts that Excel 365 writes around the sheets, as it writes them: comments, drawings, charts, pivots, metadata."""

from __future__ import annotations

import base64

from tests.spreadsheet.xlsx.opc import MAIN, OFFICE, PACKAGE, XML_HEAD

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
MICROSOFT = "http://schemas.microsoft.com/office"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
PERSON = "{6F1A3B52-5D7E-4E0C-9C55-0D0B5D2C9A11}"
THREAD = "{0C7A2E7C-31D3-4C6E-9E3B-6B6A5B0E7F01}"
ANSWER = "{0C7A2E7C-31D3-4C6E-9E3B-6B6A5B0E7F02}"

REVISIONS = (
    f'mc:Ignorable="x14ac xr xr2 xr3" xmlns:x14ac="{MICROSOFT}/spreadsheetml/2009/9/ac" '
    f'xmlns:xr="{MICROSOFT}/spreadsheetml/2014/revision" xmlns:xr2="{MICROSOFT}/spreadsheetml/2015/revision2" '
    f'xmlns:xr3="{MICROSOFT}/spreadsheetml/2016/revision3"'
)
THREADED_TEXT = (
    "[Commentaire à thread]\n\nVotre version d’Excel vous permet de lire ce commentaire à thread ; toutefois, "
    "les modifications qui y seront apportées seront supprimées si le fichier est ouvert dans une version plus "
    "récente d’Excel.\n\nCommentaire :\n    À revoir avec le juré."
)


def xml(text: str) -> bytes:
    """A part's bytes, with Excel's own XML declaration."""
    return (XML_HEAD + text).encode()


def relationships(*targets: tuple[str, str, str]) -> bytes:
    """A .rels part from (id, type, target); a type without scheme is one of the office's, a URL target is external."""
    lines = "".join(
        f'<Relationship Id="{name}" Type="{kind if "://" in kind else f"{OFFICE}/{kind}"}" Target="{target}"'
        + (' TargetMode="External"/>' if "://" in target or ":" in target else "/>")
        for name, kind, target in targets
    )
    return xml(f'<Relationships xmlns="{PACKAGE}/relationships">{lines}</Relationships>')


def theme() -> bytes:
    """The Office theme, with its colours and fonts."""
    slots = {
        "dk2": "0E2841", "lt2": "E8E8E8", "accent1": "156082", "accent2": "E97132", "accent3": "196B24",
        "accent4": "0F9ED5", "accent5": "A02B93", "accent6": "4EA72E", "hlink": "467886", "folHlink": "96607D",
    }  # fmt: skip
    colours = "".join(f'<a:{slot}><a:srgbClr val="{value}"/></a:{slot}>' for slot, value in slots.items())
    fonts = "".join(
        f'<a:{kind}Font><a:latin typeface="Aptos {width}" panose="02110004020202020204"/><a:ea typeface=""/>'
        f'<a:cs typeface=""/></a:{kind}Font>'
        for kind, width in (("major", "Display"), ("minor", "Narrow"))
    )
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="12700" cap="flat" cmpd="sng" algn="ctr">{fill}<a:prstDash val="solid"/></a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return xml(
        f'<a:theme xmlns:a="{DRAWING}/main" name="Thème Office"><a:themeElements><a:clrScheme name="Office">'
        '<a:dk1><a:sysClr val="windowText" lastClr="000000"/></a:dk1><a:lt1><a:sysClr val="window" lastClr="FFFFFF"/>'
        f'</a:lt1>{colours}</a:clrScheme><a:fontScheme name="Office">{fonts}</a:fontScheme><a:fmtScheme name="Office">'
        f"<a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{line * 3}</a:lnStyleLst>"
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst>"
        "</a:fmtScheme></a:themeElements><a:objectDefaults/><a:extraClrSchemeLst/></a:theme>"
    )


def person() -> bytes:
    """Who wrote threaded comments."""
    return xml(
        f'<personList xmlns="{MICROSOFT}/spreadsheetml/2018/threadedcomments" xmlns:x="{MAIN}">'
        f'<person displayName="Dominique Exemple" id="{PERSON}" userId="S::d.exemple@example.org::0" providerId="AD"/>'
        "</personList>"
    )


def threaded_comments(cell: str) -> bytes:
    """A comment and its answer."""
    return xml(
        f'<ThreadedComments xmlns="{MICROSOFT}/spreadsheetml/2018/threadedcomments" xmlns:x="{MAIN}">'
        f'<threadedComment ref="{cell}" dT="2021-04-20T09:12:31.25" personId="{PERSON}" id="{THREAD}">'
        "<text>À revoir avec le juré.</text></threadedComment>"
        f'<threadedComment ref="{cell}" dT="2021-04-21T16:02:10.41" personId="{PERSON}" id="{ANSWER}" '
        f'parentId="{THREAD}"><text>Vu : la note est bonne.</text></threadedComment></ThreadedComments>'
    )


def comments(threaded: str | None, note: str) -> bytes:
    """The legacy comments part: the stand-in of a threaded comment and an ordinary note."""
    authors = f"<author>tc={THREAD}</author>" if threaded else ""
    thread = (
        f'<comment ref="{threaded}" authorId="0" shapeId="0" xr:uid="{THREAD}"><text><t>{THREADED_TEXT}</t></text>'
        "</comment>"
        if threaded
        else ""
    )
    bold = '<r><rPr><b/><sz val="9"/><color indexed="81"/><rFont val="Tahoma"/><family val="2"/></rPr>'
    plain = '<r><rPr><sz val="9"/><color indexed="81"/><rFont val="Tahoma"/><family val="2"/></rPr>'
    return xml(
        f'<comments xmlns="{MAIN}" xmlns:mc="{MC}" mc:Ignorable="xr" '
        f'xmlns:xr="{MICROSOFT}/spreadsheetml/2014/revision">'
        f"<authors>{authors}<author>Dominique Exemple</author></authors><commentList>{thread}"
        f'<comment ref="{note}" authorId="{1 if threaded else 0}" shapeId="0" xr:uid="{{00000000-0006-0000-0200-'
        f'000002000000}}"><text>{bold}<t>Dominique Exemple :</t></r>{plain}<t xml:space="preserve">\nNote reprise du '
        "procès-verbal.</t></r></text></comment></commentList></comments>"
    )


def vml(*cells: tuple[int, int]) -> bytes:
    """Shapes of comments, for 0-based (row, column)."""
    shapes = "".join(_vml_shape(number, row, column) for number, (row, column) in enumerate(cells, 1025))
    return (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml"\r\n xmlns:o="urn:schemas-microsoft-com:office:office"\r\n'
        ' xmlns:x="urn:schemas-microsoft-com:office:excel">\r\n <o:shapelayout v:ext="edit">\r\n'
        '  <o:idmap v:ext="edit" data="1"/>\r\n </o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600"'
        ' o:spt="202"\r\n  path="m,l,21600r21600,l21600,xe">\r\n  <v:stroke joinstyle="miter"/>\r\n'
        '  <v:path gradientshapeok="t" o:connecttype="rect"/>\r\n </v:shapetype>' + shapes + "</xml>"
    ).encode()


def _vml_shape(number: int, row: int, column: int) -> str:
    return (
        f'<v:shape id="_x0000_s{number}" type="#_x0000_t202" style=\'position:absolute;\r\n  margin-left:59pt;'
        "margin-top:1.5pt;width:108pt;height:59pt;z-index:1;visibility:hidden'\r\n"
        '  fillcolor="infoBackground [80]" strokecolor="none [81]" o:insetmode="auto">\r\n'
        '  <v:fill color2="infoBackground [80]"/>\r\n  <v:shadow color="none [81]" obscured="t"/>\r\n'
        "  <v:path o:connecttype=\"none\"/>\r\n  <v:textbox style='mso-direction-alt:auto'>\r\n"
        "   <div style='text-align:left'></div>\r\n  </v:textbox>\r\n"
        '  <x:ClientData ObjectType="Note">\r\n   <x:MoveWithCells/>\r\n   <x:SizeWithCells/>\r\n'
        f"   <x:Anchor>\r\n    {column + 1}, 15, {row}, 2, {column + 3}, 31, {row + 4}, 1</x:Anchor>\r\n"
        f"   <x:AutoFill>False</x:AutoFill>\r\n   <x:Row>{row}</x:Row>\r\n   <x:Column>{column}</x:Column>\r\n"
        "  </x:ClientData>\r\n </v:shape>"
    )


_ANCHOR = (
    "<xdr:twoCellAnchor{how}><xdr:from><xdr:col>{col}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{row}</xdr:row>"
    "<xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>{col2}</xdr:col><xdr:colOff>304800</xdr:colOff>"
    "<xdr:row>{row2}</xdr:row><xdr:rowOff>114300</xdr:rowOff></xdr:to>{body}<xdr:clientData/></xdr:twoCellAnchor>"
)


def _drawing(*anchors: str) -> bytes:
    return xml(
        f'<xdr:wsDr xmlns:xdr="{DRAWING}/spreadsheetDrawing" xmlns:a="{DRAWING}/main">{"".join(anchors)}</xdr:wsDr>'
    )


def picture_and_text_box() -> bytes:
    """A drawing with the campaign's logo and a text box."""
    picture = (
        '<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="Image 1" descr="Logo"/><xdr:cNvPicPr><a:picLocks '
        'noChangeAspect="1"/></xdr:cNvPicPr></xdr:nvPicPr><xdr:blipFill><a:blip '
        f'xmlns:r="{OFFICE}" r:embed="rId1"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill><xdr:spPr><a:xfrm>'
        '<a:off x="6096000" y="0"/><a:ext cx="609600" cy="609600"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        "</a:prstGeom></xdr:spPr></xdr:pic>"
    )
    box = (
        '<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="3" name="ZoneTexte 2"/><xdr:cNvSpPr txBox="1"/>'
        '</xdr:nvSpPr><xdr:spPr><a:xfrm><a:off x="7315200" y="0"/><a:ext cx="1828800" cy="609600"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr><xdr:txBody><a:bodyPr wrap="square"/><a:lstStyle/>'
        '<a:p><a:r><a:rPr lang="fr-FR" sz="1100"/><a:t>Réunion du jury : mardi 4 '
        "mai</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
    )
    return _drawing(
        _ANCHOR.format(how=' editAs="oneCell"', col=10, row=0, col2=11, row2=3, body=picture),
        _ANCHOR.format(how="", col=12, row=0, col2=15, row2=3, body=box),
    )


def chart_drawing() -> bytes:
    """A drawing that holds one chart."""
    frame = (
        '<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="2" name="Graphique '
        '1"/><xdr:cNvGraphicFramePr/>'
        '</xdr:nvGraphicFramePr><xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" '
        'cy="0"/></xdr:xfrm><a:graphic><a:graphicData '
        f'uri="{DRAWING}/chart"><c:chart xmlns:c="{DRAWING}/chart" xmlns:r="{OFFICE}" r:id="rId1"/></a:graphicData>'
        "</a:graphic></xdr:graphicFrame>"
    )
    return _drawing(_ANCHOR.format(how="", col=4, row=1, col2=11, row2=15, body=frame))


def chart(sheet: str, categories: list[str], values: list[float]) -> bytes:
    """A clustered column chart over A2:B… of a tab, with its cached values."""
    last, count = len(values) + 1, len(values)
    names = "".join(f'<c:pt idx="{i}"><c:v>{name}</c:v></c:pt>' for i, name in enumerate(categories))
    numbers = "".join(f'<c:pt idx="{i}"><c:v>{value:g}</c:v></c:pt>' for i, value in enumerate(values))
    return xml(
        f'<c:chartSpace xmlns:c="{DRAWING}/chart" xmlns:a="{DRAWING}/main" xmlns:r="{OFFICE}" '
        f'xmlns:c16r2="{MICROSOFT}/drawing/2015/06/chart"><c:date1904 val="0"/><c:lang val="fr-FR"/><c:roundedCorners '
        'val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/><c:barChart><c:barDir val="col"/>'
        '<c:grouping val="clustered"/><c:varyColors val="0"/><c:ser><c:idx val="0"/><c:order '
        'val="0"/><c:invertIfNegative '
        f"val=\"0\"/><c:cat><c:strRef><c:f>'{sheet}'!$A$2:$A${last}</c:f><c:strCache><c:ptCount "
        f'val="{count}"/>{names}'
        f"</c:strCache></c:strRef></c:cat><c:val><c:numRef><c:f>'{sheet}'!$B$2:$B${last}</c:f><c:numCache><c:formatCode>"
        f'General</c:formatCode><c:ptCount val="{count}"/>{numbers}</c:numCache></c:numRef></c:val></c:ser><c:gapWidth '
        'val="219"/><c:axId val="111111111"/><c:axId val="222222222"/></c:barChart><c:catAx><c:axId val="111111111"/>'
        '<c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/><c:axPos val="b"/><c:crossAx '
        'val="222222222"/></c:catAx><c:valAx><c:axId val="222222222"/><c:scaling><c:orientation '
        'val="minMax"/></c:scaling>'
        '<c:delete val="0"/><c:axPos val="l"/><c:numFmt formatCode="General" sourceLinked="1"/><c:crossAx '
        'val="111111111"/></c:valAx></c:plotArea><c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        "</c:chartSpace>"
    )


def chart_style() -> bytes:
    """The style part that Excel keeps beside a chart."""
    return xml(f'<cs:chartStyle xmlns:cs="{MICROSOFT}/drawing/2012/chartStyle" xmlns:a="{DRAWING}/main" id="201"/>')


def pivot_cache(sheet: str, categories: list[str], values: list[float]) -> bytes:
    """The cache of a pivot table over A1:B… of a tab."""
    texts = "".join(f'<s v="{name}"/>' for name in categories)
    return xml(
        f'<pivotCacheDefinition xmlns="{MAIN}" xmlns:r="{OFFICE}" xmlns:mc="{MC}" mc:Ignorable="xr" '
        f'xmlns:xr="{MICROSOFT}/spreadsheetml/2014/revision" r:id="rId1" refreshedBy="Dominique Exemple" '
        'refreshedDate="44306.5" createdVersion="8" refreshedVersion="8" minRefreshableVersion="3" '
        f'recordCount="{len(values)}" xr:uid="{{11111111-2222-4333-8444-555555555555}}"><cacheSource type="worksheet">'
        f'<worksheetSource ref="A1:B{len(values) + 1}" sheet="{sheet}"/></cacheSource><cacheFields '
        f'count="2"><cacheField '
        f'name="Région" numFmtId="0"><sharedItems '
        f'count="{len(categories)}">{texts}</sharedItems></cacheField><cacheField '
        f'name="Dossiers" numFmtId="0"><sharedItems containsSemiMixedTypes="0" containsString="0" containsNumber="1" '
        f'containsInteger="1" minValue="{min(values):g}" maxValue="{max(values):g}"/></cacheField></cacheFields>'
        "</pivotCacheDefinition>"
    )


def pivot_records(values: list[float]) -> bytes:
    """The records of that cache."""
    lines = "".join(f'<r><x v="{index}"/><n v="{value:g}"/></r>' for index, value in enumerate(values))
    return xml(
        f'<pivotCacheRecords xmlns="{MAIN}" xmlns:r="{OFFICE}" count="{len(values)}">{lines}</pivotCacheRecords>'
    )


def pivot_table(place: str, count: int) -> bytes:
    """A pivot table: dossiers by region."""
    items = "".join(f'<item x="{index}"/>' for index in range(count))
    rows = "<i><x/></i>" + "".join(f'<i><x v="{index}"/></i>' for index in range(1, count))
    return xml(
        f'<pivotTableDefinition xmlns="{MAIN}" xmlns:mc="{MC}" mc:Ignorable="xr" '
        f'xmlns:xr="{MICROSOFT}/spreadsheetml/2014/revision" xr:uid="{{99999999-2222-4333-8444-555555555555}}" '
        'name="Tableau croisé dynamique1" cacheId="7" applyNumberFormats="0" applyBorderFormats="0" '
        'applyFontFormats="0" '
        'applyPatternFormats="0" applyAlignmentFormats="0" applyWidthHeightFormats="1" dataCaption="Valeurs" '
        'updatedVersion="8" minRefreshableVersion="3" useAutoFormatting="1" itemPrintTitles="1" createdVersion="8" '
        f'indent="0" outline="1" outlineData="1" multipleFieldFilters="0"><location ref="{place}" firstHeaderRow="1" '
        'firstDataRow="1" firstDataCol="1"/><pivotFields count="2"><pivotField axis="axisRow" showAll="0">'
        f'<items count="{count + 1}">{items}<item t="default"/></items></pivotField><pivotField dataField="1" '
        f'showAll="0"/></pivotFields><rowFields count="1"><field x="0"/></rowFields><rowItems '
        f'count="{count + 1}">{rows}'
        '<i t="grand"><x/></i></rowItems><colItems count="1"><i/></colItems><dataFields count="1"><dataField '
        'name="Somme de Dossiers" fld="1" baseField="0" baseItem="0"/></dataFields><pivotTableStyleInfo '
        'name="PivotStyleLight16" showRowHeaders="1" showColHeaders="1" showRowStripes="0" showColStripes="0" '
        'showLastColumn="1"/></pivotTableDefinition>'
    )


def dynamic_array_metadata() -> bytes:
    """What `cm="1"` refers to: a formula that spills."""
    flags = " ".join(
        f'{name}="1"'
        for name in (
            "copy", "pasteAll", "pasteValues", "merge", "splitFirst", "rowColShift", "clearFormats", "clearComments",
            "assign", "coerce", "cellMeta",
        )
    )  # fmt: skip
    return xml(
        f'<metadata xmlns="{MAIN}" xmlns:xda="{MICROSOFT}/spreadsheetml/2017/dynamicarray"><metadataTypes count="1">'
        f'<metadataType name="XLDAPR" minSupportedVersion="120000" {flags}/></metadataTypes><futureMetadata '
        'name="XLDAPR" count="1"><bk><extLst><ext uri="{bdbb8cdc-fa1e-496e-a857-3c3f30c029c3}">'
        '<xda:dynamicArrayProperties fDynamic="1" fCollapsed="0"/></ext></extLst></bk></futureMetadata><cellMetadata '
        'count="1"><bk><rc t="1" v="0"/></bk></cellMetadata></metadata>'
    )


def check_boxes() -> bytes:
    """The bag that makes a TRUE/FALSE cell a check-box."""
    return xml(
        f'<FeaturePropertyBags xmlns="{MICROSOFT}/spreadsheetml/2022/featurepropertybag"><bag type="Checkbox"/>'
        '<bag type="XFControls"><bagId k="CellControl">0</bagId></bag><bag type="XFComplement"><bagId k="XFControls">1'
        '</bagId></bag><bag type="XFComplements" extRef="XFComplementsMapperExtRef"><a k="MappedFeaturePropertyBags">'
        "<bagId>2</bagId></a></bag></FeaturePropertyBags>"
    )


def external_link() -> bytes:
    """Values kept from another workbook."""
    return xml(
        f'<externalLink xmlns="{MAIN}"><externalBook xmlns:r="{OFFICE}" r:id="rId1"><sheetNames><sheetName '
        'val="Feuil1"/></sheetNames><sheetDataSet><sheetData sheetId="0"><row r="1"><cell r="A1"><v>42</v></cell></row>'
        "</sheetData></sheetDataSet></externalBook></externalLink>"
    )
