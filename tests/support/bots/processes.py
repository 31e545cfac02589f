"""Processes of bots that begin with everything imported that bots need but pywikibot.

Importing is half of a short run. pywikibot reads its folder from the environment when
imported; what it takes of oauthlib, a quarter of its time, is there before.
"""

import multiprocessing

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(
    [
        *("bots.__main__", "requests_oauthlib"),
        *("tests.support.bots.killed", "tests.support.wiki.forked_bots"),
    ]
)
"""A process has one server for all that it forks, and so one list."""
