"""DiscussionTools' form for a comment or a topic, on the wiki."""

from playwright.sync_api import Locator, expect

PATIENCE = 60_000
"""Milliseconds, for what needs the wiki's editor, which it loads once a browser."""
ATTEMPTS = 10
HEADING = ".ext-discussiontools-ui-newTopic-sectionTitle input"
EDITOR = ".ve-ce-documentNode"
FOCUSED_EDITOR = ".ve-ce-surface-focused"
SAVE = ".ext-discussiontools-ui-replyWidget-actions .oo-ui-flaggedElement-primary > a"


def post_comment(form: Locator, text: str) -> None:
    """Write a text into the form's empty editor and save it.

    The form disables the button to save when the editor is there. When it has then
    scrolled into view it puts the cursor into its first field, which may be amid the
    typing (`CommentController.showAndFocus`): the text is typed again.
    """
    save = form.locator(SAVE)
    expect(save).to_be_disabled(timeout=PATIENCE)
    headings = [(field, field.input_value()) for field in form.locator(HEADING).all()]
    for _ in range(ATTEMPTS):
        if _type_into_editor(form, text):
            break
        for field, heading in headings:
            field.fill(heading)
    expect(form.locator(EDITOR)).to_have_text(text)
    save.click()


def _type_into_editor(form: Locator, text: str) -> bool:
    """Replace what the editor holds; whether the cursor stayed there to the end.

    VisualEditor notices late that it is focused (`ve.ce.Surface.onFocusChange`): keys
    pressed before stand in the box, and it does not save them.
    """
    editor = form.locator(EDITOR)
    editor.click()
    try:
        expect(form.locator(FOCUSED_EDITOR)).to_be_visible()
    except AssertionError:
        return False
    form.page.keyboard.press("ControlOrMeta+A")
    form.page.keyboard.type(text)
    return editor.inner_text().strip() == text
