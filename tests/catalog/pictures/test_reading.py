"""Which file an address means, and what becomes of files that are no pictures."""

import numpy as np
import pytest
from PIL import Image

from catalog.pictures import reading
from catalog.pictures.reading import PictureError, picture_file, read_bytes, read_pixels
from tests.catalog.pictures.drawn import STRIPES, as_bytes, drawn


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "shop" / "shoes").mkdir(parents=True)
    for name in ("1.jpg", "shoes/2.jpg", "红鞋.jpg"):
        (tmp_path / "shop" / name).write_bytes(b"x")
    (tmp_path / "secret.jpg").write_bytes(b"x")
    return tmp_path / "shop"


class TestPictureFile:
    @pytest.mark.parametrize(
        ("address", "name"),
        [
            ("1.jpg", "1.jpg"),
            ("/shoes/2.jpg", "shoes/2.jpg"),
            ("https://shop.example/shoes/2.jpg?v=3", "shoes/2.jpg"),
            ("https://cdn.example/large/1.jpg", "1.jpg"),
            ("https://cdn.example/%E7%BA%A2%E9%9E%8B.jpg", "红鞋.jpg"),
            ("红鞋.jpg", "红鞋.jpg"),
        ],
    )
    def test_an_address_means_the_file_of_its_path_or_name(self, folder, address, name):
        assert picture_file(address, folder) == (folder / name).resolve()

    def test_a_path_and_a_file_address_are_taken_as_they_are(self, folder):
        path = (folder / "shoes" / "2.jpg").resolve()
        assert picture_file(str(path), folder) == path
        assert picture_file(path.as_uri(), folder) == path

    @pytest.mark.parametrize(
        "address",
        ["../secret.jpg", "https://x.example/../secret.jpg", "none.jpg", "", "shoes", "http://[::",
         "data:image/png;base64," + "A" * 9000, "a\0b.jpg"],
    )  # fmt: skip
    def test_nothing_outside_of_the_folder_and_nothing_that_is_no_file(self, folder, address):
        assert picture_file(address, folder) is None

    def test_no_way_out_by_a_whole_path_or_a_link(self, folder):
        secret = folder.parent / "secret.jpg"
        (folder / "link.jpg").symlink_to(secret)
        assert picture_file(str(secret), folder) is None
        assert picture_file(secret.as_uri(), folder) is None
        assert picture_file("link.jpg", folder) is None


class TestPixels:
    def test_the_whole_picture_stands_in_the_middle_of_white(self):
        seen = read_pixels(as_bytes(Image.new("RGB", (60, 120), "black")))
        assert seen.shape == (224, 224, 3) and seen.dtype == np.uint8
        assert (seen[:, :50] > 250).all() and (seen[:, -50:] > 250).all()
        assert (seen[:, 62:162] < 5).all()

    @pytest.mark.parametrize("form", ["PNG", "GIF", "WEBP", "BMP"])
    def test_any_form_is_read(self, form):
        shown = drawn(STRIPES)
        near = read_pixels(as_bytes(shown, form)).astype(int) - read_pixels(as_bytes(shown, "PNG"))
        assert np.abs(near).mean() < 8

    def test_what_is_transparent_is_white(self):
        assert (read_pixels(as_bytes(Image.new("RGBA", (9, 9), (0, 0, 0, 0)), "PNG")) == 255).all()

    @pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "CMYK", "I;16"])
    def test_any_kind_of_colour_is_read(self, mode):
        form = "TIFF" if mode in ("CMYK", "I;16") else "PNG"
        assert read_pixels(as_bytes(Image.new(mode, (9, 9)), form)).shape == (224, 224, 3)

    def test_a_large_one_looks_like_a_small_one(self):
        small, large = Image.new("RGB", (40, 40), "teal"), Image.new("RGB", (3000, 3000), "teal")
        np.testing.assert_allclose(
            read_pixels(as_bytes(small)), read_pixels(as_bytes(large)), atol=3
        )

    def test_it_is_turned_as_the_camera_says(self):
        lying = Image.new("RGB", (80, 40), "black")
        lying.paste("white", (0, 0, 40, 40))
        tags = Image.Exif()
        tags[0x0112] = 6
        seen = read_pixels(as_bytes(lying, exif=tags.tobytes()))
        assert seen[40, 112].mean() > 200 and seen[180, 112].mean() < 60

    @pytest.mark.parametrize(
        "data", [b"", b"no picture", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\xff\xd8\xff"]
    )
    def test_no_picture_is_unreadable(self, data):
        with pytest.raises(PictureError) as caught:
            read_pixels(data)
        assert caught.value.trouble == "unreadable"

    def test_a_picture_that_was_cut_off_is_unreadable(self):
        data = as_bytes(drawn(STRIPES, size=(600, 600)))
        with pytest.raises(PictureError, match="unreadable"):
            read_pixels(data[: len(data) // 2])

    def test_one_that_would_fill_the_memory_is_too_large(self):
        with pytest.raises(PictureError) as caught:
            read_pixels(as_bytes(Image.new("1", (10_000, 10_000)), "PNG"))
        assert caught.value.trouble == "too large"

    def test_a_file_of_too_many_bytes_is_not_read(self, tmp_path, monkeypatch):
        monkeypatch.setattr(reading, "_MOST_BYTES", 3)
        (tmp_path / "a").write_bytes(b"abc")
        (tmp_path / "b").write_bytes(b"abcd")
        assert read_bytes(tmp_path / "a") == b"abc"
        with pytest.raises(PictureError, match="too large"):
            read_bytes(tmp_path / "b")
        with pytest.raises(PictureError, match="unreadable"):
            read_bytes(tmp_path / "none")
