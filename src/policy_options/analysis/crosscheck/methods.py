"""The methods by name, in the order in which they are shown. To add one, write a ``Method`` and add a line here."""

from __future__ import annotations

from typing import Final

from policy_options.analysis.crosscheck.electre import ElectreIII
from policy_options.analysis.crosscheck.method import Method
from policy_options.analysis.crosscheck.ordinal import Borda, Copeland, Lexicographic, Maximin
from policy_options.analysis.crosscheck.promethee import PrometheeI, PrometheeII
from policy_options.analysis.crosscheck.rescaling import COPRAS, MOORA, TOPSIS, VIKOR, WeightedProduct

__all__ = ["METHODS"]

METHODS: Final[dict[str, Method]] = {
    method.name: method
    for method in (
        TOPSIS(),
        VIKOR(),
        MOORA(),
        WeightedProduct(),
        COPRAS(),
        PrometheeII(),
        PrometheeI(),
        ElectreIII(),
        Lexicographic(),
        Borda(),
        Copeland(),
        Maximin(),
    )
}
