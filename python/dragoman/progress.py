# SPDX-License-Identifier: Apache-2.0
"""How far a long run is, on standard error: by tqdm where it is installed, else one line."""
from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Any


class Progress:
    """Counts reports and events.  `show` None: only on a terminal, and only once a run has lasted two seconds."""

    def __init__(self, show: bool | None, total: int | None = None):
        self.show = show
        self.total = total
        self.reports = self.events = 0
        self.begun = self.told = time.monotonic()
        self.bar: Any = None

    def __enter__(self) -> Progress:
        return self

    def _wanted(self) -> bool:
        return self.show if self.show is not None else sys.stderr.isatty() and time.monotonic() - self.begun > 2

    def _line(self) -> str:
        rate = self.reports / max(time.monotonic() - self.begun, 1e-3)
        of = f" of {self.total}" if self.total is not None else ""
        return f"{self.reports}{of} reports, {self.events} events, {rate:.0f} reports/s"

    def add(self, reports: int, events: int) -> None:
        """Says that so many more are done."""
        self.reports += reports
        self.events += events
        if not self._wanted():
            return
        try:
            from tqdm.auto import tqdm
        except ImportError:
            if time.monotonic() - self.told > 0.2:
                self.told = time.monotonic()
                sys.stderr.write("\r" + self._line() + " ")
                sys.stderr.flush()
            return
        if self.bar is None:
            self.bar = tqdm(total=self.total, unit=" reports", initial=self.reports - reports, file=sys.stderr)
        self.bar.set_postfix(events=self.events, refresh=False)
        self.bar.update(reports)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self.bar is not None:
            self.bar.close()
        elif self._wanted() and self.reports:
            sys.stderr.write("\r" + self._line() + "\n")
            sys.stderr.flush()
