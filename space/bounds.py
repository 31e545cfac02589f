"""How much is read of what comes from outside, at most.

Looked at before anything is parsed, so that no text costs more than its length does.
A text past a bound is not read in part: a page "cannot be read", a form, a paste or an
import is told to be too long. Ordinary texts stay far below.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bounds:
    """The bounds, in characters, octets, items or steps, as each says.

    `page`         characters of a page with a record, its body included; MediaWiki
                   saves no page of more octets
    `talk`         characters of a talk page, as many
    `verdicts`     calls of the verdict's template on a talk page
    `calls`        calls on the pages of settings, topics, reviewers and followers
    `value`        characters of one parameter, or of one field of a form
    `pasted`       characters of pasted HTML; a document of 50 pages with its styles
    `html`         characters of the wiki's HTML: a page, a comment, a preview
    `html_depth`   elements in which another lies; browsers put no more in each other
    `html_steps`   steps that a parser of HTML may take, see `space.text.html.nesting`
    `upload`       octets of a calendar file, or characters of an announcement
    `lines`        lines of a calendar file
    `components`   components of a calendar file, its events among them
    `events`       events of a calendar file that are listed
    `properties`   properties of one name in an event
    `names`        names of properties of an event
    """

    page: int = 2**21
    talk: int = 2**21
    verdicts: int = 1_000
    calls: int = 2_000
    value: int = 32_768
    pasted: int = 400_000
    html: int = 2**22
    html_depth: int = 512
    html_steps: int = 100_000_000
    upload: int = 512 * 1024
    lines: int = 60_000
    components: int = 12_000
    events: int = 12_000
    properties: int = 500
    names: int = 200


BOUNDS = Bounds()
