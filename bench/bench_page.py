"""What a reader waits for: the demonstration's page opened from disk in Debian's Chromium.

python -m bench.bench_page [--times 5]

Each time in a window of its own, with nothing kept of the time before: when the first paint and
the first words come (the browser's own paint entries), how far anything moved while it loaded
(layout shift), and what the page is made of. The first opening also starts the browser's helpers,
and is told apart.
"""

import argparse
import os
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from bench.bench_load import machine
from wordkept.demo import build_demo

CHROMIUM = "/usr/bin/chromium"
WIDTHS = (360, 1280)
PAINT_MS = 1_000
MOST_BYTES = 3_000_000
MEASURED = """() => new Promise(done => {
  let shift = 0;
  new PerformanceObserver(list => {
    for (const one of list.getEntries()) shift += one.value;
  }).observe({type: 'layout-shift', buffered: true});
  const paints = () => Object.fromEntries(
    performance.getEntriesByType('paint').map(one => [one.name, one.startTime]));
  const wait = () => 'first-contentful-paint' in paints()
    ? setTimeout(() => done({paints: paints(), shift, nodes: document.querySelectorAll('*').length,
        loaded: performance.getEntriesByType('navigation')[0].loadEventEnd}), 200)
    : setTimeout(wait, 20);
  wait();
})"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=5)
    asked = parser.parse_args()
    print(f"machine: {machine()}; others at work on it: load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as space, sync_playwright() as playwright:
        _, page = build_demo(Path(space) / "demo", lambda *_: None)
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        print(f"browser: Chromium {browser.version}")
        kept = [size(page), *(width_kept(browser, page, width, asked.times) for width in WIDTHS)]
        browser.close()
    return 0 if all(kept) else 1


def size(page: Path) -> bool:
    written = page.stat().st_size
    print(f"  the page: {written:,} bytes; at most {MOST_BYTES:,}: {word(written <= MOST_BYTES)}")
    return written <= MOST_BYTES


def width_kept(browser: Browser, page: Path, width: int, times: int) -> bool:
    first, *found = [opened(browser, page, width) for _ in range(times + 1)]
    paints = [one["paints"]["first-contentful-paint"] for one in found]
    middle, worst = statistics.median(paints), max(paints)
    shift = max(one["shift"] for one in (first, *found))
    loaded = statistics.median(one["loaded"] for one in found)
    print(
        f"  {width} px wide: first words after {middle:.0f} ms (at most {worst:.0f}; the first "
        f"opening {first['paints']['first-contentful-paint']:.0f}), to reach {PAINT_MS}: "
        f"{word(worst <= PAINT_MS)}; loaded after {loaded:.0f} ms; moved by {shift:.4f}, to reach "
        f"0: {word(shift == 0)}; {found[0]['nodes']:,} elements"
    )
    return bool(worst <= PAINT_MS and shift == 0)


def opened(browser: Browser, page: Path, width: int) -> dict[str, Any]:
    context = browser.new_context(viewport={"width": width, "height": 900}, offline=True)
    tab = context.new_page()
    tab.goto(page.as_uri())
    measured: dict[str, Any] = tab.evaluate(MEASURED)
    context.close()
    return measured


def word(kept: bool) -> str:
    return "reached" if kept else "MISSED"


if __name__ == "__main__":
    sys.exit(main())
