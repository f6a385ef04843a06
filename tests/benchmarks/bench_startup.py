"""How long a person waits for the first line: ``--help`` and ``rank`` against bare interpreters."""

from __future__ import annotations

from measuring import COMMAND, PYTHON, interleaved, process, report

FLOOR = "import numpy, yaml, pydantic, typer"
MODELS = "import numpy, yaml, typer; from pydantic import BaseModel, TypeAdapter; TypeAdapter(list[int])"

if __name__ == "__main__":
    nothing, help_, floor, models, rank = interleaved(
        [
            process(PYTHON, "-c", "pass"),
            process(COMMAND, "--help"),
            process(PYTHON, "-c", FLOOR),
            process(PYTHON, "-c", MODELS),
            process(COMMAND, "rank"),
        ],
        runs=15,
    )
    report("--help / python -c pass", help_, nothing, 8.0)
    report(f"rank / python -c '{FLOOR}'", rank, floor, 1.5)
    report("  the same, with pydantic's models imported", rank, models, 1.5)
