"""A dossier at a git revision, read from git's objects alone: no checkout, no index, no hook, no network.

Only three git commands are used (``rev-parse``, ``ls-tree``, ``cat-file``), each with ``--end-of-options``, so that no
revision can pass for an option. The data read are subject to the same limits as any dossier's.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final, NamedTuple

from policy_options.dossier import limits
from policy_options.dossier.contents import CRITERIA, DECISION, EVIDENCE, OPTIONS, SCENARIOS, WEIGHTS
from policy_options.errors import Place, PolicyOptionsError

__all__ = ["Revision", "revision_range", "revision_read"]

_SECONDS: Final = 60  # for one git command, which answers in milliseconds unless its disk hangs
_FOLDERS: Final = (CRITERIA.rpartition("/")[0], WEIGHTS, OPTIONS, EVIDENCE, SCENARIOS)
_WHERE: Final = frozenset(
    {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_NAMESPACE", "GIT_PREFIX"}
)
_LINK, _FILES = "120000", frozenset({"100644", "100755", "100664"})


_OID: Final = re.compile("[0-9a-f]{40}|[0-9a-f]{64}")


class _Entry(NamedTuple):
    mode: str
    oid: str
    size: int


def revision_range(text: str) -> tuple[str, str | None]:
    """Split ``A..B`` into its two revisions, an empty one meaning HEAD. For a single one the second is ``None``.

    Raises:
        PolicyOptionsError: it is neither.
    """
    first, dots, second = text.partition("..")
    if not text or text == dots or second.startswith(".") or ".." in second:
        raise PolicyOptionsError.of(
            "revision-unread",
            f"`{text}` is no revision and no range",
            "write one revision, such as HEAD~1, or two, such as v1..v2",
            ids=(text,),
        )
    return (first or "HEAD", (second or "HEAD") if dots else None)


@contextmanager
def revision_read(folder: Path, name: str) -> Iterator[Revision]:
    """The dossier of a folder at a revision, readable within the context.

    Raises:
        PolicyOptionsError: there is no git, no repository, no such revision, or no dossier in it.
    """
    git = _Git(folder)
    commit = git.commit(name)
    entries = git.entries(commit, name)
    with git.batch() as (ask, answer):
        yield Revision(name, entries, ask, answer)


class Revision:
    """An ``Origin`` whose files are blobs. Places name the revision as typed: ``HEAD~1:criteria/criteria.yaml``."""

    folder: Path | None = None

    def __init__(self, name: str, entries: dict[str, _Entry], ask: IO[bytes], answer: IO[bytes]) -> None:
        self.name = name
        self._entries = entries
        self._ask, self._answer = ask, answer

    def label(self, name: str) -> str:
        return f"{self.name}:{name}"

    def is_there(self, name: str = "") -> bool:
        return name == "" or name in self._entries

    def names(self, folder: str) -> list[str]:
        paths = (path.rpartition("/") for path in self._entries)
        return [name for above, _, name in paths if above == folder]

    def read(self, name: str) -> bytes:
        entry, label = self._entries.get(name), self.label(name)
        if entry is None:
            raise PolicyOptionsError.of(
                "file-missing", f"{label} is missing", "compare with a revision that has it", place=Place(label)
            )
        if entry.mode not in _FILES:
            what = "a link, which is not followed in a revision" if entry.mode == _LINK else "not a file"
            raise PolicyOptionsError.of(
                "not-a-file", f"{label} is {what}", "compare with a revision in which it is a file", place=Place(label)
            )
        if entry.size > limits.MAX_FILE_BYTES:
            return bytes(limits.MAX_FILE_BYTES + 1)  # the reader refuses it by its length, whatever it contains
        self._ask.write(f"{entry.oid}\n".encode())
        self._ask.flush()
        head = self._answer.readline().split()
        if len(head) != 3 or head[1] != b"blob":
            raise PolicyOptionsError.of(
                "revision-unread",
                f"git has lost what {label} held",
                "run git fsck; in a partial clone fetch the missing objects",
                place=Place(label),
            )
        content = self._answer.read(int(head[2]))
        self._answer.read(1)  # the line end that git puts after each
        return content


def _unreadable(folder: Path, said: str) -> PolicyOptionsError:
    """Why git refuses a folder, in plain words if the reason is known."""
    remedy = "compare with a copy: --against DIR"
    if "not a git repository" in said:
        message = f"{folder} is in no git repository"
    elif "dubious ownership" in said:
        message = f"git does not trust the repository of {folder}, which belongs to another user"
        remedy = "see git config safe.directory, or use --against DIR"
    else:
        first = next(iter(said.splitlines()), "it says nothing")
        message = f"git cannot read the repository of {folder}: {first}"
    return PolicyOptionsError.of("no-repository", message, remedy)


class _Git:
    """Git in the repository that contains a folder, found from the folder and not from a hook's environment."""

    def __init__(self, folder: Path) -> None:
        program = shutil.which("git")
        if program is None:
            raise PolicyOptionsError.of(
                "no-git", "a revision is read through git, which is not installed", "install git, or use --against DIR"
            )
        if not folder.is_dir():
            raise PolicyOptionsError.of(
                "not-a-dossier",
                "the folder is missing",
                "go to the folder of a dossier, or name one with --dossier DIR",
                place=Place(str(folder)),
            )
        self._folder = folder
        self._program = (program, "-C", str(folder), "--no-pager")
        kept = {key: value for key, value in os.environ.items() if key not in _WHERE}
        # No fetching for a partial clone, no prompt for a password, no lock.
        self._environment = kept | {
            "GIT_NO_LAZY_FETCH": "1",
            "GIT_ALLOW_PROTOCOL": "none",
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_OPTIONAL_LOCKS": "0",
            "LC_ALL": "C",
        }
        asked = self._ask("rev-parse", "--show-prefix")
        if asked.returncode:
            raise _unreadable(folder, asked.stderr.decode(errors="replace"))
        self._prefix = os.fsdecode(asked.stdout.rstrip(b"\n")).rstrip("/")

    def _ask(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        try:
            return subprocess.run(
                (*self._program, *arguments),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                env=self._environment,
                timeout=_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise PolicyOptionsError.of(
                "revision-unread", f"git did not answer within {_SECONDS} seconds", "run git fsck, or use --against DIR"
            ) from None

    def commit(self, name: str) -> str:
        """The object that a revision names."""
        found = self._object(name) if name.isprintable() and name else None
        # In two steps, since text appended to a search such as :/text would be searched for.
        commit = self._object(f"{found}^{{commit}}") if found is not None else None
        if commit is not None:
            return commit
        where, remedy = "repository", "git log --oneline shows what there is"
        if self._ask("rev-parse", "--is-shallow-repository").stdout.strip() == b"true":
            where, remedy = "shallow clone", "fetch the rest with git fetch --unshallow (in CI: fetch-depth: 0)"
        elif self._object("HEAD") is None:
            remedy = "nothing is committed yet: commit first, or use --against DIR"
        raise PolicyOptionsError.of(
            "unknown-revision", f"there is no revision `{name}` in this {where}", remedy, ids=(name,)
        )

    def _object(self, name: str) -> str | None:
        """The id of the object of a name; ``None`` if the name does not mean exactly one object."""
        asked = self._ask("rev-parse", "--verify", "--quiet", "--end-of-options", name)
        found = asked.stdout.decode(errors="replace").strip()
        return found if asked.returncode == 0 and _OID.fullmatch(found) else None

    def entries(self, commit: str, name: str) -> dict[str, _Entry]:
        """The names in the folders of the dossier at a commit."""
        where = f"{commit}:{self._prefix}" if self._prefix else f"{commit}^{{tree}}"
        tree = self._object(where)
        found: dict[str, _Entry] = {}
        if tree is not None:
            paths = (f"{folder}/" for folder in _FOLDERS)
            listed = self._ask("ls-tree", "-z", "-l", "--full-tree", "--end-of-options", tree, *paths)
            for line in listed.stdout.split(b"\0"):
                head, tab, path = line.partition(b"\t")
                if tab:
                    mode, kind, oid, size = head.decode().split()
                    if kind != "tree":
                        found[os.fsdecode(path)] = _Entry(mode, oid, int(size) if size.isdigit() else 0)
        if DECISION not in found:
            missing = "/".join(filter(None, (self._prefix, DECISION)))
            raise PolicyOptionsError.of(
                "not-a-dossier",
                f"there is no dossier here at that revision: {missing} is missing",
                "name a revision that has it",
                place=Place(name),
            )
        return found

    @contextmanager
    def batch(self) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
        """A process that returns blobs on request, ended when it is no longer needed."""
        with subprocess.Popen(
            (*self._program, "cat-file", "--batch"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=self._environment,
        ) as running:
            assert running.stdin is not None
            assert running.stdout is not None
            try:
                yield running.stdin, running.stdout
            finally:
                running.kill()
