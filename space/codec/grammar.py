"""Words of wikitext: tags, switches, functions, and templates that are understood.

Python and Lua (`Module:Space/Grammar`, generated) read values by these.
"""

EXTENSION_TAGS = (
    *(
        "categorytree",
        "ce",
        "charinsert",
        "chem",
        "dynamicpagelist",
        "gallery",
        "graph",
    ),
    *("hiero", "imagemap", "indicator", "inputbox", "langconvert", "languages"),
    *("mapframe", "maplink", "math", "nowiki", "phonos", "poem", "pre", "ref"),
    *("references", "rss", "score", "section", "source", "syntaxhighlight"),
    *("templatedata", "templatestyles", "timeline"),
)
"""Tags whose content the wiki puts aside."""
TRANSPARENT_TAGS = ("noinclude", "onlyinclude", "translate", "tvar")
"""Tags that only transclusion or Translate looks at."""
BLOCKS = (
    *("blockquote", "br", "caption", "center", "dd", "div", "dl", "dt", "h1", "h2"),
    *("h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "table", "td", "th", "tr", "ul"),
)
"""Tags of HTML that begin a line."""
PHRASES = (
    *("abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em"),
    *("font", "i", "ins", "kbd", "mark", "q", "rp", "rt", "rtc", "ruby", "s", "samp"),
    *(
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    ),
)
"""Tags of HTML inside a line."""
SWITCHES = (
    *("archivedtalk", "disambig", "expectunusedcategory", "expectunusedtemplate"),
    *("forcetoc", "hiddencat", "index", "newsectionlink", "nocc", "nocontentconvert"),
    *(
        "noeditsection",
        "nogallery",
        "noglobal",
        "noindex",
        "nonewsectionlink",
        "notalk",
    ),
    *("notc", "notitleconvert", "notoc", "staticredirect", "toc"),
)
"""Words between double underscores that are orders to the wiki."""
FUNCTIONS = (
    *("anchorencode", "filepath", "formatnum", "fullurl", "gender", "grammar", "int"),
    *(
        "lc",
        "lcfirst",
        "localurl",
        "msg",
        "msgnw",
        "ns",
        "padleft",
        "padright",
        "plural",
    ),
    *("raw", "safesubst", "subst", "tag", "uc", "ucfirst", "urlencode"),
)
"""Parser functions without a `#`."""
VARIABLES = (
    *(
        "ARTICLEPAGENAME",
        "ARTICLESPACE",
        "BASEPAGENAME",
        "CASCADING",
        "CONTENTLANGUAGE",
    ),
    *("CURRENT", "DEFAULTSORT", "DISPLAYTITLE", "FULLPAGENAME", "LOCAL", "NAMESPACE"),
    *("NUMBERING", "NUMBEROF", "PAGEID", "PAGELANGUAGE", "PAGENAME", "PAGESIZE"),
    *("PROTECTION", "REVISION", "ROOTPAGENAME", "SCRIPTPATH", "SERVER", "SITENAME"),
    *("STYLEPATH", "SUBJECTPAGENAME", "SUBJECTSPACE", "SUBPAGENAME", "TALKPAGENAME"),
    *("TALKSPACE", "USERLANGUAGE"),
)
"""How the names of magic words begin."""
LISTS = frozenset(
    ("Bulleted list", "Flatlist", "Hlist", "Plainlist", "Ubl", "Unbulleted list")
)
"""Templates whose arguments are the items of a list."""
USERS = frozenset(("Noping", "U", "User link"))
"""Templates whose first argument is a user."""
EMBEDDING = ("category", "file", "image")
"""Namespaces, in lower case, whose links show something or file the page."""


def embeds(target: str) -> bool:
    """Whether a link to a normal target files the page or shows a file."""
    prefix, colon, _ = target.partition(":")
    return bool(colon) and prefix.strip().lower() in EMBEDDING
