"""The comment on a change goes to the change it is about, there is one of it, and it can do nothing but be read."""

import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

import pytest
from markdown_it import MarkdownIt

SCRIPT = Path(__file__).parents[1] / "tools" / "post_comment.py"
MARKER = "<!-- playbooks diff -->"
TOKEN = "not-to-be-told"  # noqa: S105 (it opens nothing)
SHA = "0123456789abcdef0123456789abcdef01234567"
TOLD = "## What this change does\n\n**1 script added.**\n"
PULL = {"number": 7, "state": "open", "head": {"sha": SHA, "repo": {"id": 99}}}
GFM = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


class Site(BaseHTTPRequestHandler):
    """As much of GitHub's and GitLab's API as a comment needs."""

    pulls: ClassVar[dict[str, Any]] = {}
    comments: ClassVar[list[dict[str, Any]]] = []
    asked: ClassVar[list[tuple[str, str]]] = []
    tokens: ClassVar[set[str]] = set()

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        self.note()
        if address.path == "/user":
            self.answer({"id": 5})
        elif address.path.startswith("/repos/o/r/pulls/"):
            self.answer(self.pulls.get(address.path.rpartition("/")[2]))
        else:
            page = int(parse_qs(address.query)["page"][0])
            self.answer(self.comments[(page - 1) * 100 : page * 100])

    def do_POST(self) -> None:
        self.note()
        self.answer({"id": 1000})

    def do_PATCH(self) -> None:
        self.do_POST()

    def do_PUT(self) -> None:
        self.do_POST()

    def note(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(length))["body"] if length else ""
        self.tokens.add(self.headers.get("Authorization") or self.headers.get("PRIVATE-TOKEN") or "")
        self.asked.append((f"{self.command} {urlsplit(self.path).path}", body))

    def answer(self, value: Any) -> None:
        self.send_response(404 if value is None else 200)
        self.end_headers()
        self.wfile.write(json.dumps(value).encode())

    def log_message(self, *_: object) -> None:
        pass


class Post:
    """Runs the script against the site."""

    def __init__(self, address: str, folder: Path) -> None:
        self.address = address
        self.folder = folder
        self.event: dict[str, Any] = {
            "workflow_run": {"head_sha": SHA, "head_branch": "topic", "head_repository": {"id": 99}}
        }
        Site.pulls.clear()
        Site.comments.clear()
        Site.asked.clear()
        Site.tokens.clear()
        Site.pulls["7"] = PULL

    def run(self, *arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, SCRIPT, *arguments],
            env={"PYTHONUTF8": "1", **environment},
            capture_output=True,
            check=False,
            encoding="utf-8",
        )

    def github(self, words: str | bytes = TOLD, number: str = "7\n") -> subprocess.CompletedProcess[str]:
        (self.folder / "comment.md").write_bytes(words.encode() if isinstance(words, str) else words)
        (self.folder / "number").write_text(number, encoding="utf-8")
        event = self.folder / "event.json"
        event.write_text(json.dumps(self.event), encoding="utf-8")
        return self.run(
            *("github", self.folder),
            GITHUB_API_URL=self.address,
            GITHUB_REPOSITORY="o/r",
            GITHUB_TOKEN=TOKEN,
            GITHUB_EVENT_PATH=str(event),
        )

    @property
    def written(self) -> list[tuple[str, str]]:
        """What was written, and how."""
        return [(how, body) for how, body in Site.asked if not how.startswith("GET")]


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def post(site: str, tmp_path: Path) -> Post:
    return Post(site, tmp_path)


def comment(id_: int, login: str, body: str) -> dict[str, Any]:
    return {"id": id_, "user": {"login": login}, "author": {"id": 5 if login == "bot" else 6}, "body": body}


# Which change, and how often


def test_a_change_gets_a_comment(post: Post) -> None:
    done = post.github()
    assert (done.returncode, done.stdout) == (0, "a comment says what the change does\n")
    ((how, body),) = post.written
    assert how == "POST /repos/o/r/issues/7/comments"
    assert body.startswith(f"{MARKER}\n")
    assert body.endswith(TOLD)
    assert Site.tokens == {f"Bearer {TOKEN}"}


def test_the_comment_that_is_there_is_changed_and_nobody_elses(post: Post) -> None:
    Site.comments.extend(comment(number, "somebody", "Nice!") for number in range(150))
    Site.comments.append(comment(200, "somebody", f"{MARKER} forged"))
    Site.comments.append(comment(201, "github-actions[bot]", "Another job's comment"))
    Site.comments.append(comment(202, "github-actions[bot]", f"{MARKER}\nold"))
    assert post.github().returncode == 0
    assert [how for how, _ in post.written] == ["PATCH /repos/o/r/issues/comments/202"]


def test_a_change_of_nothing_a_reader_sees_gets_no_comment_but_mends_one(post: Post) -> None:
    nothing = "## What this change does\n\n**Nothing changes for a reader.**\n"
    assert post.github(nothing).returncode == 0
    assert post.written == []
    Site.comments.append(comment(3, "github-actions[bot]", f"{MARKER}\nold"))
    assert post.github(nothing).returncode == 0
    assert [how for how, _ in post.written] == ["PATCH /repos/o/r/issues/comments/3"]


@pytest.mark.parametrize("number", ["", "7; rm -rf /", "7\n8", "../7", "-7", "07", "７", "7" * 30, "8"])
def test_a_number_that_is_none_or_not_the_one_that_was_checked_is_refused(post: Post, number: str) -> None:
    Site.pulls["8"] = {**PULL, "number": 8, "head": {"sha": SHA, "repo": {"id": 100}}}
    done = post.github(number=number)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert post.written == []


def test_a_fork_that_is_gone_is_refused(post: Post) -> None:
    Site.pulls["7"] = {**PULL, "head": {"sha": SHA, "repo": None}}
    assert post.github().returncode == 1
    assert post.written == []


def test_a_change_that_has_moved_on_waits_for_its_next_check(post: Post) -> None:
    Site.pulls["7"] = {**PULL, "head": {"sha": SHA[::-1], "repo": {"id": 99}}}
    done = post.github()
    assert (done.returncode, post.written) == (0, [])
    assert "has changed since" in done.stdout


def test_what_is_no_comment_is_refused_in_one_line(post: Post, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("of the machine", encoding="utf-8")
    for words in (b"\xff\xfe", "x" * 62_001, "x" * 1_000_000, "<" * 40_000):
        done = post.github(words)
        assert done.returncode == 1
        assert len(done.stderr.splitlines()) == 1
    (tmp_path / "comment.md").unlink()
    (tmp_path / "comment.md").symlink_to(secret)
    done = post.run(
        *("github", tmp_path),
        GITHUB_API_URL=post.address,
        GITHUB_REPOSITORY="o/r",
        GITHUB_TOKEN=TOKEN,
        GITHUB_EVENT_PATH=str(tmp_path / "event.json"),
    )
    assert (done.returncode, done.stderr) == (1, "error: comment.md: not a text of the length of a comment\n")
    assert post.written == []


def test_a_site_that_refuses_is_told_in_one_line(post: Post) -> None:
    done = post.github(number="9")
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert "404" in done.stderr
    assert TOKEN not in done.stderr


def test_a_wrong_use_is_told_in_one_line(post: Post) -> None:
    for arguments in ([], ["bitbucket", "x"], ["github", post.folder]):
        done = post.run(*arguments)
        assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)


# What it says

STRANGE = """\
</details></div><!-- hidden -->

@everyone &#64;everyone &#x40;all &commat;all #1 &#35;2 GH-3 owner/repo#4 !5
![x](https://evil.example/x.png) [x](https://evil.example) <https://evil.example> www.evil.example
[x]: https://evil.example
<img src=x onerror=alert(1)> <a href="https://evil.example">Log in</a> <script>alert(1)</script>
<details open><summary onclick=x> <span>$x$</span> $y$
"""


def test_words_of_a_stranger_are_nothing_but_words(post: Post) -> None:
    assert post.github(STRANGE).returncode == 0
    ((_, body),) = post.written
    tokens = GFM.parse(body)
    inline = [child for token in tokens for child in token.children or []]
    assert not {child.type for child in inline} & {"link_open", "image"}
    markup = [child.content for child in inline if child.type == "html_inline"]
    markup += [
        tag for token in tokens if token.type == "html_block" for tag in re.findall("<[^>]*>", token.content)
    ]
    assert set(markup) <= {MARKER, "</details>"}
    text = "\n".join(child.content for child in inline if child.type == "text")
    assert not re.search(r"[@!$]\w|#\d|GH-\d|://\w|www\.\w", text)
    assert "everyone" in text


def test_what_the_command_writes_is_left_as_it_is(post: Post) -> None:
    words = (
        f"{TOLD}\n### Sales · sales.yml\n\n<details><summary>13 changes · x.yml</summary>\n\n**Lines to say**\n\n"
        "- **Added** “Your price &#38; fee” (rank 1)\n  - *say:* I ~~see~~ **hear**, &#64;&#8203;you"
        " &#35;&#8203;1 <span>$</span>&#8203;5 <del>下周</del> <strong>明天</strong> 5% more\n\n</details>\n"
        "\n3 more changes are left out here, for length: `playbooks diff` tells them all.\n"
    )
    assert post.github(words).returncode == 0
    assert post.written[0][1].endswith(words)


# GitLab


def test_on_gitlab_the_note_of_the_token_is_changed_and_nobody_elses(post: Post) -> None:
    (post.folder / "change.md").write_text(TOLD, encoding="utf-8")
    environment = {
        "CI_API_V4_URL": post.address,
        "PLAYBOOKS_TOKEN": TOKEN,
        "CI_PROJECT_ID": "3",
        "CI_MERGE_REQUEST_IID": "7",
        "CI_COMMIT_SHA": SHA,
    }
    Site.comments.append(comment(1, "somebody", f"{MARKER} forged"))
    assert post.run("gitlab", post.folder / "change.md", **environment).returncode == 0
    Site.comments.append(comment(2, "bot", f"{MARKER}\nold"))
    assert post.run("gitlab", post.folder / "change.md", **environment).returncode == 0
    notes = "/projects/3/merge_requests/7/notes"
    assert [how for how, _ in post.written] == [f"POST {notes}", f"PUT {notes}/2"]
    assert Site.tokens == {TOKEN}
