"""Data of JSON and YAML: their size with every alias expanded."""

from __future__ import annotations

from typing import Any

from policy_options.errors import PolicyOptionsError
from policy_options.exchange.importing import limits
from policy_options.exchange.importing.matrix import At

__all__ = ["refuse_too_many_nodes"]


def refuse_too_many_nodes(data: Any, file: str) -> None:
    """Refuse data with too many values, counting each alias in full, or with too great a depth.

    Raises:
        PolicyOptionsError: there are too many (``too-large``).
    """
    count = 0
    open_: list[tuple[Any, int]] = [(data, 0)]
    while open_:
        one, depth = open_.pop()
        count += 1
        if count > limits.MAX_NODES or depth > limits.MAX_XML_DEPTH:
            raise PolicyOptionsError(
                At(file).fault(
                    "too-large",
                    f"the file has more than {limits.MAX_NODES:,} values, with every alias written out, or is more than "
                    f"{limits.MAX_XML_DEPTH} deep",
                    "split it, or write aliases out",
                )
            )
        if isinstance(one, dict):
            open_ += [(value, depth + 1) for value in one.values()]
        elif isinstance(one, list):
            open_ += [(value, depth + 1) for value in one]
