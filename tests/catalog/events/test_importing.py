import gzip
import json
from datetime import UTC, datetime

import pytest

from catalog.events.importing import import_events
from catalog.events.log import EventLog
from catalog.feeds.rows import FeedError
from tests.catalog.events.builders import NOW, ga4, micros

CSV = """event,item_id,user_id,timestamp,item_list_id,index,rating,search_term
view_item,tea-1,u1,2026-11-01T10:00:00Z,for_you,2,,
purchase,tea-1,u1,1793527300,,,,
looked_at,tea-1,u1,1793527300,,,,
rate,ink-1,小明,2026-11-01 18:00:00+08:00,,,5,
search,,小明,2026-11-01T10:00:05,,,,毛笔 墨水
view_item,tea-1,u1,2031-01-01,,,,
view_item,tea-1,,2026-11-01,,,,
view_item,tea-1,u1,yesterday,,,,
view_item,tea-1
view_item,gone,u1,2026-11-01,,,,
"""


@pytest.fixture
def read(store, tmp_path):
    def read(content, name="events.csv", **fields):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return import_events(path, EventLog(store), now=NOW, **fields)

    return read


def test_every_broken_line_is_named_and_the_rest_comes_in(read, store):
    report = read(CSV)
    assert (report.read, report.stored.stored) == (10, 5)
    assert [one.line for one in report.rejected] == [4, 7, 8, 9, 10]
    reasons = " | ".join(one.reason for one in report.rejected)
    for part in ("looked_at", "ahead of this clock", "user_id", "yesterday", "columns"):
        assert part in reasons
    assert report.stored.excluded == {"unknown_product": 1}
    found = {(one.kind, one.shopper): one for one in store.events()}
    assert found["rate", "小明"].time == datetime(2026, 11, 1, 10, tzinfo=UTC)
    assert found["search", "小明"].query == "毛笔 墨水"
    assert found["purchase", "u1"].time == datetime.fromtimestamp(1793527300, UTC)
    assert found["view_item", "u1"].source == "import"


@pytest.mark.parametrize("written", ["NaN", "inf", "-1", "many", "6"])
def test_a_rating_that_is_none_is_a_broken_line(read, written):
    rows = (f"{written},2026-11-01", "5,2026-11-01", "0.5,2026-11-02")
    lines = "\n".join(f"tea-1,u1,{row}" for row in rows)
    report = read(f"item_id,user_id,rating,timestamp\n{lines}\n")
    assert [one.line for one in report.rejected] == [2]
    assert report.stored.stored == 2


def test_twice_is_as_good_as_once(read, store):
    first = read(CSV)
    before = list(store.events())
    again = read(CSV)
    assert (again.stored.stored, again.stored.duplicates) == (0, first.stored.stored)
    assert list(store.events()) == before


def test_json_lines_hold_reports_or_flat_events(read, store):
    said = {"client_id": "c", "timestamp_micros": micros()}
    lines = [
        said | {"events": [ga4("view_item", "tea-1", "ink-1")]},
        {"event": "purchase", "item_id": "tea-1", "client_id": "c", "timestamp": 1793527300000},
        {"client_id": "c", **ga4("view_item", "tea-1")},
        said | {"events": [ga4("view_item", "tea-1"), 7]},
        [1],
    ]
    text = "\n".join([json.dumps(line) for line in lines] + ["{broken", ""])
    report = read(gzip.compress(text.encode()), "events.jsonl.gz")
    assert (report.read, report.stored.stored) == (6, 3)
    assert [one.line for one in report.rejected] == [3, 4, 5, 6]
    assert "event 1" in report.rejected[1].reason
    assert {one.shopper for one in store.events()} == {"guest:c"}


def test_a_data_sets_own_names_are_understood(read, store):
    report = read("timestamp,visitorid,event,itemid\n1793527300000,257597,view_item,tea-1\n")
    assert (report.stored.stored, report.rejected) == (1, ())
    assert [one.user_id for one in store.interactions()] == ["guest:257597"]


def test_progress_goes_up_to_the_end(read):
    seen = []
    read(CSV, progress=seen.append, batch_size=3)
    assert [one.read for one in seen] == [3, 6, 9, 10]
    assert [one.fraction for one in seen] == sorted(one.fraction for one in seen)
    assert (seen[-1].fraction, seen[-1].rejected) == (1.0, 5)


@pytest.mark.parametrize("content", ["", "a,b\n1,2\n", "event,timestamp\nview_item,1\n"])
def test_what_is_no_file_of_events_is_refused(read, content):
    with pytest.raises(FeedError, match="expected"):
        read(content)
