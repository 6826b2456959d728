"""Results of scripted conversations as JUnit XML, the form that build servers read."""

import re
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

from assistant.dialogues.play import CaseResult, Failure

Played = tuple[Path, CaseResult]
"""A file and how one of its conversations went."""

_UNWRITABLE = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 has no way to write (section 2.2 of the recommendation)."""


def write_junit(path: Path, played: Sequence[Played]) -> None:
    """Write one suite per file of conversations.

    Raises:
        OSError: the file cannot be written.
    """
    root = ElementTree.Element("testsuites", _totals("daogou test", played))
    for file in dict.fromkeys(file for file, _ in played):
        own = [one for one in played if one[0] == file]
        suite = ElementTree.SubElement(root, "testsuite", _totals(str(file), own))
        for _, result in own:
            _add_case(suite, file, result)
    ElementTree.indent(root)
    path.parent.mkdir(parents=True, exist_ok=True)
    ElementTree.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)


def _totals(name: str, played: Sequence[Played]) -> dict[str, str]:
    failed = sum(bool(result.failures) for _, result in played)
    seconds = sum(result.seconds for _, result in played)
    return {
        "name": name,
        "tests": str(len(played)),
        "failures": str(failed),
        "errors": "0",
        "time": f"{seconds:.3f}",
    }


def _add_case(suite: ElementTree.Element, file: Path, result: CaseResult) -> None:
    facts = {"classname": file.stem, "name": result.name, "time": f"{result.seconds:.3f}"}
    case = ElementTree.SubElement(suite, "testcase", {k: _clean(v) for k, v in facts.items()})
    if result.failures:
        first = str(result.failures[0])
        failure = ElementTree.SubElement(case, "failure", {"message": _clean(first)})
        failure.text = _clean("\n\n".join(map(_explained, result.failures)))


def _explained(failure: Failure) -> str:
    return f"{failure}\nanswered: {failure.text}"


def _clean(text: str) -> str:
    return _UNWRITABLE.sub("\ufffd", text)
