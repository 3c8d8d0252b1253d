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


APACHE = """\
ServerRoot {run}
ServerName localhost
PidFile {run}/pid
ErrorLog {run}/error.log
Mutex file:{run}
Listen 127.0.0.1:{port}
{modules}
TypesConfig /dev/null
AddLanguage ar .ar
AddEncoding x-gzip .gz
<Directory />
  Require all denied
</Directory>
<VirtualHost 127.0.0.1:{port}>
  {site}
</VirtualHost>
"""
MODULES = Path("/usr/lib/apache2/modules")


@contextmanager
def apache(export: Path, run: Path) -> Iterator[str]:
    """Serve the export by Apache, and yield its address."""
    yield from _apache(f'Include "{export}/apache/site.conf"', run)


@contextmanager
def forwarder(export: Path, run: Path) -> Iterator[str]:
    """Serve what an export has for the host of its IRIs, and yield its address."""
    place = export / "w3id"
    allowed = "AllowOverride FileInfo\n    Require all granted"
    yield from _apache(
        f'DocumentRoot "{place}"\n  <Directory "{place}">\n    {allowed}\n  </Directory>', run
    )


def _apache(site: str, run: Path) -> Iterator[str]:
    """Run Apache, whose configuration is tested first."""
    program = shutil.which("apache2", path=PATHS)
    if program is None:
        pytest.skip("Apache is not installed: scripts/servers.sh")
    run.mkdir()
    # whatever is built in has no file
    modules = "\n".join(
        f"LoadModule {name}_module {MODULES}/mod_{name}.so"
        for name in ("mpm_event", "authz_core", "mime", "rewrite", "headers")
        if (MODULES / f"mod_{name}.so").exists()
    )
    with reserved_port() as port:
        settings = run / "apache.conf"
        text = APACHE.format(run=run, site=site, port=port, modules=modules)
        settings.write_text(text, encoding="utf-8")
        command = [program, "-f", str(settings)]
        tested = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
        assert tested.returncode == 0, tested.stderr
        yield from _running([*command, "-X"], run, f"http://127.0.0.1:{port}")


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
