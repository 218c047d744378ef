"""Serve the web on this machine, with as many threads as people who look at once."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from flask import Flask

#: Requests are short and read-only; a thread costs little, a full queue costs a visitor.
THREADS = 8


def serve(app: Flask, host: str, port: int, start: Callable[[], None]) -> None:
    """
    Serve until somebody stops it; a stop lets running answers end.

    Parameters
    ----------
    app
        The application.
    host, port
        Where to listen.
    start
        Called once in the process that answers, before it does.
    """
    if sys.platform == "win32":
        import waitress

        start()
        waitress.serve(app, host=host, port=port, threads=THREADS)
        return
    from gunicorn.app.base import BaseApplication

    class _Server(BaseApplication):  # type: ignore[misc]
        """Gunicorn with its settings from here instead of from a file."""

        def load_config(self) -> None:
            settings: dict[str, Any] = {
                "bind": f"{host}:{port}",
                "worker_class": "gthread",
                "threads": THREADS,
                "graceful_timeout": 10,
                "accesslog": None,
                "errorlog": "-",
                "loglevel": "warning",
                "control_socket_disable": True,
            }
            for name, value in settings.items():
                if name in self.cfg.settings:
                    self.cfg.set(name, value)

        def load(self) -> Flask:
            start()
            return app

    _Server().run()
