"""Small .xlsx packages written by hand, and the tabs and plans that the tests use."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from eig_sheets.spreadsheet.model.plan import CreateTab, Operation, Plan
from eig_sheets.spreadsheet.model.sheet import Column, Format, Owner, Sheet, Tone
from eig_sheets.spreadsheet.xlsx import XlsxWorkbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_STYLES = (
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="&quot;le&quot; dd/mm/yyyy"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="7">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="20" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="46" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="10" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="22" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
)
DATED, TIMED, LASTING, BOLD, PERCENT, MOMENT = range(1, 7)
"""Numbers of the cell styles of these packages."""


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip of parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def unpacked(source: Path | bytes) -> dict[str, bytes]:
    """The parts of a zip."""
    with zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def sheet(rows: str, *, before: str = "", after: str = "", main: str = MAIN) -> str:
    """A sheet part around rows."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<worksheet xmlns="{main}" xmlns:r="{OFFICE}">{before}'
        f"<sheetData>{rows}</sheetData>{after}</worksheet>"
    )


def relations(*lines: tuple[str, str, str], office: str = OFFICE) -> str:
    """A relationships part: id, kind, target."""
    inside = "".join(f'<Relationship Id="{id_}" Type="{office}/{kind}" Target="{to}"/>' for id_, kind, to in lines)
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inside}</Relationships>'
    )


def parts(
    sheets: Mapping[str, str],
    *,
    strings: str = "",
    names: str = "",
    properties: str = "",
    main: str = MAIN,
    office: str = OFFICE,
    more: Mapping[str, str | bytes] = {},
    types: str = "",
) -> dict[str, str | bytes]:
    """The parts of a workbook whose sheet parts are given whole, by tab name."""
    listed = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(sheets, 1))
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_SPREADSHEET}.worksheet+xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    related = [(f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)]
    related.append(("rId90", "styles", "styles.xml"))
    made: dict[str, str | bytes] = {
        "_rels/.rels": relations(("rId1", "officeDocument", "xl/workbook.xml"), office=office),
        "xl/workbook.xml": (
            f'<workbook xmlns="{main}" xmlns:r="{office}"><workbookPr{properties}/>'
            "<bookViews><workbookView/></bookViews>"
            f"<sheets>{listed}</sheets>{f'<definedNames>{names}</definedNames>' if names else ''}</workbook>"
        ),
        "xl/styles.xml": f'<styleSheet xmlns="{main}">{_STYLES}</styleSheet>',
        **{f"xl/worksheets/sheet{n}.xml": content for n, content in enumerate(sheets.values(), 1)},
        **more,
    }
    if strings:
        related.append(("rId91", "sharedStrings", "sharedStrings.xml"))
        made["xl/sharedStrings.xml"] = f'<sst xmlns="{main}">{strings}</sst>'
    made["xl/_rels/workbook.xml.rels"] = relations(*related, office=office)
    made["[Content_Types].xml"] = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_SPREADSHEET}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_SPREADSHEET}.styles+xml"/>{overrides}{types}</Types>'
    )
    return made


def opened(folder: Path, content: bytes, name: str = "campagne.xlsx") -> XlsxWorkbook:
    """A workbook of those bytes."""
    (folder / name).write_bytes(content)
    return XlsxWorkbook(folder / name, folder / "versions")


def of_rows(folder: Path, rows: str, **options: object) -> XlsxWorkbook:
    """A workbook whose only tab, `Feuil1`, has those rows."""
    return opened(folder, packed(parts({"Feuil1": sheet(rows)}, **options)))  # type: ignore[arg-type]


def applied(book: XlsxWorkbook, *operations: Operation) -> None:
    """Read, then apply."""
    book.apply(Plan(book.read().version, operations))


RANKING = Sheet(
    "classement",
    "Classement",
    Owner.ROBOT,
    (
        Column("Rang", Format.INTEGER, 8, "Le rang officiel."),
        Column("Projet", Format.WRAPPED, 40),
        Column("Note /20", Format.NOTE, 10, scale=(0, 20)),
        Column("Proposition", tones=(("Lauréat", Tone.GOOD), ("Non retenu", Tone.BAD))),
    ),
    ((1, "Un projet", 18.5, "Lauréat"), (2, "=1+1", 9.25, "Non retenu")),
    ("Notes fictives", "⚠ Un dossier en retard"),
)


def ranking(*rows: tuple[object, ...]) -> Sheet:
    """The same robot's tab with other rows."""
    return Sheet(RANKING.id, RANKING.name, RANKING.owner, RANKING.columns, rows, RANKING.banner)  # type: ignore[arg-type]


def new_book(folder: Path, *sheets: Sheet) -> XlsxWorkbook:
    """A workbook that we make, of those tabs."""
    book = XlsxWorkbook(folder / "neuf.xlsx", folder / "versions")
    book.apply(Plan("", tuple(CreateTab(made) for made in sheets)))
    return book
