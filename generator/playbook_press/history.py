"""What git keeps: a handbook as it was at a commit, read without touching the work tree or the index."""

import os
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from playbook_press.load import MAX_BYTES, is_yaml
from playbook_press.model import VOCABULARY

_FOLDERS = ("", "vocabulary", "worksheets")
# The folder says which repository is meant, even where a hook of another one runs this.
_ELSEWHERE = frozenset({"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR"})
_QUIET = {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
_LINK = "120000"


class HistoryError(Exception):
    """Git cannot give what was asked for; the message is a line for a person."""


class Repository(NamedTuple):
    """A repository, and the folder in it that is meant."""

    root: Path
    prefix: str
    """The folder's path from the root, with a slash at its end, or nothing for the root itself."""


class _Entry(NamedTuple):
    """An entry of a folder in a commit."""

    mode: str
    kind: str
    sha: str
    name: str


def repository_of(folder: Path) -> Repository:
    """The repository that a folder is in. HistoryError where it is in none."""
    found = _git(folder, "rev-parse", "--show-toplevel", "--show-prefix")
    if found.returncode:
        if not any((above / ".git").exists() for above in (folder.absolute(), *folder.absolute().parents)):
            raise HistoryError(
                "this is not a git repository: what a change does is told from two states that git keeps"
            )
        raise HistoryError(f"git cannot read this repository: {_complaint(found)}")
    root, prefix, *_ = [*os.fsdecode(found.stdout).split("\n"), ""]
    if not root:
        raise HistoryError("this git repository has no work tree: run this in a clone that has one")
    return Repository(Path(root), prefix)


def commit_of(repository: Repository, name: str) -> str:
    """The full id of the commit that a branch, a tag or an id stands for. HistoryError if none."""
    try:
        # Nothing that a name begins with can make it an option.
        found = _git(
            repository.root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}"
        )
    except ValueError:  # a null character
        raise HistoryError(f"`{name}` cannot be the name of a commit") from None
    if found.returncode == 0 and name:
        return found.stdout.decode("ascii").strip()
    if ".." in name:
        raise HistoryError(f"`{name}` is not one commit: name the two of them, with a space between")
    how = "`git log --all --oneline` lists what there is"
    if _is_shallow(repository):
        how = "this clone is shallow, so fetch it first, such as by `git fetch --unshallow`"
    raise HistoryError(f"there is no commit `{name}` in this repository: {how}")


def merge_base(repository: Repository, one: str, other: str) -> str:
    """The last commit that two commits have in common, by their ids. HistoryError if none."""
    found = _git(repository.root, "merge-base", one, other)
    if found.returncode:
        how = "fetch more of it, such as by `git fetch --unshallow`" if _is_shallow(repository) else ""
        raise HistoryError(
            "the two have no commit in common" + (f" in this shallow clone: {how}" if how else "")
        )
    return found.stdout.decode("ascii").split()[0]


def read_file(repository: Repository, commit: str, path: str) -> bytes | None:
    """What a file held at a commit, by its path from the root; None where it did not exist."""
    found = _git(repository.root, "cat-file", "blob", f"{commit}:{path}")
    return None if found.returncode else found.stdout


def last_changed(folder: Path) -> dict[str, int]:
    """When a commit last changed each file of a folder, by its name, in seconds since 1970.

    A branch counts from the day that it was merged. Files that git knows nothing of are left out.
    """
    # A slash begins the line of a commit, as it begins no path from here.
    format_ = ("--format=/%ct", "--name-only", "--relative", "--no-renames", "--no-show-signature")
    try:
        found = _git(folder, "log", "--first-parent", "-m", *format_, "--", ".")
    except HistoryError:
        return {}
    changed: dict[str, int] = {}
    when = 0
    for line in os.fsdecode(found.stdout).splitlines():
        if line.startswith("/"):
            when = int(line[1:])
        elif line and "/" not in line:
            changed[line] = max(when, changed.get(line, 0))
    return changed


def copy_handbook(repository: Repository, commit: str, path: str, into: Path) -> list[Path]:
    """Write the YAML files of a handbook, as they were at a commit, into an empty folder.

    `path` is the handbook's from the root. Returns the files that are left out, since they are
    links that lead out of the commit; what is not there is not written.
    """
    left_out: list[Path] = []
    wanted: list[tuple[Path, str]] = []
    for folder in _FOLDERS:
        inside = "/".join(filter(None, (path, folder)))
        for entry in _list(repository, commit, inside):
            if not _is_wanted(folder, entry.name):
                continue
            target = into / folder / entry.name
            if entry.mode == _LINK:
                sha = _follow(repository, f"{commit}:{'/'.join(filter(None, (inside, entry.name)))}")
                if sha is None:
                    left_out.append(Path(folder) / entry.name)
                else:
                    wanted.append((target, sha))
            elif entry.kind == "blob":
                wanted.append((target, entry.sha))
            elif entry.kind == "tree":
                target.mkdir(parents=True)
    for target, content in _contents(repository, wanted):
        try:
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(content)
        except OSError as error:
            raise HistoryError(f"{target.name}: cannot be written: {error.strerror or error}") from None
    return left_out


def _is_wanted(folder: str, name: str) -> bool:
    if folder == "vocabulary":
        return name.removesuffix(".yml") in VOCABULARY
    # A commit that no program wrote can hold any name.
    return is_yaml(Path(name)) and "/" not in name and "\\" not in name


def _list(repository: Repository, commit: str, path: str) -> Iterator[_Entry]:
    """The entries of a folder; none where there is no such folder."""
    tree = _follow(repository, f"{commit}:{path}", "tree")
    if tree is None:
        return
    found = _checked(_git(repository.root, "ls-tree", "-z", tree))
    for line in os.fsdecode(found).split("\0"):
        if line:
            facts, _, name = line.partition("\t")
            mode, kind, sha = facts.split()
            yield _Entry(mode, kind, sha, name)


def _follow(repository: Repository, name: str, kind: str = "blob") -> str | None:
    """The id of what a path of a commit leads to, links within the commit included."""
    if "\n" in name:
        return None
    # What is not found is answered with its name, which begins with the id of a commit.
    command = "cat-file", "--batch-check=%(objecttype) %(objectname)", "--follow-symlinks"
    found = _checked(_git(repository.root, *command, given=os.fsencode(name) + b"\n"))
    what, _, sha = found.split(b"\n")[0].decode(errors="replace").partition(" ")
    return sha if what == kind else None


def _contents(repository: Repository, wanted: Sequence[tuple[Path, str]]) -> Iterator[tuple[Path, bytes]]:
    """What each file holds; of one that is larger than a handbook takes, as many bytes as tell so."""
    asked = "".join(f"{sha}\n" for _, sha in wanted).encode()
    sizes = _checked(_git(repository.root, "cat-file", "--batch-check", given=asked)).decode().splitlines()
    small: list[tuple[Path, str]] = []
    for (target, sha), line in zip(wanted, sizes, strict=True):
        if line.endswith(" missing"):
            raise HistoryError(f"git has lost what {target.name} held: `git fsck` tells more")
        if int(line.split()[-1]) > MAX_BYTES:
            yield target, b" " * (MAX_BYTES + 1)
        else:
            small.append((target, sha))
    asked = "".join(f"{sha}\n" for _, sha in small).encode()
    found = _checked(_git(repository.root, "cat-file", "--batch", given=asked))
    start = 0
    for target, _ in small:
        line_end = found.index(b"\n", start)
        size = int(found[start:line_end].split()[-1])
        yield target, found[line_end + 1 : line_end + 1 + size]
        start = line_end + 1 + size + 1


def _is_shallow(repository: Repository) -> bool:
    found = _git(repository.root, "rev-parse", "--is-shallow-repository")
    return found.stdout.strip() == b"true"


def _git(folder: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run git on a folder. HistoryError where there is no git."""
    try:
        return subprocess.run(
            ["git", "-C", folder, *arguments],  # noqa: S607 (the git that the person uses)
            input=given,
            capture_output=True,
            check=False,
            env={**{name: value for name, value in os.environ.items() if name not in _ELSEWHERE}, **_QUIET},
        )
    except FileNotFoundError:
        raise HistoryError("git is not installed, and only it knows what was before") from None


def _checked(found: subprocess.CompletedProcess[bytes]) -> bytes:
    if found.returncode:
        raise HistoryError(f"git cannot read this repository: {_complaint(found)}")
    return found.stdout


def _complaint(found: subprocess.CompletedProcess[bytes]) -> str:
    """What git said, on one line."""
    lines = found.stderr.decode(errors="replace").splitlines()
    return next((line.removeprefix("fatal: ") for line in lines if line.strip()), "it does not say why")
