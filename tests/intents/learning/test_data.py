import pytest
import torch

from intents.learning.data import batches, collate, prepare
from intents.learning.encoders import load_base
from intents.learning.net import ROLE_NAMES
from intents.tags import Span, TagScheme
from tests.intents.learning.builders import ENGLISH, LABELS, item, labelled
from tests.intents.tiny import SLOTS, build_words, reader


@pytest.fixture(scope="module")
def base(tiny_encoder):
    return load_base(tiny_encoder, 1)


def quiet(phase, done, total):
    return


def ready(base, *texts):
    return prepare(texts, LABELS, reader(), base, quiet)


def test_a_text_is_labelled_unit_by_unit(base):
    text = labelled(
        "not red shoes", "search_product", ("color", "red"), ("product_type", "shoes"),
        roles=("exclude", ""),
    )  # fmt: skip
    (one,) = ready(base, text)
    assert TagScheme(SLOTS).decode(one.tags, one.pieces.units) == list(text.spans)
    assert [ROLE_NAMES[role] if role >= 0 else "" for role in one.roles] == [
        "",
        "exclude",
        "include",
    ]


def test_spans_without_roles_are_included(base):
    (one,) = ready(base, labelled("red黑色", "greet", ("color", "黑色")))
    assert one.roles == (-1, ROLE_NAMES.index("include"))


def test_all_intents_of_a_text_are_wanted(base):
    one, two = ready(base, labelled("hello", "greet"), labelled("red", "search_product+greet"))
    assert one.intents.tolist() == [1, 0, 0]
    assert two.intents.tolist() == [1, 0, 1]


@pytest.mark.parametrize(
    ("fields", "context"),
    [
        ({}, (0, 0)),
        ({"previous_action": "ask_size", "requested_slot": "city"}, (1, 1)),
        ({"previous_action": "new", "requested_slot": "other"}, (0, 0)),
    ],
)
def test_an_unknown_context_is_like_none(base, fields, context):
    (one,) = ready(base, labelled("80", "greet", **fields))
    assert one.context == context


def test_a_hint_stands_at_every_piece_of_its_words(base):
    text = labelled("show me redish shoes", "greet", hints=(Span(8, 14, "color"),))
    (one,) = ready(base, text)
    assert one.pieces.ids[3:5] == tuple(build_words().get_vocab()[p] for p in ("▁red", "ish"))
    b_color = TagScheme(SLOTS).encode([Span(0, 1, "color")], [(0, 1)])[0]
    assert one.hints == (0, 0, 0, b_color, b_color, 0, 0)


def test_a_hint_of_another_slot_is_none(base):
    (one,) = ready(base, labelled("red", "greet", hints=(Span(0, 3, "brand"),)))
    assert one.hints == (0, 0, 0)


def test_states_are_those_of_the_text_alone(base):
    texts = [labelled(text, "greet") for text in ("hello", "show me the red shoes", "有没有耳机")]
    together = ready(base, *texts)
    for text, one in zip(texts, together, strict=True):
        (alone,) = ready(base, text)
        assert one.pieces == alone.pieces
        assert one.states.shape == (len(one.pieces.ids), 32)
        assert torch.allclose(one.states.float(), alone.states.float(), atol=0.05)


def test_a_text_that_comes_again_is_read_once(base):
    seen = []
    texts = [labelled("hello", "greet")] * 3 + [labelled("red", "search_product")]
    prepare(texts, LABELS, reader(), base, lambda *now: seen.append(now))
    assert seen == [("reading texts", 0, 2)]


def test_shorter_items_are_padded_with_what_does_not_count():
    long = item(5, tags=(1, 2, 0), roles=(0, 1, -1), hints=(0, 3, 4, 4, 0))
    batch = collate([long, item(3, tags=(1,), value=2.0)])
    assert batch.states.shape == (2, 5, 4)
    assert batch.states[1].sum(dim=1).tolist() == [8, 8, 8, 0, 0]
    assert batch.mask.tolist() == [[True] * 5, [True] * 3 + [False] * 2]
    assert batch.units.tolist() == [[True] * 3, [True, False, False]]
    assert batch.first.tolist() == [[1, 2, 3], [1, 0, 0]]
    assert batch.tags.tolist() == [[1, 2, 0], [1, 0, 0]]
    assert batch.roles.tolist() == [[0, 1, -1], [0, -1, -1]]
    assert batch.hints.tolist() == [[0, 3, 4, 4, 0], [0] * 5]
    assert batch.context.tolist() == [[0, 1], [0, 1]]
    assert batch.intents.shape == (2, 3)


def test_items_without_units_can_be_batched():
    batch = collate([item(2), item(2)])
    assert batch.units.tolist() == [[False], [False]]
    assert batch.roles.tolist() == [[-1], [-1]]


def places(items, size, seed=None):
    generator = None if seed is None else torch.Generator().manual_seed(seed)
    return [place for place, _ in batches(items, size, generator)]


MIXED = [item(3 + (7 * place) % 10) for place in range(50)]


@pytest.mark.parametrize("seed", [None, 3])
@pytest.mark.parametrize("size", [1, 8, 64])
def test_every_item_comes_once(size, seed):
    found = places(MIXED, size, seed)
    assert sorted(place for chunk in found for place in chunk) == list(range(50))
    assert max(map(len, found)) <= size


def test_the_places_tell_which_item_is_in_which_row():
    for chunk, batch in batches(MIXED, 8, torch.Generator().manual_seed(1)):
        assert batch.mask.sum(dim=1).tolist() == [len(MIXED[p].pieces.ids) for p in chunk]


def test_one_seed_gives_one_order_and_another_gives_another():
    assert places(MIXED, 8, 3) == places(MIXED, 8, 3)
    assert places(MIXED, 8, 3) != places(MIXED, 8, 4)


def test_a_generator_goes_on_so_that_epochs_differ():
    generator = torch.Generator().manual_seed(3)
    first = [place for place, _ in batches(MIXED, 8, generator)]
    assert [place for place, _ in batches(MIXED, 8, generator)] != first


def test_texts_of_like_length_share_a_batch():
    lengths = [[len(MIXED[place].pieces.ids) for place in chunk] for chunk in places(MIXED, 10, 3)]
    spread = [max(chunk) - min(chunk) for chunk in lengths]
    assert max(spread) <= 2


def test_without_a_generator_the_shortest_come_first():
    lengths = [len(MIXED[place].pieces.ids) for chunk in places(MIXED, 8) for place in chunk]
    assert lengths == sorted(lengths)


def test_the_task_of_the_tests_is_labelled_as_it_says(base):
    items = ready(base, *ENGLISH)
    scheme = TagScheme(SLOTS)
    assert [scheme.decode(one.tags, one.pieces.units) for one in items] == [
        list(text.spans) for text in ENGLISH
    ]
