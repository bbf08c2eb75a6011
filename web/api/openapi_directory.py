"""The description of the directory, and of the forms for tables and maps."""

from __future__ import annotations

JsonObject = dict[str, object]
TEXT: JsonObject = {"type": "string"}
ADDRESS: JsonObject = {"type": "string", "format": "uri"}
NUMBER_OR_NULL: JsonObject = {"type": ["number", "null"]}


def directory_paths(wanted: list[JsonObject], page: list[JsonObject]) -> JsonObject:
    """The paths; `wanted` are the filter's parameters, `page` those of paging and language."""
    about_initiatives = [one for one in wanted if one["name"] in ("topic", "umbrella", "q")]
    language = [one for one in page if one["name"] == "lang"]
    paged = [
        query("limit", "Initiatives on a page", {"type": "integer", "minimum": 1, "maximum": 500, "default": 100}),
        query("page", "Number of the page; follow the address in `next`", {"type": "integer", "minimum": 1}),
    ]
    listing: JsonObject = {"application/json": {"schema": {"$ref": "#/components/schemas/InitiativePage"}}}
    csv: JsonObject = {"text/csv": {"schema": TEXT}}
    geojson: JsonObject = {"application/geo+json": {"schema": {"type": "object"}}}
    initiatives = [*about_initiatives, *language]
    return {
        "/api/v1/initiatives": reading("listInitiatives", "The directory", [*initiatives, *paged], listing),
        "/initiatives.csv": reading("initiativesTable", "The directory as a table", initiatives, csv),
        "/initiatives.geojson": reading("initiativesMap", "The directory for maps (RFC 7946)", initiatives, geojson),
        "/events.csv": reading("eventsTable", "One line for each date", [*wanted, *language], csv),
        "/events.geojson": reading("eventsMap", "Coming events for maps (RFC 7946)", [*wanted, *language], geojson),
    }


def reading(operation: str, summary: str, parameters: list[JsonObject], content: JsonObject) -> JsonObject:
    """A path that can only be read."""
    return {
        "get": {
            "operationId": operation,
            "summary": summary,
            "parameters": parameters,
            "responses": {
                "200": {"description": summary, "content": content},
                "304": {"description": "Not modified since the ETag given in If-None-Match"},
                "400": {"description": "A value or parameter that is not known"},
            },
        }
    }


def query(name: str, description: str, schema: JsonObject) -> JsonObject:
    """One parameter of the query."""
    return {"name": name, "in": "query", "description": description, "schema": schema}


def directory_schemas() -> JsonObject:
    """The shapes of the directory."""
    properties: JsonObject = {
        "id": TEXT,
        "name": TEXT,
        "kind": TEXT,
        "text": TEXT,
        "topics": {"type": "array", "items": everything({"id": TEXT, "label": TEXT})},
        "place": TEXT,
        "lat": NUMBER_OR_NULL,
        "lon": NUMBER_OR_NULL,
        "homepage": TEXT,
        "umbrella": {"type": ["string", "null"], "description": "Id of the alliance it belongs to"},
        "members": {"type": "array", "items": TEXT, "description": "Ids of those that belong to it"},
        "coming_events": {"type": "integer", "description": "How many events are ahead; a series counts once"},
        "next": {**everything({"start": TEXT, "title": TEXT, "url": ADDRESS}), "type": ["object", "null"]},
        "url": ADDRESS,
        "calendar": ADDRESS,
    }
    page: JsonObject = {
        "initiatives": {"type": "array", "items": {"$ref": "#/components/schemas/Initiative"}},
        "next": {"type": ["string", "null"], "format": "uri", "description": "Address of the next page"},
    }
    return {"Initiative": everything(properties), "InitiativePage": everything(page)}


def everything(properties: JsonObject) -> JsonObject:
    """An object that has all of these properties."""
    return {"type": "object", "properties": properties, "required": list(properties)}
