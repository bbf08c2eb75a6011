"""The JSON interface: paging, and a description that is true."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from flask.testing import FlaskClient


def pages(client: FlaskClient, path: str) -> Iterator[dict[str, Any]]:
    while path:
        page = client.get(path).get_json()
        yield page
        parts = urlsplit(page["next"] or "")
        path = f"{parts.path}?{parts.query}" if parts.path else ""


def test_following_next_brings_every_event_once(client: FlaskClient) -> None:
    whole = [event["id"] for event in client.get("/api/v1/events").get_json()["events"]]
    by_pages = [event["id"] for page in pages(client, "/api/v1/events?limit=7") for event in page["events"]]
    assert len(whole) == 20
    assert by_pages == whole


def test_the_next_page_keeps_filter_and_language(sqlite_client: FlaskClient) -> None:
    page = sqlite_client.get("/api/v1/events?limit=1&topic=kultur&lang=en").get_json()
    assert page["next"].startswith("https://kalender.example.org/api/v1/events?topic=kultur&limit=1&next=")
    assert page["next"].endswith("&lang=en")
    assert page["events"][0]["topics"] == [{"id": "kultur", "label": "Culture and music"}]


def resolved(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in schema:
        return document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    return schema


def mismatches(document: dict[str, Any], schema: dict[str, Any], value: Any, where: str) -> list[str]:
    """Properties that one of description and answer has and the other has not."""
    schema = resolved(document, schema)
    if isinstance(value, list):
        items = schema.get("items", {})
        return [wrong for one in value for wrong in mismatches(document, items, one, f"{where}[]")]
    if not isinstance(value, dict) or "properties" not in schema:
        return []
    known, required = dict(schema["properties"]), set(schema.get("required", ()))
    for part in schema.get("allOf", ()):
        known |= part["properties"]
        required |= set(part["required"])
    found = [f"{where}.{name} is missing" for name in required - set(value)]
    found += [f"{where}.{name} is not described" for name in set(value) - set(known)]
    deeper = (mismatches(document, known[name], value[name], f"{where}.{name}") for name in set(value) & set(known))
    return found + [wrong for wrongs in deeper for wrong in wrongs]


def test_the_description_fits_the_answers(sqlite_client: FlaskClient) -> None:
    document = sqlite_client.get("/api/v1/openapi.json").get_json()
    page = sqlite_client.get("/api/v1/events").get_json()
    assert mismatches(document, {"$ref": "#/components/schemas/EventPage"}, page, "page") == []
    refusal = sqlite_client.get("/api/v1/events?topic=nix").get_json()
    assert mismatches(document, {"$ref": "#/components/schemas/Problem"}, refusal, "problem") == []


def test_every_described_parameter_is_understood(sqlite_client: FlaskClient) -> None:
    document = sqlite_client.get("/api/v1/openapi.json").get_json()
    samples = {"from": "2026-11-01", "to": "2026-12-01", "topic": "kultur", "initiative": "klima", "place": "Saal",
               "near": "53.2,10.4", "radius": "5", "q": "wort", "limit": "3", "next": "a", "lang": "en",
               "umbrella": "mosaique", "weekday": "sa,su", "after": "18:00", "before": "22:30", "free": "1",
               "accessible": "1", "children": "1", "online": "no", "language": "en"}  # fmt: skip
    names = [parameter["name"] for parameter in document["paths"]["/api/v1/events"]["get"]["parameters"]]
    assert sorted(names) == sorted(samples)
    assert sqlite_client.get("/api/v1/events", query_string=samples).status_code == 200


def test_every_described_path_is_there(sqlite_client: FlaskClient) -> None:
    document = sqlite_client.get("/api/v1/openapi.json").get_json()
    assert document["openapi"] == "3.1.0"
    assert {sqlite_client.get(path).status_code for path in document["paths"]} == {200}


def test_the_directory_is_described_as_it_is(sqlite_client: FlaskClient) -> None:
    document = sqlite_client.get("/api/v1/openapi.json").get_json()
    page = sqlite_client.get("/api/v1/initiatives").get_json()
    assert mismatches(document, {"$ref": "#/components/schemas/InitiativePage"}, page, "page") == []
    assert [one["id"] for one in page["initiatives"]] == ["freiraum", "klima", "mosaique", "museum", "stadtblatt"]
    assert page["initiatives"][2]["members"] == ["klima", "freiraum"]


def test_the_directory_is_read_page_by_page(client: FlaskClient) -> None:
    found = [one["id"] for page in pages(client, "/api/v1/initiatives?limit=2") for one in page["initiatives"]]
    assert found == ["freiraum", "klima", "mosaique", "museum", "stadtblatt"]
    assert client.get("/api/v1/initiatives?place=Saal").status_code == 400
