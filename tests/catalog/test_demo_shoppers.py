from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta

from catalog.demo import demo_interactions
from tests.catalog.demo_shop import SEED, TODAY, interactions, products


def leaf_of() -> dict[str, str]:
    return {p.id: p.category[-1].en for p in products()}


def test_three_hundred_shoppers_leave_about_fifteen_thousand_events():
    assert {i.user_id for i in interactions()} == {f"user-{n:03}" for n in range(1, 301)}
    assert 12_000 < len(interactions()) < 18_000
    kinds = Counter(i.kind for i in interactions())
    assert set(kinds) == {"view_item", "add_to_cart", "purchase"}
    assert kinds["view_item"] > kinds["add_to_cart"] > kinds["purchase"] > 1000


def test_events_are_reproducible_and_within_180_days():
    assert tuple(demo_interactions(products(), SEED, TODAY)) == interactions()
    today = datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=UTC)
    assert all(today - timedelta(days=181) < i.time < today for i in interactions())


def test_shoppers_have_tastes():
    department = {p.id: p.category[0].en for p in products()}
    shares = []
    for user in {i.user_id for i in interactions()}:
        counts = Counter(department[i.product_id] for i in interactions() if i.user_id == user)
        shares.append(sum(count for _, count in counts.most_common(4)) / counts.total())
    assert sum(shares) / len(shares) > 0.75


def test_what_goes_together_is_bought_together():
    leaf = leaf_of()
    baskets = defaultdict(set)
    for event in interactions():
        if event.kind == "purchase":
            baskets[event.user_id, event.time.date()].add(leaf[event.product_id])
    pairs = Counter()
    for basket in baskets.values():
        pairs.update(frozenset((a, b)) for a in basket for b in basket if a < b)
    for first, others in (
        ("Smartphones", {"Phone cases", "Screen protectors", "Chargers", "Power banks"}),
        (
            "Thin & light laptops",
            {"Laptop backpacks", "Laptop sleeves", "Mice", "Briefcases", "USB-C hubs"},
        ),
        ("Green tea", {"Tea cups", "Tea sets", "Kettles"}),
    ):
        together = sum(pairs[frozenset((first, other))] for other in others)
        apart = sum(count for pair, count in pairs.items() if first in pair) - together
        assert together > apart, first


def test_carts_are_seen_first_and_purchases_were_in_the_cart():
    done = defaultdict(set)
    for event in interactions():
        before = done[event.user_id, event.product_id]
        if event.kind == "add_to_cart":
            assert "view_item" in before
        if event.kind == "purchase":
            assert "add_to_cart" in before
        before.add(event.kind)
