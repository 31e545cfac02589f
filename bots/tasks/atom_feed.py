"""The task that brings the HTML of posts into their feed, once for each revision."""

import logging
from collections.abc import Sequence

from bots.job import Job
from bots.report import Report
from space.errors import SignedOutError, WikiUnavailableError
from space.publication.body import render_body
from space.publication.publication import Publication
from space.wiki.templates import Templates

AT_ONCE = 20
"""Posts of one run; parsing is dear, so a blog that is new to us takes a few runs."""
NEWEST = 1000
"""How far back feeds have whole texts; older entries have the summary."""
PATIENCE = 3  # posts without an answer, after which the next run tries again

_LOG = logging.getLogger(__name__)


def run(job: Job) -> Report:
    """Render the newest posts that have no HTML yet, at most `AT_ONCE` of them."""
    posts = tuple(job.store.posts.without_content(AT_ONCE, NEWEST))
    report = job.update(lambda: _render(job, posts))
    return report or Report(remarks=(f"texts of posts to be rendered: {len(posts)}",))


def _render(job: Job, posts: Sequence[Publication]) -> Report:
    done = failed = 0
    problems: tuple[str, ...] = ()
    saved = job.wiki.revisions([p.revision for p in posts], text=True) if posts else {}
    templates = job.state.session.templates
    for post in job.until_stopped(posts):
        try:
            templates = templates or Templates.read(job.wiki)
            language = str(post.values["language"])
            html = render_body(
                job.wiki, post, language, templates, saved.get(post.revision)
            )
        except SignedOutError:
            raise
        except WikiUnavailableError as error:
            # Hidden meanwhile, or too much for the parser; others can be had.
            _LOG.warning("no text: page=%d error=%s", post.page_id, error)
            failed += 1
            if failed == PATIENCE:
                problems = (f"no texts of {failed} posts, the last time for: {error}",)
                break
            continue
        job.store.set_content(post, html)
        done += 1
    return Report(remarks=(f"{done} texts of posts rendered",), problems=problems)
