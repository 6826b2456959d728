from collections import defaultdict
from datetime import UTC, datetime, timedelta
from statistics import mean

from catalog.demo import demo_reviews
from catalog.text import has_chinese
from tests.catalog.demo_shop import SEED, TODAY, products, reviews


def test_there_are_enough_and_half_of_them_are_chinese():
    chinese = sum(bool(r.text.zh) for r in reviews())
    assert len(reviews()) >= 3000
    assert 0.45 < chinese / len(reviews()) < 0.55


def test_a_review_has_one_language():
    for review in reviews():
        assert bool(review.text.en) != bool(review.text.zh)
        assert has_chinese(review.text.zh) or review.text.en
        assert not has_chinese(review.text.en)


def test_reviews_are_reproducible_and_their_ids_unique():
    assert tuple(demo_reviews(products(), SEED, TODAY)) == reviews()
    assert len({r.id for r in reviews()}) == len(reviews())


def test_dates_lie_within_the_last_two_years():
    today = datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=UTC)
    assert all(today - timedelta(days=731) < r.time < today for r in reviews())


def test_only_rated_products_are_reviewed():
    rated = {p.id for p in products() if p.rating is not None}
    assert {r.product_id for r in reviews()} <= rated


def test_the_tone_fits_the_stars():
    for review in reviews():
        text = review.text.en + review.text.zh
        if review.rating >= 4:
            assert not any(
                word in text for word in ("Disappointed", "Look elsewhere", "失望", "准备退")
            )
        if review.rating <= 2:
            assert not any(
                word in text for word in ("Recommended", "Very happy", "推荐入手", "很满意")
            )


def test_remarks_agree_with_the_record():
    flags = {p.id: p for p in products()}
    told = 0
    for review in reviews():
        text = review.text.en + review.text.zh
        if "noise cancelling makes" in text or "降噪效果明显" in text:
            assert True in flags[review.product_id].values("noise_cancelling")
            told += 1
    assert told


def test_sampled_stars_lean_as_the_rating_does():
    stars = defaultdict(list)
    for review in reviews():
        stars[review.product_id].append(review.rating)
    rating = {p.id: p.rating for p in products()}
    low = mean(s for pid, given in stars.items() if rating[pid] < 3.9 for s in given)
    high = mean(s for pid, given in stars.items() if rating[pid] >= 4.6 for s in given)
    assert low + 0.4 < high
