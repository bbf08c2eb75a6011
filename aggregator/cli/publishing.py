"""Writing the public feeds as files, once or for as long as the calendar changes."""

from __future__ import annotations

import logging
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aggregator.cli.invocation import Invocation
from aggregator.cli.manners import step_behind_pages
from aggregator.errors import StoreError, UsageError
from aggregator.pipeline.thrift import spare_memory

if TYPE_CHECKING:
    from web.feeds.files import FeedFiles

logger = logging.getLogger(__name__)

BETWEEN_LOOKS = 5.0
NO_FOLDER = (
    "Wohin? `publish ORDNER`, oder FEED_FILES in der Umgebung. / Where to? `publish FOLDER`, or FEED_FILES in the"
    " environment."
)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), required=False)
@click.option("--keep", is_flag=True, help="Stay, and write again whenever the calendar changes.")
@click.pass_obj
def publish(invocation: Invocation, folder: Path | None, keep: bool) -> None:
    """Write the public feeds as files into FOLDER (FEED_FILES), for nginx or Caddy to send."""
    from web.application import create_app
    from web.feeds.files import FeedFiles

    target = folder or invocation.environment.feed_files
    if target is None:
        raise UsageError(NO_FOLDER)
    spare_memory()
    app = create_app(invocation.open_store(), invocation.settings, invocation.ticking_clock(), invocation.environment)
    files = FeedFiles(app, target)
    if keep:
        invocation.start_logging()
        step_behind_pages()
        keep_writing(files)
    try:
        written = files.write()
    except OSError as error:
        raise UsageError(f"{target}: {error.strerror}") from error
    click.echo(f"{target}: {', '.join(written) or 'nothing new'}")


def keep_writing(files: FeedFiles) -> None:
    """Write whenever the calendar or the day changed; what goes wrong is tried again. Does not return."""
    written = None
    while True:
        try:
            state = files.state()
            if state != written:
                files.write()
                written = state
        except (StoreError, OSError) as error:
            # What was written last goes on being sent.
            logger.warning("feeds not written as files: %s", error)
        time.sleep(BETWEEN_LOOKS)
