import os
import time

import numpy as np
import pytest

from catalog.files import read_arrays, read_json, replace_folder, write_arrays, write_json


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_folder_takes_the_place_of_the_old_one(tmp_path):
    for content in ("first", "second"):
        with replace_folder(tmp_path / "data") as work:
            (work / content).write_text(content)
    assert names(tmp_path) == ["data"]
    assert names(tmp_path / "data") == ["second"]


def test_a_failure_leaves_the_old_folder_alone(tmp_path):
    with replace_folder(tmp_path / "data") as work:
        (work / "kept").write_text("kept")
    with pytest.raises(RuntimeError), replace_folder(tmp_path / "data") as work:
        (work / "half").write_text("half")
        raise RuntimeError
    assert names(tmp_path) == ["data"]
    assert names(tmp_path / "data") == ["kept"]


def test_what_a_killed_process_left_long_ago_is_removed(tmp_path):
    old, fresh = tmp_path / ".data-old", tmp_path / ".data-fresh"
    for leftover in (old, fresh):
        leftover.mkdir()
    os.utime(old, (time.time() - 10**6,) * 2)
    with replace_folder(tmp_path / "data"):
        pass
    assert names(tmp_path) == [".data-fresh", "data"]


@pytest.mark.parametrize("content", [b"", b"[1]", b"{", b"\xff\xfe"])
def test_what_is_no_json_object_is_refused(tmp_path, content):
    (tmp_path / "x.json").write_bytes(content)
    with pytest.raises(ValueError, match="expected a JSON object"):
        read_json(tmp_path / "x.json")


def test_json_keeps_chinese_readable(tmp_path):
    write_json(tmp_path / "x.json", {"名": "导购"})
    assert "导购" in (tmp_path / "x.json").read_text(encoding="utf-8")
    assert read_json(tmp_path / "x.json") == {"名": "导购"}


def test_arrays_are_read_as_written_and_damage_is_noticed(tmp_path):
    path = tmp_path / "x.npz"
    write_arrays(path, {"a": np.arange(5), "b": np.zeros((0, 2), np.float32)})
    assert read_arrays(path)["a"].tolist() == [0, 1, 2, 3, 4]
    path.write_bytes(path.read_bytes()[:40])
    with pytest.raises(ValueError, match="missing or damaged"):
        read_arrays(path)
    with pytest.raises(ValueError, match="missing or damaged"):
        read_arrays(tmp_path / "nothing.npz")
