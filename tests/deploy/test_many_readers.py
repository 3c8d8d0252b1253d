"""Three servers behind a real proxy: one is killed, one gets a new version, no reader notices."""

import html
import os
import re
import signal
import subprocess
import sys
import threading
import time
from contextlib import ExitStack, contextmanager

import httpx
import pytest

from tests.conftest import reserved_port
from tests.deploy.conftest import client_from, haproxy, nginx
from tests.deploy.published import release

CLIENTS = 8

# what each client pages through, and in what format
READ = (
    ("/queries/values", "text/csv"),
    ("/doc/hub", "text/turtle"),
    ("/list?class=http://example.org/Row", "text/html"),
    ("/queries/values", "text/html"),
)

# the link that people follow to the next page
NEXT = re.compile(
    r'<nav class="pager".*?<a href="([^"]*)"[^>]*>Next</a>', re.DOTALL | re.IGNORECASE
)


class Reader(threading.Thread):
    """Pages through an answer again and again; keeps what went wrong and the versions it saw."""

    def __init__(self, port: int, number: int) -> None:
        super().__init__()
        self.port, self.address = port, f"127.0.0.{10 + number}"
        self.path, self.accept = READ[number % len(READ)]
        self.ended = threading.Event()
        self.wrong: list[str] = []
        self.seen: list[set[str]] = []

    def run(self) -> None:
        with client_from(self.address, self.port) as client:
            while not self.ended.is_set():
                try:
                    self.page_through(client)
                except httpx.HTTPError as error:
                    self.wrong.append(repr(error))

    def page_through(self, client: httpx.Client) -> None:
        """Follow the links to the last page; who is led to the first page begins again."""
        url, versions, pages = self.path, set(), 0
        while url:
            answer = client.get(url, headers={"accept": self.accept}, follow_redirects=True)
            if answer.status_code != 200:
                self.wrong.append(f"{url}: {answer.status_code} {answer.text[:200]}")
                return
            if pages and "page=" not in str(answer.url):
                versions, pages = set(), 0
            versions |= set(re.findall(r"\bv\d\b", answer.text))
            url, pages = self.next_of(answer), pages + 1
        assert pages > 1
        self.seen.append(versions)

    def next_of(self, answer: httpx.Response) -> str | None:
        """Return where the next page is, as clients of this format learn it."""
        if self.accept == "text/html":
            found = NEXT.search(answer.text)
            return html.unescape(found[1]) if found else None
        return answer.links.get("next", {}).get("url")


@contextmanager
def server_of(folder, port: int):
    """Run a server of the newest version at that port; it is ready when the block begins."""
    command = [sys.executable, "-m", "kg", "serve", str(folder), "--published", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        for line in process.stdout:
            if line.startswith("Ctrl+C"):
                break
        assert process.poll() is None
        yield process
    finally:
        process.kill()
        process.wait(timeout=20)
        process.stdout.close()


def until_each_has(readers: list[Reader], more: int) -> None:
    """Wait until each reader has read that much more from the first page to the last."""
    wanted = {reader: len(reader.seen) + more for reader in readers}
    end = time.monotonic() + 120
    while any(len(reader.seen) < number for reader, number in wanted.items()):
        assert time.monotonic() < end, [reader.wrong for reader in readers]
        time.sleep(0.02)


def newcomers(port: int) -> list[Reader]:
    """Readers who come until one of them is given the new version."""
    found = []
    for number in range(CLIENTS, 100):
        found.append(Reader(port, number))
        found[-1].start()
        until_each_has(found[-1:], 1)
        if {"v2"} in found[-1].seen:
            return found
    raise AssertionError([reader.wrong for reader in found])


@pytest.mark.long
@pytest.mark.parametrize("proxy", [nginx, haproxy], ids=["nginx", "haproxy"])
def test_no_request_fails_and_no_client_is_given_two_versions_in_one_answer(
    proxy, tmp_path, certificate
):
    folder = tmp_path / "project"
    release(folder, 1)
    with ExitStack() as stack:
        ports = [stack.enter_context(reserved_port()) for _ in range(3)]
        first, second, _ = (stack.enter_context(server_of(folder, port)) for port in ports)
        at = stack.enter_context(proxy(tmp_path, ports, certificate))
        readers = [Reader(at, number) for number in range(CLIENTS)]
        for reader in readers:
            reader.start()
        try:
            until_each_has(readers, 2)
            os.kill(first.pid, signal.SIGKILL)
            until_each_has(readers, 2)
            release(folder, 2)
            second.terminate()
            second.wait(timeout=20)
            until_each_has(readers, 2)
            stack.enter_context(server_of(folder, ports[1]))
            readers += newcomers(at)
            until_each_has(readers, 3)
        finally:
            for reader in readers:
                reader.ended.set()
            for reader in readers:
                reader.join()
    assert [] == [wrong for reader in readers for wrong in reader.wrong]
    seen = [versions for reader in readers for versions in reader.seen]
    assert {frozenset({"v1"}), frozenset({"v2"})} == set(map(frozenset, seen))
