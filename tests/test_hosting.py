"""How a host is told to serve a site: the file `_headers`, and what the command prints for web servers."""

import base64
import hashlib
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner, Result

from good_handbook import GOOD, run
from playbook_press.cli import main
from playbook_press.hosting import add_headers, headers_file, served

SCRIPT = "assets/playbooks/handbook.0123abcd.js"
LONGEST_LINE = 2000
"""Of the file `_headers`, on Cloudflare Pages."""


def write(folder: Path, *paths: str) -> Path:
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text("<p>text</p>", encoding="utf-8")
    return folder


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write(tmp_path / "site", "index.html", "404.html", SCRIPT, "assets/playbooks/lunr.js")


def hosting(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["hosting", *map(str, arguments)])


def rules(text: str) -> dict[str, dict[str, str]]:
    """What a file `_headers` says, as the services read it."""
    found: dict[str, dict[str, str]] = {}
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    for line in lines:
        if line.startswith("  "):
            name, _, value = line.strip().partition(": ")
            found[list(found)[-1]][name] = value
        else:
            found[line] = {}
    return found


def test_the_headers_go_with_everything_and_what_never_changes_is_kept(site: Path) -> None:
    text = headers_file(served(site))
    found = rules(text)
    assert list(found) == ["/*", f"/{SCRIPT}"]
    assert found["/*"]["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'; ")
    # A service joins what two rules say of one header.
    assert "Cache-Control" not in found["/*"]
    assert found[f"/{SCRIPT}"] == {"Cache-Control": "public, max-age=31536000, immutable"}
    assert max(map(len, text.splitlines())) < LONGEST_LINE


@pytest.mark.parametrize(
    "path",
    [
        "assets/playbooks/lunr.js",
        "notes.0123abcd.js",
        "assets/photos/dog.0123abcd.js",
        "assets/playbooks/report.2024.js",
        "assets/playbooks/a b.0123abcd.js",
        "assets/playbooks/a\n  X-Evil: 1.0123abcd.js",
        "assets/playbooks/é.0123abcd.js",
    ],
)
def test_what_may_change_and_what_is_named_oddly_is_not_kept(site: Path, path: str) -> None:
    write(site, path)
    assert served(site).settled == [f"/{SCRIPT}"]


def test_a_site_gets_the_file_unless_one_is_written_by_hand(site: Path, tmp_path: Path) -> None:
    content = tmp_path / "content"
    assert list(add_headers(site, content)) == []
    assert (site / "_headers").read_text("utf-8") == headers_file(served(site))
    write(content, "_headers")
    write(site, "_headers")
    assert list(add_headers(site, content)) == []
    assert (site / "_headers").read_text("utf-8") == "<p>text</p>"


def test_what_will_not_work_is_told_with_its_page(site: Path, tmp_path: Path) -> None:
    (site / "index.html").write_text('<script src="https://x.example/a.js"></script>', encoding="utf-8")
    [told] = add_headers(site, tmp_path / "content")
    assert told == (
        "index.html: https://x.example/a.js: does not work where the site's Content-Security-Policy is sent: "
        "keep it in a file of the handbook's own, or write content/_headers by hand"
    )


class Built(NamedTuple):
    site: Path
    told: list[str]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A version of a handbook with a template of its own, and a script of another host's."""
    project = tmp_path_factory.mktemp("project")
    shutil.copytree(GOOD, project / "playbooks")
    (project / "docs").mkdir()
    (project / "overrides/partials").mkdir(parents=True)
    (project / "overrides/partials/copyright.html").write_text("<script>ours()</script>", encoding="utf-8")
    (project / "mkdocs.yml").write_text(
        "site_name: Good\ntheme: {name: material, font: false, custom_dir: overrides}\n"
        'site_url: !ENV [SITE_URL, "https://a.example/"]\n'
        "extra_javascript: [https://x.example/a.js]\nplugins:\n  - playbooks: {sheets: false}\n",
        encoding="utf-8",
    )
    done = run("build", cwd=project, env={"SITE_URL": "https://a.example/2.0/"})
    assert done.returncode == 0
    return Built(project / "site", done.stderr.splitlines())


def test_a_handbook_s_own_template_may_run_its_script_and_another_host_s_is_told(built: Built) -> None:
    [told] = built.told
    assert told.startswith("note: 404.html: https://x.example/a.js: does not work where ")
    written = (built.site / "_headers").read_text("utf-8")
    assert base64.b64encode(hashlib.sha256(b"ours()").digest()).decode() in written
    assert "x.example" not in written


def test_a_version_is_built_for_its_folder(built: Built) -> None:
    missing = (built.site / "404.html").read_text("utf-8")
    assert 'src="/2.0/assets/playbooks/' in missing
    home = (built.site / "index.html").read_text("utf-8")
    assert '<link rel="canonical" href="https://a.example/2.0/">' in home


def test_each_version_below_a_folder_has_its_own_page_for_what_is_not_there(site: Path) -> None:
    write(site, "2.0/404.html", "2.0/de/404.html", 'a"b/404.html', "a b/404.html")
    assert served(site).tops == ["/2.0/de/", "/2.0/", "/"]
    told = hosting("nginx", site).stdout
    assert "location /2.0/de/ {\n    error_page 404 /2.0/de/404.html;\n}\n" in told
    assert "\nerror_page 404 /404.html;\n" in told
    assert "rewrite * /2.0/404.html" in hosting("caddy", site).stdout
    assert 'a"b' not in told


def test_nginx_is_told_of_brotli_where_it_is_asked_for(site: Path) -> None:
    assert "brotli" not in hosting("nginx", site).stdout
    assert "\nbrotli_static on;\n" in hosting("nginx", site, "--brotli").stdout


def test_the_site_is_the_one_that_mkdocs_yml_names(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mkdocs.yml").write_text("site_name: A\nsite_dir: public\n", encoding="utf-8")
    site.rename(tmp_path / "public")
    assert f"/{SCRIPT}" in hosting("_headers").stdout


@pytest.mark.parametrize("there", [True, False])
def test_a_folder_without_a_site_is_told_in_a_line(tmp_path: Path, *, there: bool) -> None:
    folder = tmp_path / "folder"
    if there:
        folder.mkdir()
    result = hosting("nginx", folder)
    assert (result.exit_code, result.stdout) == (2, "")
    assert (
        result.stderr
        == f"error: {folder}: there is no site here: run `playbooks build` first, or name its folder\n"
    )
