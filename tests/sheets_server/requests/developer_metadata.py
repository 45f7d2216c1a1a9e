"""Developer metadata: create, update, delete. A caller may choose ids; a taken one fails the whole batch."""

from __future__ import annotations

from tests.sheets_server import metadata
from tests.sheets_server.errors import invalid
from tests.sheets_server.jsons import stored
from tests.sheets_server.masks import merge
from tests.sheets_server.model import Json
from tests.sheets_server.requests.registry import Batch, fields, handles


@handles("createDeveloperMetadata")
def create(batch: Batch, body: Json) -> Json:
    given = body.get("developerMetadata", {})
    if not given.get("metadataKey"):
        raise invalid("Developer metadata must have a key specified.")
    if given.get("visibility", UNSET) == UNSET:
        raise invalid("Developer metadata visibility must be specified.")
    item_id = given.get("metadataId") or batch.book.free_id()
    if item_id < 0:
        raise invalid(f"The metadataId {item_id} must be positive.")
    if any(item["metadataId"] == item_id for item in batch.book.metadata):
        raise invalid(f"A developer metadata with id {item_id} already exists.")
    location = metadata.located(batch.book, stored(given.get("location", {})))
    item = {"metadataId": item_id} | given | {"metadataId": item_id, "location": location}
    batch.book.metadata.append(item)
    metadata.require_room(batch.book, location)
    return {"developerMetadata": item}


UNSET = "DEVELOPER_METADATA_VISIBILITY_UNSPECIFIED"


def _matching(batch: Batch, filters: list[Json]) -> list[Json]:
    found: list[Json] = []
    for data_filter in filters:
        lookup = data_filter.get("developerMetadataLookup")
        if lookup is None:
            raise invalid("Developer metadata can only be found by a developerMetadataLookup here.")
        found += [item for item in metadata.search(batch.book, lookup) if item not in found]
    return found


@handles("updateDeveloperMetadata")
def update(batch: Batch, body: Json) -> Json:
    mask, given = fields(body, "DeveloperMetadata"), stored(body.get("developerMetadata", {}))
    items = _matching(batch, body.get("dataFilters", []))
    if not items:
        raise invalid("No developer metadata matches the data filters.")
    for item in items:
        new = merge(mask, item, given) | {"metadataId": item["metadataId"]}
        new["location"] = metadata.located(batch.book, _bare(new["location"]))
        item.clear()
        item.update(new)
        metadata.require_room(batch.book, item["location"])
    return {"developerMetadata": items}


def _bare(location: Json) -> Json:
    return {key: value for key, value in location.items() if key != "locationType"}


@handles("deleteDeveloperMetadata")
def delete(batch: Batch, body: Json) -> Json:
    items = _matching(batch, [body.get("dataFilter", {})])
    batch.book.metadata = [item for item in batch.book.metadata if item not in items]
    return {"deletedDeveloperMetadata": items} if items else {}
