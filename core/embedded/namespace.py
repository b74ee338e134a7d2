import ctypes
import os
from pathlib import Path

CLONE_NEWUSER = 0x10000000
NOBODY = 65534


def enter() -> None:
    """For Popen's preexec_fn on Linux: from here on we are nobody to ourselves, and ourselves to files."""
    user, group = os.geteuid(), os.getegid()
    if ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWUSER):
        raise OSError(ctypes.get_errno(), "unshare")
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{NOBODY} {user} 1")
    Path("/proc/self/gid_map").write_text(f"{NOBODY} {group} 1")
