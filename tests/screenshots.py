"""Pictures of every page, from the sample story in the real service: `python -m tests.screenshots [folder]`."""

import io
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from app.main import Server, application, migrate
from app.settings import Settings
from tests.dashboard.conftest import BROWSER_ARGUMENTS
from tests.ports import free_port

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
SIZE = {"width": 1200, "height": 800}
PHONE = {"width": 390, "height": 800}
COMMON = 128  # colours of a picture that stay exactly as they are
PASTED = (
    "The evacuation of the Aurelian Opera House took an hour on Saturday evening, said Ilka Soren, the chief of the Veldany fire brigade. "
    "Nine people were injured in the fire.\n\nThe opera house stays closed until further notice."
)


@contextmanager
def sample_service() -> Iterator[str]:
    """The address of a service of its own that has read the sample story."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder), port=free_port())
        migrate(settings)
        server = Server(application(settings), settings)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        url = f"http://127.0.0.1:{settings.port}"
        while not server.started or httpx.get(f"{url}/v1/articles", params={"status": "received"}).json()["items"]:
            if not thread.is_alive():
                sys.exit("the service did not start")
            time.sleep(0.2)
        yield url
        server.should_exit = True
        thread.join()


def pages_of(url: str) -> dict[str, str]:
    """The address of each picture, by its name; the ids are those of the conflict that the sample is told for."""
    conflicts = httpx.get(f"{url}/v1/conflicts").json()["items"]
    conflict = max(conflicts, key=lambda item: (item["between"] == "outlets", item["severity"]))
    claim = httpx.get(f"{url}/v1/claims/{conflict['positions'][0]['claim_ids'][0]}").json()
    pairs = httpx.get(f"{url}/v1/outlets/matrix").json()["pairs"]
    pair = max(pairs, key=lambda item: (item["diverge"], item["shared"]))
    return {
        "conflicts": "/",
        "conflict": f"/conflicts/{conflict['id']}",
        "clusters": "/clusters?q=how+long+the+evacuation+took",
        "cluster": f"/clusters/{conflict['cluster_id']}",
        "outlets": "/outlets",
        "pair": f"/outlets/{pair['a']['id']}?with={pair['b']['id']}",
        "articles": "/articles",
        "article": f"/articles/{claim['article_id']}",
    }


def drawn(page: Page, address: str) -> None:
    """Opens a page and waits until nothing on it is on its way."""
    page.goto(address)
    page.wait_for_selector("#state[data-state=live]")
    page.wait_for_function("!document.querySelector('#main [aria-busy=true]')")
    page.wait_for_timeout(500)


def point_at_a_claim(page: Page) -> None:
    """Opens the card that says who makes a reported claim."""
    page.locator(".text .said-reported").first.hover(position={"x": 40, "y": 8})
    page.wait_for_selector(".chain-card")


def paste(page: Page, url: str) -> None:
    """Pastes an article and waits for what is found in it."""
    drawn(page, f"{url}/paste")
    page.get_by_label("Outlet").fill("Ostmere Gazette")
    page.get_by_label("Title").fill("Opera house evacuated within the hour")
    page.get_by_label("Published").fill("2025-03-09T12:00")
    page.get_by_label("The article").fill(PASTED)
    page.get_by_role("button", name="Find its claims").click()
    page.wait_for_selector("#result .notes", timeout=60_000)
    page.evaluate("scrollTo(0, 0)")


def smaller(png: bytes) -> bytes:
    """The same picture in 256 colours: the commonest as they are, the rest by what lies nearest to them."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    counted = sorted(picture.getcolors(maxcolors=picture.width * picture.height) or [], reverse=True)
    common = [channel for _, colour in counted[:COMMON] if isinstance(colour, tuple) for channel in colour]
    spread = picture.quantize(256 - COMMON, method=Image.Quantize.FASTOCTREE).getpalette() or []
    palette = Image.new("P", (1, 1))
    palette.putpalette((common + spread)[: 3 * 256])
    found = io.BytesIO()
    picture.quantize(palette=palette, dither=Image.Dither.NONE).save(found, "PNG", optimize=True)
    return found.getvalue()


def main() -> None:
    """Writes the pictures: every page by daylight, the conflicts also by night and on a phone."""
    folder = Path(sys.argv[1]) if sys.argv[1:] else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("chromium is not installed")
    with sample_service() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=BROWSER_ARGUMENTS)

        def take(name: str, path: str, *, dark: bool = False, phone: bool = False) -> None:
            scheme = "dark" if dark else "light"
            context = browser.new_context(
                viewport=PHONE if phone else SIZE,  # type: ignore[arg-type]
                color_scheme=scheme,  # type: ignore[arg-type]
                locale="en-GB",
                timezone_id="UTC",
                reduced_motion="reduce",
            )
            page = context.new_page()
            if name == "paste":
                paste(page, url)
            else:
                drawn(page, url + path)
            if name == "article":
                point_at_a_claim(page)
            target = folder / f"{name}.png"
            target.write_bytes(smaller(page.screenshot(full_page=name == "paste")))
            print(f"{target.name} {target.stat().st_size // 1024} kB")
            context.close()

        pages = pages_of(url)
        for name, path in pages.items():
            take(name, path)
        take("conflicts-dark", "/", dark=True)
        take("conflict-phone", pages["conflict"], dark=True, phone=True)
        take("paste", "/paste")
        browser.close()


if __name__ == "__main__":
    main()
