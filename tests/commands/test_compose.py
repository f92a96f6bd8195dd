"""compose.yaml's own commands and settings, as processes on a PostgreSQL of the tests: no container engine is needed.

Not checked here, for want of an engine: the images, the volumes, the network, the proxy.
"""

import os
import re
import secrets
import signal
import subprocess
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from app.settings import Settings, variable
from tests.commands.processes import ROOT, answers, run, started
from tests.ports import free_port
from tests.service import PUBLISHED
from tests.waiting import until

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
EXAMPLE = (ROOT / ".env.example").read_text("utf-8")
IN_COMPOSE = "postgresql+psycopg://parallax@database:5432/parallax"


def filled_in(text: str, values: dict[str, str]) -> str:
    """The text with ${NAME:?why} and ${NAME:-default} put in, as the engine does."""

    def value(found: re.Match[str]) -> str:
        name, sign, rest = found.groups()
        if name in values:
            return values[name]
        assert sign == ":-", f"{name} is not filled in"
        return rest

    return re.sub(r"\$\{(\w+)(:[-?])([^}]*)\}", value, text)


def settings_of(service: str, values: dict[str, str]) -> dict[str, str]:
    """The environment that compose.yaml gives a service."""
    return {name: filled_in(str(value), values) for name, value in SERVICES[service]["environment"].items()}


def replicas(service: str) -> int:
    """How many of it there are."""
    found: int = SERVICES[service].get("deploy", {}).get("replicas", 1)
    return found


def read(client: httpx.Client, article_id: str) -> dict[str, Any]:
    """An article as this API shows it."""
    found: dict[str, Any] = client.get(f"/v1/articles/{article_id}").json()
    return found


def knows_outlet(client: httpx.Client, article: dict[str, Any]) -> bool:
    """Whether this API calls the article's outlet by its name."""
    return bool(read(client, article["id"])["outlet"] == article["outlet"])


def test_two_apis_and_two_workers_wait_for_the_schema_and_the_proxy_for_an_api() -> None:
    assert set(SERVICES) == {"database", "migrate", "api", "worker", "proxy"}
    assert (replicas("api"), replicas("worker")) == (2, 2)
    for name in ("api", "worker"):
        assert SERVICES[name]["depends_on"] == {"migrate": {"condition": "service_completed_successfully"}}
    assert SERVICES["migrate"]["depends_on"] == {"database": {"condition": "service_healthy"}}
    assert SERVICES["proxy"]["depends_on"] == {"api": {"condition": "service_healthy"}}
    assert "server api:8000" in (ROOT / "deploy" / "nginx.conf").read_text()


def test_every_setting_is_one_that_parallax_knows() -> None:
    known = {variable(name) for name in Settings.model_fields}
    named = {name for service in SERVICES.values() for name in service.get("environment", {}) if name.startswith("PARALLAX_")}
    assert named <= known


def test_no_secret_stands_in_the_file_and_the_example_names_every_one() -> None:
    asked = set(re.findall(r"\$\{(\w+):\?", (ROOT / "compose.yaml").read_text("utf-8")))
    assert asked == {"POSTGRES_PASSWORD", "PARALLAX_API_KEYS"}
    for name in asked:
        assert re.search(rf"^{name}=$", EXAMPLE, re.M), f"{name} is not left open in .env.example"
    ignored = (ROOT / ".gitignore").read_text().split()
    assert ".env" in ignored
    open_addresses = [name for name, service in SERVICES.items() if service.get("environment", {}).get("PARALLAX_HOST") == "0.0.0.0"]
    assert all("PARALLAX_API_KEYS" in SERVICES[name]["environment"] for name in open_addresses)


@pytest.mark.postgres
def test_an_article_posted_to_one_api_is_read_from_the_other(tmp_path: Path, new_database: Callable[[str], str]) -> None:
    url, key = new_database("composed"), secrets.token_urlsafe(16)
    values = {"POSTGRES_PASSWORD": "unused-by-the-tests", "PARALLAX_API_KEYS": key}

    def environment(service: str, number: int = 0, **here: str) -> dict[str, str]:
        found = settings_of(service, values)
        assert found["PARALLAX_DATABASE_URL"] == IN_COMPOSE
        folder = tmp_path / f"{service}-{number}"
        return found | {"PARALLAX_DATABASE_URL": url, "PARALLAX_DATA_DIR": str(folder)} | here

    migrated = run(*SERVICES["migrate"]["command"][1:], **environment("migrate"))
    assert migrated.returncode == 0, migrated.stderr
    with ExitStack() as running:
        workers: list[subprocess.Popen[bytes]] = []
        for number in range(replicas("worker")):
            log = tmp_path / f"worker-{number}.log"
            words = SERVICES["worker"]["command"][1:]
            workers.append(running.enter_context(started(log, *words, **environment("worker", number))))
        addresses = []
        for number in range(replicas("api")):
            port, log = free_port(), tmp_path / f"api-{number}.log"
            # In a container the address is open; here it stays on loopback.
            here = environment("api", number, PARALLAX_HOST="127.0.0.1", PARALLAX_PORT=str(port))
            process = running.enter_context(started(log, *SERVICES["api"]["command"][1:], **here))
            addresses.append((f"http://127.0.0.1:{port}", process, log))
        for address, process, log in addresses:
            answers(address, "/readyz", process, log)
        one, other = (
            running.enter_context(httpx.Client(base_url=address, headers={"Authorization": f"Bearer {key}"}, timeout=120))
            for address, _, _ in addresses
        )
        assert httpx.get(f"{addresses[0][0]}/v1/articles").status_code == 401
        posted = []
        for outlet, client, minutes in (("Harbor Courier", one, 45), ("Channel Nine", other, 30)):
            text = f"The evacuation of the opera house took {minutes} minutes."
            body = {"outlet": outlet, "url": f"https://{outlet.split()[0].lower()}.example/1", "text": text, "published_at": PUBLISHED}
            answer = client.post("/v1/articles?wait=true", json=body)
            assert answer.status_code == 201, answer.text
            posted.append(answer.json())
        for article, reader in zip(posted, (other, one), strict=True):
            found = read(reader, article["id"])
            assert found["status"] == "processed"
            assert [claim["id"] for claim in found["claims"]] == [claim["id"] for claim in article["claims"]]
            # Who it is, one API told the others when the article came in.
            until(partial(knows_outlet, reader, article))
        assert one.get("/v1/conflicts").json()["items"] == other.get("/v1/conflicts").json()["items"] != []
        for process in workers:
            os.kill(process.pid, signal.SIGTERM)
        assert [process.wait(120) for process in workers] == [0, 0]
