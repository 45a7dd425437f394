"""`playbooks export`: a tree that other engines build, written whole or not at all."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urljoin

import pytest
import yaml

from good_handbook import run
from playbook_press.load import read_handbook
from playbook_press.text import parse_block, plain
from reading import Reading, read_page
from site_under_test import ROOT

BIN = Path(sys.executable).parent
ENGINES: dict[str, list[str | Path]] = {
    "mkdocs": [BIN / "mkdocs", "build", "--quiet", "--strict", "--site-dir", "mkdocs"],
    "zensical": [BIN / "zensical", "build", "--strict"],
}


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def export(project: Path, *arguments: str) -> str:
    """Export a project without the sheets, which take their time."""
    result = run("export", "tree", *(arguments or ("--no-sheets",)), cwd=project)
    assert (result.returncode, result.stderr) == (0, "")
    return result.stdout


def refused(project: Path, folder: str = "tree") -> str:
    result = run("export", folder, "--no-sheets", cwd=project)
    assert (result.returncode, result.stdout) == (2, "")
    (line,) = result.stderr.splitlines()
    return line


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Reading]]:
    """The pages of Common Ground's tree, as each engine builds them."""
    tree = tmp_path_factory.mktemp("exported") / "tree"
    result = run("export", tree, "--no-sheets", cwd=ROOT)
    assert result.returncode == 0, result.stderr
    found = {}
    for engine, command in ENGINES.items():
        finished = subprocess.run(
            command,
            cwd=tree,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
            capture_output=True,
            check=False,
            encoding="utf-8",
        )
        assert finished.returncode == 0, finished.stdout + finished.stderr
        site = tree / ("site" if engine == "zensical" else engine)
        pages = {path.relative_to(site).as_posix(): path for path in site.rglob("*.html")}
        found[engine] = {name: read_page(path) for name, path in pages.items() if name != "404.html"}
    return found


def test_both_engines_show_the_same_pages(built: dict[str, dict[str, Reading]]) -> None:
    assert len(built["mkdocs"]) > 100
    assert set(built["mkdocs"]) == set(built["zensical"])


def test_both_engines_show_the_same_headings_words_anchors_and_links(
    built: dict[str, dict[str, Reading]],
) -> None:
    for name, page in built["mkdocs"].items():
        other = built["zensical"][name]
        assert other.headings == page.headings, name
        assert other.text == page.text, name
        ids = [{found for found in each.ids if not found.startswith("__")} for each in (page, other)]
        assert ids[0] == ids[1], name
        here = f"https://common-ground.example/{name.removesuffix('index.html')}"
        assert [urljoin(here, link) for link in other.links] == [
            urljoin(here, link) for link in page.links
        ], name


def test_both_engines_show_every_line_to_say(built: dict[str, dict[str, Reading]]) -> None:
    for name, playbook in read_handbook(ROOT / "playbooks", Path("playbooks")).library.playbooks.items():
        for engine in ENGINES:
            page = built[engine][f"playbooks/{name}/index.html"]
            examples = {slot: declared.example for slot, declared in playbook.slots.items()}
            for line in playbook.said:
                words = plain(parse_block(line.words), examples.__getitem__)
                assert "".join(words.split()) in page.text
            assert {script.id for script in playbook.scripts} <= page.ids


def test_a_tree_needs_nothing_of_the_press_but_what_is_in_it(project: Path) -> None:
    (project / "docs").mkdir()
    pages = int(export(project).removesuffix(" pages in tree\n"))
    assert pages == sum(name.endswith(".md") for name in files(project / "tree"))
    settings = yaml.safe_load((project / "tree/mkdocs.yml").read_text(encoding="utf-8"))
    assert settings["plugins"] == ["search"]
    assert settings["site_name"] == "Good"
    for style in settings["extra_css"]:
        assert (project / "tree/docs" / style).is_file()
    assert "playbook_press" not in str(settings)


def test_the_sheets_come_along_unless_they_are_not_wanted(project: Path) -> None:
    (project / "docs").mkdir()
    export(project, "--sheets")
    found = files(project / "tree")
    assert found["docs/sheets/sales-a4.pdf"].startswith(b"%PDF-")
    assert "docs/sheets/sales.md" in found
    export(project)
    without = files(project / "tree")
    assert not any(name.endswith(".pdf") or "/sheets/" in name for name in without)
    (project / "mkdocs.yml").write_text(
        "site_name: Good\nplugins: [{playbooks: {sheets: false}}]\n", encoding="utf-8"
    )
    assert run("export", "tree", cwd=project).returncode == 0
    assert not any(name.endswith(".pdf") for name in files(project / "tree"))


def test_what_is_written_by_hand_comes_along_and_stays(project: Path) -> None:
    (project / "docs/paths").mkdir(parents=True)
    (project / "docs/glossary.md").write_text("# My own\n", encoding="utf-8")
    (project / "docs/paths/first.md").write_text(
        "---\nhome: 1\ntitle: First\n---\n# First\n", encoding="utf-8"
    )
    (project / "docs/paths/a.png").write_bytes(b"\x89PNG")
    (project / "docs/.hidden.md").write_text("# No\n", encoding="utf-8")
    export(project)
    found = files(project / "tree")
    assert found["docs/glossary.md"] == b"# My own\n"
    assert found["docs/paths/a.png"] == b"\x89PNG"
    assert b"[First](paths/first.md)" in found["docs/index.md"]
    assert "docs/.hidden.md" not in found
    settings = yaml.safe_load(found["mkdocs.yml"])
    assert {"Paths": ["paths/first.md"]} in settings["nav"]


def test_settings_of_the_handbook_are_those_of_the_tree(project: Path) -> None:
    (project / "docs").mkdir()
    (project / "mkdocs.yml").write_text(
        """\
site_name: Good
site_url: !ENV [ADDRESS, "https://good.example/"]
plugins: [playbooks, tags, search]
hooks: [hook.py]
theme: {name: material, custom_dir: mine, language: de}
markdown_extensions:
  - footnotes
  - toc: {permalink: "#"}
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
nav: [{Start: index.md}]
""",
        encoding="utf-8",
    )
    assert export(project).splitlines()[1:] == [
        "left out: the plugin tags, which the tree does without",
        "left out: the hooks, which the tree does without",
        "left out: the theme's custom_dir, which the tree does without",
    ]
    text = (project / "tree/mkdocs.yml").read_text(encoding="utf-8")
    for kept in (
        'site_url: !ENV [ADDRESS, "https://good.example/"]\n',
        "    emoji_index: !!python/name:material.extensions.emoji.twemoji ''\n",
        "- footnotes\n- toc:\n    permalink: '#'\n    toc_depth: 3\n",
        "nav:\n- Start: index.md\n",
        "  custom_dir: overrides\n",
        "  language: de\n",
        "plugins:\n- search\n",
    ):
        assert kept in text


def test_two_exports_are_the_same_to_the_byte(project: Path) -> None:
    (project / "docs").mkdir()
    export(project)
    first = files(project / "tree")
    (project / "tree/docs/old.md").write_text("# Old\n", encoding="utf-8")
    export(project)
    assert files(project / "tree") == first


def test_what_no_export_made_is_never_touched(project: Path) -> None:
    (project / "docs").mkdir()
    mine = project / "tree/mine.txt"
    mine.parent.mkdir()
    mine.write_text("mine", encoding="utf-8")
    assert refused(project) == "error: tree: holds files that no export made: choose a new or an empty folder"
    assert files(project / "tree") == {"mine.txt": b"mine"}
    mine.unlink()
    export(project)
    (project / "tree/site").mkdir()  # what an engine has built there
    export(project)
    before = files(project / "tree")
    mine.write_text("mine", encoding="utf-8")
    assert "no export made" in refused(project)
    assert files(project / "tree") == before | {"mine.txt": b"mine"}
    assert refused(project, "mkdocs.yml") == "error: mkdocs.yml: is no folder"


@pytest.mark.parametrize("folder", ["docs", "docs/tree", "playbooks/tree"])
def test_a_tree_is_not_written_into_what_it_is_made_from(project: Path, folder: str) -> None:
    (project / "docs").mkdir()
    before = files(project)
    assert "which the handbook is made from" in refused(project, folder)
    assert files(project) == before


def test_a_page_that_leads_out_of_the_folder_is_refused(project: Path) -> None:
    (project / "docs").mkdir()
    (project / "secret.md").write_text("# Secret\n", encoding="utf-8")
    (project / "docs/page.md").symlink_to(project / "secret.md")
    assert refused(project) == "error: docs/page.md: leads out of docs: put the file itself there"
    assert not (project / "tree").exists()


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        ("site_name: Good\nINHERIT: base.yml\nplugins: [playbooks]\n", "inherits from another file"),
        ("plugins: [playbooks]\n", "has no site_name"),
    ],
)
def test_settings_that_cannot_be_used_are_told_in_a_line(project: Path, settings: str, why: str) -> None:
    (project / "docs").mkdir()
    (project / "mkdocs.yml").write_text(settings, encoding="utf-8")
    assert why in refused(project)
    assert not (project / "tree").exists()


def test_an_export_that_fails_leaves_the_last_one(project: Path) -> None:
    (project / "docs").mkdir()
    export(project)
    before = files(project / "tree")
    # A file where the tree has a folder: it is found out when half of the tree has been written.
    (project / "docs/playbooks").write_text("in the way", encoding="utf-8")
    assert "docs/playbooks: cannot be written" in refused(project)
    assert files(project / "tree") == before
    assert [path.name for path in project.iterdir() if path.name.startswith(".tree")] == []
    (project / "playbooks/minimal.yml").write_text("title: [\n", encoding="utf-8")
    assert run("export", "tree", cwd=project).returncode != 0
    assert files(project / "tree") == before


def test_a_folder_that_cannot_be_written_is_told_in_a_line(project: Path) -> None:
    (project / "docs").mkdir()
    (project / "file").write_text("", encoding="utf-8")
    assert "file: cannot be written: " in refused(project, "file/tree")
