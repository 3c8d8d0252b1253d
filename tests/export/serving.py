"""Web servers that serve an export on the loopback interface, as their operators would."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.conftest import reserved_port

# where Debian puts what only administrators start
PATHS = "/usr/sbin:/usr/local/sbin:/usr/bin:/bin"

NGINX = """\
daemon off;
master_process off;
pid {run}/pid;
error_log {run}/error.log;
events {{ worker_connections 64; }}
http {{
  access_log off;
  client_body_temp_path {run}/body;
  proxy_temp_path {run}/proxy;
  fastcgi_temp_path {run}/fastcgi;
  uwsgi_temp_path {run}/uwsgi;
  scgi_temp_path {run}/scgi;
  include "{export}/nginx/maps.conf";
  server {{
    listen 127.0.0.1:{port};
    include "{export}/nginx/site.conf";
  }}
}}
"""


@contextmanager
def nginx(export: Path, run: Path) -> Iterator[str]:
    """Serve the export by nginx, and yield its address."""
    program = shutil.which("nginx", path=PATHS)
    if program is None:
        pytest.skip("nginx is not installed: scripts/servers.sh")
    run.mkdir()
    with reserved_port() as port:
        settings = run / "nginx.conf"
        settings.write_text(NGINX.format(run=run, export=export, port=port), encoding="utf-8")
        yield from _running([program, "-c", str(settings)], run, f"http://127.0.0.1:{port}")


def _running(command: list[str], run: Path, url: str) -> Iterator[str]:
    log = run / "output"
    with log.open("w") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output)
    try:
        while not _answers(url):
            assert process.poll() is None, log.read_text()
        yield url
    finally:
        process.terminate()
        process.wait(timeout=20)


def _answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/robots.txt", timeout=20).status_code > 0
    except httpx.TransportError:
        # it has not begun to listen
        time.sleep(0.02)
        return False
