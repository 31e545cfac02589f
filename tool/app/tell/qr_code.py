"""QR codes (ISO/IEC 18004) as a part of a page: nobody else is asked for a picture."""

import segno
from markupsafe import Markup

_QUIET = 4  # modules of margin, which readers need


def qr_svg(text: str) -> Markup:
    """The SVG of a code, black on white whatever the theme, of the size of its box."""
    code = segno.make(text, error="m", micro=False)
    svg = code.svg_inline(border=_QUIET, light="#fff", omitsize=True)
    return Markup(svg)  # noqa: S704 - numbers alone come from the text
