"""A file of named arrays: written once, memory-mapped ever after, every byte under a checksum.

It knows nothing of stories and words. The one idea: a reader maps the file and takes arrays out of it without copying;
what it must trust at once (that the file is whole, and where its parts lie) is checked when it is opened, the rest by
`damage`.

Format, all numbers little-endian: 64 bytes of head (magic, zeros); the parts, each beginning at a multiple of 64 and
padded with zeros; a table in JSON, `{"parts": [[name, offset, count, dtype, crc32 of the part with its padding], …]}`;
a tail of 32 bytes: offset, length and CRC-32 of the table, CRC-32 of the tail's first 20 bytes, magic.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO

import numpy as np
import numpy.typing as npt

from index.embedded.values import Array, Damage, IndexDamaged

_MAGIC = b"MORGUE-1"
_ALIGNMENT = 64
_HEAD = _MAGIC.ljust(_ALIGNMENT, b"\0")
_TAIL = struct.Struct("<QQI")
_TAIL_BYTES = _TAIL.size + 4 + len(_MAGIC)
_IN_MEMORY = 8 << 20
_STEP = 1 << 20

REMEDY = "run `python -m index rebuild` to make the index again from the store"


class ArrayFileWriter:
    """Write one array file; parts may grow side by side, chunk by chunk.

    The first part goes straight into the file, so the largest should come first; another larger than a few megabytes
    waits in an unnamed temporary file beside the target until `close`, so memory stays small and a killed process
    leaves no more than an unfinished target. As a context manager it closes on success and removes the file on an
    error.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = path.open("wb")
        self._file.write(_HEAD)
        self._first_checksum = 0
        self._parts: dict[str, tuple[IO[bytes], np.dtype[np.generic]]] = {}

    def append(self, name: str, chunk: npt.ArrayLike, dtype: npt.DTypeLike) -> None:
        """Add `chunk`, flattened, to the end of part `name`, whose items are of `dtype` (the same in every call)."""
        wanted = np.dtype(dtype).newbyteorder("<")
        data = np.ascontiguousarray(chunk, wanted).tobytes()
        if name not in self._parts:
            self._parts[name] = (self._spool() if self._parts else self._file, wanted)
        target = self._parts[name][0]
        if target is self._file:
            self._first_checksum = zlib.crc32(data, self._first_checksum)
        target.write(data)

    def _spool(self) -> IO[bytes]:
        return tempfile.SpooledTemporaryFile(_IN_MEMORY, dir=str(self._path.parent))

    def close(self) -> None:
        """Write the parts in the order of their first chunks, then the table, and wait until the disk has them."""
        table = []
        with self._file as file:
            for name, (spool, dtype) in self._parts.items():
                if spool is file:
                    start, checksum = len(_HEAD), self._first_checksum
                else:
                    start, checksum = file.tell(), 0
                    with spool:
                        spool.seek(0)
                        while block := spool.read(_STEP):
                            checksum = zlib.crc32(block, checksum)
                            file.write(block)
                length = file.tell() - start
                padding = bytes(-length % _ALIGNMENT)
                file.write(padding)
                table.append([name, start, length // dtype.itemsize, dtype.str, zlib.crc32(padding, checksum)])
            text = json.dumps({"parts": table}, separators=(",", ":")).encode()
            tail = _TAIL.pack(file.tell(), len(text), zlib.crc32(text))
            file.write(text + tail + struct.pack("<I", zlib.crc32(tail)) + _MAGIC)
            file.flush()
            os.fsync(file.fileno())
        self._parts.clear()

    def __enter__(self) -> ArrayFileWriter:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if kind is None:
            self.close()
            return
        self._file.close()
        for spool, _dtype in self._parts.values():
            spool.close()
        self._path.unlink(missing_ok=True)


class ArrayFile:
    """An array file, mapped into memory.

    Arrays taken out of it are read-only views and keep the mapping alive; the file may be deleted meanwhile.

    Raises:
        IndexDamaged: when the file is cut short, or its head, table or tail is not as it was written.
        FileNotFoundError: when there is no such file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size < len(_HEAD) + _TAIL_BYTES:
                raise self._damaged("it is cut short")
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        start = size - _TAIL_BYTES
        tail = self._map[start : start + _TAIL.size]
        rest = struct.pack("<I", zlib.crc32(tail)) + _MAGIC
        if self._map[start + _TAIL.size :] != rest:
            raise self._damaged("its end is missing or changed")
        offset, length, checksum = _TAIL.unpack(tail)
        text = self._map[offset : offset + length]
        if offset + length != start or zlib.crc32(text) != checksum or self._map[: len(_HEAD)] != _HEAD:
            raise self._damaged("its head or its table of contents is changed")
        self._table_offset = offset
        self._parts: dict[str, tuple[int, int, str, int]] = {
            name: (begin, count, dtype, crc) for name, begin, count, dtype, crc in json.loads(text)["parts"]
        }

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def array(self, name: str) -> Array:
        """Return part `name` as a read-only array; KeyError where the file has none of that name."""
        begin, count, dtype, _ = self._parts[name]
        return np.frombuffer(self._map, dtype=dtype, count=count, offset=begin)

    def bytes(self, name: str, start: int, end: int) -> bytes:
        """Return bytes `start:end` of part `name`."""
        begin = self._parts[name][0]
        return self._map[begin + start : begin + end]

    def release(self) -> None:
        """Give back the memory that what was read takes; what is read again comes from the system's file cache."""
        if hasattr(mmap, "MADV_DONTNEED"):
            self._map.madvise(mmap.MADV_DONTNEED)

    def sizes(self) -> dict[str, int]:
        """Return the bytes each part takes, by name."""
        return {name: count * np.dtype(dtype).itemsize for name, (_, count, dtype, _) in self._parts.items()}

    def damage(self) -> Iterator[Damage]:
        """Read everything and yield each part that is not as it was written."""
        names = list(self._parts)
        ends = [self._parts[name][0] for name in names[1:]] + [self._table_offset]
        for name, end in zip(names, ends, strict=True):
            begin, _, _, expected = self._parts[name]
            checksum = 0
            for position in range(begin, end, _STEP):
                checksum = zlib.crc32(self._map[position : min(position + _STEP, end)], checksum)
            if checksum != expected:
                yield Damage(str(self.path), name, "its checksum is wrong: bytes have changed since it was written")

    def _damaged(self, what: str) -> IndexDamaged:
        return IndexDamaged(f"{self.path} is damaged: {what}; {REMEDY}")
