# SPDX-License-Identifier: Apache-2.0
"""docs/first-analysis.ipynb runs from end to end and says what it promises."""
import os

import pytest

from conftest import ROOT

nbformat = pytest.importorskip("nbformat")
nbclient = pytest.importorskip("nbclient")
for needed in ("ipykernel", "pyarrow", "pandas", "matplotlib"):
    pytest.importorskip(needed)
NOTEBOOK = ROOT / "docs/first-analysis.ipynb"


@pytest.fixture(scope="module")
def outputs():
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    nbformat.validate(notebook)
    os.environ.pop("MPLBACKEND", None)  # the kernel draws into the notebook
    nbclient.NotebookClient(notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(NOTEBOOK.parent)}}).execute()
    return [out for cell in notebook.cells if cell.cell_type == "code" for out in cell.outputs if out.get("name") != "stderr"]


def texts(outputs):
    return [out.get("text") or out.get("data", {}).get("text/plain", "") for out in outputs]


def test_from_reports_to_a_citation(outputs):
    said = texts(outputs)
    assert said[0].startswith("<Result of 22 reports")
    assert "model " in said[-1] and "words " in said[-1] and "seed 20" in said[-1]
    assert sum("image/png" in out.get("data", {}) for out in outputs) == 3


def test_twenty_events_are_audited(outputs):
    audit = next(text for text in texts(outputs) if text.startswith(" 1  "))
    assert [line.split()[0] for line in audit.splitlines() if not line.startswith("    ")] == [str(n) for n in range(1, 21)]
    assert any(" right: " in text or "judged yet" in text for text in texts(outputs))


def test_the_series_of_a_dyad(outputs):
    series = next(text for text in texts(outputs) if "mean goldstein" in text)
    assert series.count("2024-") >= 2
