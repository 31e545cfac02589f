"""The bots' command in processes that begin with everything imported.

Each run is still a process of its own, as pywikibot's state is global.
"""

import gc
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import redirect_stderr, redirect_stdout
from datetime import timedelta
from functools import partial
from io import StringIO
from subprocess import CompletedProcess

from sandbox.product import Product
from tests.support.bots.processes import PROCESSES


def run_forked(
    product: Product,
    *arguments: str,
    hurried: bool = False,
    days_later: int = 0,
    **environment: str,
) -> CompletedProcess[str]:
    """What `Product.run_bots` does, without a Python of its own for each run.

    A run that is `hurried` does not wait between attempts, nor long for an answer. The
    bots' clock, not the wiki's, may be so many days ahead.
    """
    settings = product.environment | environment
    main = partial(_main, arguments, settings, hurried=hurried, days_later=days_later)
    with ProcessPoolExecutor(1, mp_context=PROCESSES) as pool:
        return pool.submit(main).result()


def _main(
    arguments: Sequence[str],
    environment: Mapping[str, str],
    *,
    hurried: bool,
    days_later: int,
) -> CompletedProcess[str]:
    from bots import __main__ as command

    gc.freeze()  # what was imported is no garbage
    if days_later:
        now = command._now
        command._now = lambda: now() + timedelta(days=days_later)
    if hurried:
        _hurry()
    os.environ.update(environment)
    with redirect_stdout(StringIO()) as out, redirect_stderr(StringIO()) as err:
        code = command.main(arguments)
    return CompletedProcess(arguments, code, out.getvalue(), err.getvalue())


def _hurry() -> None:
    """For the process of one run."""
    from bots import wiki

    patient = wiki.PywikibotTransport
    wiki.PywikibotTransport = partial(patient, wait=lambda _: None)  # type: ignore[assignment,misc]
    wiki.TIMEOUT, wiki.LONGEST = (3, 3), 5.0  # type: ignore[assignment]
