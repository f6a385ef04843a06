"""The methods against libraries, on tables that these are right for: no ties, no constants, performances above 0.

Each library is used only for the methods whose published values it gives, with its normalisation named.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosschecks import inputs
from policy_options.analysis.crosscheck.inputs import Inputs
from policy_options.analysis.crosscheck.methods import METHODS
from problems import DIRECTIONS, criterion, problem, repeatable

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")  # pymcdm warns of dominated options


@st.composite
def given_tables(draw: st.DrawFn) -> Inputs:
    """Inputs whose columns differ and have both benefits and costs, on scales from 0 to 200."""
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    m, n = draw(st.integers(2, 12)), draw(st.integers(2, 6))
    axes = [criterion(f"c{k + 1}", 0.0, 200.0, DIRECTIONS[k % 2]) for k in range(n)]
    table = random.uniform(1.0, 199.0, (m, n))
    return inputs(problem(table, options=[f"o{row}" for row in range(m)], criteria=axes), *random.uniform(1.0, 9.0, n))


def scores(name: str, of: Inputs) -> np.ndarray:
    found = METHODS[name].order(of).scores
    assert found is not None
    return found


@repeatable
@given(given_tables())
def test_rescaling_methods(of: Inputs) -> None:
    from pymcdm.methods import TOPSIS
    from pymcdm.normalizations import vector_normalization
    from pyrepo_mcda.mcda_methods import COPRAS, VIKOR

    types = np.where(of.costs, -1, 1)
    table = np.array(of.measured)
    np.testing.assert_allclose(
        scores("topsis", of), TOPSIS(vector_normalization)(table, of.weights, types), rtol=0, atol=1e-9
    )
    np.testing.assert_allclose(-scores("vikor", of), VIKOR()(table, of.weights, types), rtol=0, atol=1e-9)
    np.testing.assert_allclose(scores("copras", of), COPRAS()(table, of.weights, types), rtol=0, atol=1e-9)


@repeatable
@given(given_tables())
def test_promethee(of: Inputs) -> None:
    from pyrepo_mcda.mcda_methods import PROMETHEE_II

    peer = PROMETHEE_II()
    types = np.where(of.falling, -1, 1)
    flows = peer(
        np.array(of.performances),
        of.weights,
        types,
        [peer._linear_function] * len(types),
        p=of.prefer,
        q=of.indifferent,
    )
    np.testing.assert_allclose(scores("promethee-2", of), flows, rtol=0, atol=1e-9)
