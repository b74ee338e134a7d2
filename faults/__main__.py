"""Breaks the running product under load and balances the books; writes faults/results.json."""

import argparse
import asyncio
import random
import sys
from pathlib import Path

from faults import harm, report, truth
from faults.run import Plan, run
from faults.scene import Size

RESULTS = Path(__file__).parent / "results.json"
SECONDS = 230.0
QUICK_SECONDS = 40.0
#: For a short run.
SMALL = Size(talkers=6, lookers=3, rate=15)


def main() -> int:
    options = _options()
    plan = _plan(options)
    print(f"Starting Parley; then {len(plan.names)} kinds of faults, seed {plan.seed}:", flush=True)
    outcome = asyncio.run(run(plan))
    print(report.text(outcome))
    if not options.only and not options.quick:
        report.save(outcome, options.results)
        print(f"Written to {options.results}.")
    return 0 if outcome.passes else 1


def _plan(options: argparse.Namespace) -> Plan:
    seed = options.seed if options.seed is not None else random.SystemRandom().randrange(10**6)
    names = options.only or (harm.QUICK if options.quick else list(harm.FAULTS))
    seconds = options.soak * 60 if options.soak else options.seconds
    if options.quick:
        return Plan(names, seconds or QUICK_SECONDS, seed, SMALL, within=options.within, calm=1.0)
    return Plan(names, seconds or SECONDS, seed, Size(), bool(options.soak), options.within)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m faults", description=__doc__)
    parser.add_argument("--seconds", type=float, help="no new fault after so many")
    parser.add_argument("--quick", action="store_true", help="a few faults, in less than a minute")
    parser.add_argument("--only", action="append", choices=list(harm.FAULTS), help="this fault alone")
    parser.add_argument(
        "--within",
        type=float,
        default=truth.WITHIN,
        metavar="SECONDS",
        help="what is shown must be true again",
    )
    parser.add_argument("--soak", type=float, metavar="MINUTES", help="go through the faults over and over")
    parser.add_argument("--seed", type=int, help="the same plan again")
    parser.add_argument("--results", type=Path, default=RESULTS, help="where to write what came of it")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
