"""The task that brings the HTML of posts into their feed, once for each revision."""

import logging
from collections.abc import Sequence

from bots.job import Job
from bots.report import Report
from space.errors import SignedOutError, WikiUnavailableError
from space.publication.body import render_body
from space.publication.publication import Publication
from space.store.keys import UNANSWERED
from space.wiki.templates import Templates

AT_ONCE = 20
"""Posts of one run; parsing is dear, so a blog that is new to us takes a few runs."""
NEWEST = 1000
"""How far back feeds have whole texts; older entries have the summary."""
PATIENCE = 3  # posts without an answer, after which the next run tries others

_LOG = logging.getLogger(__name__)


def run(job: Job) -> Report:
    """Render the newest posts that have no HTML yet, at most `AT_ONCE` of them.

    Those for which an earlier run had no answer come after all others.
    """
    tried = job.store.value(UNANSWERED) or []
    waiting = job.store.posts.without_content(AT_ONCE + len(tried), NEWEST)
    turns = {revision: turn for turn, revision in enumerate(tried)}
    waiting.sort(key=lambda post: turns.get(post.revision, -1))
    report = job.update(lambda: _render(job, waiting, tried))
    remark = f"texts of posts to be rendered: {len(waiting[:AT_ONCE])}"
    return report or Report(remarks=(remark,))


def _render(job: Job, waiting: Sequence[Publication], tried: Sequence[int]) -> Report:
    posts = waiting[:AT_ONCE]
    asked, failed = list[int](), list[int]()
    problems: tuple[str, ...] = ()
    saved = job.wiki.revisions([p.revision for p in posts], text=True) if posts else {}
    templates = job.state.session.templates
    for post in job.until_stopped(posts):
        asked.append(post.revision)
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
            failed.append(post.revision)
            if len(failed) == PATIENCE:
                problems = (
                    f"no texts of {PATIENCE} posts, the last time for: {error}",
                )
                break
            continue
        job.store.set_content(post, html)
    left = (p.revision for p in waiting if p.revision not in asked)
    unanswered = [*(revision for revision in left if revision in tried), *failed]
    if unanswered != tried:
        job.store.set_value(UNANSWERED, unanswered)
    done = len(asked) - len(failed)
    return Report(remarks=(f"{done} texts of posts rendered",), problems=problems)
