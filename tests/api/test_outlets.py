"""What an outlet does, and what stands behind a cell of the matrix, over HTTP."""

import pytest
from starlette.testclient import TestClient

from tests.service import post

LONG = "The evacuation of the Tarn opera house took 45 minutes on Saturday evening."
SHORT = "The evacuation of the Tarn opera house took 20 minutes on Saturday evening."


def part(client: TestClient) -> None:
    """Two outlets tell a figure apart."""
    post(client, "Harrow Dispatch", LONG, published_at="2025-03-03T08:00:00Z")
    post(client, "Tarn Echo", SHORT)


def test_a_cell_opens_to_what_each_outlet_says(client: TestClient) -> None:
    part(client)
    page = client.get("/v1/outlets/matrix/tarn-echo/Harrow Dispatch").json()
    assert page["next_cursor"] is None
    (item,) = page["items"]
    assert (item["agree"], item["diverge"]) == (False, True)
    assert "20 minutes" in item["a_claims"][0]["content"]
    assert "45 minutes" in item["b_claims"][0]["content"]
    assert item["conflict_id"] == client.get("/v1/conflicts").json()["items"][0]["id"]
    assert item["cluster"]["id"] == item["a_claims"][0]["cluster_id"]
    for stance, count in (("agree", 0), ("diverge", 1), ("neither", 0)):
        assert len(client.get("/v1/outlets/matrix/tarn-echo/harrow-dispatch", params={"stance": stance}).json()["items"]) == count
    assert client.get("/v1/outlets/matrix/tarn-echo/harrow-dispatch", params={"since": "2100-01-01T00:00:00Z"}).json()["items"] == []


@pytest.mark.parametrize(("pair", "status"), [("tarn-echo/nobody", 404), ("nobody/tarn-echo", 404), ("tarn-echo/Tarn Echo", 422)])
def test_a_cell_that_cannot_be_is_refused(client: TestClient, pair: str, status: int) -> None:
    part(client)
    answer = client.get(f"/v1/outlets/matrix/{pair}")
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_an_outlet_tells_what_it_carries_first_whom_it_quotes_and_with_whom_it_parts(client: TestClient) -> None:
    part(client)
    post(client, "Tarn Echo", "“The bridge will stay closed,” said Lena Varga, the mayor.", url="https://tarnecho.example/2")
    first, second = client.get("/v1/outlets/Harrow Dispatch").json(), client.get("/v1/outlets/tarn-echo").json()
    assert (first["id"], first["articles"], first["claims"], first["own_claims"]) == ("harrow-dispatch", 1, 1, 1)
    assert (first["first_count"], len(first["first"]), second["first_count"]) == (1, 1, 0)
    assert first["others"] == [{"outlet": {"id": "tarn-echo", "name": "Tarn Echo"}, "shared": 1, "agree": 0, "diverge": 1}]
    assert {"name": "Lena Varga", "kind": "person", "claims": 1} in second["quotes"]
    assert (first["wire_share"], first["copied_claims"], first["open_conflicts"]) == (0, 0, 1)
    listed = client.get("/v1/clusters", params={"first_outlet": "Harrow Dispatch", "min_outlets": 2}).json()["items"]
    assert listed == first["first"]


def test_an_outlet_nobody_heard_of_is_not_found(client: TestClient) -> None:
    answer = client.get("/v1/outlets/nobody")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_registered_outlets_address_is_told_and_answers(client: TestClient) -> None:
    posted = client.post("/v1/outlets", json={"name": "Harrow Dispatch"})
    assert client.get(posted.headers["Location"]).json()["name"] == "Harrow Dispatch"


def test_a_copied_article_shows_in_the_wire_share_and_is_no_agreement(client: TestClient) -> None:
    text = (
        "The evacuation of the Tarn opera house took 45 minutes on Saturday evening. "
        "Four firefighters were treated for smoke inhalation at the county hospital. "
        "The opera house was built in 1904 beside the river Tarn."
    )
    post(client, "Meridian Wire", text, published_at="2025-03-03T08:00:00Z")
    post(client, "Tarn Echo", text)
    assert client.get("/v1/outlets/tarn-echo").json()["wire_share"] == 1
    assert client.get("/v1/outlets/meridian-wire").json()["wire_share"] == 0
    cell = client.get("/v1/outlets/matrix").json()["pairs"][0]
    assert cell["shared"] > 0
    assert (cell["agree"], cell["diverge"]) == (0, 0)
