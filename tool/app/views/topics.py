"""Topics as people read them: by the labels of the wiki's page of topics."""

from flask import Flask

from tool.app.services import topics


def topic_label(topic: str) -> str:
    """The label of a topic that a page names; the name where the wiki has no label."""
    known = topics()
    return known.labels.get(known.slugs.get(topic, topic), topic)


def init_app(app: Flask) -> None:
    """Offer `|topic_label` to templates."""
    app.jinja_env.filters["topic_label"] = topic_label
