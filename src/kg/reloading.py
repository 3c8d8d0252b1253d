"""The build of what the files hold, and another when they have changed (storey 5).

Files are read, validated and built in a process of its own, beside those that serve: it may take
long or die, and nobody who asks notices.
"""

import signal
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path
from types import MappingProxyType
from typing import Any

from watchfiles import Change, watch

from kg.builds.build import Build, read_build
from kg.builds.cache import Held, discard, disown, held
from kg.builds.inputs import folders_of
from kg.builds.manifest import is_whole
from kg.cli.building import Order, build_ordered
from kg.errors import KgError
from kg.project import Project
from kg.terminal import say, warn

# milliseconds without another change after which a change is over
QUIET = 100

# how changes are waited for; in milliseconds: those that are one, and until folders are looked at
HOW: Mapping[str, Any] = MappingProxyType(
    {"step": QUIET, "rust_timeout": 1_000, "raise_interrupt": False}
)

# seconds until files are looked at again that could not be, for want of handles or processes
AGAIN = 10.0

KEPT_ON = (
    "The files cannot be served as they are now. What was served before is served on; "
    "they are read again when they are saved."
)
CHANGED = "The files have changed: what they hold now is served."
ANEW = "What was damaged was built anew, and is served."
WANTING = (
    "The machine lacks what it takes to look at the files. What was served before is served on; "
    f"that is tried again in {AGAIN:.0f} seconds."
)


def ready(order: Order) -> Held:
    """Return the build of what the files hold now, made by another process where there is none.

    That is spawned, not forked: this one has threads. One that is killed is followed by one more.
    Raises: ProjectError where there is no data; SystemExit with the exit code where the files
    cannot be served, after that was said.
    """
    killed = False
    while (found := held(order.folder)) is None:
        context: Any = get_context("spawn")
        process = context.Process(target=build_ordered, args=(order,))
        process.start()
        try:
            process.join()
        finally:
            process.kill()
        if process.exitcode and (killed or process.exitcode > 0):
            _exit(process.exitcode)
        killed = bool(process.exitcode)
    return found


def first(order: Order) -> tuple[Held, Build]:
    """Return the build of what the files hold now, read; a damaged one is made anew.

    Raises what `ready` raises.
    """
    while True:
        found = ready(order)
        if build := read_build(found.folder):
            return found, build
        warn(f"{found.folder} is damaged, and is built anew.")
        discard(found.folder)
        found.let_go()


def _exit(code: int) -> None:
    """Raise SystemExit with the exit code of a process, or 3 and words where it was killed."""
    if code < 0:
        # nobody knows why, but the next start may find more memory
        warn(f"The process that builds what is served was ended by {signal.Signals(-code).name}.")
    sys.exit(code if code > 0 else 3)


def follow(
    order: Order, serving: Held, changed: threading.Event, tell: Callable[[Held], None]
) -> None:
    """Tell of each new build when `changed` is set and the files hold something else; for ever.

    What is served is looked through before: a damaged build is made anew, and told of.
    """
    if not is_whole(serving.folder):
        warn(f"{serving.folder} is damaged, and is served until it is built anew.")
        disown(serving.folder)
        changed.set()
    pause = None
    while changed.wait(pause) or pause:
        changed.clear()
        pause = None
        try:
            new = ready(order)
        except (SystemExit, KgError, OSError) as error:
            if not isinstance(error, SystemExit):
                warn(str(error))
            # that has nothing to do with what the files hold
            wanting = isinstance(error, OSError)
            warn(WANTING if wanting else KEPT_ON)
            pause = AGAIN if wanting else None
            continue
        if new.is_that(serving):
            new.let_go()
            continue
        tell(new)
        same = new.folder == serving.folder
        serving.let_go()
        serving = new
        say(ANEW if same else CHANGED)


def watching(order: Order, changed: threading.Event) -> None:
    """Set `changed` whenever a file of the project does, from now on."""
    project = order.project
    threading.Thread(target=_watch_below, args=(project, changed), daemon=True).start()
    # where the settings are, and files of a folder may come to be
    threading.Thread(target=_watch_at, args=(project.root.resolve(), changed), daemon=True).start()


def _watch_at(folder: Path, changed: threading.Event) -> None:
    for _ in watch(folder, watch_filter=_counts, recursive=False, **HOW):
        changed.set()


def _watch_below(project: Project, changed: threading.Event) -> None:
    """Set `changed` whenever a file in a folder does, whatever folders come and go."""
    new = False
    while True:
        folders = _folders(project)
        # one may go at this very moment
        with suppress(FileNotFoundError):
            for batch in watch(*folders, watch_filter=_counts, yield_on_timeout=True, **HOW):
                if batch or new:
                    # what was there before it was watched counts as well
                    changed.set()
                new = False
                # one that was removed is not watched any more, though another may have its number
                gone = any(Path(name) in folders for _, name in batch)
                if gone or _folders(project) != folders:
                    break
        new = True


def _folders(project: Project) -> dict[Path, int]:
    """Return the folders that there are, with the numbers that the file system has for them."""
    found = {}
    for place in folders_of(project):
        with suppress(OSError):
            if place.is_dir():
                found[place] = place.stat().st_ino
    return found


def _counts(_: Change, name: str) -> bool:
    # what editors and `git` write beside files
    return not Path(name).name.startswith(".") and "/.git/" not in name
