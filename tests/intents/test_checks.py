"""Every kind of finding in training language, on small data written by the test."""

import pytest

from intents import checks
from intents.checks import CONFIRMATION, FEWEST, Finding, check_data, plain_form

GREETINGS = {"en": ("hello", "good day"), "zh": ("你好", "大家好")}


def entry(intent, *lines, **metadata):
    """An entry of a Rasa NLU file."""
    said = [f"    {key}: {value}" for key, value in metadata.items()]
    head = [f"- intent: {intent}", *(["  metadata:", *said] if said else [])]
    return "\n".join([*head, "  examples: |", *(f"    - {line}" for line in lines)]) + "\n"


@pytest.fixture
def write(tmp_path):
    """Writes a file of entries, or of anything that is given as bytes."""

    def file(name, *entries):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        given = entries[0] if entries and isinstance(entries[0], bytes) else None
        path.write_bytes(given if given is not None else ("nlu:\n" + "".join(entries)).encode())

    return file


@pytest.fixture
def sound(write, monkeypatch):
    """Data without any finding, where two examples are enough and there is one intent."""
    monkeypatch.setattr(checks, "FEWEST", 2)
    monkeypatch.setattr(checks, "INTENTS", frozenset({"greet"}))
    for language, lines in GREETINGS.items():
        write(f"{language}/talk.yml", entry("greet", *lines))


@pytest.fixture
def found(tmp_path):
    """What is found, as (level, place in the folder, problem)."""

    def findings(*levels, actions=()):
        report = check_data(tmp_path, actions)
        return [
            (one.level, one.place.removeprefix(f"{tmp_path}/"), one.problem)
            for one in report.findings
            if not levels or one.level in levels
        ]

    return findings


def test_sound_data_have_no_findings(sound, found):
    assert found() == []


@pytest.mark.parametrize("made", [False, True])
def test_a_folder_without_examples_is_refused_with_the_cure(tmp_path, made):
    folder = tmp_path / "none"
    if made:
        folder.mkdir()
    with pytest.raises(ValueError, match=r"en/\*\.yml and zh/\*\.yml, got '.*none'; name another"):
        check_data(folder)


@pytest.mark.parametrize(
    ("content", "line", "problem", "cure"),
    [
        (b"nlu:\n- intent: [greet\n", 3, "broken YAML: ", "mend this line"),
        (b"", 1, "expected a top-level list 'nlu:'", "see the Rasa NLU format"),
        (b"nlu:\n- hello\n", 2, "expected '- intent: name'", "mend this entry"),
        (b"nlu:\n- intent: greet\n", 2, "with 'examples: |' below it", "mend this entry"),
        ("nlu:\n# caf\xe9\n".encode("latin-1"), 2, "not UTF-8 (byte 0xe9)", "as UTF-8"),
        ("nlu:\n\n# 你好\n".encode("gbk"), 3, "not UTF-8 (byte 0xc4)", "as UTF-8"),
        (b"nlu:\n- intent: greet\n  examples: |\n    hi\n", 4, "'- text', got 'hi'", "the dash"),
        (
            b"nlu:\n- intent: greet\n  examples: |\n    - h\0i\n",
            1,
            "broken YAML: ",
            "mend the file",
        ),
    ],
)
@pytest.mark.parametrize("name", ["en/broken.yml", "zh/broken.yml", "eval/zh.yml"])
def test_a_broken_file_is_one_error_with_place_and_cure(
    sound, write, tmp_path, name, content, line, problem, cure
):
    write(name, content)
    (finding,) = check_data(tmp_path).findings
    assert (finding.level, finding.place) == ("error", f"{tmp_path / name}:{line}")
    assert problem in finding.problem
    assert cure in finding.cure


def test_the_rest_is_checked_beside_a_broken_file(sound, write, found):
    write("en/broken.yml", b"[")
    write("zh/more.yml", entry("gret", "嗨", "早"))
    problems = [problem for _, _, problem in found("error")]
    assert any("broken YAML" in problem for problem in problems)
    assert "unknown intent 'gret'" in problems


def test_a_broken_line_does_not_hide_the_others(sound, write, tmp_path, found):
    write("en/more.yml", entry("greet", "[red](colr) hi", "[it]{bad} hi", "hi hi", "hi there"))
    assert [place for _, place, _ in found()] == ["en/more.yml:4", "en/more.yml:5"]
    assert check_data(tmp_path).counts["examples en"] == 4


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("[red](colour)", "unknown slot 'colour' in '[red](colour)'"),
        ('[red]{"entity": "color", "role": "not"}', "unknown role 'not'"),
        ('[red]{"entity": color}', "broken annotation"),
        ('[red]{"entity": "color", "role": ["exclude"]}', "unknown role"),
        ('[red]{"entity": ["color"]}', "unknown slot"),
    ],
)
@pytest.mark.parametrize("name", ["en/more.yml", "eval/zh.yml"])
def test_a_broken_annotation_is_an_error(sound, write, found, name, line, problem):
    write(name, entry("greet", line))
    ((level, place, said),) = found("error")
    assert (level, place) == ("error", f"{name}:4")
    assert said.startswith(problem)


@pytest.mark.parametrize("name", ["en/more.yml", "zh/more.yml", "eval/en.yml", "eval/zh.yml"])
def test_an_unknown_intent_is_an_error_once_a_file(sound, write, found, name):
    write(name, entry("greet+bye", "see you", "ciao"), entry("bye", "later", "so long"))
    assert found("error") == [("error", f"{name}:4", "unknown intent 'bye'")]


@pytest.mark.parametrize("folder", ["en", "zh", "eval", "templates"])
def test_names_of_the_conversation_must_be_known(sound, write, found, folder):
    name = "eval/zh.yml" if folder == "eval" else f"{folder}/en.yml"
    one = entry("greet", "well", "so", previous_action="fly", requested_slot="colour")
    two = entry("greet", "hm", "ah", previous_action="search", requested_slot=CONFIRMATION)
    write(name, one, two, entry("greet", "oh", "uh", requested_slot="color"))
    assert found("error", actions=("search",)) == [
        ("error", f"{name}:7", "unknown requested_slot 'colour'"),
        ("error", f"{name}:7", "unknown previous_action 'fly'"),
    ]


def test_any_action_will_do_where_none_are_named(sound, write, found):
    write("en/more.yml", entry("greet", "well", "so", previous_action="fly"))
    assert found("error") == []


def test_the_cure_of_an_unknown_name_lists_the_known(sound, write, tmp_path):
    write("en/more.yml", entry("greet", "well", "so", previous_action="fly"))
    (finding,) = check_data(tmp_path, ("search", "answer")).findings
    assert finding.cure == "use one of answer, search"


def test_the_same_words_with_another_intent_contradict(sound, write, found, monkeypatch):
    monkeypatch.setattr(checks, "INTENTS", frozenset({"greet", "thank"}))
    write("en/zzz.yml", entry("thank", "thanks", "HELLO!"))
    write("zh/zzz.yml", entry("thank", "谢谢", "你 好～"))
    assert found() == [
        ("error", "en/zzz.yml:5", "'HELLO!' is thank here and greet in en/talk.yml:4"),
        ("error", "zh/zzz.yml:5", "'你 好～' is thank here and greet in zh/talk.yml:4"),
    ]


def test_context_and_order_of_intents_make_no_contradiction(sound, write, found, monkeypatch):
    monkeypatch.setattr(checks, "INTENTS", frozenset({"greet", "thank"}))
    write("en/a.yml", entry("thank", "hello", "ok", previous_action="greeted"))
    write("zh/a.yml", entry("greet+thank", "你好谢谢", "早谢谢"))
    write("zh/b.yml", entry("thank+greet", "你好，谢谢"))
    assert found("error") == []
    assert ("warning", "zh/b.yml:4", "'你好，谢谢' is in zh/a.yml:4 too") in found("warning")


@pytest.mark.parametrize(
    ("language", "again"),
    [
        ("en", "Hello !"),
        ("en", "h e l l o"),
        ("en", "ｈｅｌｌｏ"),
        ("zh", "你好。"),
        ("zh", "你 好"),
    ],
)
def test_a_duplicate_is_a_warning(sound, write, found, language, again):
    write(f"{language}/zzz.yml", entry("greet", again))
    place = f"{language}/zzz.yml:4"
    assert found() == [("warning", place, f"{again!r} is in {language}/talk.yml:4 too")]


@pytest.mark.parametrize(
    ("language", "learned", "held_out"),
    [
        ("en", "See you", "see you"),
        ("en", "see you", "  SEE   you?!"),
        ("en", "[red](color) shoes", "red shoes"),
        ("en", "don't", "dont"),
        ("zh", "有没有红色的鞋", "有沒有紅色的鞋"),
        ("zh", "多少钱？", "多少 钱"),
        ("zh", "要256G的", "要２５６ｇ的"),
        ("en", "👍", "👍"),
        ("zh", "？", "?"),
    ],
)
def test_what_is_evaluated_must_not_be_trained_on(sound, write, found, language, learned, held_out):
    write(f"{language}/more.yml", entry("greet", learned))
    write(f"eval/{language}.yml", entry("greet", held_out))
    ((level, place, problem),) = found("error")
    assert (level, place) == ("error", f"eval/{language}.yml:4")
    assert problem.endswith(f"is trained on, in {language}/more.yml:4")


@pytest.mark.parametrize("held_out", ["hello there", "hallo", "good days", "👎"])
def test_other_words_are_no_overlap(sound, write, found, held_out):
    write("en/more.yml", entry("greet", "👍"))
    write("eval/en.yml", entry("greet", held_out))
    assert found() == []


def test_a_text_of_the_other_language_is_no_overlap(sound, write, found):
    write("eval/zh.yml", entry("greet", "hello"))
    assert found() == []


@pytest.mark.parametrize("text", ["Hello, World!", "你好，世界", "臺灣", "ＡＢＣ-1", "…", "👍"])
def test_a_plain_form_stays_as_it_is(text):
    assert plain_form(plain_form(text)) == plain_form(text) != ""


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_single_example_is_an_error(sound, write, found, monkeypatch, language):
    monkeypatch.setattr(checks, "INTENTS", frozenset({"greet", "thank"}))
    other = "zh" if language == "en" else "en"
    write(f"{language}/more.yml", entry("thank", "ta"))
    write(f"{other}/more.yml", entry("thank", "merci", "gracias"))
    problem = f"intent 'thank' has one example in {language}"
    assert found() == [("error", f"{language}/more.yml:4", problem)]


def test_intents_with_few_or_no_examples_are_warned_of(write, tmp_path):
    write("en/talk.yml", entry("greet", *(f"hello {n}" for n in range(FEWEST))))
    write("zh/talk.yml", entry("greet", *(f"你好{n}" for n in range(FEWEST - 1))))
    report = check_data(tmp_path)
    assert report.count("error") == 0
    few = {(one.problem, one.line) for one in report.findings if "'greet'" in one.problem}
    assert few == {(f"intent 'greet' has {FEWEST - 1} examples in zh", 4)}
    none = [one for one in report.findings if "'thank' has 0 examples" in one.problem]
    assert [(one.place, one.cure) for one in none] == [
        (str(tmp_path / language), f"write at least {FEWEST}") for language in ("en", "zh")
    ]


@pytest.mark.parametrize(("english", "warned"), [(8, False), (9, True)])
def test_a_language_with_far_fewer_examples_is_warned_of(
    write, found, monkeypatch, english, warned
):
    monkeypatch.setattr(checks, "FEWEST", 2)
    monkeypatch.setattr(checks, "INTENTS", frozenset({"greet"}))
    write("en/talk.yml", entry("greet", *(f"hello {n}" for n in range(english))))
    write("zh/talk.yml", entry("greet", "你好", "早"))
    problem = f"intent 'greet' has {english} examples in en and 2 in zh"
    assert found() == ([("warning", "zh/talk.yml:4", problem)] if warned else [])


@pytest.mark.parametrize(
    ("language", "line"), [("en", "[red](color) hello"), ("zh", "[红色](color)你好")]
)
def test_a_slot_in_one_language_only_is_warned_of(sound, write, tmp_path, language, line):
    write(f"{language}/more.yml", entry("greet", line))
    (finding,) = check_data(tmp_path).findings
    other = {"en": "zh", "zh": "en"}[language]
    assert (finding.level, finding.problem, finding.cure) == (
        "warning",
        f"slot 'color' is in {language} only",
        f"annotate it in {other} too",
    )


@pytest.mark.parametrize(
    ("language", "marked", "bare"),
    [("en", "[red](color) {}", "a red {}"), ("zh", "[红色](color){}", "要红色{}")],
)
def test_words_that_were_forgotten_are_a_hint(sound, write, found, language, marked, bare):
    write("en/colors.yml", entry("greet", "[blue](color)"))
    write("zh/colors.yml", entry("greet", "[蓝色](color)"))
    lines = [marked.format(f"x{n}") for n in range(3)] + [bare.format(f"y{n}") for n in range(5)]
    write(f"{language}/more.yml", entry("greet", *lines))
    ((level, place, problem),) = found()
    assert (level, place) == ("hint", f"{language}/more.yml:7")
    words = {"en": "red", "zh": "红色"}[language]
    assert problem.startswith(f"{words!r} is color in 3 lines and unmarked in 5: ")
    assert problem.count("more.yml:") == 3


@pytest.mark.parametrize(("language", "name"), [("en", "garlic press"), ("zh", "压蒜器")])
def test_a_name_of_the_gazetteer_that_fills_no_slot_is_a_hint(sound, write, found, language, name):
    write(f"{language}/more.yml", entry("greet", *(f"{n} {name}" for n in range(4))))
    ((level, place, problem),) = found()
    assert (level, place) == ("hint", "intents/gazetteer")
    assert problem == f"{name!r} is product_type in 0 of the 4 places that say it"


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("(a|b", "'(' without ')'"),
        ("a {colr}", "unknown slot 'colr'"),
        ("a {color!not} one", "unknown role 'not'"),
        ("[it](colr)", "unknown slot 'colr'"),
        ("a {color}", "nothing fills 'color'"),
        ("a {brand@zh}", "nothing fills 'brand'"),
    ],
)
def test_a_broken_template_is_an_error(sound, write, found, line, problem):
    write("lexicons/en.yml", b"brand: [Acme]\n")
    write("templates/en.yml", entry("greet", line, "(hi|hello) {brand}"))
    ((level, place, said),) = found()
    assert (level, place) == ("error", "templates/en.yml:4")
    assert said.startswith(problem)


@pytest.mark.parametrize(
    ("text", "place", "problem"),
    [
        (b"color: red\n", "lexicons/zh.yml:1", "expected a list of values of 'color'"),
        (b"brand: [A]\ncolor: [red, red]\n", "lexicons/zh.yml:2", "'red' is in 'color' twice"),
        (b"colour: [red]\n", "lexicons/zh.yml:1", "unknown slot 'colour'"),
        (b"\xff", "lexicons/zh.yml:1", "not UTF-8 (byte 0xff)"),
        (b"? [a, b]\n: [red]\n", "lexicons/zh.yml:1", "unknown slot"),
    ],
)
def test_a_broken_lexicon_is_an_error(sound, write, found, text, place, problem):
    write("lexicons/zh.yml", text)
    ((level, where, said),) = found()
    assert (level, where) == ("error", place)
    assert said.startswith(problem)


def test_a_broken_lexicon_is_one_finding_whatever_templates_need_of_it(sound, write, found):
    write("lexicons/en.yml", b"color: [red\n")
    write("templates/en.yml", entry("greet", "a {color}", "the {color}"))
    assert [place.partition(":")[0] for _, place, _ in found()] == ["lexicons/en.yml"]


@pytest.mark.parametrize(
    "head",
    [
        "  metadata:\n    ? [a]\n    : b\n",
        "  metadata: fly\n",
        "  weight: 0\n",
        "  weight: [1]\n",
        pytest.param(f"  weight: {'9' * 5000}\n", id="a huge weight"),
        "  1: 2\n",
        "  ? {a: b}\n  : c\n",
    ],
)
@pytest.mark.parametrize("name", ["en/odd.yml", "templates/zh.yml", "eval/en.yml"])
def test_nothing_is_raised_for_odd_entries(sound, write, tmp_path, name, head):
    entries = f"nlu:\n- intent: greet\n{head}  examples: |\n    - hey\n    - hey ho\n"
    write(name, entries.encode())
    for finding in check_data(tmp_path).findings:
        assert (finding.level, finding.file) == ("error", str(tmp_path / name))


def test_errors_come_before_warnings_before_hints_each_by_place(sound, write, tmp_path):
    write("zh/more.yml", entry("gret", "喂"))
    write("eval/en.yml", entry("greet", "hello"))
    write("en/more.yml", entry("greet", "hello", "good day"), entry("gret", "ahoy", "hi"))
    write("en/colors.yml", entry("greet", *(f"[red](color) x{n}" for n in range(3))))
    write("zh/colors.yml", entry("greet", "[红](color)"))
    write("en/bare.yml", entry("greet", *(f"a red y{n}" for n in range(6))))
    findings = check_data(tmp_path).findings
    levels = [one.level for one in findings]
    assert set(levels) == {"error", "warning", "hint"}
    assert levels == sorted(levels, key=("error", "warning", "hint").index)
    for level in set(levels):
        places = [(one.file, one.line) for one in findings if one.level == level]
        assert places == sorted(places)


def test_everything_is_counted(sound, write, tmp_path):
    write("zh/more.yml", entry("greet+thank", "[红](color)的[鞋](product_type)"))
    write("eval/en.yml", entry("greet", "a", "b", "c"))
    write("templates/zh.yml", entry("greet", "要{brand}"))
    write("lexicons/zh.yml", "brand: [小米, 华为]\ncolor: [红, 蓝, 绿]\n".encode())
    report = check_data(tmp_path)
    assert report.counts == {
        "examples en": 2, "held out en": 3, "templates en": 0, "lexicon values en": 0,
        "examples zh": 3, "held out zh": 0, "templates zh": 1, "lexicon values zh": 5,
        "intents": 2, "slots": 2,
    }  # fmt: skip
    assert report.count("error") == sum(one.level == "error" for one in report.findings) == 2


def test_a_finding_names_its_line_where_it_has_one():
    assert Finding("error", "a.yml", 3, "p", "c").place == "a.yml:3"
    assert Finding("error", "data/zh", 0, "p", "c").place == "data/zh"


def test_one_language_alone_is_checked(write, tmp_path):
    write("zh/talk.yml", entry("greet", *GREETINGS["zh"]))
    report = check_data(tmp_path)
    assert (report.counts["examples en"], report.counts["examples zh"]) == (0, 2)
    assert report.count("error") == 0
