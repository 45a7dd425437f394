"""Posts what a change does as a comment on GitHub or GitLab, or changes the comment that is there.

    python3 tools/post_comment.py github FOLDER   what check.yml has made: comment.md and number
    python3 tools/post_comment.py gitlab FILE     the Markdown of `playbooks diff`

On GitHub it has a token that may write, and words from a check that ran the code of a stranger. So the
number counts only where that pull request is the one that was checked, and the words are made harmless
here once more. It needs nothing but Python.
"""

import json
import os
import re
import stat
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

MARKER = "<!-- playbooks diff -->"
NOTHING = "**Nothing changes for a reader.**"
BOT = "github-actions[bot]"

_MOST_CHARACTERS = 62_000
_MOST_PAGES = 30
_A_PAGE = 100
_INVISIBLE = "&#8203;"
# What `playbooks diff` writes of its own accord; everything else is words.
_OURS = re.compile(r"(</?(?:details|summary|del|strong)>|<span>\$</span>|&#[1-9]\d{0,6};|`playbooks diff`)")
# What begins a mention, a reference or an address, as itself or as a reference to a character.
_BEGINNING = re.compile(
    r"(?:[@!%^]|\$(?!</span>)|(?<!&)#(?=\d)|:(?=/)|\bwww(?=\.)|\bGH-(?=\d)|&#(?:33|35|36|37|38|58|64|94);)(?!&#8203;|\s)",
    re.IGNORECASE,
)

Entry = Mapping[str, Any]


class CannotPostError(Exception):
    """It cannot be posted; the message is a line for a person."""


class Api:
    """What a site offers to programs, below one address."""

    def __init__(self, address: str, headers: Mapping[str, str]) -> None:
        self.address = address
        self.headers = {**headers, "Content-Type": "application/json"}

    def ask(self, method: str, path: str, body: Entry | None = None) -> Any:
        """What the site answers. CannotPostError where it refuses."""
        request = urllib.request.Request(
            self.address + path,
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers=self.headers,
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return json.load(answer)
        except (OSError, ValueError) as error:
            raise CannotPostError(f"{method} {path}: {error}") from None

    def every(self, path: str) -> Iterator[Entry]:
        """The entries of a list that comes in pages."""
        for page in range(1, _MOST_PAGES + 1):
            entries: list[Entry] = self.ask("GET", f"{path}?per_page={_A_PAGE}&page={page}")
            yield from entries
            if len(entries) < _A_PAGE:
                return


def harmless(words: str) -> str:
    """Markdown that holds no more than what `playbooks diff` writes: its tags, its marks, and words."""
    pieces = _OURS.split(words.replace("\0", ""))
    for index in range(0, len(pieces), 2):  # between what is ours
        for mark, name in (("&", "&amp;"), ("<", "&lt;"), ("[", "&#91;"), ("]", "&#93;"), ("`", "&#96;")):
            pieces[index] = pieces[index].replace(mark, name)
    return _BEGINNING.sub(lambda match: match[0] + _INVISIBLE, "".join(pieces))


def read_plain_file(path: Path) -> str:
    """The text of a file that came from elsewhere: no link, and no longer than a comment."""
    try:
        if not stat.S_ISREG(path.lstat().st_mode) or path.stat().st_size > 4 * _MOST_CHARACTERS:
            raise CannotPostError(f"{path.name}: not a text of the length of a comment")
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise CannotPostError(f"{path.name}: cannot be read: {error}") from None
    return text


def body_of(words: str, commit: str) -> str:
    """The comment. CannotPostError where it is too long."""
    body = (
        f"{MARKER}\n*What the check of {commit[:12]} says. It runs the code of the change itself, so these are"
        f" its author's words.*\n\n{harmless(words)}"
    )
    if len(body) > _MOST_CHARACTERS + len(MARKER):
        raise CannotPostError("the comment is longer than a comment may be")
    return body


def post_once(
    api: Api,
    path: str,
    body: str,
    is_ours: Callable[[Entry], bool],
    change: Callable[[Entry], tuple[str, str]],
) -> str:
    """Change our comment if there is one, else write one if there is anything to say; tell which."""
    for comment in api.every(path):
        if is_ours(comment) and str(comment.get("body", "")).startswith(MARKER):
            api.ask(*change(comment), {"body": body})
            return "the comment says now what the change does"
    if NOTHING in body:
        return "nothing changes for a reader, so there is no comment"
    api.ask("POST", path, {"body": body})
    return "a comment says what the change does"


def post_on_github(folder: Path, environment: Mapping[str, str]) -> str:
    """Comment on the pull request that a run of check.yml was of."""
    event = json.loads(Path(environment["GITHUB_EVENT_PATH"]).read_text(encoding="utf-8"))
    run = event["workflow_run"]
    repository = f"/repos/{environment['GITHUB_REPOSITORY']}"
    api = Api(
        environment["GITHUB_API_URL"],
        {
            "Accept": "application/vnd.github+json",
            "Authorization": f"Bearer {environment['GITHUB_TOKEN']}",
            "X-GitHub-Api-Version": "2022-11-28",
        },
    )
    number = read_plain_file(folder / "number").strip()
    if not re.fullmatch(r"[1-9]\d{0,9}", number, re.ASCII):
        raise CannotPostError("number: not the number of a pull request")
    pull = api.ask("GET", f"{repository}/pulls/{number}")
    head = pull["head"]
    # The repository too: anybody can push a commit of somebody else's to a fork of their own.
    if (head.get("repo") or {}).get("id") != run["head_repository"]["id"]:
        raise CannotPostError(f"pull request {number} is not the one that was checked")
    if head["sha"] != run["head_sha"]:
        return f"pull request {number} has changed since: its next check tells more"
    return post_once(
        api,
        f"{repository}/issues/{number}/comments",
        body_of(read_plain_file(folder / "comment.md"), run["head_sha"]),
        lambda comment: (comment.get("user") or {}).get("login") == BOT,
        lambda comment: ("PATCH", f"{repository}/issues/comments/{int(comment['id'])}"),
    )


def post_on_gitlab(file: Path, environment: Mapping[str, str]) -> str:
    """Comment on the merge request that the pipeline is of."""
    api = Api(environment["CI_API_V4_URL"], {"PRIVATE-TOKEN": environment["PLAYBOOKS_TOKEN"]})
    notes = (
        f"/projects/{environment['CI_PROJECT_ID']}/merge_requests/{environment['CI_MERGE_REQUEST_IID']}/notes"
    )
    own = api.ask("GET", "/user")["id"]
    return post_once(
        api,
        notes,
        body_of(read_plain_file(file), environment["CI_COMMIT_SHA"]),
        lambda note: (note.get("author") or {}).get("id") == own,
        lambda note: ("PUT", f"{notes}/{int(note['id'])}"),
    )


def main(arguments: list[str], environment: Mapping[str, str]) -> int:
    """Post, and say in one line what was done or why not."""
    sites = {"github": post_on_github, "gitlab": post_on_gitlab}
    if len(arguments) != len(("site", "path")) or arguments[0] not in sites:
        sys.stderr.write("error: name the site, github or gitlab, and what to post\n")
        return 2
    try:
        done = sites[arguments[0]](Path(arguments[1]), environment)
    except CannotPostError as error:
        sys.stderr.write(f"error: {error}\n")
        return 1
    except KeyError as error:
        sys.stderr.write(f"error: {error.args[0]} is missing: this runs in the project's workflows\n")
        return 2
    sys.stdout.write(f"{done}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
