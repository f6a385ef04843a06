"""Zip files from elsewhere: each limit, each damage, and no more unpacked than is stated."""

from __future__ import annotations

import io
import zipfile

import pytest

from policy_options.archives import Archive, Limits, Unfit, is_encrypted

OPEN = Limits(parts=100)


def zipped(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in parts.items():
            archive.writestr(name, raw)
    return stream.getvalue()


def why(raw: bytes, limits: Limits = OPEN) -> str:
    with pytest.raises(Unfit) as caught:
        Archive(raw, limits)
    return caught.value.why


def test_parts_are_read_by_name_whole_and_in_blocks() -> None:
    long = bytes(range(256)) * 10_000
    archive = Archive(zipped(b=long, a=b"first"), OPEN)
    assert archive.names == ["b", "a"]
    assert archive.read("a") == b"first"
    assert archive.read("none") is None and list(archive.blocks("none")) == []
    blocks = list(archive.blocks("b"))
    assert len(blocks) == 3 and b"".join(blocks) == long == archive.read("b")


def test_each_limit_is_kept_and_only_exceeded_above_it() -> None:
    raw = zipped(a=bytes(1_000), b=bytes(1_000))
    assert why(raw, Limits(parts=1)) == "too-many"
    assert why(raw, Limits(parts=2, unpacked=1_999)) == "too-large"
    Archive(raw, Limits(parts=2, unpacked=2_000))
    assert why(raw, Limits(parts=2, ratio=10)) == "too-large"
    Archive(raw, Limits(parts=2, ratio=10, ratio_from=1_000))
    assert Archive(raw, Limits(parts=2, part=1_000)).read("a") == bytes(1_000)
    with pytest.raises(Unfit, match="too-large"):
        Archive(raw, Limits(parts=2, part=999)).read("a")


def test_an_archive_that_is_too_large_is_refused_before_anything_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = zipped(a=bytes(5_000_000))
    monkeypatch.setattr(zipfile.ZipFile, "open", None)
    with pytest.raises(Unfit) as caught:
        Archive(raw, Limits(parts=2, unpacked=1_000_000))
    assert (caught.value.size, caught.value.parts) == (5_000_000, 1)


def test_a_part_is_unpacked_no_further_than_its_stated_size() -> None:
    raw = bytearray(zipped(a=bytes(5_000_000)))
    stated = (5_000_000).to_bytes(4, "little")
    while stated in raw:
        raw[raw.index(stated) : raw.index(stated) + 4] = (1_000).to_bytes(4, "little")
    archive = Archive(bytes(raw), OPEN)
    read = 0
    with pytest.raises(Unfit, match="damaged"):
        for block in archive.blocks("a"):
            read += len(block)
    assert read <= 1_000


def test_what_is_no_archive_or_a_broken_one_is_damaged() -> None:
    whole = zipped(a=bytes(range(256)) * 100)
    for raw in (b"", b"PK\x03\x04", b"a;b", whole[:-30]):
        assert why(raw) == "damaged"
    broken = bytearray(whole)
    broken[40:60] = bytes(20)
    with pytest.raises(Unfit, match="damaged"):
        Archive(bytes(broken), OPEN).read("a")


def test_a_name_twice_is_damaged() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a", "one")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("a", "two")
    assert why(stream.getvalue()) == "damaged"


def test_passwords_and_older_containers() -> None:
    raw = bytearray(zipped(a=b"x"))
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    assert why(bytes(raw)) == "password"
    compound = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600)
    assert why(compound) == "compound"
    assert not is_encrypted(compound)
    assert is_encrypted(compound + "EncryptedPackage".encode("utf-16-le"))
