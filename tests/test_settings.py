"""What the service may be told at start, and how it refuses the rest."""

import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from app.errors import StartRefused
from app.settings import Settings, read_settings, settings_table, variable

README = Path(__file__).resolve().parent.parent / "README.md"
SECRET = "hunter2-and-more"


def refused(**environment: str) -> str:
    """Why the service does not start with these variables."""
    with pytest.raises(StartRefused) as caught:
        read_settings(environment)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
    return caught.value.detail


def test_nothing_set_gives_the_defaults() -> None:
    assert read_settings({"PATH": "/bin", "PARALLAXED": "1"}) == Settings()


def test_every_setting_is_read_from_its_variable() -> None:
    said = {
        "PARALLAX_HOST": "::1",
        "PARALLAX_PORT": "0",
        "PARALLAX_DATA_DIR": "/srv/parallax",
        "PARALLAX_API_KEYS": f" {SECRET}, other ,",
        "PARALLAX_SAMPLE": "false",
        "parallax_link_window_hours": "12.5",
        "PARALLAX_DATABASE_URL": "postgresql+psycopg://parallax@db/parallax",
    }
    found = read_settings(said)
    assert (found.host, found.port, found.data_dir, found.sample) == ("::1", 0, Path("/srv/parallax"), False)
    assert found.api_keys == (SECRET, "other")
    assert found.link_window_hours == 12.5
    assert found.store_url == "postgresql+psycopg://parallax@db/parallax"


def test_only_the_environment_given_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARALLAX_PORT", "9999")
    assert read_settings({}).port == 8000
    assert Settings().port == 8000


def test_an_empty_variable_counts_as_unset() -> None:
    assert read_settings({"PARALLAX_PORT": "", "PARALLAX_DATA_DIR": " ", "PARALLAX_DATABASE_URL": ""}) == Settings()


@pytest.mark.parametrize(
    ("misspelt", "meant"),
    [
        ("PARALLAX_PROT", "PARALLAX_PORT"),
        ("PARALLAX_API_KEY", "PARALLAX_API_KEYS"),
        ("PARALLAX_DATABASE", "PARALLAX_DATABASE_URL"),
        ("parallax_data_dirs", "PARALLAX_DATA_DIR"),
        ("PARALLAX_MAX_BATCH_BYTE", "PARALLAX_MAX_BATCH_BYTES"),
    ],
)
def test_a_misspelt_variable_is_refused_with_the_nearest_name(misspelt: str, meant: str) -> None:
    assert refused(**{misspelt: SECRET}) == f"{misspelt} is not a setting; did you mean {meant}?"


@pytest.mark.parametrize("name", ["PARALLAX_", "PARALLAX_ZZZZZZ", "PARALLAX_XYZ"])
def test_a_variable_near_no_name_is_refused_with_some_name(name: str) -> None:
    assert re.fullmatch(rf"{name} is not a setting; did you mean PARALLAX_\w+\?", refused(**{name: "1"}))


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "news.example"])
def test_an_open_address_without_keys_is_refused(host: str) -> None:
    for keys in ({}, {"PARALLAX_API_KEYS": " , "}):
        said = refused(PARALLAX_HOST=host, **keys)
        assert f"PARALLAX_HOST={host}" in said
        assert "PARALLAX_API_KEYS" in said
    assert read_settings({"PARALLAX_HOST": host, "PARALLAX_API_KEYS": SECRET}).host == host


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.1", "::1", "localhost"])
def test_loopback_needs_no_keys(host: str) -> None:
    assert read_settings({"PARALLAX_HOST": host}).api_keys == ()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PARALLAX_PORT", "65536"),
        ("PARALLAX_PORT", "-1"),
        ("PARALLAX_PORT", "http"),
        ("PARALLAX_SAMPLE", "perhaps"),
        ("PARALLAX_LOG_LEVEL", "loud"),
        ("PARALLAX_BATCH_ARTICLES", "0"),
        ("PARALLAX_LINK_MIN_SIMILARITY", "1.01"),
        ("PARALLAX_LINK_MIN_SIMILARITY", "nan"),
        ("PARALLAX_LINK_WINDOW_HOURS", "0"),
        ("PARALLAX_LINK_WINDOW_HOURS", "inf"),
        ("PARALLAX_MAX_ARTICLE_CHARS", "999"),
    ],
)
def test_a_value_out_of_bounds_names_its_variable_and_what_it_got(name: str, value: str) -> None:
    said = refused(**{name: value})
    assert said.startswith(f"{name}: ")
    assert f"(got {value!r})" in said


def test_every_wrong_value_is_named_at_once() -> None:
    said = refused(PARALLAX_PORT="x", PARALLAX_SAMPLE="perhaps")
    assert "PARALLAX_PORT: " in said
    assert "PARALLAX_SAMPLE: " in said


@pytest.mark.parametrize("url", [f"mysql://u:{SECRET}@db/p", f"postgres://u:{SECRET}@db/p", f"{SECRET}", "sqlite://"])
def test_an_unknown_database_is_refused_without_showing_its_password(url: str) -> None:
    said = refused(PARALLAX_DATABASE_URL=url)
    assert said.startswith("PARALLAX_DATABASE_URL: ")
    assert "postgresql+psycopg://" in said
    assert SECRET not in said


@pytest.mark.parametrize(
    "wrong", [{"PARALLAX_PORT": "x"}, {"PARALLAX_HOST": "0.0.0.0", "PARALLAX_SAMPLE": "perhaps"}, {"PARALLAX_PROT": "1"}]
)
def test_a_refusal_never_shows_a_key(wrong: dict[str, str]) -> None:
    assert SECRET not in refused(PARALLAX_API_KEYS=SECRET, **wrong)


def test_settings_do_not_show_their_secrets() -> None:
    found = Settings(api_keys=(SECRET,), database_url=f"postgresql+psycopg://u:{SECRET}@db/p")
    assert SECRET not in f"{found!r} {found}"


def test_settings_do_not_change_and_take_no_unknown_name() -> None:
    with pytest.raises(ValidationError):
        Settings().port = 1  # type: ignore[misc]
    with pytest.raises(ValidationError):
        Settings(prot=1)  # type: ignore[call-arg]


def test_the_store_lies_in_the_data_folder(tmp_path: Path) -> None:
    assert Settings(data_dir=tmp_path).store_url == f"sqlite:///{tmp_path}/parallax.db"
    assert Settings(data_dir=Path("var")).store_url == f"sqlite:///{Path.cwd()}/var/parallax.db"


def test_every_setting_is_described_in_a_sentence() -> None:
    for name, field in Settings.model_fields.items():
        assert field.description, name
        assert field.description.endswith("."), name


def test_every_number_has_bounds() -> None:
    numbers = [name for name, field in Settings.model_fields.items() if type(field.default) in (int, float)]
    rows = {line.split("`")[1]: line for line in settings_table().splitlines()[2:]}
    assert all(re.search(r"\. From \S.* to \S+\. \|$", rows[variable(name)]) for name in numbers)


def test_the_table_has_a_row_a_setting() -> None:
    head, rule, *rows = settings_table().splitlines()
    assert (head, rule) == ("| name | default | meaning |", "| --- | --- | --- |")
    assert [row.split("`")[1] for row in rows] == [variable(name) for name in Settings.model_fields]
    assert all(row.count("|") == 4 for row in rows)


def test_the_readmes_table_of_settings_is_true() -> None:
    found = re.search(r"<!-- settings -->\n(.*)\n<!-- /settings -->", README.read_text("utf-8"), re.S)
    assert found is not None, "README.md has no table of settings between its marks"
    assert found.group(1).strip() == settings_table()
