import socket
import subprocess
import sys

from kg.store.seclusion import limit_memory

# the engine itself is asked: what looks at the text beforehand is not trusted here
ASK_ELSEWHERE = """
from pyoxigraph import Store
from kg.store.seclusion import deny_network
{deny}
try:
    Store().query("ASK {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}")
    print("answered")
except Exception as error:
    print("refused:", error)
"""


def asked(port: int, deny: str) -> str:
    code = ASK_ELSEWHERE.format(deny=deny, port=port)
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=30
    )
    return done.stdout


def contacted(listener: socket.socket) -> bool:
    try:
        listener.accept()[0].close()
    except BlockingIOError:
        return False
    return True


def canary() -> socket.socket:
    """A listener that tells afterwards whether anybody came."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0)
    return listener


def test_a_secluded_engine_reaches_nobody():
    with canary() as listener:
        said = asked(listener.getsockname()[1], "deny_network()")
        assert said.startswith("refused:")
        assert not contacted(listener)


def test_without_seclusion_it_would():
    """A fault would be seen: the same query, not secluded, knocks at the door."""
    with canary() as listener:
        listener.settimeout(20)
        code = ASK_ELSEWHERE.format(deny="", port=listener.getsockname()[1])
        process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.DEVNULL)
        listener.accept()[0].close()
        process.wait(timeout=20)


def test_files_can_still_be_opened(tmp_path):
    (tmp_path / "a").write_text("read")
    code = "import sys; from kg.store.seclusion import deny_network; deny_network();"
    code += "print(open(sys.argv[1]).read())"
    command = [sys.executable, "-c", code, str(tmp_path / "a")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "read\n" == done.stdout


def test_another_process_is_held_to_a_size_of_memory():
    code = "input(); print(len(bytearray(300_000_000)))"
    for size, ends in ((100_000_000, 1), (1_000_000_000, 0)):
        with subprocess.Popen(
            [sys.executable, "-c", code], stdin=subprocess.PIPE, stderr=subprocess.PIPE
        ) as process:
            limit_memory(size, process.pid)
            _, told = process.communicate(b"\n", timeout=60)
        assert (ends, bool(ends)) == (process.returncode, b"MemoryError" in told)
