from pathlib import Path
from xml.etree import ElementTree

from assistant.dialogues import CaseResult, Failure
from assistant.dialogues.junit import write_junit

FINE = CaseResult("好的", (), 0.5)
WRONG = CaseResult(
    "a <b>",
    (
        Failure(2, "hi", "language zh", "en", "Hello\x07!"),
        Failure(3, "bye", "action greet", "goodbye", "Bye"),
    ),
    0.25,
)


def test_suites_are_files_and_failures_are_told(tmp_path):
    out = tmp_path / "new" / "junit.xml"
    write_junit(
        out, [(Path("en/a.yml"), FINE), (Path("zh/b.yml"), WRONG), (Path("en/a.yml"), FINE)]
    )
    root = ElementTree.parse(out).getroot()
    assert root.attrib | {"name": ""} == {
        "name": "", "tests": "3", "failures": "1", "errors": "0", "time": "1.250",
    }  # fmt: skip
    first, second = root
    assert (first.get("name"), first.get("tests"), first.get("failures")) == ("en/a.yml", "2", "0")
    assert first[0].attrib == {"classname": "a", "name": "好的", "time": "0.500"}
    assert len(first[0]) == 0
    (failure,) = second[0]
    assert second[0].get("name") == "a <b>"
    assert failure.get("message") == "step 2, after 'hi': expected language zh, got en"
    assert "answered: Hello\ufffd!" in failure.text
    assert "expected action greet, got goodbye" in failure.text


def test_nothing_played_is_a_file_too(tmp_path):
    write_junit(tmp_path / "j.xml", [])
    assert ElementTree.parse(tmp_path / "j.xml").getroot().get("tests") == "0"
