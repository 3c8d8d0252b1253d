import hashlib
from importlib.metadata import version

import pytest

from kg.source.digests import file_digest, programs
from tests.conftest import REPO

PACKAGE = REPO / "src/kg"


def test_a_file_is_known_by_the_sha256_of_its_bytes(tmp_path):
    file = tmp_path / "a"
    for content in (b"", "حلب\r\n".encode() * 300_000):
        file.write_bytes(content)
        assert hashlib.sha256(content).hexdigest() == file_digest(file)


def test_a_file_that_cannot_be_read_is_an_error(tmp_path):
    with pytest.raises(OSError, match="No such file"):
        file_digest(tmp_path / "nowhere")


def test_each_module_and_each_engine_is_a_program():
    known = dict(line.rsplit(" ", 1) for line in list(programs())[1:])
    assert version("pyshacl") == known["pyshacl"]
    modules = {path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py")}
    assert modules <= known.keys()
    assert file_digest(PACKAGE / "source/messages.py") == known["source/messages.py"]
