"""What a dossier's charts take: drawn here, and by Altair with vl-convert. Prints Markdown.

    python -m bench.bench_charts

The series of every pledge of the demonstration: ours at both widths, Altair's as the notebook
draws it, once. Processor seconds of one process; each way draws all of them, three times, and the
quickest counts.
"""

import platform
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from wordkept.demo import build_demo
from wordkept.dossier.drawing import party_classes
from wordkept.dossier.publish import shown_case
from wordkept.dossier.report import CaseReport
from wordkept.dossier.series_chart import series_chart

REPEATS = 3


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        case, _ = build_demo(Path(folder) / "demo", lambda *_: None)
        report = case.report()
    pledges = [one for one in shown_case(report) if series_chart(one, (), {}) is not None]
    print(f"{platform.system()} {platform.machine()}, Python {platform.python_version()}; "
          f"{len(pledges)} pledges with a series\n")  # fmt: skip
    parties = party_classes(one.actor for one in pledges)
    ours = quickest(lambda: [series_chart(one, (), parties) for one in pledges])
    started = time.process_time()
    try:
        import altair as alt  # noqa: F401 - what it takes to import is asked
        import vl_convert
    except ImportError as error:
        print(f"Altair: skipped, {error.name} is not installed")
        return 0
    vl_convert.vegalite_to_svg({"data": {"values": []}, "mark": "point"})
    start = time.process_time() - started
    theirs = quickest(lambda: altair_drawn(report, {one.id for one in pledges}))
    print("| way | to start, once | a chart |\n|---|---|---|")
    print(f"| drawn here, at two widths | 0 s | {ours / len(pledges) * 1000:.1f} ms |")
    print(
        f"| Altair and vl-convert, at one | {start:.2f} s | {theirs / len(pledges) * 1000:.0f} ms |"
    )
    return 0


def altair_drawn(report: CaseReport, wanted: set[str]) -> None:
    """Each series as Altair's specification, and as SVG."""
    import vl_convert

    from wordkept.notebook.plotting import chart

    for one in report.assessments:
        if one.pledge.id in wanted:
            vl_convert.vegalite_to_svg(chart(one).to_dict())


def quickest(work: Callable[[], object]) -> float:
    """The fewest processor seconds of some runs."""
    seconds = []
    for _ in range(REPEATS):
        started = time.process_time()
        work()
        seconds.append(time.process_time() - started)
    return min(seconds)


if __name__ == "__main__":
    sys.exit(main())
