"""Captures keep the bytes as received, once, and are not believed when they have changed."""

import gzip
import os
import resource
import stat
import subprocess
import sys
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wordkept.documents.capture import Provenance, capture, text_of
from wordkept.errors import CaseError, InputError, WordkeptError
from wordkept.model import Document

HOW = Provenance(captured_at="2026-11-23T04:05:06Z", tool="by hand")
some = settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    return tmp_path / "documents"


def captured(documents: Path, content: bytes, name: str = "said.txt") -> Document:
    source = documents.parent / name
    source.write_bytes(content)
    return capture(source, documents, HOW)


def three_lines(error: WordkeptError) -> str:
    (problem,) = error.problems
    assert len(str(problem).splitlines()) == 3
    return problem.what


def test_a_capture_stands_under_its_hash_read_only(documents: Path) -> None:
    how = Provenance(
        captured_at="2026-11-23T04:05:06Z",
        tool="by hand",
        url="https://example.org/said",
        title="What was said",
        publisher="A ministry",
        published=date(2016, 3, 14),
    )
    content = "\ufeffWe will leave.\r\n".encode()
    source = documents.parent / "said.txt"
    source.write_bytes(content)
    document = capture(source, documents, how)
    assert document == Document(
        id=sha256(content).hexdigest(),
        name="said.txt",
        media_type="text/plain",
        captured_at="2026-11-23T04:05:06Z",
        tool="by hand",
        url="https://example.org/said",
        title="What was said",
        publisher="A ministry",
        published=date(2016, 3, 14),
    )
    (kept,) = documents.iterdir()
    assert kept.name == document.id
    assert kept.read_bytes() == content
    assert not kept.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH)


@some
@given(content=st.binary(min_size=1, max_size=200))
def test_bytes_are_kept_as_received_whatever_they_are(documents: Path, content: bytes) -> None:
    document = captured(documents, content)
    assert (documents / document.id).read_bytes() == content
    assert document.id == sha256(content).hexdigest()


@some
@given(text=st.text(min_size=1).filter(lambda text: not text.lstrip("\ufeff \n").startswith("<")))
def test_text_is_read_back_character_for_character(documents: Path, text: str) -> None:
    document = captured(documents, text.encode())
    if "\0" in text:
        assert document.media_type != "text/plain"
    elif document.media_type == "text/plain":
        assert text_of(document, documents) == text


@pytest.mark.parametrize(
    "text", ["a\r\nb\rc\n", "\ufeffa", "a\u2028b\x85c", "\u0435\u0308", "مَا\u200f"]
)
def test_line_ends_marks_and_unseen_characters_are_kept(documents: Path, text: str) -> None:
    assert text_of(captured(documents, text.encode()), documents) == text


def test_the_same_bytes_twice_are_one_capture(documents: Path) -> None:
    first = captured(documents, b"We will leave.")
    second = captured(documents, b"We will leave.", name="again.txt")
    assert first.id == second.id
    assert second.name == "again.txt"
    assert len(list(documents.iterdir())) == 1


@pytest.mark.parametrize(
    ("content", "name", "media_type"),
    [
        (b"plain", "a.bin", "text/plain"),
        (b"%PDF-1.7 \xff", "a.txt", "application/pdf"),
        (b"\xef\xbb\xbf \n<!DOCTYPE HTML><p>", "a.txt", "text/html"),
        (b"<?xml version='1.0'?><a/>", "a", "application/xml"),
        ("Вывод войск".encode("cp1251"), "a.txt", "application/octet-stream"),
        ("Вывод войск".encode("utf-16"), "a.txt", "text/plain; charset=utf-16"),
        (b"a\0b", "a.txt", "application/octet-stream"),
        (b"\xff\xd8\xff", "a.jpg", "image/jpeg"),
        (b"<!-- saved from url=(0020) -->\n<html><p>", "a", "text/html"),
        (b"<!-- a note -->plain", "a.txt", "text/plain"),
        (b"<?xml version='1.0'?><!DOCTYPE html><html/>", "a", "text/html"),
        (b"<p>a part of a page</p>", "a.htm", "text/html"),
        (b"<p>said in a text</p>", "a.txt", "text/plain"),
        (b"WARC/1.0\r\nWARC-Type: x", "a", "application/warc"),
        (b"WARC/1.0 is a format", "a", "text/plain"),
        (gzip.compress(b"WARC/1.1\r\n", mtime=0), "a", "application/warc"),
        (gzip.compress(b"a,b\n", mtime=0), "a.gz", "application/octet-stream"),
        (b"junk \xff\n%PDF-1.4", "a.pdf", "application/pdf"),
        (b"\x1f\x8b\x08", "a.txt.gz", "application/octet-stream"),
        ("é".encode() * (1 << 20), "long.txt", "text/plain"),
        (b"x" + "é".encode() * (1 << 20), "long.txt", "text/plain"),
        (b"x" * (1 << 20) + b"\xc3", "cut.txt", "application/octet-stream"),
    ],
)
def test_the_media_type_is_told_from_the_content(
    documents: Path, content: bytes, name: str, media_type: str
) -> None:
    document = captured(documents, content, name)
    assert document.media_type == media_type
    if media_type != "text/plain":
        with pytest.raises(InputError) as caught:
            text_of(document, documents)
        assert "is not plain text in UTF-8" in three_lines(caught.value)


@some
@given(place=st.integers(0, 13), bit=st.integers(0, 7))
def test_any_flipped_bit_of_a_capture_is_refused(documents: Path, place: int, bit: int) -> None:
    document = captured(documents, b"We will leave.")
    kept = documents / document.id
    changed = bytearray(b"We will leave.")
    changed[place] ^= 1 << bit
    kept.chmod(0o644)
    kept.write_bytes(changed)
    with pytest.raises(CaseError) as caught:
        text_of(document, documents)
    assert "has changed" in three_lines(caught.value)
    with pytest.raises(CaseError) as caught:
        captured(documents, b"We will leave.")
    assert "has changed" in three_lines(caught.value)
    assert kept.read_bytes() == changed
    kept.write_bytes(b"We will leave.")


def test_a_missing_capture_is_said_to_be(documents: Path) -> None:
    document = captured(documents, b"We will leave.")
    (documents / document.id).unlink()
    with pytest.raises(CaseError) as caught:
        text_of(document, documents)
    assert "is missing" in three_lines(caught.value)


def test_a_document_whose_type_was_made_up_is_refused(documents: Path) -> None:
    document = replace(captured(documents, b"\xff\xd8\xff"), media_type="text/plain")
    with pytest.raises(InputError):
        text_of(document, documents)


def test_what_a_server_or_a_user_says_it_is_written_in_is_kept(documents: Path) -> None:
    content = "Вывод войск".encode("cp1251")
    source = documents.parent / "said.txt"
    for charset, media_type in (
        ("windows-1251", "text/plain; charset=cp1251"),
        ("utf-8", "application/octet-stream"),
        ("rot13", "application/octet-stream"),
        ("no such", "application/octet-stream"),
    ):
        source.write_bytes(content)
        assert capture(source, documents, replace(HOW, charset=charset)).media_type == media_type
    source.write_bytes(b"<html>" + content)
    page = capture(source, documents, replace(HOW, charset="windows-1251", author="N. N."))
    assert page.media_type == "text/html; charset=cp1251"
    assert page.author == "N. N."


def test_a_source_that_cannot_be_read_leaves_nothing_behind(documents: Path) -> None:
    empty = documents.parent / "empty.txt"
    empty.touch()
    for source, said in (
        (empty, "the file is empty"),
        (documents.parent / "none.txt", "there is no such file"),
        (documents.parent, "this is not a file"),
    ):
        with pytest.raises(InputError) as caught:
            capture(source, documents, HOW)
        assert three_lines(caught.value) == said
    assert list(documents.iterdir()) == []


def test_a_case_folder_that_is_not_there_is_said_to_be(tmp_path: Path) -> None:
    source = tmp_path / "said.txt"
    source.write_bytes(b"x")
    with pytest.raises(CaseError) as caught:
        capture(source, tmp_path / "none" / "documents", HOW)
    assert "cannot be kept" in three_lines(caught.value)


CAPTURE = """
import sys
from pathlib import Path
from wordkept.documents.capture import Provenance, capture
from wordkept.errors import CaseError
how = Provenance(captured_at="2026-11-23T04:05:06Z", tool="by hand")
try:
    print(capture(Path(sys.argv[1]), Path(sys.argv[2]), how).id)
except CaseError as error:
    print(error)
"""


def test_a_write_that_the_system_refuses_leaves_nothing_behind(documents: Path) -> None:
    source = documents.parent / "long.txt"
    source.write_bytes(b"x" * 3_000_000)
    done = subprocess.run(
        [sys.executable, "-c", CAPTURE, str(source), str(documents)],
        capture_output=True,
        check=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 21, 1 << 21)),
    )
    assert "the document cannot be kept" in done.stdout
    assert "nothing was captured" in done.stdout
    assert list(documents.iterdir()) == []


def test_a_capture_by_several_processes_at_once_is_one_file(documents: Path) -> None:
    source = documents.parent / "said.txt"
    source.write_bytes(os.urandom(1 << 20))
    command = [sys.executable, "-c", CAPTURE, str(source), str(documents)]
    workers = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    said = {worker.communicate(timeout=60)[0].strip() for worker in workers}
    assert said == {sha256(source.read_bytes()).hexdigest()}
    assert [kept.name for kept in documents.iterdir()] == list(said)
