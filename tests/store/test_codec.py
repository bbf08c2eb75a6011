"""Every dataclass of the model survives the way into the store and back."""

import importlib
import pkgutil
from collections.abc import Mapping
from dataclasses import is_dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator import model
from aggregator.errors import ErrorClass, Failure
from aggregator.model.defects import Defect, DefectKind
from aggregator.model.fetching import Body, SourceState
from aggregator.model.places import Place
from aggregator.store.codec import decode, encode

MODULES = [importlib.import_module(f"aggregator.model.{entry.name}") for entry in pkgutil.iter_modules(model.__path__)]
SHAPES = sorted(
    {
        shape
        for module in MODULES
        for shape in vars(module).values()
        if is_dataclass(shape) and shape.__module__ == module.__name__
    },
    key=lambda shape: shape.__name__,
)

st.register_type_strategy(Path, st.builds(Path, st.text(max_size=8)))
# Not a number equals nothing, itself included.
st.register_type_strategy(float, st.floats(allow_nan=False))
st.register_type_strategy(Mapping, st.dictionaries(st.text(max_size=3), st.text(max_size=3), max_size=2))


# There are more than a hundred shapes, and shapes within shapes: a few values of each are many.
@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
@settings(max_examples=settings.default.max_examples // 4)
@given(data=st.data())
def test_every_dataclass_comes_back_equal(shape, data):
    value = data.draw(st.from_type(shape))
    assert decode(shape, encode(value)) == value


def test_a_body_of_any_bytes_comes_back():
    body = Body(bytes(range(256)))
    assert decode(Body, encode(body)) == body


def test_a_list_of_values_comes_back():
    defects = (Defect(DefectKind.NO_START, "uid", 3), Defect(DefectKind.TOO_LONG, detail="größer", skipped=True))
    assert decode(tuple[Defect, ...], encode(defects)) == defects


def test_fields_with_their_default_take_no_room():
    assert encode(SourceState()) == "[{}]"
    assert encode(Place(name="Rathaus")) == '[{"name":"Rathaus"}]'


def test_a_field_that_is_gone_since_does_no_harm():
    assert decode(Place, '[{"name":"Rathaus","floor":3}]') == Place(name="Rathaus")


def test_text_that_says_something_else_is_refused():
    with pytest.raises(ValueError, match="error_class"):
        decode(Failure, '[{"error_class":"E_NEVER"}]')


def test_moments_keep_their_instant_and_microseconds():
    east = timezone(timedelta(hours=2))
    state = SourceState(next_at=datetime(2026, 7, 1, 12, 0, 0, 5, tzinfo=east), failure=Failure(ErrorClass.DNS, "x"))
    assert decode(SourceState, encode(state)) == state
    assert decode(SourceState, encode(state)).next_at == datetime(2026, 7, 1, 10, 0, 0, 5, tzinfo=UTC)
