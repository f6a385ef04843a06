"""Scrambled Sobol points: evenly spread yet random, so that several scrambles give an honest error.

Sobol (1967); direction numbers of Joe and Kuo (2008). The scramble is a random linear one of the digits and a digital
shift (Matousek 1998, Journal of Complexity 14). Dimensions beyond those with direction numbers are pseudo-random.
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
_BEYOND_SINGLE: Final = np.uint32(9)
"""Digits, of 32, that a single-precision number cannot represent."""

_ONE: Final = np.uint32(0x3F800000)
"""The exponent of single-precision numbers from 1 to 2."""

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


@cache
def digits(dimensions: int) -> Bits:
    """(32, d, 32) the digits, 0 or 1, of each direction number."""
    places = np.arange(DIGITS - 1, -1, -1, dtype=np.uint32)
    found = directions(dimensions) >> places[:, None, None] & np.uint32(1)
    found.flags.writeable = False
    return found


@lru_cache(maxsize=64)
def scrambled(dimensions: int, seed: int, scramble: int) -> ScrambledSobol:
    """One scramble of the sequence; what its units have in common is computed once."""
    return ScrambledSobol(dimensions, seed, scramble)


class ScrambledSobol:
    """Make one scramble of the sequence; the same seed and number give the same points."""

    def __init__(self, dimensions: int, seed: int, scramble: int) -> None:
        self.dimensions = dimensions
        self._seed = (seed, scramble)
        held = min(dimensions, MOST_DIMENSIONS)
        random = np.random.Generator(np.random.PCG64(np.random.SeedSequence((seed, scramble, 0))))
        # Digit j of a scrambled number is digit j plus a random sum of the digits before it: columns of a lower triangle.
        columns = random.integers(0, 2**32, size=(held, DIGITS), dtype=np.uint32)
        bit = (1 << np.arange(DIGITS - 1, -1, -1, dtype=np.uint64)).astype(np.uint32)
        columns = (columns & (bit - np.uint32(1))) | bit
        chosen = digits(held) * columns.T[:, :, None]
        scrambled = np.bitwise_xor.reduce(chosen, axis=0)
        # Only the first 23 digits of a number are kept, as the fraction of a single from 1 to 2: one exclusive or turns
        # such a block into the next and leaves the exponent alone.
        self._directions = scrambled >> _BEYOND_SINGLE
        self._shift = random.integers(0, 2**32, size=(held, 1), dtype=np.uint32) >> _BEYOND_SINGLE | _ONE
        self._base: Bits = self._shift
        self._reached = 1

    @property
    def held(self) -> int:
        """The number of dimensions with direction numbers."""
        return len(self._shift)

    def base(self, size: int, most: int | None = None) -> Bits:
        """(d, size) the first points, read-only; ``size`` is a power of two.

        Every later block of this size is this one with each digit turned in the same way. The points are kept for the
        next caller; ``most`` is how many may yet be needed, which are then made too.
        """
        if self._base.shape[1] < size:
            points = np.empty((self.held, max(size, most or size)), dtype=np.uint32)
            points[:, : self._reached] = self._base[:, : self._reached]
            if points.nbytes > _KEPT:
                return self._grown(points, self._reached, size)
            self._base = points
        found = self._grown(self._base, self._reached, size)
        self._reached = max(self._reached, size)
        return found

    def _grown(self, points: Bits, reach: int, size: int) -> Bits:
        while reach < size:
            digit = self._directions[:, reach.bit_length() - 1 :][:, :1]
            np.bitwise_xor(points[:, :reach], digit, out=points[:, reach : 2 * reach])
            reach *= 2
        found = points[:, :size]
        found.flags.writeable = False
        return found

    def turn(self, block: int, size: int) -> Bits:
        """(d, 1) the digits that turn the base into the block of that number."""
        digit = size.bit_length() - 1
        turned = np.zeros_like(self._shift)
        while block:
            if block & 1:
                turned ^= self._directions[:, digit : digit + 1]
            block, digit = block >> 1, digit + 1
        return turned

    def beyond(self, block: int, size: int) -> Bits | None:
        """(d - held, size) pseudo-random digits for the dimensions beyond those with direction numbers; ``None``
        without such dimensions.
        """
        rest = self.dimensions - len(self._shift)
        if rest <= 0:
            return None
        random = np.random.Generator(np.random.PCG64(np.random.SeedSequence((*self._seed, size, block + 1))))
        return random.integers(0, 2**32, size=(rest, size), dtype=np.uint32) >> _BEYOND_SINGLE | _ONE


def uniforms(bits: Bits, out: Singles | None = None) -> Singles:
    """Numbers above 0 and up to 1, in steps of 2^-23; without ``out``, ``bits`` are overwritten with the numbers."""
    from_one = bits.view(np.float32)
    return np.subtract(np.float32(2.0), from_one, out=from_one if out is None else out)
