"""Anything at all sent to the interface: no fault of ours, and answers are what it promises."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from socialmap.domain.clock import Clock
from socialmap.domain.roles import Rol
from socialmap.exchange.making import Filling
from socialmap.settings import Settings
from socialmap.store.engine import Store
from tests.browser.serving import served
from tests.integration.security.world import SECRET, account_of, key_of, map_file
from web.app import create_app

#: Seconds of asking: as who may write everything, and as a visitor.
SECONDS = {"beheerder": 500, "bezoeker": 100}
if not os.environ.get("SOCIALMAP_VOLLEDIG"):
    SECONDS = {"beheerder": 90, "bezoeker": 30}
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
)
_KNOWN = {
    "actor_id": ("A001", "A002", "A030", "A087"),
    "aanbod_id": ("O001", "O045", "O132"),
    "code": ("WK039221", "GM0392", "EG-OOST"),
    "If-Match": ("*",),
}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Give the invented example, and the key of a beheerder on it."""
    file = map_file(tmp_path_factory.mktemp("schema"), Filling.EXAMPLE, Clock())
    store = Store.open(f"sqlite:///{file}")
    key = key_of(store, account_of(store, Rol.BEHEERDER))
    store.close()
    return file, key


def _with_what_is_there(document: dict[str, Any]) -> dict[str, Any]:
    """Let records that exist and a tag that fits be asked for too: else writing is not reached."""
    for operations in document["paths"].values():
        for operation in operations.values():
            for part in operation.get("parameters", ()):
                known = _KNOWN.get(part["name"])
                if known and part["in"] in ("path", "header"):
                    part["schema"] = {"anyOf": [{"enum": list(known)}, part["schema"]]}
    return document


@pytest.mark.parametrize("who", SECONDS)
def test_nothing_sent_is_a_fault_of_ours(
    database: tuple[Path, str], who: str, tmp_path: Path
) -> None:
    file, key = database
    command = [
        *(sys.executable, "-m", "schemathesis.cli", "run", "schema.json"),
        *("--max-time", str(SECONDS[who]), "--continue-on-failure", "--seed", "6"),
        *("--checks", ",".join(CHECKS), "--suppress-health-check", "all", "--no-color"),
        *("--generation-database", "none", "--phases", "examples,coverage,fuzzing,stateful"),
        # Planning for a whole town may take its minute; the program itself ends it there.
        *("--request-timeout", "75", "--report", "json", "--report-json-path", "uit.json"),
    ]
    if who == "beheerder":
        command += ["--header", f"Authorization: Bearer {key}"]
    with served(file, SOCIALMAP_SECRET=SECRET, SOCIALMAP_ADRESDIENST="uit") as address:
        with urllib.request.urlopen(f"{address}/api/v1/openapi.json") as answer:  # noqa: S310
            document = _with_what_is_there(json.load(answer))
        (tmp_path / "schema.json").write_text(json.dumps(document))
        done = subprocess.run(
            [*command, "--url", f"{address}/api/v1"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=SECONDS[who] + 120,
        )
        log = file.with_suffix(".log").read_text()
    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr[-2000:]
    assert "Traceback" not in log


def test_every_call_stands_in_the_document(database: tuple[Path, str]) -> None:
    app = create_app(Settings(database=f"sqlite:///{database[0]}", secret=SECRET))
    document = app.test_client().get("/api/v1/openapi.json").get_json()
    described = {
        (path, method.upper())
        for path, operations in document["paths"].items()
        for method in operations
    }
    there = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule.removeprefix("/api/v1")), method)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/") and rule.rule != "/api/v1/openapi.json"
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert described == there
