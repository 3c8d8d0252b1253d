"""The values of a build as two files (between storeys 3 and 4): objects, and the arrays in them.

The arrays are mapped into memory when they are read: opening them costs nothing, however long they
are, and the processes of a server share them.
Source: https://docs.python.org/3/library/pickle.html#out-of-band-buffers
"""

import gc
import mmap
import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any

OBJECTS, ARRAYS = "build.pickle", "build.arrays"

# bytes of which the beginning of each array is a multiple
ALIGNED = 64


def write_values(folder: Path, values: Any) -> None:
    """Write values into a folder.

    Raises: OSError when that cannot be.
    """
    buffers: list[pickle.PickleBuffer] = []
    objects = pickle.dumps(values, pickle.HIGHEST_PROTOCOL, buffer_callback=buffers.append)
    sizes = []
    with (folder / ARRAYS).open("wb") as file:
        # a file without a byte cannot be mapped
        file.write(bytes(ALIGNED))
        for buffer in buffers:
            with buffer.raw() as raw:
                sizes.append(raw.nbytes)
                file.write(raw)
            file.write(bytes(-file.tell() % ALIGNED))
    with (folder / OBJECTS).open("wb") as file:
        pickle.dump(sizes, file)
        file.write(objects)


def read_values(folder: Path) -> Any:
    """Return what was written into a folder; its arrays cannot be changed.

    Raises: OSError where the files are not there.
    """
    with (folder / ARRAYS).open("rb") as file:
        mapped = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    # many new objects without cycles, which it would go through again and again
    gc.disable()
    try:
        with (folder / OBJECTS).open("rb") as file:
            sizes = pickle.load(file)  # noqa: S301 - written by us, and checked
            buffers = _pieces(mapped, sizes)
            return pickle.load(file, buffers=buffers)  # noqa: S301 - written by us, and checked
    finally:
        gc.enable()


def _pieces(mapped: memoryview, sizes: list[int]) -> Iterator[memoryview]:
    start = ALIGNED
    for size in sizes:
        yield mapped[start : start + size]
        start += size + -size % ALIGNED
