"""Real proxies with the configurations that users copy; only names, ports and paths are put in."""

import os
import shutil
import socket
import ssl
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.conftest import REPO, reserved_port

DEPLOY = REPO / "deploy"
NAME = "data.example.org"

MAIN = """
{user}daemon off; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{
  access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/a; uwsgi_temp_path {folder}/b; scgi_temp_path {folder}/c;
  include {folder}/kg.conf;
}}
"""


@pytest.fixture(scope="session")
def certificate(tmp_path_factory) -> Path:
    """A key and a certificate for the name, in one file."""
    folder = tmp_path_factory.mktemp("certificate")
    key, made = folder / "key.pem", folder / "cert.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    command += ["-nodes", "-days", "2", "-subj", f"/CN={NAME}", "-keyout", key, "-out", made]
    subprocess.run(command, check=True, capture_output=True)
    whole = folder / "both.pem"
    whole.write_bytes(key.read_bytes() + made.read_bytes())
    return whole


def wanted(program: str) -> str:
    """The path of a program, else the test is skipped."""
    found = shutil.which(program, path="/usr/sbin:/usr/bin:/usr/local/bin:/usr/local/sbin")
    if not found:
        pytest.skip(f"{program} is not installed: scripts/proxies.sh")
    return found


def configured(name: str, folder: Path, ports: list[int], port: int, certificate: Path) -> Path:
    """An example of `deploy/` with these ports and paths in the place of those in it."""
    text = (DEPLOY / name).read_text(encoding="utf-8")
    for number, upstream in enumerate(ports, start=1):
        assert f"127.0.0.1:800{number}" in text
        text = text.replace(f"127.0.0.1:800{number}", f"127.0.0.1:{upstream}")
    for old, new in (
        ("listen 80;", f"listen 127.0.0.1:{port} default_server;\n    listen [::1]:{port};"),
        ("listen 443 ssl", f"listen 127.0.0.2:{port} ssl"),
        ("bind :443 ssl", f"bind 127.0.0.2:{port} ssl"),
        (f"/etc/letsencrypt/live/{NAME}/fullchain.pem", str(certificate)),
        (f"/etc/letsencrypt/live/{NAME}/privkey.pem", str(certificate)),
        (f"/etc/haproxy/{NAME}.pem", str(certificate)),
    ):
        text = text.replace(old, new)
    made = folder / "kg.conf"
    made.write_text(text, encoding="utf-8")
    return made


@contextmanager
def nginx(folder: Path, ports: list[int], certificate: Path):
    """Run nginx before these servers; yields the port of 127.0.0.2 for TLS, 127.0.0.1 without."""
    program = wanted("nginx")
    # its processes keep the user of the test, who owns the folder
    user = "user root;\n" if os.getuid() == 0 else ""
    with reserved_port() as port:
        configured("nginx.conf", folder, ports, port, certificate)
        (folder / "nginx.conf").write_text(MAIN.format(folder=folder, user=user), encoding="utf-8")
        with running([program, "-p", folder, "-c", folder / "nginx.conf"], port):
            yield port


@contextmanager
def haproxy(folder: Path, ports: list[int], certificate: Path):
    """Run HAProxy before these servers; yields the port of 127.0.0.2 for TLS."""
    program = wanted("haproxy")
    with reserved_port() as port:
        made = configured("haproxy.cfg", folder, ports, port, certificate)
        with running([program, "-db", "-f", made], port):
            yield port


@contextmanager
def running(command: list, port: int):
    """Run a proxy until the block ends; it listens when the block begins."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        end = time.monotonic() + 20
        while not listens(port):
            assert process.poll() is None, command
            assert time.monotonic() < end
        yield process
    finally:
        process.terminate()
        process.wait(timeout=20)


def listens(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.2", port)) == 0


def client_from(address: str, port: int) -> httpx.Client:
    """A client of the site at that port that comes from an address of the loopback network."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    transport = httpx.HTTPTransport(verify=context, local_address=address)
    return httpx.Client(
        transport=transport,
        base_url=f"https://127.0.0.2:{port}",
        headers={"host": NAME},
        timeout=30,
    )
