"""A shop's folder of pictures, looked at once, however broken some of them are."""

import logging
from dataclasses import replace

import numpy as np
import pytest

from catalog.pictures.cache import VectorCache, key_of
from catalog.pictures.looks import LOOKS, Looks
from catalog.pictures.making import look_at
from tests.catalog.pictures.drawn import DOTS, STRIPES, Colors, as_bytes, drawn
from tests.catalog.products import product, variant


def shown(id_, *images):
    return replace(product(id_), images=images)


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "files"
    made.mkdir()
    for name, kind, color in (
        ("a", STRIPES, "navy"),
        ("b", STRIPES, "blue"),
        ("c", DOTS, "red"),
        ("d", DOTS, "orange"),
    ):
        (made / f"{name}.jpg").write_bytes(as_bytes(drawn(kind, color)))
    (made / "broken.jpg").write_bytes(as_bytes(drawn(STRIPES))[:200])
    (made / "text.jpg").write_bytes(b"404 not found")
    return made


def look(products, folder, tmp_path, encode=None, **options):
    return look_at(products, folder, tmp_path / "home", encode or Colors(), **options)


class TestLookAt:
    def test_every_product_with_a_picture_has_a_look(self, folder, tmp_path):
        variants = (variant("p2-1"), replace(variant("p2-2"), image="/b.jpg"))
        products = [
            shown("p1", "https://shop.example/a.jpg"),
            product("p2", variants=variants),
            product("c"),
            product("none"),
        ]
        looks, seen = look(products, folder, tmp_path)
        assert looks.ids == ("p1", "p2", "c")
        assert (seen.products, seen.with_picture, seen.new, seen.troubles) == (4, 3, 3, {})

    def test_what_cannot_be_used_is_counted_logged_and_the_next_one_taken(
        self, folder, tmp_path, caplog
    ):
        products = [
            shown("p1", "broken.jpg", "a.jpg"),
            shown("p2", "text.jpg"),
            shown("p3", "gone.jpg"),
            shown("p4", "gone.jpg", "b.jpg"),
        ]
        with caplog.at_level(logging.WARNING):
            looks, seen = look(products, folder, tmp_path)
        assert looks.ids == ("p1", "p4")
        assert seen.troubles == {"unreadable": 2, "missing": 1}
        assert seen.left_out == 3
        assert "broken.jpg of product p1 is left out" in caplog.text
        assert "pictures left out: 1 missing, 2 unreadable" in caplog.text

    def test_a_file_named_like_the_id_stands_in_for_lost_addresses(self, folder, tmp_path):
        looks, _ = look([shown("a", "gone.jpg"), product("x/b")], folder, tmp_path)
        assert looks.ids == ("a",)

    def test_no_picture_is_looked_at_twice(self, folder, tmp_path):
        encode = Colors()
        products = [shown("p1", "a.jpg"), shown("p2", "a.jpg"), shown("p3", "b.jpg")]
        first, seen = look(products, folder, tmp_path, encode)
        assert encode.asked == seen.new == 2
        again, seen = look([*products, shown("p4", "c.jpg")], folder, tmp_path, encode)
        assert encode.asked == 3 and seen.new == 1
        assert again.ids == (*first.ids, "p4")
        (folder / "a.jpg").write_bytes(as_bytes(drawn(DOTS, "green")))
        assert look(products, folder, tmp_path, encode)[1].new == 1

    def test_a_killed_run_goes_on_where_it_stood(self, folder, tmp_path):
        names = [f"{number}.png" for number in range(40)]
        for number, name in enumerate(names):
            (folder / name).write_bytes(
                as_bytes(drawn(STRIPES, shift=number, size=(60, 70)), "PNG")
            )
        products = [shown(name, name) for name in names]

        class Killed(Colors):
            def __call__(self, pixels):
                if self.asked:
                    raise KeyboardInterrupt
                return super().__call__(pixels)

        with pytest.raises(KeyboardInterrupt):
            look(products, folder, tmp_path, Killed())
        encode = Colors()
        looks, _ = look(products, folder, tmp_path, encode)
        assert len(looks.ids) == 40 and encode.asked == 8

    def test_it_tells_how_far_it_is(self, folder, tmp_path):
        told = []
        look(
            [shown("p", "a.jpg")] * 70, folder, tmp_path,
            total=70, progress=lambda *facts: told.append(facts),
        )  # fmt: skip
        assert told == [("pictures", 32, 70), ("pictures", 64, 70), ("pictures", 70, 70)]

    def test_a_folder_that_is_not_there_is_said(self, tmp_path):
        with pytest.raises(ValueError, match="expected a folder with the shop's pictures"):
            look([], tmp_path / "none", tmp_path)

    def test_a_shop_without_any_picture_has_no_looks(self, folder, tmp_path):
        looks, _ = look([product("none")], folder, tmp_path)
        assert looks.ids == () and looks.likeness({"none": 1.0}) is None
        assert looks.rows(["none"]).shape[0] == 1


class TestCache:
    def test_what_was_half_written_is_cut_off(self, tmp_path):
        vectors = np.eye(2, 1280, dtype=np.float32)
        keys = [key_of(b"a"), key_of(b"b")]
        VectorCache(tmp_path).add(keys, vectors)
        (path,) = tmp_path.iterdir()
        path.write_bytes(path.read_bytes()[:-100])
        opened = VectorCache(tmp_path)
        assert keys[0] in opened and keys[1] not in opened
        opened.add(keys[1:], vectors[1:])
        np.testing.assert_array_equal(VectorCache(tmp_path).vectors(keys), vectors)

    def test_what_another_process_adds_meanwhile_moves_nothing(self, tmp_path):
        rows = np.arange(4, dtype=np.float32)[:, None] * np.ones(1280, np.float32)
        keys = [key_of(name) for name in (b"a", b"b", b"c", b"d")]
        one, other = VectorCache(tmp_path), VectorCache(tmp_path)
        one.add(keys[:1], rows[:1])
        other.add(keys[1:3], rows[1:3])
        one.add(keys[3:], rows[3:])
        np.testing.assert_array_equal(one.vectors([keys[3], keys[0]]), rows[[3, 0]])
        np.testing.assert_array_equal(other.vectors(keys[1:3]), rows[1:3])
        np.testing.assert_array_equal(VectorCache(tmp_path).vectors(keys), rows)

    def test_a_key_that_is_not_there_is_an_error(self, tmp_path):
        with pytest.raises(KeyError):
            VectorCache(tmp_path).vectors([key_of(b"a")])


class TestLooks:
    @pytest.fixture
    def looks(self, folder, tmp_path):
        return look([product(one) for one in "abcd"], folder, tmp_path)[0]

    def test_what_looks_alike_is_above_the_mean(self, looks):
        scores = dict(zip(looks.ids, looks.likeness({"a": 1.0}), strict=True))
        assert scores["b"] > 0 > max(scores["c"], scores["d"])
        np.testing.assert_allclose(np.mean(list(scores.values())), 0, atol=1e-5)
        both = dict(zip(looks.ids, looks.likeness({"a": 1.0, "c": 9.0, "none": 9.0}), strict=True))
        assert both["d"] > both["b"]

    def test_a_product_without_a_picture_says_nothing(self, looks):
        assert looks.likeness({"none": 1.0}) is None
        assert looks.likeness({}) is None
        assert not looks.rows(["none", "a"])[0].any()

    def test_they_come_back_from_their_folder(self, looks, tmp_path):
        looks.save(tmp_path / "kept")
        loaded = Looks.load(tmp_path / "kept")
        assert loaded.ids == looks.ids
        np.testing.assert_array_equal(loaded.vectors, looks.vectors)
        assert [one.name for one in (tmp_path / "kept").iterdir()] == [LOOKS]

    def test_damaged_ones_are_refused(self, looks, tmp_path):
        with pytest.raises(ValueError, match="missing or damaged"):
            Looks.load(tmp_path)
        looks.save(tmp_path)
        path = tmp_path / LOOKS
        path.write_bytes(path.read_bytes()[:-50])
        with pytest.raises(ValueError, match="missing or damaged"):
            Looks.load(tmp_path)
        np.savez(path, format=np.array(99))
        with pytest.raises(ValueError, match="run daogou index"):
            Looks.load(tmp_path)

    def test_many_pictures_keep_who_is_near_whom_in_few_numbers(self):
        random = np.random.default_rng(0)
        kinds = random.normal(size=(20, 1280)).astype(np.float32)
        vectors = np.repeat(kinds, 20, axis=0) + random.normal(scale=0.8, size=(400, 1280))
        looks = Looks.of([str(number) for number in range(400)], vectors)
        assert looks.vectors.shape == (400, 128)
        nearest = np.argsort(-(looks.vectors @ looks.vectors.T), axis=1)[:, :20]
        assert (nearest // 20 == np.arange(400)[:, None] // 20).mean() > 0.99
