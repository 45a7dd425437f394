"""The workflows are what GitHub and GitLab read, run what there is, and give a stranger's code nothing."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from playbook_press.cli import main

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
GITHUB = sorted((ROOT / ".github/workflows").glob("*.yml"))
GITLAB = ROOT / ".gitlab-ci.yml"
HOOKS = ROOT / ".pre-commit-hooks.yaml"


def read(path: Path) -> Any:
    """A file as YAML in which every value is text: `on` is no switch."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 (it makes text only)


WORKFLOWS: dict[str, Any] = {path.stem: read(path) for path in GITHUB}
JOBS: list[tuple[str, Any]] = [
    (f"{name}/{job}", steps)
    for name, workflow in WORKFLOWS.items()
    for job, steps in workflow["jobs"].items()
]
STEPS: list[tuple[str, Any]] = [(where, step) for where, job in JOBS for step in job["steps"]]
PIPELINE: dict[str, Any] = read(GITLAB)
SCRIPTS = [
    *((where, step["run"]) for where, step in STEPS if "run" in step),
    *(
        (f"gitlab/{name}", "\n".join(job["script"]))
        for name, job in PIPELINE.items()
        if isinstance(job, dict) and "script" in job
    ),
]


def run(*command: str | Path, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=cwd,
        env={**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", **environment},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )


def test_the_workflows_of_the_project_are_those_that_are_checked_here() -> None:
    assert [path.name for path in GITHUB] == ["audit.yml", "check.yml", "comment.yml", "pages.yml"]


# What others say of them


@pytest.mark.parametrize(
    "arguments",
    [
        ["--builtin-schema", "vendor.github-workflows", *GITHUB],
        ["--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci", GITLAB],
    ],
    ids=["github", "gitlab"],
)
def test_they_fit_the_public_schemas(arguments: list[str | Path]) -> None:
    done = run(BIN / "check-jsonschema", *arguments)
    assert done.returncode == 0, done.stdout


def test_a_linter_of_workflows_finds_nothing_unsafe_in_them() -> None:
    options = ["--offline", "--no-progress", "--strict-collection", "--persona=auditor"]
    done = run(
        BIN / "zizmor", *options, "--collect=workflows", "--collect=pre-commit", "--", ".github", HOOKS
    )
    assert done.returncode == 0, done.stdout
    for path in [*GITHUB, HOOKS]:
        assert path.name in done.stderr  # it has been read


# What runs


@pytest.mark.parametrize(("where", "script"), SCRIPTS)
def test_every_script_is_a_shell_script_without_values_spliced_in(where: str, script: str) -> None:
    assert run("bash", "-n", "-c", script).returncode == 0
    assert "${{" not in script, where


@pytest.mark.parametrize(("where", "script"), SCRIPTS)
def test_every_command_that_runs_exists_with_its_options(where: str, script: str) -> None:
    targets = re.findall(
        r"^([\w./-]+):", (ROOT / "Makefile").read_text().replace("$(VENV)", ".venv"), re.MULTILINE
    )
    for line in script.splitlines():
        command, *arguments = shlex.split(line.partition(" > ")[0].partition(" >> ")[0])
        if command == ".venv/bin/playbooks":
            name, *options = arguments
            known = main.get_command(click.Context(main), name)
            assert known, where
            known.make_context(name, options)  # which refuses an option that there is not
        elif command == "make":
            assert set(arguments) <= set(targets), where
        elif command == "python3":
            assert (ROOT / arguments[0]).is_file(), where
        else:
            assert command in {"mkdir", "echo", "cat", "mv", "sudo"}, where


def test_steps_and_jobs_refer_to_what_there_is() -> None:
    for name, workflow in WORKFLOWS.items():
        for job in workflow["jobs"].values():
            ids = {step["id"] for step in job["steps"] if "id" in step}
            assert set(re.findall(r"\bsteps\.(\w+)\.", str(job))) <= ids, name
            needs = job.get("needs", [])
            assert {needs} if isinstance(needs, str) else set(needs) <= set(workflow["jobs"])
    assert WORKFLOWS["comment"]["on"]["workflow_run"]["workflows"] == [WORKFLOWS["check"]["name"]]
    stages = {job["stage"] for job in PIPELINE.values() if isinstance(job, dict) and "stage" in job}
    assert stages == set(PIPELINE["stages"])


def test_what_one_workflow_hands_on_the_other_fetches() -> None:
    uses = {
        step["uses"].partition("@")[0]: step
        for _, step in STEPS
        if step.get("uses", "").startswith("actions/")
    }
    assert "actions/download-artifact" in uses
    handed = {step["with"]["name"] for _, step in STEPS if "upload-artifact" in step.get("uses", "")}
    assert handed == {"change", "preview"}
    assert uses["actions/download-artifact"]["with"]["name"] in handed


# What they may do


def test_no_job_may_do_more_than_it_needs() -> None:
    assert all(workflow["permissions"] == {} for workflow in WORKFLOWS.values())
    assert {where: job["permissions"] for where, job in JOBS} == {
        "audit/audit": {"contents": "read"},
        "check/handbook": {"contents": "read"},
        "check/test": {"contents": "read"},
        "comment/comment": {"actions": "read", "contents": "read", "pull-requests": "write"},
        "pages/build": {"contents": "read"},
        "pages/publish": {"pages": "write", "id-token": "write"},
    }


def test_what_runs_a_strangers_code_has_no_secrets() -> None:
    for path in GITHUB:
        text = path.read_text(encoding="utf-8")
        assert "secrets." not in text
        assert "pull_request_target" not in text
    assert "github.token" not in (ROOT / ".github/workflows/check.yml").read_text(encoding="utf-8")
    assert PIPELINE["comment"]["rules"][0]["if"].endswith(
        "$PLAYBOOKS_TOKEN && $CI_MERGE_REQUEST_SOURCE_PROJECT_ID == $CI_PROJECT_ID"
    )
    for name, job in PIPELINE.items():
        assert name == "comment" or "PLAYBOOKS_TOKEN" not in str(job)


def test_what_may_write_comments_checks_out_nothing_of_the_change() -> None:
    checkouts = [
        step
        for step in WORKFLOWS["comment"]["jobs"]["comment"]["steps"]
        if "checkout" in step.get("uses", "")
    ]
    assert [step["with"] for step in checkouts] == [
        {"sparse-checkout": "tools", "persist-credentials": "false"}
    ]


def test_every_job_ends_and_every_checkout_forgets_its_token() -> None:
    for where, job in JOBS:
        assert int(job["timeout-minutes"]) <= 45, where
    for where, step in STEPS:
        if "checkout" in step.get("uses", ""):
            assert step["with"]["persist-credentials"] == "false", where
    assert all("concurrency" in workflow for workflow in WORKFLOWS.values())


def test_every_action_is_pinned_to_a_commit_and_to_the_same_everywhere() -> None:
    lines = [
        line for path in GITHUB for line in path.read_text(encoding="utf-8").splitlines() if "uses:" in line
    ]
    pins = {re.sub(r"^\W*uses: ", "", line) for line in lines}
    assert all(re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", pin) for pin in pins)
    names = [pin.partition("@")[0] for pin in pins]
    assert len(names) == len(set(names))


def test_pages_come_from_main_alone_and_from_no_cache() -> None:
    pages = WORKFLOWS["pages"]
    assert pages["on"]["push"]["branches"] == ["main"]
    assert pages["jobs"]["build"]["if"] == "github.ref == 'refs/heads/main'"
    assert "cache" not in str(pages["jobs"])
    assert PIPELINE["pages"]["rules"] == [{"if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"}]


# The hook


class Hooked:
    """A repository with the hook in it, run by pre-commit from where it is installed."""

    def __init__(self, project: Path, *arguments: str) -> None:
        self.project = project
        (hook,) = yaml.safe_load(HOOKS.read_text(encoding="utf-8"))
        # The one thing that is not as others have it: nothing is installed from afar.
        hook = {**hook, "language": "system"} | ({"args": list(arguments)} if arguments else {})
        configuration = {"repos": [{"repo": "local", "hooks": [hook]}]}
        (project / ".pre-commit-config.yaml").write_text(yaml.safe_dump(configuration), encoding="utf-8")
        self.git("init", "--quiet")
        self.git("add", "--all")
        self.git(
            "-c", "user.name=Robin", "-c", "user.email=robin@example.org", "commit", "--quiet", "-m", "All"
        )

    def git(self, *arguments: str) -> None:
        done = run("git", *arguments, cwd=self.project, GIT_CONFIG_GLOBAL=os.devnull, GIT_CONFIG_NOSYSTEM="1")
        assert done.returncode == 0, done.stderr

    def commit(self, **edits: str) -> subprocess.CompletedProcess[str]:
        for name, text in edits.items():
            (self.project / name.replace("__", "/").replace("_yml", ".yml")).write_text(
                text, encoding="utf-8"
            )
        self.git("add", "--all")
        home = {"PRE_COMMIT_HOME": str(self.project / ".git/pre-commit"), "GIT_CONFIG_GLOBAL": os.devnull}
        return run(BIN / "pre-commit", "run", "--color=never", cwd=self.project, **home)


def test_the_hook_is_what_pre_commit_asks_for() -> None:
    assert run(BIN / "pre-commit", "validate-manifest", HOOKS).returncode == 0


def test_the_hook_lints_the_handbook_once_where_a_commit_touches_it(project: Path) -> None:
    hooked = Hooked(project)
    broken = "title: A title\nkind: note\nsummary: A summary.\nstatus: finished\n"
    other = broken.replace("A title", "Another title")
    done = hooked.commit(playbooks__one_yml=broken, playbooks__two_yml=other)
    assert done.returncode == 1
    assert done.stdout.count("error[PB104]") == 2
    assert done.stdout.count(" checked)") == 1
    mended = [text.replace("finished", "draft") for text in (broken, other)]
    assert hooked.commit(playbooks__one_yml=mended[0], playbooks__two_yml=mended[1]).returncode == 0


@pytest.mark.parametrize(
    ("name", "word"), [("README", "Skipped"), ("other_yml", "Skipped"), ("mkdocs_yml", "Passed")]
)
def test_the_hook_stays_out_of_other_commits(project: Path, name: str, word: str) -> None:
    text = (project / "mkdocs.yml").read_text(encoding="utf-8")
    done = Hooked(project).commit(**{name: f"# changed\n{text}"})
    assert (done.returncode, word in done.stdout) == (0, True)


def test_the_hook_serves_a_handbook_below_the_root(project: Path) -> None:
    (project / "handbook").mkdir()
    shutil.move(project / "playbooks", project / "handbook")
    shutil.move(project / "mkdocs.yml", project / "handbook")
    hooked = Hooked(project, "handbook/playbooks")
    done = hooked.commit(handbook__playbooks__one_yml="title: A title\nkind: nothing\nsummary: A summary.\n")
    assert (done.returncode, done.stdout.count("error[PB303]")) == (1, 1)
