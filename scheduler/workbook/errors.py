"""What can go wrong when a file is written."""

from __future__ import annotations

from pathlib import Path

from instances.messages import Message, Template

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


class OutputError(Exception):
    """A file could not be written; ``message`` says why and what to do. The old file is whole."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.text("en"))
        self.message = message


def output_error(path: Path, error: OSError) -> OutputError:
    """The clear form of what the operating system said."""
    if isinstance(error, PermissionError):
        return OutputError(IN_USE(path=str(path)))
    if isinstance(error, FileNotFoundError):
        return OutputError(NO_FOLDER(path=str(path)))
    if error.errno == 28:
        return OutputError(DISK_FULL(path=str(path)))
    return OutputError(FAILED(path=str(path), cause=error.strerror or type(error).__name__))
