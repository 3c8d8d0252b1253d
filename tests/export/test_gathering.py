"""The processes of an export: how far they are, and what fails in them."""

import os
import re
import subprocess
import sys

from tests.conftest import PREFIXES
from tests.terminals import on_terminal

# as `kg`, but that its bars do not wait to be of use; on a busy machine nothing is long
AT_ONCE = """
import kg.terminal
kg.terminal.PATIENCE, kg.terminal.LONG = -1, 3600
from kg.cli.app import app
app()
"""

# an application that answers a few addresses, and at one of them ends in one way after another
SITE = """
import errno, os, signal, sys
from pathlib import Path
from kg.errors import StoreUnavailable
from kg.export.addresses import Address
from kg.export.asking import Asker
from kg.export.collecting import Collector
from kg.export.gathering import gathered

def fail():
    raise StoreUnavailable("it is asleep")

def refuse():
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

def die():
    os.kill(os.getpid(), signal.SIGKILL)

async def app(scope, receive, send):
    if scope["path"] == "/7":
        end()
    headers = [(b"content-type", b"text/plain")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"one"})

wanted = [Address(f"/{number}") for number in range(10)]
names = {one.target: one.target[1:] for one in wanted}
asker = Asker(app, "http://example.org")
collector = Collector(asker, Path(sys.argv[1]), names, ("en",), {"text/plain": "txt"})
for end in (fail, refuse, die):
    try:
        gathered(collector, wanted, 2, lambda: None)
    except (StoreUnavailable, OSError) as error:
        print(type(error).__name__, error)
"""


def test_what_fails_in_a_process_of_an_export_is_told(tmp_path):
    command = [sys.executable, "-c", SITE, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.splitlines() == [
        "StoreUnavailable it is asleep",
        "OSError [Errno 28] No space left on device",
        "StoreUnavailable a process of the export was ended, perhaps for want of memory.",
    ]
    assert "" == done.stderr


def test_an_export_shows_on_a_terminal_alone_how_many_addresses_are_done(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.ttl").write_text(f"{PREFIXES} ex:a ex:p ex:b .", encoding="utf-8")
    options = [str(tmp_path / "site"), str(tmp_path / "data"), "--url", "http://example.org"]
    command = [sys.executable, "-c", AT_ONCE, "export", *options, "--jobs", "2"]
    written, code = on_terminal(command, "stderr", COLUMNS="100", NO_COLOR="1")
    assert code == 0, written
    shown = re.findall(r"writing the site [^\r]* (\d+)/(\d+) ", written)
    assert shown
    # all of them have been counted, in whichever process
    assert shown[-1][0] == shown[-1][1]
    env = {k: v for k, v in os.environ.items() if k not in ("FORCE_COLOR", "TTY_COMPATIBLE")}
    plain = subprocess.run(command, capture_output=True, text=True, env=env, check=True, timeout=60)
    assert "" == plain.stderr
