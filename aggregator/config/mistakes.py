"""What the schema found wrong with a file, in plain words and with its place."""

from __future__ import annotations

from collections.abc import Sequence
from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from aggregator.config.documents import Document, Steps
from aggregator.config.shape import MainShape
from aggregator.config.spelling import quoted, suggestion
from aggregator.errors import Mistake


def schema_mistakes(document: Document, shape: type[BaseModel], error: ValidationError) -> list[Mistake]:
    """Every mistake that pydantic found in `document`, which should have been of `shape`."""
    return [mistake_of(document, shape, dict(found)) for found in error.errors(include_url=False)]


def mistake_of(document: Document, shape: type[BaseModel], found: dict[str, Any]) -> Mistake:
    """One finding of pydantic as a sentence."""
    # A circle that was written as a mere radius has no step of its own for the radius.
    steps: Steps = tuple(found["loc"])
    if steps[-1:] == ("radius_km",) and isinstance(document.get(*steps[:-1]), str):
        steps = steps[:-1]
    if found["type"] == "extra_forbidden":
        return document.mistake_at_key(steps, unknown_key(shape, steps))
    if found["type"] == "missing" and steps in document.keys:
        return document.mistake_at_key(steps, f'the key "{steps[-1]}" has no value; it is needed')
    if found["type"] == "missing":
        return document.mistake(steps[:-1], f'the key "{steps[-1]}" is missing here; it is needed')
    return document.mistake(steps, f"{label(steps)}{sentence_of(found)}")


def label(steps: Steps) -> str:
    """The name of the key that is spoken of, as the beginning of a sentence."""
    return next((f"{step}: " for step in reversed(steps) if isinstance(step, str)), "")


def sentence_of(found: dict[str, Any]) -> str:
    """What is wrong with one value."""
    if found["type"] == "list_type":
        return "a list belongs here, like [one, two] or lines that begin with a dash"
    if found["type"] in ("model_type", "model_attributes_type", "dict_type"):
        return 'keys with values belong here, each on its own line like "key: value"'
    if "error" in found.get("ctx", {}):
        return str(found["ctx"]["error"])
    return str(found["msg"])


def unknown_key(shape: type[BaseModel], steps: Steps) -> str:
    """That nobody knows this key, and which one may have been meant."""
    section = section_at(shape, steps[:-1])
    key = str(steps[-1])
    if len(steps) == 1 and key in MainShape.model_fields:
        return f'the key "{key}" belongs in the main file only, not in a file that is included'
    known = tuple(section.model_fields) if section else ()
    return f"the key {quoted(key)} is not known here; {suggestion(key, known)}"


def section_at(shape: type[BaseModel], steps: Sequence[str | int]) -> type[BaseModel] | None:
    """The section of the schema that stands at these steps."""
    current: Any = shape
    for step in steps:
        inner = get_args(current)[0] if isinstance(step, int) else current.model_fields[step].annotation
        current = without_none(inner)
    return current if isinstance(current, type) and issubclass(current, BaseModel) else None


def without_none(annotation: Any) -> Any:
    """The type behind `… | None`."""
    if get_origin(annotation) in (Union, UnionType):
        return next(part for part in get_args(annotation) if part is not type(None))
    return annotation
