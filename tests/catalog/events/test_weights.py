from datetime import timedelta

import pytest

from catalog.events.weights import EventWeights
from catalog.types import Interaction
from tests.catalog.events.builders import NOW


def test_an_event_halves_with_time():
    weights = EventWeights({"view_item": 2.0, "rate": 4.0}, half_life_days=10)
    old = Interaction("u", "A", "view_item", NOW - timedelta(days=20))
    assert weights.of(old, NOW) == pytest.approx(0.5)
    assert weights.of(Interaction("u", "A", "rate", NOW, -0.5), NOW) == -2.0
    assert weights.of(Interaction("u", "A", "purchase", NOW), NOW) == 0.0


def test_wrong_weights_are_refused():
    with pytest.raises(ValueError, match=r"look_at"):
        EventWeights({"look_at": 1.0})
    with pytest.raises(ValueError, match="half_life_days"):
        EventWeights(half_life_days=0)
