"""A service to look at, and a browser to look with."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect, sync_playwright

from .fake_lists import Lists
from .fake_service import FakeApi, RunningService
from .fake_story import Story

BROWSER_ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# A busy machine draws a page late; no test waits for nothing this long when it passes.
expect.set_options(timeout=15_000)


class Console(list[str]):
    """What the browser complained about. A test that expects complaints empties it."""


@pytest.fixture
def story() -> Story:
    """The sample story, this test's own."""
    return Story()


@pytest.fixture
def api(story: Story) -> FakeApi:
    """The fake API over the story."""
    return FakeApi(story)


@pytest.fixture
def lists(story: Story) -> Lists:
    """The fake API's lists over the story."""
    return Lists(story)


@pytest.fixture
def service(api: FakeApi, lists: Lists) -> Iterator[RunningService]:
    """The fake service, answering on a port of its own."""
    running = RunningService(lists.answer_on(api.app(sample=True)))
    running.start()
    yield running
    running.stop()


@pytest.fixture
def service_url(service: RunningService) -> str:
    """Where the pages are; replace this fixture to drive another service with the same tests."""
    return service.url


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for a module: Playwright keeps an event loop running meanwhile, which other modules must not find."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.fail("chromium is not installed: run `make test`, or install it")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=BROWSER_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def console() -> Console:
    """Errors and policy violations the page reported."""
    return Console()


@pytest.fixture
def page(browser: Browser, console: Console, service_url: str) -> Iterator[Page]:
    """A fresh tab; the test fails if the page logs an error, throws, or breaks its Content-Security-Policy.

    It needs the service, so that it is closed before the service is and finds nobody gone.
    """
    context = browser.new_context(locale="en-GB", timezone_id="UTC", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.add_init_script("addEventListener('securitypolicyviolation', (e) => console.error('policy: ' + e.violatedDirective))")
    page.on("console", lambda message: console.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: console.append(str(error)))

    def refuse(dialog: Dialog) -> None:
        console.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    page.on("dialog", refuse)
    yield page
    context.close()
    assert list(console) == []
