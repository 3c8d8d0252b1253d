"""One thing that is wrong in one file, how its line is shown, and what helps (storey 0)."""

import errno
from dataclasses import dataclass

# characters of the line that are shown on each side of a problem
AROUND = 60


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in one file.

    `line` and `column` count from 1, columns in characters; both are 0 where no place is known.
    `excerpt` is what `around` gives of the line.
    """

    file: str
    line: int
    column: int
    message: str
    excerpt: str = ""

    def __str__(self) -> str:
        """Return `file:line:column: message`, then the line with a caret where there is one."""
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        if not self.excerpt:
            return f"{place}: {self.message}"
        return "\n".join([f"{place}: {self.message}", *with_caret(self.excerpt, self.column)])


def around(line: str, column: int) -> str:
    """Return what is shown of a line around a column, as `with_caret` takes it."""
    return line[max(0, column - 1 - AROUND) : max(0, column - 1) + AROUND]


def with_caret(shown: str, column: int) -> tuple[str, str]:
    """Return two lines: part of a line of a file, and a caret below that column of it.

    The part begins `AROUND` characters before the column, or with the line.
    """
    # tabs stay tabs, so that the caret stands below its column
    before = "".join(c if c == "\t" else " " for c in shown[: min(column - 1, AROUND)])
    return f"    {shown}", f"    {before}^"


def remedy(error: OSError) -> str:
    """Return the sentence of what to do where the system refuses to write."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return "Make room there, and run the command again."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return "Name a folder in which you may write, or let yourself write there."
    return "Put that right, and run the command again."
