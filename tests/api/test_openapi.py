"""What /openapi.json promises, and that the service keeps it for requests nobody thought of."""

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance, status_code_conformance
from starlette.testclient import TestClient

from app.main import application
from tests.service import FAKE_MODELS, prepare, settings_for

BATCH = "/v1/articles/batch"
STREAM = "/v1/conflicts/stream"
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
CONTRACT = {
    ("post", "/v1/articles"),
    ("post", "/v1/articles/batch"),
    ("get", "/v1/articles"),
    ("get", "/v1/articles/{id}"),
    ("delete", "/v1/articles/{id}"),
    ("get", "/v1/claims"),
    ("get", "/v1/claims/{id}"),
    ("get", "/v1/claims/{id}/neighbours"),
    ("get", "/v1/clusters"),
    ("get", "/v1/clusters/{id}"),
    ("get", "/v1/conflicts"),
    ("get", "/v1/conflicts/stream"),
    ("get", "/v1/conflicts/feed.atom"),
    ("get", "/v1/conflicts/{id}"),
    ("patch", "/v1/conflicts/{id}"),
    ("get", "/v1/webhooks"),
    ("post", "/v1/webhooks"),
    ("delete", "/v1/webhooks/{id}"),
    ("get", "/v1/webhooks/{id}/deliveries"),
    ("post", "/v1/webhooks/{id}/deliveries/{delivery}/replay"),
    ("get", "/v1/outlets"),
    ("post", "/v1/outlets"),
    ("get", "/v1/outlets/matrix"),
    ("get", "/v1/outlets/matrix/{a}/{b}"),
    ("get", "/v1/outlets/{id}"),
    *(("get", f"/v1/{what}/export.{suffix}") for what in ("claims", "clusters", "conflicts") for suffix in ("csv", "jsonld")),
    ("post", "/v1/extract"),
    ("post", "/v1/compare"),
    ("get", "/healthz"),
    ("get", "/readyz"),
}


def test_every_endpoint_of_the_contract_is_described_with_its_errors(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    found = {(method, path) for path, operations in described["paths"].items() for method in operations}
    assert found >= CONTRACT
    for path, operations in described["paths"].items():
        for operation in operations.values():
            errors = {code: answer for code, answer in operation["responses"].items() if code >= "400" and path.startswith("/v1")}
            assert all("application/problem+json" in answer["content"] for answer in errors.values())
            assert not path.startswith("/v1") or {"401", "422"} <= errors.keys()


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory, each_database: str) -> BaseSchema:
    """The description of a service, ready to make requests from."""
    settings = settings_for(tmp_path_factory.mktemp("described"))
    prepare(settings)
    # Whoever makes the requests starts the service, and a store has one process at a time.
    return schemathesis.openapi.from_asgi("/openapi.json", application(settings, FAKE_MODELS))


@given(data=st.data())
@settings(max_examples=15, derandomize=True, suppress_health_check=list(HealthCheck))
def test_no_request_breaks_the_service_or_its_promises(described: BaseSchema, data: st.DataObject) -> None:
    for found in described.get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()
        if operation.path in (BATCH, STREAM):
            continue  # lines of JSON, and answers without an end, have tests of their own
        case = data.draw(operation.as_strategy())
        case.call_and_validate(checks=CHECKS)
