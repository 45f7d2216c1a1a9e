"""Charts and other objects that float over a tab."""

from __future__ import annotations

from tests.sheets_server.errors import ApiError, invalid, unimplemented
from tests.sheets_server.jsons import stored
from tests.sheets_server.masks import merge
from tests.sheets_server.model import Json, Sheet
from tests.sheets_server.requests.cells import require_inside
from tests.sheets_server.requests.registry import Batch, handles
from tests.sheets_server.requests.registry import fields as read_fields

SIZE = {"widthPixels": 600, "heightPixels": 371}
KINDS = (
    "basicChart", "pieChart", "bubbleChart", "candlestickChart", "orgChart", "histogramChart", "waterfallChart",
    "treemapChart", "scorecardChart",
)  # fmt: skip


@handles("addChart")
def add_chart(batch: Batch, body: Json) -> Json:
    given = stored(body.get("chart", {}))
    chart_id = given.get("chartId") or batch.book.free_id()
    if any(chart["chartId"] == chart_id for sheet in batch.book.sheets for chart in sheet.charts):
        raise invalid(f"An embedded object with id {chart_id} already exists.")
    _check_spec(batch, given.get("spec", {}))
    sheet, position = _placed(batch, given.get("position", {}))
    chart = {"chartId": chart_id, "spec": given["spec"], "position": position}
    sheet.charts.append(chart)
    return {"chart": chart}


def _check_spec(batch: Batch, spec: Json) -> None:
    if sum(kind in spec for kind in KINDS) != 1:
        raise invalid("A chart spec must have exactly one chart.")
    if "basicChart" in spec and not spec["basicChart"].get("domains") and not spec["basicChart"].get("series"):
        raise ApiError(500, "Internal error encountered.")  # as seen live
    for grid in _sources(spec):
        batch.area(grid)


def _sources(node: object) -> list[Json]:
    if isinstance(node, list):
        return [grid for item in node for grid in _sources(item)]
    if not isinstance(node, dict):
        return []
    own = node.get("sources", []) if isinstance(node.get("sources"), list) else []
    return [*own, *(grid for key, value in node.items() if key != "sources" for grid in _sources(value))]


def _placed(batch: Batch, position: Json) -> tuple[Sheet, Json]:
    if position.get("newSheet") or "sheetId" in position:
        raise unimplemented("charts on a sheet of their own")
    overlay = position.get("overlayPosition", {})
    anchor = overlay.get("anchorCell", {"sheetId": 0})
    sheet = batch.sheet(anchor["sheetId"])
    row, column = anchor.get("rowIndex", 0), anchor.get("columnIndex", 0)
    require_inside(sheet, row, column, row + 1, column + 1)
    batch.writer.require_sheet(batch.book, sheet)
    return sheet, {"overlayPosition": SIZE | overlay | {"anchorCell": anchor}}


def find_chart(batch: Batch, chart_id: int) -> tuple[Sheet, Json]:
    for sheet in batch.book.sheets:
        for chart in sheet.charts:
            if chart["chartId"] == chart_id:
                batch.writer.require_sheet(batch.book, sheet)
                return sheet, chart
    raise invalid(f"No embedded object with id: {chart_id}")


@handles("updateChartSpec")
def update_chart_spec(batch: Batch, body: Json) -> None:
    _, chart = find_chart(batch, body.get("chartId", 0))
    spec = stored(body.get("spec", {}))
    _check_spec(batch, spec)
    chart["spec"] = spec


@handles("updateEmbeddedObjectPosition")
def update_position(batch: Batch, body: Json) -> Json:
    """Move or resize a chart; as with Google the mask is of the overlay position, whatever its root."""
    sheet, chart = find_chart(batch, body.get("objectId", 0))
    mask = read_fields(body, "OverlayPosition")
    given = stored(body.get("newPosition", {})).get("overlayPosition", {})
    overlay = merge(mask, chart["position"]["overlayPosition"], given)
    target, position = _placed(batch, {"overlayPosition": overlay})
    chart["position"] = position
    sheet.charts.remove(chart)
    target.charts.append(chart)
    return {"position": position}


@handles("deleteEmbeddedObject")
def delete_object(batch: Batch, body: Json) -> None:
    sheet, chart = find_chart(batch, body.get("objectId", 0))
    sheet.charts.remove(chart)
