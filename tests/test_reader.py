"""The scripts of a handbook are what their modules say, small, and free to pass on."""

import gzip
import json
import os
import subprocess
from pathlib import Path

from playbook_press import search_index
from site_under_test import ROOT

ASSETS = ROOT / "generator/playbook_press/assets"
READER = ROOT / "reader"


def test_the_committed_scripts_and_styles_are_made_of_what_is_written(tmp_path: Path) -> None:
    subprocess.run(
        ["npx", "rollup", "--config", "--silent"],
        cwd=READER,
        env={**os.environ, "ASSETS": str(tmp_path)},
        check=True,
    )
    made = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()}
    committed = {
        path.name: path.read_text(encoding="utf-8")
        for path in ASSETS.iterdir()
        if path.suffix in {".css", ".js"}
    }
    assert {"handbook.css", "handbook.js"} <= set(made)
    assert committed == made, "the assets are not made of what is in reader/: run `make reader`"


def test_words_are_the_same_when_the_index_is_made_and_when_it_is_asked() -> None:
    texts = [
        "You’re RIGHT: I can't, won't, don't — café! 100%, £62,000",
        "Organizing, organisation, analyze, behaviours, neighbourhood, your four hours, ours, resources",
        "Straße ﬁnance ½ Ⅳ İstanbul naïve O'Neill snake_case e-mail 3rd",
    ]
    script = f"const {{ plain }} = await import('./src/words.js'); console.log(JSON.stringify({json.dumps(texts)}.map(plain)))"
    made = subprocess.run(
        ["node", "--input-type=module", "-e", script], cwd=READER, stdout=subprocess.PIPE, check=True
    )
    assert [" ".join(search_index.plain(text)) for text in texts] == json.loads(made.stdout)


def test_all_script_and_style_together_weigh_less_than_60_kilobytes() -> None:
    weights = {
        path.name: len(gzip.compress(path.read_bytes(), 9))
        for path in ASSETS.iterdir()
        if path.suffix in {".js", ".css"}
    }
    assert sum(weights.values()) < 60_000, weights


def test_no_script_gives_the_dates_of_the_page_methods_of_its_own() -> None:
    for path in ASSETS.glob("*.js"):
        assert "Date.prototype" not in path.read_text(encoding="utf-8"), path.name


def test_every_library_in_the_scripts_comes_with_its_licence() -> None:
    lock = json.loads((READER / "package-lock.json").read_text(encoding="utf-8"))
    imported = {
        line.split('"')[-2]
        for path in (READER / "src").glob("*.js")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith(("import ", "} from ")) and ' "' in line and '"./' not in line
    }
    licences = (ASSETS / "LICENCES.txt").read_text(encoding="utf-8")
    assert imported
    for name in imported:
        assert f"{name} {lock['packages'][f'node_modules/{name}']['version']}" in licences
        text = next((READER / "node_modules" / name).glob("[lL][iI][cC][eE][nN][sS]*")).read_text(
            encoding="utf-8"
        )
        assert " ".join(text.split()) in " ".join(licences.split())
