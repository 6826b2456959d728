import json

import pytest

from assistant.cli.terminal import rejects_file, write_rejects
from assistant.settings import Settings


def test_rejects_are_lines_and_none_leave_no_file(tmp_path):
    path = tmp_path / "rejected.jsonl"
    write_rejects(path, [{"line": 1, "raw": "茶\ud800"}, {"line": 2, "raw": "tea"}])
    found = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert found == [{"line": 1, "raw": "茶?"}, {"line": 2, "raw": "tea"}]
    write_rejects(path, [])
    assert not path.exists()


def test_rejects_are_never_written_over_the_file_itself(tmp_path):
    settings = Settings.load(tmp_path)
    file = tmp_path / "events.csv"
    assert rejects_file(settings, file, None) == tmp_path / "rejected-events.csv.jsonl"
    with pytest.raises(ValueError, match=r"cannot be written over .*events\.csv"):
        rejects_file(settings, file, file)
