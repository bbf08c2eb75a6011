"""The description of the interface (OpenAPI 3.1): only what is really there."""

from __future__ import annotations

from aggregator.model.facts import Reply
from aggregator.model.filters import LONGEST_VALUE, MOST_VALUES, WEEKDAYS, WIDEST_RADIUS_KM
from aggregator.model.linkage import Relation
from aggregator.model.records import Status
from aggregator.model.settings import Settings
from web.api.openapi_directory import directory_paths, directory_schemas

USUAL_EVENTS, MOST_EVENTS = 100, 500

JsonObject = dict[str, object]
TEXT: JsonObject = {"type": "string"}
WORDS: JsonObject = {"type": "string", "maxLength": LONGEST_VALUE, "pattern": "^[^\\x00-\\x1f\\x7f]*$"}
ID: JsonObject = {"type": "string", "pattern": "^[A-Za-z0-9_.-]{1,80}$"}
SPOKEN: JsonObject = {"type": "string", "pattern": "^[A-Za-z]{2,3}$"}
POINT: JsonObject = {"type": "string", "pattern": r"^-?[0-9]{1,2}(\.[0-9]{1,10})?,-?[0-9]{1,3}(\.[0-9]{1,10})?$"}
RADIUS: JsonObject = {"type": "number", "exclusiveMinimum": 0, "maximum": WIDEST_RADIUS_KM}
MARK: JsonObject = {"enum": ["1"]}
TIME_OF_DAY: JsonObject = {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"}
NUMBER_OR_NULL: JsonObject = {"type": ["number", "null"]}
MOMENT: JsonObject = {"type": ["string", "null"], "description": "ISO 8601 with offset, or a date when all-day"}


def openapi(settings: Settings) -> JsonObject:
    """The whole document."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": settings.site.title,
            "version": "1",
            "description": "The merged calendar of a town's initiatives. Reading needs no key; CORS is open.",
        },
        "servers": [{"url": settings.site.base_url}],
        "paths": {
            "/api/v1/events": {"get": events_operation(settings)},
            **directory_paths(filter_parameters(settings), page_parameters(settings)),
        },
        "components": {"schemas": {**schemas(), **directory_schemas()}},
    }


def events_operation(settings: Settings) -> JsonObject:
    """GET /api/v1/events."""
    return {
        "operationId": "listEvents",
        "summary": "Merged events, page by page, in the order of their ids",
        "parameters": [*filter_parameters(settings), *page_parameters(settings)],
        "responses": {
            "200": response("One page of events", {"$ref": "#/components/schemas/EventPage"}),
            "304": {"description": "Not modified since the ETag given in If-None-Match"},
            "400": response(
                "A value that cannot be meant, an id that is not known, or values that contradict each other",
                {"$ref": "#/components/schemas/Problem"},
            ),
        },
    }


def response(description: str, schema: JsonObject) -> JsonObject:
    """An answer in JSON."""
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def filter_parameters(settings: Settings) -> list[JsonObject]:
    """The filter language that pages, feeds and this interface share."""
    topics = [topic.id for topic in settings.topics]
    return [
        parameter("from", "First day, inclusive", {"type": "string", "format": "date"}),
        parameter("to", "Last day, inclusive", {"type": "string", "format": "date"}),
        parameter("weekday", "Weekdays; several are alternatives", list_of({"enum": list(WEEKDAYS)}), True),
        parameter("after", "Begins at this local time of day or later, HH:MM", TIME_OF_DAY),
        parameter("before", "Begins before this local time of day, HH:MM", TIME_OF_DAY),
        parameter("free", "Known to cost nothing", MARK),
        parameter("accessible", "Known to be accessible by wheelchair", MARK),
        parameter("children", "Known to be meant for children too", MARK),
        parameter("online", "yes: one can take part from home; no: known to be on site", {"enum": ["yes", "no"]}),
        parameter(
            "language", "Codes of languages spoken there; several are alternatives", list_of(SPOKEN, MOST_VALUES), True
        ),
        parameter("topic", "Topics; several are alternatives", list_of({"enum": topics}, MOST_VALUES), True),
        parameter("initiative", "Ids of initiatives; several are alternatives", list_of(ID, MOST_VALUES), True),
        parameter("umbrella", "Ids of alliances: they and their members", list_of(ID, MOST_VALUES), True),
        parameter("place", "Name or part of the name of a place; may be repeated", list_of(WORDS)),
        parameter("near", "Latitude and longitude in degrees: 53.25,10.41", POINT),
        parameter("radius", "Kilometres around near, 5 unless given", RADIUS),
        parameter("q", "Words that title, place, text or initiative must hold", WORDS),
    ]


def page_parameters(settings: Settings) -> list[JsonObject]:
    """How much, from where, and in which language labels are."""
    size: JsonObject = {"type": "integer", "minimum": 1, "maximum": MOST_EVENTS, "default": USUAL_EVENTS}
    return [
        parameter("limit", "Events on a page", size),
        parameter("next", "Where the page begins; follow the address in `next` instead of making one", TEXT),
        parameter("lang", "Language of labels and sentences", {"enum": list(settings.site.languages)}),
    ]


def parameter(name: str, description: str, schema: JsonObject, by_comma: bool = False) -> JsonObject:
    """One parameter of the query; lists may be given by comma or by repetition.

    A form sends fields that nobody filled in, so an empty value counts as none.
    """
    stated = schema if schema.get("type") == "array" else {"anyOf": [schema, {"const": ""}]}
    made: JsonObject = {"name": name, "in": "query", "description": description, "schema": stated}
    return {**made, "style": "form", "explode": False} if by_comma else made


def schemas() -> JsonObject:
    """The shapes of all answers."""
    return {
        "EventPage": an_object(
            events={"type": "array", "items": {"$ref": "#/components/schemas/Event"}},
            next={"type": ["string", "null"], "format": "uri", "description": "Address of the next page"},
        ),
        "Problem": an_object(error=an_object(status={"type": "integer"}, sentence=TEXT)),
        "Event": event_schema(),
        "Place": an_object(name=TEXT, address=TEXT, lat=NUMBER_OR_NULL, lon=NUMBER_OR_NULL, online={"type": "boolean"}),
        "Facts": facts_schema(),
        "Source": source_schema(),
        "Occurrence": occurrence_schema(),
    }


def event_schema() -> JsonObject:
    """One merged event."""
    return an_object(
        id=TEXT,
        uid=TEXT,
        url={"type": "string", "format": "uri"},
        title=TEXT,
        start=MOMENT,
        end={**MOMENT, "description": "As start; exclusive when all-day; null when not known"},
        all_day={"type": "boolean"},
        timezone=TEXT,
        status={"enum": [status.value for status in Status]},
        description=TEXT,
        place={"$ref": "#/components/schemas/Place"},
        topics={"type": "array", "items": an_object(id=TEXT, label=TEXT)},
        initiatives={"type": "array", "items": an_object(id=TEXT, name=TEXT, homepage=TEXT)},
        sources={"type": "array", "items": {"$ref": "#/components/schemas/Source"}},
        occurrences={"type": "array", "items": {"$ref": "#/components/schemas/Occurrence"}},
        links={"type": "array", "items": TEXT},
        part_of={"type": "array", "items": an_object(id=TEXT, title=TEXT, url=TEXT)},
        rrule={"type": "array", "items": TEXT},
        facts={"$ref": "#/components/schemas/Facts"},
        language=TEXT,
        created={"type": "string", "format": "date-time"},
        updated={"type": "string", "format": "date-time"},
        sequence={"type": "integer"},
        provenance={"type": "object", "description": "The record that each field was taken from"},
    )


def facts_schema() -> JsonObject:
    """What people filter by."""
    reply: JsonObject = {"enum": [reply.value for reply in Reply], "description": "unknown where nobody told"}
    names = ("free", "accessible", "children", "online")
    return an_object(**dict.fromkeys(names, reply), price=TEXT, languages=list_of(TEXT))


def list_of(items: JsonObject, most: int | None = None) -> JsonObject:
    """A list of such values."""
    return {"type": "array", "items": items, **({"maxItems": most} if most else {})}


def source_schema() -> JsonObject:
    """One announcement of an event."""
    return an_object(
        source=TEXT,
        record=TEXT,
        initiative=TEXT,
        initiative_name=TEXT,
        title=TEXT,
        link=TEXT,
        start=MOMENT,
        end=MOMENT,
        relation={"enum": [relation.value for relation in Relation]},
        occurrence={"type": ["string", "null"]},
        rule=TEXT,
        licence={"type": ["string", "null"]},
    )


def occurrence_schema() -> JsonObject:
    """One instance of an event; title and place only where they differ from the event's."""
    required = an_object(
        original_start=MOMENT, start=MOMENT, end=MOMENT, status={"enum": [status.value for status in Status]}
    )
    return {
        "allOf": [required],
        "type": "object",
        "properties": {"title": TEXT, "place": {"$ref": "#/components/schemas/Place"}},
    }


def an_object(**properties: JsonObject) -> JsonObject:
    """An object that has all of these properties."""
    return {"type": "object", "properties": properties, "required": list(properties)}
