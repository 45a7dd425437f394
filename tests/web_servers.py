"""Web servers that people run, told by `playbooks hosting` how to serve a folder on the loopback."""

import contextlib
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from good_handbook import run

_SYSTEM = os.pathsep.join((os.environ["PATH"], "/usr/sbin"))
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
_NGINX = """\
load_module {brotli};
daemon off;
master_process off;
pid {work}/pid;
error_log {work}/errors;
events {{}}
http {{
    access_log off;
    client_body_temp_path {work}/body;
    proxy_temp_path {work}/proxy;
    fastcgi_temp_path {work}/fastcgi;
    uwsgi_temp_path {work}/uwsgi;
    scgi_temp_path {work}/scgi;
    server {{
        listen 127.0.0.1:{port};
        root {folder};
        include {work}/told;
    }}
}}
"""
_CADDY = """\
{{
    admin off
    auto_https off
}}
http://127.0.0.1:{port} {{
    root * {folder}
    import {work}/told
}}
"""


@contextlib.contextmanager
def nginx(folder: Path, work: Path) -> Iterator[str]:
    """Serve a folder with nginx, whose files go into `work`; gives its address."""
    assert BROTLI.is_file(), "nginx has no module for Brotli: `make test` installs both"
    port = _told("nginx", folder, work, _NGINX)
    with _running(["nginx", "-e", f"{work}/errors", "-c", f"{work}/settings"], port, work):
        yield f"http://127.0.0.1:{port}/"
    assert not [line for line in (work / "errors").read_text("utf-8").splitlines() if "[error]" not in line]


@contextlib.contextmanager
def caddy(folder: Path, work: Path) -> Iterator[str]:
    """The same with Caddy."""
    port = _told("caddy", folder, work, _CADDY)
    with _running(["caddy", "run", "--adapter", "caddyfile", "--config", f"{work}/settings"], port, work):
        yield f"http://127.0.0.1:{port}/"


def _told(host: str, folder: Path, work: Path, settings: str) -> int:
    """Write the settings of a server; returns the port that it is to listen on."""
    options = ["--brotli"] if host == "nginx" else []
    told = run("hosting", host, *options, str(folder), cwd=work)
    assert (told.returncode, told.stderr) == (0, "")
    (work / "told").write_text(told.stdout, encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    written = settings.format(port=port, folder=folder, work=work, brotli=BROTLI)
    (work / "settings").write_text(written, encoding="utf-8")
    return port


@contextlib.contextmanager
def _running(command: list[str], port: int, work: Path) -> Iterator[None]:
    program = shutil.which(command[0], path=_SYSTEM)
    assert program, f"{command[0]} is not installed: `make test` installs it"
    homes = {name: str(work) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")}
    with (work / "printed").open("wb") as printed:
        server = subprocess.Popen(
            [program, *command[1:]], env={**os.environ, **homes}, stdout=printed, stderr=printed
        )
    try:
        _wait(server, port, work / "printed")
        yield
    finally:
        server.terminate()
        server.wait(timeout=10)


def _wait(server: subprocess.Popen[bytes], port: int, printed: Path) -> None:
    """Wait until a server answers."""
    end = time.monotonic() + 20
    while True:
        with socket.socket() as asking:
            if asking.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert server.poll() is None, printed.read_text("utf-8")
        assert time.monotonic() < end, printed.read_text("utf-8")
        time.sleep(0.02)
