"""Files are kept for what their first bytes say, and removed by name or address."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.media import MediaStore, RefusedFileError, ending_of

PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 20


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (b"\xff\xd8\xff\xe0", "jpg"),
        (PNG, "png"),
        (b"GIF89a..", "gif"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "webp"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "wav"),
        (b"#!AMR\n", "amr"),
        (b"ID3\x03", "mp3"),
        (b"OggS", "ogg"),
        (b"\x00\x00\x00\x20ftypisom", "mp4"),
        (b"\x00\x00\x00\x20ftypM4A ", "m4a"),
        (b"%PDF-1.7", "pdf"),
        (b"<html><script>", None),
        (b"<svg xmlns=", None),
        (b"MZ\x90", None),
        (b"PK\x03\x04", None),
        (b"RIFF\x00\x00\x00\x00AVI ", None),
        (b"", None),
    ],
)
def test_it_knows_a_file_by_its_first_bytes(content: bytes, ending: str | None) -> None:
    assert ending_of(content) == ending


def test_it_keeps_finds_and_removes_a_file(tmp_path: Path) -> None:
    store = MediaStore(tmp_path / "media")
    name = store.keep("c1", PNG)

    found = store.find(name)
    assert found is not None
    assert (found.path.read_bytes(), found.content_type, found.is_picture) == (PNG, "image/png", True)
    assert store.keep("c1", PNG) == name
    assert store.keep("c2", PNG) != name
    store.remove([f"/chat/v1/uploads/{name}", "https://elsewhere.invalid/a.png", ""])
    assert store.find(name) is None


def test_it_refuses_what_is_not_allowed_here(tmp_path: Path) -> None:
    store = MediaStore(tmp_path)
    with pytest.raises(RefusedFileError, match="jpg, png"):
        store.keep("c1", b"%PDF-1.7", ("png", "jpg"))
    with pytest.raises(RefusedFileError):
        store.keep("c1", b"<html>")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["../secret.png", "a.png", f"{'a' * 40}.exe", f"{'a' * 40}.png.new", ""])
def test_it_finds_nothing_but_names_that_it_gave(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.png").write_bytes(PNG)

    assert MediaStore(tmp_path).find(name) is None
