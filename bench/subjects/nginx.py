"""nginx with one worker, serving files as fast as it can: the bar of the suite."""

import getpass
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from bench.serving import Served, free_port, started

NAME = "nginx"

CONFIGURATION = """\
daemon off;
{user}
worker_processes 1;
pid {work}/nginx.pid;
error_log {work}/nginx-error.log;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    server_tokens off;
    sendfile on;
    tcp_nopush on;
    tcp_nodelay on;
    keepalive_timeout 3600;
    keepalive_requests 1000000000;
    open_file_cache max=1000 inactive=3600s;
    open_file_cache_valid 3600s;
    gzip_static on;
    types {{ text/turtle ttl; text/html html; }}
    charset utf-8;
    charset_types text/turtle text/html;
    client_body_temp_path {work}/temp-body;
    proxy_temp_path {work}/temp-proxy;
    fastcgi_temp_path {work}/temp-fastcgi;
    uwsgi_temp_path {work}/temp-uwsgi;
    scgi_temp_path {work}/temp-scgi;
    server {{
        listen 127.0.0.1:{port};
        root {work}/files;
    }}
}}
"""


@contextmanager
def serving(files: Mapping[str, bytes], work: Path) -> Iterator[Served]:
    """Yield nginx, serving those files by their URL paths."""
    for name, content in files.items():
        path = work / "files" / name.lstrip("/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    port = free_port()
    # as root nginx would become another user, who may not read these files
    user = f"user {getpass.getuser()};" if getpass.getuser() == "root" else ""
    configuration = work / "nginx.conf"
    text = CONFIGURATION.format(work=work, port=port, user=user)
    configuration.write_text(text, encoding="utf-8")
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    command = [program, "-p", str(work), "-c", str(configuration)]
    with started(command, port, work / "nginx.log") as served:
        yield served
