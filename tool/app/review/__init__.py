"""The errand of reviewers: the queue, the review of one page, the verdict."""
