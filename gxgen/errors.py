"""Exceptions: wrong use and environment only.

Faults in an agency's data are never exceptions; they are values, see :mod:`gxgen.diagnostics`.
"""

import errno

_REASONS = {
    errno.ENOENT: "找不到文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EEXIST: "已经有同名的",
    errno.ENOTDIR: "路径不对",
    errno.EISDIR: "它是一个文件夹",
    errno.EMFILE: "打开的文件太多",
    errno.ENFILE: "打开的文件太多",
    errno.ENOSPC: "磁盘已满",
    errno.EROFS: "磁盘只读",
    errno.ENAMETOOLONG: "文件名太长",
    errno.ELOOP: "链接绕成了圈",
    errno.EAGAIN: "进程太多",
    errno.ENOMEM: "内存不够",
    errno.EIO: "磁盘读写出错",
}


def reason(error: OSError) -> str:
    """Why the system refused, in Chinese: its own words are in the language of the system."""
    return _REASONS.get(error.errno or 0, f"系统错误 {error.errno}")


class GxgenError(Exception):
    """Base of all that gxgen raises on purpose; ``str()`` is a Chinese sentence for the user."""


class UsageError(GxgenError):
    """The command was called in a way that cannot work (exit status 2)."""


class EnvironmentProblemError(GxgenError):
    """Something outside is missing or broken: file, folder, program (exit 2)."""


class TemplateError(GxgenError):
    """A template cannot be used as it stands (exit status 2)."""


class InternalError(GxgenError):
    """A fault of gxgen's own (exit status 3)."""
