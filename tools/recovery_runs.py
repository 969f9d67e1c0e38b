"""Simulated searches of a known truth, compared: the models, the seeds, and one simulation."""

from __future__ import annotations

import itertools
import math
from dataclasses import asdict, dataclass, field
from hashlib import blake2s

import pandas as pd

from jobsearch_stats import SearchModel, compare_strategies, simulate_log
from jobsearch_stats.interviews import interviews
from jobsearch_stats.simulate import true_risks

STRATEGIES = ("DAY_AFTER", "BEFORE_DECISION", "NO_FOLLOW_UP")
"""The first is the reference."""

START, DAYS, HORIZON = "2025-06-02", 273, 21
AS_OF = pd.Timestamp(START) + pd.Timedelta(days=DAYS)

EFFECT, NULL = "effect", "null"
MODELS = {
    EFFECT: SearchModel(),
    # a talk that names a new date would put the answer off: where nothing has an effect, none does
    NULL: SearchModel(
        effect_before_promise=1.0,
        effect_after_promise=1.0,
        call_outcomes=(0.25, 0.50, 0.25, 0.0),
    ),
}
ESTIMATORS = ("ccw", "clone_censor", "naive")
FEWEST_RESAMPLES = 2
"""Of the biased ways only the estimate is looked at."""

COLUMNS = ("estimator", "quantity", "estimate", "low", "high", "p")
"""Of what one simulation found."""

Truths = dict[str, dict[str, tuple[float, float]]]
"""By model and quantity: the truth, and its error."""


@dataclass(frozen=True)
class Plan:
    """How many simulations of how many interviews, each with how many resamples."""

    simulations: dict[int, int] = field(default_factory=lambda: {50: 2000, 200: 2000, 2000: 400})
    n_boot: int = 300
    seed: int = 20260310
    truth_batches: int = 50


@dataclass(frozen=True)
class Task:
    """One simulation: its model, its size, its number and seed."""

    model: str
    n: int
    n_applications: int
    number: int
    seed: int
    n_boot: int
    estimators: tuple[str, ...] = ESTIMATORS

    @property
    def key(self) -> tuple[str, int, int]:
        """What tells it from every other one of its plan."""
        return self.model, self.n, self.number


def contrast(strategy: str) -> str:
    """Return what a difference from the reference is called."""
    return f"{strategy} − {STRATEGIES[0]}"


def quantities() -> list[str]:
    """Return what is estimated: every risk, and every difference from the reference."""
    return [*STRATEGIES, *map(contrast, STRATEGIES[1:])]


def simulate(task: Task) -> dict[str, object]:
    """Return what each estimator found in one simulated search, ready to be kept."""
    log = simulate_log(
        task.n_applications, seed=task.seed, start=START, days=DAYS, model=MODELS[task.model]
    )
    found: list[tuple[object, ...]] = []
    n_interviews = 0
    for estimator in task.estimators:
        result = compare_strategies(
            log,
            STRATEGIES,
            as_of=AS_OF,
            horizon=HORIZON,
            estimator=estimator,
            n_boot=task.n_boot if estimator == "ccw" else FEWEST_RESAMPLES,
            seed=task.seed,
        )
        n_interviews = result.n_interviews
        for row in result.table.itertuples():
            found.append((estimator, row.strategy, row.risk, row.ci_low, row.ci_high, math.nan))
        for row in result.differences.itertuples():
            ends = (row.difference, row.ci_low, row.ci_high, row.p_adjusted)
            found.append((estimator, contrast(row.strategy), *ends))
    return {"task": asdict(task), "n_interviews": n_interviews, "found": found}


def tasks(plan: Plan) -> list[Task]:
    """Return all simulations, in an order in which all sizes come along alike."""
    per_application = interviews_per_application(plan.seed)
    out = []
    for model, (n, many) in itertools.product(MODELS, plan.simulations.items()):
        for number in range(many):
            key = f"{plan.seed} {model} {n} {number}".encode()
            seed = int.from_bytes(blake2s(key, digest_size=7).digest(), "big")
            out.append(Task(model, n, round(n / per_application), number, seed, plan.n_boot))
    return sorted(out, key=lambda task: (task.number + 1) / plan.simulations[task.n])


def interviews_per_application(seed: int) -> float:
    """Return how many interviews an application brings by the day looked from."""
    many = 100_000
    log = simulate_log(many, seed=seed, start=START, days=DAYS)
    return len(interviews(log, as_of=AS_OF)) / many


def truths(plan: Plan) -> Truths:
    """Return the true risks and differences of each model, each with its error."""
    out: Truths = {}
    for model, settings in MODELS.items():
        # without an effect all strategies are the same, and so is what they bring
        different = STRATEGIES if model == EFFECT else STRATEGIES[-1:]
        risks = true_risks(
            different,
            seed=plan.seed,
            model=settings,
            horizon=HORIZON,
            batches=plan.truth_batches,
            start=START,
            days=DAYS,
        )
        for name in STRATEGIES:
            risks[name] = risks[name if model == EFFECT else different[0]]
        for name in STRATEGIES[1:]:
            risks[contrast(name)] = risks[name] - risks[STRATEGIES[0]]
        out[model] = {n: (float(risks[n].mean()), float(risks[n].sem())) for n in quantities()}
    return out
