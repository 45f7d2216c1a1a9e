"""The same campaign as other programs write it: legal XML and packaging that Excel itself never uses."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from tests.spreadsheet.xlsx.excel365 import campaign
from tests.spreadsheet.xlsx.opc import MAIN, load, main, save

_JURY, _LISTS = "xl/worksheets/sheet2.xml", "xl/worksheets/sheet5.xml"


def foreign() -> bytes:
    """Prefixed elements, absolute targets, inline strings, cells without address, no counts, no calculation chain."""
    parts = load(campaign())
    strings = re.findall(rb"<si>(.*?)</si>", parts["xl/sharedStrings.xml"], re.DOTALL)
    parts[_JURY] = re.sub(
        rb'(<c r="\w+"(?: s="\d+")?) t="s"><v>(\d+)</v>',
        lambda match: match[1] + b' t="inlineStr"><is>' + strings[int(match[2])] + b"</is>",
        parts[_JURY],
    )
    parts[_LISTS] = re.sub(rb' (?:r="[AB]?[123]"|spans="[^"]*")', b"", parts[_LISTS])
    parts["xl/sharedStrings.xml"] = re.sub(rb' (?:c|uniqueC)ount="\d+"', b"", parts["xl/sharedStrings.xml"], count=2)
    del parts["xl/calcChain.xml"]
    for name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
        parts[name] = re.sub(rb"<(?:Override|Relationship)[^>]*calcChain[^>]*>", b"", parts[name])
    parts["xl/_rels/workbook.xml.rels"] = re.sub(
        rb'Target="(?!\.\.)', b'Target="/xl/', parts["xl/_rels/workbook.xml.rels"]
    )
    for name, content in parts.items():
        if name.startswith("xl/") and name.endswith(".xml") and ET.fromstring(content).tag.startswith(main("")):
            parts[name] = _prefixed(content)
    return save(dict(sorted(parts.items(), reverse=True)))


def _prefixed(content: bytes) -> bytes:
    content = content.replace(f'xmlns="{MAIN}"'.encode(), f'xmlns:x="{MAIN}"'.encode(), 1)
    return re.sub(rb"<(/?)(\w+)(?=[\s/>])", rb"<\1x:\2", content)
