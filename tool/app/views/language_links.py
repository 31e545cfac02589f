"""The languages of a post on its page: which one is shown, and the way to others."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, abort, redirect, request, url_for

from space.publication.filters import FilterProblem
from space.publication.publication import Publication
from space.publication.translations import Choice, PostVersion
from space.text import languages
from tool.app.views.items import slug
from tool.app.web.errors import BadFilterError
from tool.app.web.language import interface_language
from tool.app.web.links import wiki_url

LANGUAGE = "language"


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """One language of a post, and where it is; `on_wiki` where only the wiki has it."""

    code: str
    name: str
    address: str
    on_wiki: bool = False

    @classmethod
    def of(cls, version: PostVersion) -> "LanguageLink":
        """The way to a version."""
        name = languages.name(version.language, version.language)
        if version.page_id is None:
            return cls(version.language, name, wiki_url(version.page_title), True)
        return cls(version.language, name, post_url(version.page_id, version.title))


@dataclass(frozen=True, slots=True)
class MissingLanguage:
    """That a post is not in the language that was asked for."""

    code: str
    name: str
    elsewhere: LanguageLink | None


def post_url(page_id: int, title: str, **query: Any) -> str:
    """The address of a post."""
    # An absent slug chooses the rule without one.
    return url_for("read.post", page_id=page_id, slug=slug(title) or None, **query)


def asked_language() -> str:
    """The language that the request wants, "" for none; raises `BadFilterError`."""
    code = request.args.get(LANGUAGE, "").strip().lower()
    if code and not languages.may_be_spoken(code):
        problem = FilterProblem("filter-value", LANGUAGE, params=(LANGUAGE, code))
        raise BadFilterError(problem)
    return code


def missing(post: Publication) -> MissingLanguage | None:
    """That this post stands in for a language; leads to the version there is.

    Without `?language=` every version is what its own address says.
    """
    wanted = asked_language()
    if not wanted:
        return None
    own = PostVersion(
        str(post.values["language"]),
        post.page_title,
        post.page_id,
        str(post.values["title"]),
    )
    choice = Choice.of(post.versions or (own,), wanted)
    version = choice.version
    query = {LANGUAGE: wanted} if choice.is_fallback else {}
    if version.page_id != post.page_id or not query:
        assert version.page_id is not None  # noqa: S101 - a record was chosen
        abort(redirect(post_url(version.page_id, version.title, **query)))
    name = languages.name(wanted, interface_language())
    elsewhere = LanguageLink.of(choice.elsewhere) if choice.elsewhere else None
    return MissingLanguage(wanted, name, elsewhere)


def language_links(post: Publication) -> list[LanguageLink]:
    """The other languages of a post."""
    return [LanguageLink.of(version) for version in post.others]


def _name(code: str, in_language: str = "") -> str:
    return languages.name(code, in_language or interface_language())


def init_app(app: Flask) -> None:
    """Offer `tongues_of(publication)`, `language_name(code, in_language)`."""
    app.jinja_env.globals.update(tongues_of=language_links, language_name=_name)
