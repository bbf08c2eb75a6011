"""What the contests ask: nginx with a folder of feeds, and our own pages under gunicorn; on the loopback."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NGINX = """{user}daemon off; worker_processes 1; pid {work}/pid; error_log {work}/error.log;
events {{ worker_connections 1024; }}
http {{ access_log off; sendfile on; tcp_nopush on; etag on; keepalive_requests 1000000; {gzip}
  client_body_temp_path {work}/a; proxy_temp_path {work}/b; fastcgi_temp_path {work}/c;
  uwsgi_temp_path {work}/d; scgi_temp_path {work}/e; types {{ text/calendar ics; application/rss+xml xml; }}
  server {{ listen 127.0.0.1:{port}; root {root}; }} }}
"""


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def running(command: list[str], port: int, **options: object) -> Iterator[int]:
    """A server that listens when the block begins; gives its process id."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)  # type: ignore[call-overload]
    try:
        await_port(port)
        yield process.pid
    finally:
        process.terminate()
        process.wait(20)


def await_port(port: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), 0.5).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"nothing listens on {port}")


@contextmanager
def nginx(root: Path, gzip: str = "") -> Iterator[int]:
    """Serves the folder; gives the port. Raises FileNotFoundError where nginx is not installed."""
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    port = free_port()
    with tempfile.TemporaryDirectory() as work:
        Path(work).chmod(0o755)
        user = "user root; " if os.geteuid() == 0 else ""
        configuration = Path(work) / "nginx.conf"
        configuration.write_text(NGINX.format(user=user, work=work, port=port, root=root.resolve(), gzip=gzip), "utf-8")
        with running([program, "-c", str(configuration), "-p", work], port):
            yield port


@contextmanager
def pages(sources: Path, database: str, workers: int) -> Iterator[int]:
    """Our own pages on that store; gives the port."""
    port = free_port()
    command = [sys.executable, "-m", "aggregator", "--sources", str(sources), "--database", database]
    command += ["--now", "2026-09-01T12:00:00+02:00", "serve", "--no-refresh", "--port", str(port)]
    with running(command, port, env={**os.environ, "WEB_WORKERS": str(workers), "WEB_THREADS": "4"}):
        time.sleep(2)
        yield port


@contextmanager
def web_calendar(feeds: int, folder: Path) -> Iterator[tuple[int, int, str]]:
    """open-web-calendar with all feeds of a folder of `var/bench`; gives port, process, and the path of them merged.

    The folder's feeds are served at the port `feeds`.
    """
    port = free_port()
    names = sorted(path.name for path in (folder / "feeds").glob("*.ics"))
    wanted = "url:\n" + "".join(f" - http://127.0.0.1:{feeds}/{name}\n" for name in names)
    command = [str(folder.parent / "web" / "bin" / "gunicorn"), "-b", f"127.0.0.1:{port}", "-w", "1", "-t", "120"]
    command += ["--limit-request-line", "8190", "open_web_calendar.app:app"]
    with tempfile.TemporaryDirectory() as work:
        environment = {**os.environ, "OWC_SPECIFICATION": wanted, "CACHE_DIRECTORY": work, "CACHE_SIZE": "unlimited"}
        with running(command, port, env=environment, cwd=work) as process:
            yield port, process, "/calendar.ics"
