"""Holds an open file against other processes, on each platform in its own way."""

from __future__ import annotations

import sys

if sys.platform == "win32":
    import msvcrt
    import os

    _FAR = 0x7FFF0000
    """Windows locks ranges, and lets nobody read a locked one: this is beyond what is ever written."""

    def hold(handle: int) -> bool:
        """Whether the file is this process's own until it is closed; False: another one holds it."""
        place = os.lseek(handle, 0, os.SEEK_CUR)
        try:
            os.lseek(handle, _FAR, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(handle, place, os.SEEK_SET)
        return True

else:
    import errno
    import fcntl

    def hold(handle: int) -> bool:
        """Whether the file is this process's own until it is closed; False: another one holds it."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            # A network drive without locks: better without one than without a quiz.
            return error.errno not in (errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES)
        return True
