"""Topics as people read them: by the labels of the wiki's page of topics."""

from flask import Flask, g

from space.settings.topics import Topics
from tool.app.services import services


def topic_label(topic: str) -> str:
    """The label of a topic that a page names; the name where the wiki has no label."""
    topics = _topics()
    return topics.labels.get(topics.slugs.get(topic, topic), topic)


def _topics() -> Topics:
    """All topics, read once a request."""
    if "topics" not in g:
        g.topics = services().store.topics()
    topics: Topics = g.topics
    return topics


def init_app(app: Flask) -> None:
    """Offer `|topic_label` to templates."""
    app.jinja_env.filters["topic_label"] = topic_label
