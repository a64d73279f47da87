import gzip
import os
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from graph_service.domain.errors import InvalidRecord
from graph_service.importers.packed import SWOLLEN_FROM, Packed, opened
from tests.zstandard import zstd

PACKERS = {"plain": lambda data: data, "gzip": gzip.compress, "zstandard": zstd.compress}


@pytest.mark.parametrize("packer", PACKERS)
@given(data=st.binary(max_size=2_000))
def test_a_file_reads_alike_however_it_is_packed(packer: str, data: bytes) -> None:
    assume(not data.startswith((b"\x1f\x8b", b"\x28\xb5\x2f\xfd")))
    packed = Packed("file", BytesIO(PACKERS[packer](data)))
    packed.check()
    assert packed.unpacked().read() == data
    assert packed.unpacked().read() == data


@pytest.mark.parametrize("packer", ["gzip", "zstandard"])
@pytest.mark.parametrize("cut", [1, 5, 100])
def test_a_file_that_was_cut_off_is_found_before_anything_is_read(packer: str, cut: int) -> None:
    data = PACKERS[packer](os.urandom(10_000))[:-cut]
    with pytest.raises(InvalidRecord, match="cannot be read to its end"):
        Packed("file", BytesIO(data)).check()


def test_a_file_with_a_changed_byte_is_found(tmp_path: Path) -> None:
    data = bytearray(gzip.compress(b"line\n" * 10_000))
    data[len(data) // 2] ^= 255
    with pytest.raises(InvalidRecord, match="cannot be read to its end"):
        Packed("file", BytesIO(bytes(data))).check()


@pytest.mark.parametrize("pack", [gzip.compress, zstd.compress])
def test_a_file_that_swells_without_end_is_refused(pack: object) -> None:
    assert callable(pack)
    data = pack(bytes(SWOLLEN_FROM + 1_000_000))
    with pytest.raises(InvalidRecord, match="swells to more than"):
        Packed("bomb", BytesIO(data)).check()


def test_a_file_that_is_not_there_is_said_to_be_so(tmp_path: Path) -> None:
    with pytest.raises(InvalidRecord, match="cannot be read: No such file"), opened(tmp_path / "x"):
        pass


def test_how_far_a_file_was_read_is_told_in_its_own_bytes() -> None:
    data = gzip.compress(os.urandom(100_000))
    packed = Packed("file", BytesIO(data))
    stream = packed.unpacked()
    assert (packed.size, packed.done < packed.size) == (len(data), True)
    stream.read()
    assert packed.done == packed.size


def test_what_cannot_be_read_twice_is_laid_down_first() -> None:
    reading, writing = os.pipe()
    with os.fdopen(writing, "wb") as there:
        there.write(gzip.compress(b"a\nb\n"))
    with os.fdopen(reading, "rb") as pipe, opened(pipe, "standard input") as packed:
        packed.check()
        assert packed.unpacked().read() == b"a\nb\n"
        assert packed.name == "standard input"
