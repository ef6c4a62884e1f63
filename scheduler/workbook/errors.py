"""What can go wrong when a file is written."""

from __future__ import annotations

import errno
from pathlib import Path

from instances.messages import Bilingual, Label, Message, Template

IN_USE = Template(
    "无法写入“{path}”：文件正被其他程序打开，或没有写权限。请先关闭该文件，或另换一个文件名。",
    "Cannot write '{path}': it is open in another program, or you may not write there. "
    "Close it, or choose another name.",
)
LOCKED = Template(
    "“{path}”正被其他程序打开（存在锁文件“{lock}”）。请先关闭；若早已关闭，请删除该锁文件。",
    "'{path}' is open in another program (lock file '{lock}'). Close it; if it has long been "
    "closed, delete the lock file.",
)
NO_FOLDER = Template(
    "无法写入“{path}”：文件夹不存在。请先建立文件夹，或检查路径。",
    "Cannot write '{path}': the folder does not exist. Create it, or check the path.",
)
DISK_FULL = Template(
    "无法写入“{path}”：磁盘已满。请清理空间后重试，或换一个位置。",
    "Cannot write '{path}': the disk is full. Free some space, or choose another place.",
)
FAILED = Template(
    "无法写入“{path}”（{cause}）。请换一个位置或文件名。",
    "Cannot write '{path}' ({cause}). Choose another place or name.",
)

NOT_ALLOWED = Label("没有写入权限", "you may not write there")
NO_NEW_FILES = Label("这个文件夹里不能新建文件", "no files can be made in this folder")
NO_SPACE = Label("磁盘已满", "the disk is full")
CAUSES: dict[int, Label] = {
    errno.EACCES: NOT_ALLOWED,
    errno.EPERM: NOT_ALLOWED,
    errno.EROFS: Label("磁盘是只读的", "the disk is read-only"),
    errno.ENOSPC: NO_SPACE,
    errno.EISDIR: Label("这是文件夹，不是文件", "it is a folder, not a file"),
    errno.ENOTDIR: Label("路径中有一段不是文件夹", "part of the path is not a folder"),
    errno.ENOENT: Label("文件夹不存在", "the folder does not exist"),
    errno.ENAMETOOLONG: Label("文件名太长", "the name is too long"),
    errno.EIO: Label("磁盘读写出错", "the disk does not respond properly"),
}
"""What the operating system says in its own language, said in ours."""
OTHER_CAUSE = Template("系统提示：{said}", "the system says: {said}")


class OutputError(Exception):
    """A file could not be written; ``message`` says why and what to do. The old file is whole."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.text("en"))
        self.message = message


def cause_of(error: OSError) -> Bilingual:
    """Why the operating system refused; its own words only where we have none."""
    known = CAUSES.get(error.errno or 0)
    return known or OTHER_CAUSE(said=error.strerror or str(error) or type(error).__name__)


def output_error(path: Path, error: OSError) -> OutputError:
    """The clear form of what the operating system said."""
    if isinstance(error, PermissionError):
        return OutputError(IN_USE(path=str(path)))
    if isinstance(error, FileNotFoundError):
        return OutputError(NO_FOLDER(path=str(path)))
    if error.errno == errno.ENOSPC:
        return OutputError(DISK_FULL(path=str(path)))
    return OutputError(FAILED(path=str(path), cause=cause_of(error)))
