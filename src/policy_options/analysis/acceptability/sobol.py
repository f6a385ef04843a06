"""Scrambled Sobol points: evenly spread, and random all the same, so that several scrambles give an honest error.

Sobol (1967); direction numbers of Joe and Kuo (2008). The scramble is a random linear one of the digits and a digital shift
(Matousek 1998, Journal of Complexity 14). Beyond the dimensions that there are direction numbers for, points are pseudo-random.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["MOST_DIMENSIONS", "ScrambledSobol", "scrambled", "uniforms"]

Bits = NDArray[np.uint32]
Singles = NDArray[np.float32]

MOST_DIMENSIONS: Final = 1_111
DIGITS: Final = 32
_KEPT: Final = 1 << 22
"""Bytes of the first points that a scramble keeps for its next task."""


@cache
def directions(dimensions: int) -> Bits:
    """(d, 32) direction numbers, the first digit in the highest bit."""
    found = np.empty((dimensions, DIGITS), dtype=np.uint32)
    found[:1] = 1 << np.arange(DIGITS - 1, -1, -1, dtype=np.uint64)
    lines = files("policy_options.analysis.acceptability").joinpath("sobol_directions.txt").read_text().splitlines()
    figures = [line for line in lines if not line.startswith("#")]
    for row in range(1, dimensions):
        polynomial, *m = map(int, figures[row - 1].split())
        degree = len(m)
        v = [number << (DIGITS - 1 - index) for index, number in enumerate(m)]
        for index in range(degree, DIGITS):
            new = v[index - degree] ^ (v[index - degree] >> degree)
            for step in range(1, degree):
                if polynomial >> (degree - step) & 1:
                    new ^= v[index - step]
            v.append(new)
        found[row] = v
    found.flags.writeable = False
    return found


@lru_cache(maxsize=64)
def scrambled(dimensions: int, seed: int, scramble: int) -> ScrambledSobol:
    """One scramble of the sequence: what its units have in common is made once."""
    return ScrambledSobol(dimensions, seed, scramble)


class ScrambledSobol:
    """One scramble of the sequence in so many dimensions; the same seed and number give the same points."""

    def __init__(self, dimensions: int, seed: int, scramble: int) -> None:
        self.dimensions = dimensions
        self._seed = (seed, scramble)
        held = min(dimensions, MOST_DIMENSIONS)
        random = np.random.Generator(np.random.PCG64(np.random.SeedSequence((seed, scramble, 0))))
        # Digit j of a scrambled number is digit j plus a random sum of the digits before it: columns of a lower triangle.
        columns = random.integers(0, 2**32, size=(held, DIGITS), dtype=np.uint32)
        bit = (1 << np.arange(DIGITS - 1, -1, -1, dtype=np.uint64)).astype(np.uint32)
        columns = (columns & (bit - np.uint32(1))) | bit
        plain = directions(held)
        scrambled = np.zeros_like(plain)
        for digit in range(DIGITS):
            has = (plain >> np.uint32(DIGITS - 1 - digit)) & np.uint32(1)
            scrambled ^= has * columns[:, digit : digit + 1]
        self._directions = scrambled
        self._base: Bits | None = None
        self._shift = random.integers(0, 2**32, size=(held, 1), dtype=np.uint32)

    @property
    def held(self) -> int:
        """Dimensions that there are direction numbers for."""
        return len(self._shift)

    def base(self, size: int) -> Bits:
        """(d, size) the first points, for a power of two; every later block of as many is this one, each digit turned alike."""
        return self.shared_base(size).copy()

    def shared_base(self, size: int) -> Bits:
        """The same, kept for the next that asks, and read-only."""
        if self._base is not None and self._base.shape[1] >= size:
            return self._base[:, :size]
        points = np.empty((self.held, size), dtype=np.uint32)
        points[:, :1] = self._shift
        reach, digit = 1, 0
        while reach < size:
            np.bitwise_xor(points[:, :reach], self._directions[:, digit : digit + 1], out=points[:, reach : 2 * reach])
            reach, digit = 2 * reach, digit + 1
        points.flags.writeable = False
        if points.nbytes <= _KEPT:
            self._base = points
        return points

    def turn(self, block: int, size: int) -> Bits:
        """(d, 1) what turns the base into the block of that number."""
        digit = size.bit_length() - 1
        turned = np.zeros_like(self._shift)
        while block:
            if block & 1:
                turned ^= self._directions[:, digit : digit + 1]
            block, digit = block >> 1, digit + 1
        return turned

    def beyond(self, block: int, size: int) -> Bits | None:
        """(d - held, size) pseudo-random digits for the dimensions beyond those held; ``None`` where there are none."""
        rest = self.dimensions - len(self._shift)
        if rest <= 0:
            return None
        random = np.random.Generator(np.random.PCG64(np.random.SeedSequence((*self._seed, size, block + 1))))
        return random.integers(0, 2**32, size=(rest, size), dtype=np.uint32)


def uniforms(bits: Bits, out: Singles | None = None) -> Singles:
    """Numbers above 0 and up to 1, in steps of 2^-23; ``bits`` are used up, and hold the numbers without ``out``."""
    out = bits.view(np.float32) if out is None else out
    np.right_shift(bits, np.uint32(9), out=bits)
    np.bitwise_or(bits, np.uint32(0x3F800000), out=bits)  # the digits as the fraction of a number from 1 to 2
    return np.subtract(np.float32(2.0), bits.view(np.float32), out=out)
