"""What callers of the service can rely on."""

import pytest
from fastapi.testclient import TestClient
from service import Settings, create_app
from service.cli import main
from service.settings import SettingsError, read_settings

client = TestClient(create_app(Settings(max_values=5)), raise_server_exceptions=False)


def test_health_says_which_version_is_up() -> None:
    answer = client.get("/health")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "version": "1.0.0"}


def test_a_series_has_a_summary() -> None:
    answer = client.post("/summaries", json={"values": [1, 2, 6]})
    assert answer.status_code == 200
    assert answer.json() == {
        "count": 3,
        "mean": 3.0,
        "median": 2.0,
        "standard_deviation": pytest.approx(2.6458, abs=1e-4),
        "smallest": 1.0,
        "largest": 6.0,
    }


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ('{"values": [1, "two"]}', "body.values.1"),
        ('{"values": [1, NaN]}', "body.values.1"),
        ('{"values": [1, 2], "value": 3}', "body.value"),
        ("{}", "body.values"),
        ("", "body"),
    ],
)
def test_a_wrong_request_is_told_what_is_wrong_and_where(body: str, where: str) -> None:
    answer = client.post("/summaries", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == 422
    assert [error["where"] for error in problem["errors"]] == [where]


@pytest.mark.parametrize(
    ("values", "detail"),
    [
        ([1], "a summary needs 2 values or more, not 1"),
        ([1e308, 1e308, -1e308], "the values are too large to compute with"),
    ],
)
def test_what_cannot_be_computed_is_told(values: list[float], detail: str) -> None:
    answer = client.post("/summaries", json={"values": values})
    assert answer.status_code == 422
    assert answer.json()["detail"] == detail


def test_too_many_values_are_refused() -> None:
    answer = client.post("/summaries", json={"values": [1, 2, 3, 4, 5, 6]})
    assert answer.status_code == 413
    assert answer.json()["detail"] == "6 values are more than 5"


@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "/none", 404), ("GET", "/summaries", 405)]
)
def test_other_errors_are_problem_details_too(method: str, path: str, status: int) -> None:
    answer = client.request(method, path)
    assert answer.status_code == answer.json()["status"] == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_bug_is_not_shown_to_the_caller() -> None:
    app = create_app(Settings())

    @app.get("/bug")
    def bug() -> None:
        raise RuntimeError("the password is 1234")

    answer = TestClient(app, raise_server_exceptions=False).get("/bug")
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert "1234" not in answer.text


def test_settings_come_from_the_environment() -> None:
    assert read_settings({}) == Settings()
    environment = {"SERVICE_HOST": "0.0.0.0", "SERVICE_PORT": "80", "SERVICE_MAX_VALUES": "9"}
    assert read_settings(environment) == Settings("0.0.0.0", 80, 9)


def test_every_wrong_setting_is_named() -> None:
    with pytest.raises(SettingsError) as error:
        read_settings({"SERVICE_PORT": "http", "SERVICE_MAX_VALUES": "0"})
    assert str(error.value) == (
        "SERVICE_PORT is 'http', not a whole number from 0 to 65535;"
        " SERVICE_MAX_VALUES is '0', not a whole number from 1 to 1000000"
    )


def test_arguments_are_checked_like_the_environment(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--port", "99999"]) == 1
    assert capsys.readouterr().err == (
        "service: SERVICE_PORT is '99999', not a whole number from 0 to 65535\n"
    )
