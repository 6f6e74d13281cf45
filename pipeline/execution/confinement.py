"""Confinement: what a process that reads foreign files may not do, whatever a file makes of it.

Three walls, each where there is one, none of which can be taken down again by the process:

* Python's audit hooks (PEP 578), everywhere: a reader that tries gets a PermissionError.
* Landlock (Linux 5.13 and newer): the kernel refuses to write outside one folder.
* seccomp (Linux 3.17 and newer): the kernel refuses to make sockets for the network.

The programs that a confined process starts are behind the same two walls of the kernel. All three
together take less than 1 ms to put up (measured).
"""

from __future__ import annotations

import ctypes
import logging
import os
import platform
import struct
import sys
import tempfile
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)

_DEVICES = ("/dev/null",)  # where programs send what nobody wants to see
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
# Events of Python's audit table whose paths are changed (https://docs.python.org/3/library/
# audit_events.html), by the places of the paths among the arguments.
_CHANGES = {
    "os.chmod": (0,), "os.chown": (0,), "os.link": (0, 1), "os.mkdir": (0,), "os.remove": (0,),
    "os.rename": (0, 1), "os.rmdir": (0,), "os.symlink": (1,), "os.truncate": (0,),
    "os.utime": (0,), "shutil.move": (0, 1), "shutil.rmtree": (0,), "sqlite3.connect": (0,),
    "os.setxattr": (0,), "os.removexattr": (0,),
}  # fmt: skip
_NETWORK = frozenset(
    {"socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo",
     "socket.gethostbyname", "socket.gethostbyaddr"}
)  # fmt: skip
# By the place of the program among the arguments.
_PROGRAMS = {"subprocess.Popen": 0, "os.exec": 0, "os.posix_spawn": 0, "os.system": 0}


def confine(folder: Path, *, programs: Collection[str] = ()) -> None:
    """Let this process write below ``folder`` only, use no network, and start only ``programs``.

    Files that are open already, and pipes, stay as they are. Temporary files go to ``folder``.

    Args:
        folder: Exists, and is this process's own.
        programs: Names of programs, without their folders.
    """
    folder = folder.resolve()
    os.environ["TMPDIR"] = tempfile.tempdir = str(folder)
    sys.dont_write_bytecode = True
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0:
            _landlock(libc, folder)
            _seccomp(libc)
    sys.addaudithook(_hook(str(folder), frozenset(programs)))


def _hook(folder: str, programs: frozenset[str]) -> Callable[[str, tuple[Any, ...]], None]:
    inside = folder + os.sep

    def check_path(path: object) -> None:
        if isinstance(path, int) or path is None:  # a descriptor was checked when it was opened
            return
        name = os.path.realpath(os.fsdecode(path))  # type: ignore[arg-type]
        # The folder itself is what a nameless file is opened with.
        if not name.startswith(inside) and name not in (folder, *_DEVICES):
            raise PermissionError(1, "a reader may not write there", name)

    def hook(event: str, given: tuple[Any, ...]) -> None:
        if event == "open":
            path, mode, flags = given
            if (isinstance(mode, str) and not set("wax+").isdisjoint(mode)) or (
                isinstance(flags, int) and flags & _WRITES
            ):
                check_path(path)
        elif places := _CHANGES.get(event):
            for place in places:
                check_path(given[place])
        elif event in _NETWORK:
            raise PermissionError(1, "a reader may not use the network")
        elif event in _PROGRAMS:
            program = os.path.basename(os.fsdecode(given[_PROGRAMS[event]]))
            if program not in programs:
                raise PermissionError(1, "a reader may not start this program", program)

    return hook


# Linux

_PR_SET_NO_NEW_PRIVS = 38
_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 22, 2
# Numbers of system calls, the same on all architectures that have Landlock.
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_RULE_PATH_BENEATH = 1
# linux/landlock.h: everything that changes files, by the version that first knows it.
_WRITE_FILE = 1 << 1
_TRUNCATE = 1 << 14
_CHANGE_ALWAYS = _WRITE_FILE | sum(1 << bit for bit in range(4, 13))  # remove and make
_CHANGE_SINCE = {2: 1 << 13, 3: _TRUNCATE}  # refer (rename between folders), truncate
_OF_FILES = _WRITE_FILE | _TRUNCATE


def _landlock(libc: Any, folder: Path) -> None:
    """Let the kernel refuse changes of files outside ``folder``, where it can."""
    version = libc.syscall(_CREATE_RULESET, None, 0, 1)
    if version < 1:
        log.debug("this kernel has no Landlock")
        return
    rights = _CHANGE_ALWAYS
    for since, right in _CHANGE_SINCE.items():
        rights |= right if version >= since else 0
    handled = ctypes.c_uint64(rights)
    ruleset = libc.syscall(_CREATE_RULESET, ctypes.byref(handled), ctypes.sizeof(handled), 0)
    if ruleset < 0:
        return
    try:
        for path in (str(folder), *_DEVICES):
            descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
            try:
                allowed = rights if os.path.isdir(path) else rights & _OF_FILES
                rule = ctypes.create_string_buffer(struct.pack("=Qi", allowed, descriptor))
                libc.syscall(_ADD_RULE, ruleset, _RULE_PATH_BENEATH, rule, 0)
            finally:
                os.close(descriptor)
        libc.syscall(_RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)


# linux/audit.h and the tables of system calls: architecture, socket, io_uring_setup.
_ARCHITECTURES = {"x86_64": (0xC000003E, 41, 425), "aarch64": (0xC00000B7, 198, 425)}
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06  # linux/bpf_common.h
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16  # offsets in seccomp_data
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | 13  # EACCES
_OTHER_NUMBERS = 0x40000000  # of x32, a second table of calls on x86_64
_AF_UNIX = 1


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_void_p))


def _seccomp(libc: Any) -> None:
    """Let the kernel refuse every socket but those between processes of this machine."""
    numbers = _ARCHITECTURES.get(platform.machine())
    if numbers is None:
        log.debug("no filter of system calls for %s", platform.machine())
        return
    architecture, socket, io_uring = numbers
    # Each line: code, steps if true, steps if false, value; the last two lines answer.
    lines = (
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 0, 7, architecture),
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, 5, 0, _OTHER_NUMBERS),
        (_EQUAL, 4, 0, io_uring),  # it can make sockets as well
        (_EQUAL, 0, 2, socket),
        (_LOAD, 0, 0, _FIRST_ARGUMENT),
        (_EQUAL, 0, 1, _AF_UNIX),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    )
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *line) for line in lines))
    program = _Program(len(lines), ctypes.cast(code, ctypes.c_void_p))
    if libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0):
        log.debug("this kernel filters no system calls")
