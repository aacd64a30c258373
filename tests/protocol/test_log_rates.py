"""Our reweighted least squares beside statsmodels': the same to the last bit."""

import warnings

import numpy as np
import pytest
from statsmodels.genmod import families
from statsmodels.genmod.generalized_linear_model import GLM

from wordkept.protocol.log_rates import fitted_rates
from wordkept.protocol.regression import LAGS, dispersion


@pytest.mark.parametrize("seed", range(25))
def test_the_fit_is_that_of_statsmodels(seed: int) -> None:
    draw = np.random.default_rng(seed)
    before, after = int(draw.integers(120, 900)), int(draw.integers(10, 120))
    step = np.repeat([0.0, 1.0], [before, after])
    mean = draw.uniform(0.1, 9) * np.where(step > 0, draw.uniform(0.1, 2), 1.0)
    counts = draw.poisson(mean * (draw.gamma(2, 0.5, size=len(step)) if seed % 3 else 1.0))
    counts[-1] += 1
    design = np.column_stack((np.ones(len(step)), step))
    spread = dispersion(counts, step)
    family = families.NegativeBinomial(alpha=spread) if spread > 0 else families.Poisson()
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        theirs = GLM(counts.astype(float), design, family=family).fit(
            cov_type="HAC", cov_kwds={"maxlags": LAGS}
        )
    ours = fitted_rates(counts.astype(float), design, spread, LAGS)
    assert theirs.converged
    assert ours is not None
    assert ours[0].tolist() == theirs.params.tolist()
    assert ours[1].tolist() == theirs.bse.tolist()
