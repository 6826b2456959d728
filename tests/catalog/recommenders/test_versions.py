import json

import pytest

from catalog.recommenders.versions import Versions


def write(text):
    return lambda folder: (folder / "model.txt").write_text(text)


@pytest.fixture
def versions(tmp_path):
    return Versions(tmp_path / "models")


def test_versions_are_numbered_and_nothing_serves_before_it_is_promoted(versions):
    assert versions.all() == ()
    assert versions.promoted() is None
    first = versions.add(write("one"), {"ndcg": 0.1})
    second = versions.add(write("two"), {"ndcg": 0.2})
    assert [one.name for one in versions.all()] == [first.name, second.name] == ["v0001", "v0002"]
    assert second.report == {"ndcg": 0.2}
    assert (second.folder / "model.txt").read_text() == "two"
    assert versions.promoted() is None


def test_promotion_and_the_way_back(versions):
    for text in ("one", "two", "three"):
        versions.add(write(text), {})
    versions.promote("v0001")
    versions.promote("v0003")
    versions.promote("v0003")
    assert versions.promoted().name == "v0003"
    assert versions.rollback().name == "v0001"
    assert versions.promoted().name == "v0001"
    assert versions.rollback() is None
    assert versions.promoted() is None
    with pytest.raises(ValueError, match="there is none"):
        versions.rollback()


def test_a_version_that_fails_to_be_written_leaves_nothing(versions):
    versions.add(write("one"), {})

    def fail(folder):
        (folder / "half").write_text("…")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        versions.add(fail, {})
    assert [one.name for one in versions.all()] == ["v0001"]


def test_an_unknown_version_is_refused_with_those_there_are(versions):
    versions.add(write("one"), {})
    with pytest.raises(ValueError, match=r"\['v0001'\], got 'v9999'"):
        versions.promote("v9999")


def test_a_promoted_version_that_is_gone_is_an_error(versions, tmp_path):
    versions.add(write("one"), {})
    (tmp_path / "models" / "promoted.json").write_text(json.dumps({"promoted": ["v0007"]}))
    with pytest.raises(ValueError, match="got 'v0007'"):
        versions.promoted()


def test_more_than_ten_versions_stay_in_order(versions):
    for number in range(12):
        versions.add(write(str(number)), {})
    assert [one.name for one in versions.all()][-1] == "v0012"
