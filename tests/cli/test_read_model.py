"""`read --reader model`: who is sent the texts is said, and what they do not hold is set aside."""

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from wordkept.case import Case
from wordkept.case.readings import stored_readings

Run = Callable[..., Result]
TEXT = "The northern command said on Friday that 3 guns would leave the ridge.\n"
KEY = "k-5ecret-9"
ANSWER = {
    "statements": [
        {"source": ["The northern command"], "cue": ["said"],
         "content": ["that 3 guns would leave the ridge"]},
        {"source": ["The northern command"], "cue": ["said"], "content": ["that it is sorry"]},
    ],
    "pledges": [
        {"deed": "withdraw", "status": "announced", "statement": 0,
         "terms": [{"slot": "act", "quotes": ["leave"]}, {"slot": "object", "quotes": ["3 guns"]}]}
    ],
    "figures": [],
}  # fmt: skip


class Stub:
    """A language model on this machine, which says one thing and remembers what it was asked."""

    def __init__(self) -> None:
        self.status = 200
        self.asked: list[tuple[str, str]] = []
        stub = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"])).decode()
                stub.asked.append((body, self.headers["authorization"]))
                answer = json.dumps(completion()).encode()
                self.send_response(stub.status)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_words: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.host = f"127.0.0.1:{self.server.server_port}"
        self.address = f"http://{self.host}/v1"


def completion() -> dict[str, Any]:
    said = {"role": "assistant", "content": json.dumps(ANSWER)}
    choice = {"index": 0, "finish_reason": "stop", "message": said}
    return {"id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}


@pytest.fixture
def stub() -> Iterator[Stub]:
    made = Stub()
    thread = threading.Thread(target=made.server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield made
    made.server.shutdown()
    made.server.server_close()
    thread.join(5)


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("WORDKEPT_MODEL_KEY", raising=False)
    (tmp_path / "news.txt").write_text(TEXT)
    return Case.create(tmp_path / "valley").folder


def said_in_settings(case: Path, text: str) -> None:
    with (case / "wordkept.toml").open("a") as stream:
        stream.write(text)


def one_problem(done: Result, what: str) -> None:
    """Three plain lines, and nothing else that is wrong."""
    assert done.exit_code == 1
    lines = done.stderr.splitlines()
    begins = next(n for n, line in enumerate(lines) if line.startswith("wordkept: "))
    assert what in lines[begins]
    assert lines[begins + 1].startswith("  where: ")
    assert lines[begins + 2].startswith("  try:   ")
    assert KEY not in done.output


def test_a_language_model_reads_and_what_the_text_does_not_hold_is_counted(
    run: Run, case: Path, stub: Stub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORDKEPT_MODEL_KEY", KEY)
    done = run(
        "read", case, case.parent / "news.txt", "--reader", "model", "--model-address",
        stub.address, "--model", "small",
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    assert done.stderr.startswith(f"the texts are sent to {stub.host}\n")
    assert "1 statement, 1 pledge" in " ".join(done.stdout.split())
    assert "set aside: the content is not in the text (1)" in done.stdout
    ((body, key),) = stub.asked
    assert TEXT.strip() in json.loads(body)["messages"][1]["content"]
    assert key == f"Bearer {KEY}"
    (made,) = stored_readings(Case.open(case))
    assert made.reading.reader.startswith(f"language model small at {stub.host}")
    assert made.reading.statements[0].content[0].of(TEXT) == "that 3 guns would leave the ridge"
    assert Case.open(case).verify().sound
    kept = [path.read_bytes() for path in case.rglob("*") if path.is_file()]
    assert not any(KEY.encode() in one for one in kept)
    assert KEY not in done.output
    printed = run("proposals", case).stdout
    assert "sureness not measured" in " ".join(printed.split())
    assert "0% sure" not in printed


def test_what_a_language_model_read_is_not_asked_for_again(
    run: Run, case: Path, stub: Stub
) -> None:
    said_in_settings(case, f'[model]\naddress = "{stub.address}"\nname = "small"\n')
    for _ in range(2):
        assert run("read", case, case.parent / "news.txt", "--reader", "model").exit_code == 0
    assert len(stub.asked) == 1
    again = run("read", case, case.parent / "news.txt", "--reader", "model", "--model", "other")
    assert again.exit_code == 0
    names = [one.reading.reader.split(" at ")[0] for one in stored_readings(Case.open(case))]
    assert names == ["language model small", "language model other"]


def test_no_language_model_is_assumed(run: Run, case: Path) -> None:
    done = run("read", case, case.parent / "news.txt", "--reader", "model")
    one_problem(done, "no address of a language model is given")
    assert "no language model is named" in done.stderr
    assert Case.open(case).documents() == ()


def test_a_case_that_is_offline_sends_nothing_away(run: Run, case: Path) -> None:
    path = case / "wordkept.toml"
    path.write_text(path.read_text().replace("# offline = true", "offline = true"))
    done = run(
        "read", case, case.parent / "news.txt", "--reader", "model", "--model-address",
        "https://model.example/v1", "--model", "small",
    )  # fmt: skip
    one_problem(done, "this case is offline, and model.example is not this machine")


def test_the_options_of_a_model_go_with_that_reader_alone(run: Run, case: Path) -> None:
    done = run("read", case, case.parent / "news.txt", "--model", "small")
    assert done.exit_code == 2
    assert "go with --reader model" in done.stderr


def test_a_service_that_refuses_is_said_in_three_lines(
    run: Run, case: Path, stub: Stub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORDKEPT_MODEL_KEY", KEY)
    stub.status = 401
    said_in_settings(case, f'[model]\naddress = "{stub.address}"\nname = "small"\n')
    done = run("read", case, case.parent / "news.txt", "--reader", "model")
    one_problem(done, "refuses the key (status 401)")
    assert stored_readings(Case.open(case)) == ()


def test_a_service_that_is_gone_is_said_in_three_lines(run: Run, case: Path, stub: Stub) -> None:
    stub.server.server_close()
    said_in_settings(case, f'[model]\naddress = "{stub.address}"\nname = "small"\n')
    done = run("read", case, case.parent / "news.txt", "--reader", "model")
    one_problem(done, "cannot be reached")
