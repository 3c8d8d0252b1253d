"""What a worker process gives up before it evaluates strangers' queries (storey 3)."""

import ctypes
import platform
import resource
import struct
import sys
from contextlib import suppress

# the number of socket(2) and the name of the architecture, by platform.machine()
# Source: https://www.kernel.org/doc/html/latest/userspace-api/seccomp_filter.html
SOCKET_CALLS = (("x86_64", 0xC000003E, 41), ("aarch64", 0xC00000B7, 198))

PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2
LOAD, JUMP_IF_EQUAL, RETURN = 0x20, 0x15, 0x06
ALLOW, REFUSE, KILL = 0x7FFF0000, 0x00050000 | 13, 0x80000000


# the priority of what strangers let compute: the web process comes first, it answers many meanwhile
NICENESS = 5

# bytes of stack: what is nested 100,000 deep takes less
STACK = 1 << 30


def deepen_stack() -> None:
    """Let this process recurse deeply: with the usual 8 MB a query of 3,000 braces ends it.

    The kernel gives the main thread's stack pages when they are needed, up to the limit of now.
    """
    _, most = resource.getrlimit(resource.RLIMIT_STACK)
    size = STACK if most == resource.RLIM_INFINITY else min(STACK, most)
    # not every kernel lets a process that runs have more
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_STACK, (size, most))


def limit_memory(size: int, process: int = 0) -> None:
    """Let a process, 0 for this one, hold at most `size` bytes of memory of its own; more ends it.

    Other processes than this one are limited on Linux only.
    """
    if not process:
        resource.setrlimit(resource.RLIMIT_DATA, (size, size))
    elif sys.platform == "linux":
        # it may have ended
        with suppress(ProcessLookupError):
            resource.prlimit(process, resource.RLIMIT_DATA, (size, size))


def deny_network() -> None:
    """Take from this process, for good, the means to open a socket.

    The engine calls any host that a query names and has no switch for it. On Linux the kernel
    refuses the call; elsewhere no descriptor is left for a socket, nor for data on disk that is
    not open yet.
    """
    call = next((c for c in SOCKET_CALLS if c[0] == platform.machine()), None)
    if sys.platform == "linux" and call:
        _install(_filter(*call[1:]))
    else:
        resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))


def _filter(architecture: int, number: int) -> bytes:
    """Return a program of the kernel: `socket` is refused, another architecture ends."""
    steps = (
        (LOAD, 0, 0, 4),
        (JUMP_IF_EQUAL, 1, 0, architecture),
        (RETURN, 0, 0, KILL),
        (LOAD, 0, 0, 0),
        (JUMP_IF_EQUAL, 0, 1, number),
        (RETURN, 0, 0, REFUSE),
        (RETURN, 0, 0, ALLOW),
    )
    return b"".join(struct.pack("HBBI", *step) for step in steps)


def _install(program: bytes) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    steps = ctypes.create_string_buffer(program, len(program))
    header = struct.pack("HP", len(program) // 8, ctypes.addressof(steps))
    arguments = (PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.create_string_buffer(header))
    if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or libc.prctl(*arguments, 0, 0):
        raise OSError(ctypes.get_errno(), "the kernel refused to deny the network")
