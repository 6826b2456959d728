import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from assistant.llm import Endpoint, LLMError, Patient
from assistant.llm.chat import Message

ASK = (Message("system", "be kind"), Message("user", "你好"))


class Fake(BaseHTTPRequestHandler):
    """Answers as the test says: a status, a body, and how long it takes."""

    status, body, delay = 200, b"", 0.0
    got: list[tuple[str, dict[str, str], dict[str, object]]] = []  # noqa: RUF012  # reset

    def do_POST(self):
        raw = self.rfile.read(int(self.headers["Content-Length"]))
        self.got.append((self.path, dict(self.headers), json.loads(raw)))
        time.sleep(self.delay)
        try:
            self.send_response(self.status)
            self.send_header("Content-Length", str(len(self.body)))
            self.end_headers()
            self.wfile.write(self.body)
        except OSError:
            pass

    def log_message(self, *_):
        pass


def content(text):
    return json.dumps({"choices": [{"message": {"role": "assistant", "content": text}}]}).encode()


@pytest.fixture
def server():
    Fake.status, Fake.body, Fake.delay, Fake.got = 200, content("hello"), 0.0, []
    made = ThreadingHTTPServer(("127.0.0.1", 0), Fake)
    made.daemon_threads = True
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{made.server_port}/v1"
    made.shutdown()
    made.server_close()
    thread.join()


def test_it_is_asked_in_the_form_of_the_api(server):
    assert Endpoint(server, "m1", "k").complete(ASK, 9) == "hello"
    path, headers, body = Fake.got[0]
    assert (path, headers["Authorization"]) == ("/v1/chat/completions", "Bearer k")
    assert (body["model"], body["max_tokens"], body["temperature"]) == ("m1", 9, 0)
    assert body["messages"][1] == {"role": "user", "content": "你好"}


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, b"down"),
        (404, b""),
        (200, b"<html>"),
        (200, b"{}"),
        (200, b'{"choices": []}'),
        (200, b'{"choices": [{"message": {"content": null}}]}'),
        (200, b"[1]"),
        (200, b"\xff\xfe"),
    ],
)
def test_whatever_goes_wrong_is_one_error(server, status, body):
    Fake.status, Fake.body = status, body
    with pytest.raises(LLMError):
        Endpoint(server, "m1").complete(ASK, 9)


def test_nobody_there_is_the_same_error():
    with pytest.raises(LLMError):
        Endpoint("http://127.0.0.1:9/v1", "m1", timeout=0.2).complete(ASK, 9)


def test_a_late_answer_is_not_waited_for(server):
    Fake.delay = 1.5
    patient = Patient(Endpoint(server, "m1", timeout=5), 0.1)
    started = time.perf_counter()
    with pytest.raises(LLMError, match="within"):
        patient.complete(ASK, 9)
    assert time.perf_counter() - started < 1.2


class Broken:
    def __init__(self):
        self.calls = 0

    def complete(self, messages, most_tokens):
        self.calls += 1
        raise RuntimeError("boom")


def test_after_failures_running_it_is_left_alone():
    broken = Broken()
    patient = Patient(broken, 1.0, limit=2, pause=60)
    for _ in range(5):
        with pytest.raises(LLMError):
            patient.complete(ASK, 9)
    assert broken.calls == 2


def test_it_is_tried_again_after_the_pause():
    broken = Broken()
    patient = Patient(broken, 1.0, limit=1, pause=0.05)
    with pytest.raises(LLMError, match="boom"):
        patient.complete(ASK, 9)
    time.sleep(0.1)
    with pytest.raises(LLMError, match="boom"):
        patient.complete(ASK, 9)
    assert broken.calls == 2
