"""The program with hours made seconds: `impatient.py OPTIONS COMMAND`; else as it is."""

from __future__ import annotations

import faulthandler
import signal
import sys

SECONDS = 0.5


def main() -> None:
    # Imported here, since each child that reads a feed imports this file anew.
    from datetime import timedelta

    from aggregator.cli import serving
    from aggregator.cli.main import commands
    from aggregator.fetch import schedule
    from aggregator.pipeline import attending, fleet, scheduler
    from aggregator.store import engines

    schedule.SHORTEST = schedule.LONGEST = timedelta(seconds=SECONDS)
    attending.NOTED_EVERY = timedelta()
    scheduler.TICK_SECONDS = serving.BETWEEN_TRIES = fleet.HEARTBEAT_SECONDS = SECONDS
    fleet.EVERY_QUARTER_OF_A_MINUTE = "* * * * * *"
    engines.BUSY_SECONDS = SECONDS
    # Should it stand still, `kill -USR1` shows where.
    faulthandler.register(signal.SIGUSR1)
    commands(sys.argv[1:])


if __name__ == "__main__":
    main()
