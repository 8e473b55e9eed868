"""One window for one data folder: a lock that the system itself lets go when the program ends,
however it ends.
"""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import IO

from app.domain.problems import ProblemCode, refuse

LOCK_NAME = "window.lock"


def take_lock(folder: Path) -> IO[bytes]:
    """Makes the folder if need be and locks it; keep the result for as long as the window lives,
    then close it.

    Raises `Refused`: STORE_LOCKED_BY_OTHER, STORE_FOLDER_UNUSABLE, STORE_READ_ONLY, DISK_FULL.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise refuse(_code(error, ProblemCode.STORE_FOLDER_UNUSABLE)) from None
    try:
        file = (folder / LOCK_NAME).open("a+b")
    except OSError as error:
        raise refuse(_code(error, ProblemCode.STORE_READ_ONLY)) from None
    if not _locked(file):
        file.close()
        raise refuse(ProblemCode.STORE_LOCKED_BY_OTHER)
    return file


def _locked(file: IO[bytes]) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    os.set_inheritable(file.fileno(), False)
    return True


def _code(error: OSError, otherwise: ProblemCode) -> ProblemCode:
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
        return ProblemCode.DISK_FULL
    return ProblemCode.STORE_READ_ONLY if error.errno == errno.EROFS else otherwise
