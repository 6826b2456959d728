"""The weights for shoppers of whom little is known: what a visit says, and how sure that is."""

import numpy as np
import pytest

from catalog.recommenders.content import train_content
from catalog.recommenders.contexts import CONTENT, FEW, MANY, NONE, ONE, fit_contexts, pooled
from catalog.recommenders.interactions import Interactions
from catalog.recommenders.popularity import train_popularity

KINDS, EACH = 8, 10
OVERALL = {"popularity": 1.0, CONTENT: 0.0}


def shop(users, later):
    """Each user looks at things of one kind in a visit, and at another kind in the next one."""
    random = np.random.default_rng(0)
    data = []
    for visit, length in enumerate((6, later)):
        rows = [
            (user, item, visit)
            for user in range(users)
            for item in random.permutation(EACH)[:length] + EACH * ((user + 3 * visit) % KINDS)
        ]
        who, items, times = np.array(rows, np.int64).reshape(-1, 3).T
        counts = {"user_count": users, "item_count": KINDS * EACH}
        data.append(Interactions.of(who, items, times=times.astype(np.float64), **counts))
    kinds = np.repeat(np.eye(KINDS, dtype=np.float32), EACH, axis=0)
    models = {"popularity": train_popularity(data[0]), CONTENT: train_content(data[0], kinds)}
    return models, *data


@pytest.mark.parametrize("context", [ONE, FEW])
def test_what_a_visit_begins_with_tells_how_it_goes_on(context):
    """What was looked at days before says nothing here, and must not decide."""
    found = fit_contexts(*shop(60, 6), OVERALL)
    assert found[context][CONTENT] > found[context]["popularity"]
    assert (found[NONE], found[MANY]) == ({"popularity": 1.0}, OVERALL)


def test_the_fewer_users_the_more_the_overall_weights_count():
    few, many = (fit_contexts(*shop(users, 6), OVERALL)[ONE] for users in (24, 96))
    assert 0 < few[CONTENT] / sum(few.values()) < many[CONTENT] / sum(many.values())


def test_where_no_visit_goes_on_the_last_events_before_are_told():
    found = fit_contexts(*shop(60, 1), OVERALL)
    assert found[ONE].keys() == OVERALL.keys()
    assert fit_contexts(*shop(60, 0), OVERALL)[ONE] == OVERALL


def test_weights_lean_towards_those_of_all_users_on_their_own_scale():
    own, overall = {"a": 2.0, "b": 2.0}, {"b": 0.5, "c": 0.5}
    assert pooled(own, overall, 20) == {"a": 1.0, "b": 2.0, "c": 1.0}
    assert pooled(own, overall, 0) == {"a": 0.0, "b": 2.0, "c": 2.0}
    assert pooled(own, overall, 180) == {"a": 1.8, "b": 2.0, "c": 0.2}
