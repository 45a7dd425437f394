"""Serves a built site with nginx in one of several ways, and lets wrk ask for its home page.

    python benchmarks/serve_pages.py SITE TOLD CODING {beforehand,each-time} FOUND.json

TOLD is what `playbooks hosting nginx --brotli` has printed, CODING gzip or br. nginx has one processor, and
wrk the others, where there are any.
"""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import Request, urlopen

_CONNECTIONS = 16
_SECONDS = 4
_UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0}
_MODULES = Path("/usr/lib/nginx/modules")
_NGINX = """\
load_module {modules}/ngx_http_brotli_static_module.so;
load_module {modules}/ngx_http_brotli_filter_module.so;
daemon off;
master_process off;
pid {work}/pid;
error_log {work}/errors;
events {{ worker_connections 256; }}
http {{
    access_log off;
    sendfile on;
    keepalive_requests 1000000;
    client_body_temp_path {work}/body;
    proxy_temp_path {work}/proxy;
    fastcgi_temp_path {work}/fastcgi;
    uwsgi_temp_path {work}/uwsgi;
    scgi_temp_path {work}/scgi;
    server {{
        listen 127.0.0.1:{port};
        root {site};
        include {work}/told;
    }}
}}
"""
_EACH_TIME = """\
brotli on;
brotli_types text/html text/css text/javascript;
"""


def program(name: str) -> str:
    """Where a program is; SystemExit where it is not."""
    found = shutil.which(name, path=f"{os.environ['PATH']}{os.pathsep}/usr/sbin")
    if found is None:
        raise SystemExit(f"{name} is not installed: `make bench` installs it")
    return found


def told_each_time(told: str) -> str:
    """The same settings for a server that compresses on each request, at nginx's own levels."""
    return re.sub(r"^(gzip|brotli)_static on;$", r"\1_static off;", told, flags=re.MULTILINE) + _EACH_TIME


def measure(address: str, coding: str) -> dict[str, float]:
    """Requests a second, the milliseconds that the middle one takes, and the bytes that are sent of the page."""
    load = ["--threads", "1", "--connections", str(_CONNECTIONS), "--duration", f"{_SECONDS}s", "--latency"]
    command = [program("wrk"), *load, "--header", f"Accept-Encoding: {coding}", address]
    printed = subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout
    if "Non-2xx" in printed or "Socket errors" in printed:
        raise SystemExit(f"not every request was answered:\n{printed}")
    [rate] = re.findall(r"Requests/sec:\s+([\d.]+)", printed)
    [(figure, unit)] = re.findall(r"^\s+50%\s+([\d.]+)(us|ms|s)$", printed, re.MULTILINE)
    with urlopen(Request(address, headers={"Accept-Encoding": coding})) as page:  # noqa: S310 (our own server)
        sent = len(page.read())
    return {"rate": float(rate), "milliseconds": float(figure) * _UNITS[unit], "bytes": sent}


@contextmanager
def serving(site: Path, told: str) -> Iterator[str]:
    """Serve a site with nginx; gives its address. What is started in the block has the other processors."""
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        (work / "told").write_text(told, encoding="utf-8")
        settings = _NGINX.format(modules=_MODULES, work=work, port=port, site=site.resolve())
        (work / "settings").write_text(settings, encoding="utf-8")
        processors = set(range(os.cpu_count() or 1))
        one = {max(processors)}
        os.sched_setaffinity(0, one)
        server = subprocess.Popen([program("nginx"), "-e", work / "errors", "-c", work / "settings"])
        os.sched_setaffinity(0, processors - one or one)
        try:
            wait_for(port, server)
            yield f"http://127.0.0.1:{port}/"
        finally:
            server.terminate()
            server.wait()


def wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    """Wait until a server answers."""
    end = time.monotonic() + 10
    while time.monotonic() < end and server.poll() is None:
        with socket.socket() as asking:
            if asking.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise SystemExit("nginx does not answer")


def main(site: Path, told: Path, coding: str, way: str, found: Path) -> None:
    """Measure one way to serve a site."""
    settings = told.read_text(encoding="utf-8")
    with serving(site, settings if way == "beforehand" else told_each_time(settings)) as address:
        found.write_text(json.dumps(measure(address, coding)), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], sys.argv[4], Path(sys.argv[5]))
