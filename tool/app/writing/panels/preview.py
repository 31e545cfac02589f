"""Preview of a form: the wiki's rendering, and the checklist of a post."""

from dataclasses import replace

from flask import render_template
from markupsafe import Markup

from space.codec.editing import write_page
from space.codec.translate_marks import text_without_marks
from space.errors import WikiUnavailableError
from space.text.html.sanitize import sanitize
from tool.app.form.fields import Form
from tool.app.form.raw_length import body_problems
from tool.app.services import services
from tool.app.web.language import interface_language
from tool.app.web.links import wiki_url
from tool.app.writing.new_titles import home_title, new_title
from tool.app.writing.panels.checklist import checked


def preview_html(form: Form, title: str) -> Markup:
    """The preview of a form, with the problems that keep it from being saved.

    `title` is that of the page, or empty for a new one.
    """
    language = interface_language()
    if body_problems(form.body):  # the form says so; the card is shown alone
        form = replace(form, body="")
    html = _rendered(form, title, language)
    return Markup(  # noqa: S704 - a template's output
        render_template(
            "writing/preview.html",
            form=form.with_guesses(language),
            html=html,
            language=str(form.values.get("language", "")) or language,
            checked=checked(form, html or ""),
        )
    )


def _rendered(form: Form, title: str, language: str) -> Markup | None:
    """Sanitized HTML of the wiki's parser; None while the wiki is unavailable."""
    text = write_page(form.kind.name, form.linked, text_without_marks(form.body))
    try:
        title = title or new_title(form) or home_title(form.kind)
        rendering = services().reader().render(text, title, language=language)
    except WikiUnavailableError:
        return None
    return Markup(sanitize(rendering.html, wiki_url(title)))  # noqa: S704 - sanitized
