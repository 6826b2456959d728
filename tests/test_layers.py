"""The layers of the design are kept; the contracts stand in pyproject.toml."""

from pathlib import Path

from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports


def test_no_layer_imports_what_is_above_it(monkeypatch):
    monkeypatch.chdir(Path(__file__).parent.parent)
    assert lint_imports(no_cache=True) == EXIT_STATUS_SUCCESS
