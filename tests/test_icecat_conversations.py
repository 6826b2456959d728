"""Scripted conversations on the Icecat catalogue, where its index is kept already.

Indexing 19,406 products takes minutes, so that these are skipped until a benchmark of search has
left the catalogue in the cache of the tests: ``python -m tests.benchmarks filters`` and others do.
"""

import shutil
from pathlib import Path

import pytest

from assistant.dialogues import load_dialogues, run_case
from tests.benchmarks.kept import kept_home

CASES = load_dialogues(Path(__file__).parent / "conversations_icecat")


@pytest.fixture(scope="module")
def icecat(shared_data, encoder_folder, tmp_path_factory):
    from assistant.build import build_assistant
    from assistant.settings import Settings

    kept = kept_home(shared_data("chorus_icecat").parent, "chorus_icecat")
    if not (kept / "index" / "vectors" / "manifest.json").exists():
        pytest.skip(f"no index is kept in {kept}")
    home = shutil.copytree(kept, tmp_path_factory.mktemp("icecat") / "home")
    (home / "encoder").mkdir(exist_ok=True)
    (home / "encoder" / "multilingual-e5-small").symlink_to(encoder_folder)
    return build_assistant(Settings.load(home))


@pytest.mark.parametrize("case", [pytest.param(case, id=case.test_case) for case in CASES])
def test_conversation_goes_as_written(case, icecat):
    failures = run_case(case, icecat).failures
    assert not failures, "\n".join(["", *map(str, failures)])


def test_half_of_them_speak_chinese():
    chinese = [case for case in CASES if any("\u4e00" <= c <= "\u9fff" for c in case.test_case)]
    assert len(CASES) >= 6
    assert 2 * len(chinese) >= len(CASES)
