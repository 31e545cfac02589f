"""Talk pages and the pages that they talk about."""

from space.wiki.values import Site


def subject_of(site: Site, title: str) -> str:
    """The title of the page that a talk page talks about; of other pages their own."""
    number = site.namespace_of(title)
    if number % 2 == 0:
        return title
    base = title.partition(":")[2]
    names = site.namespaces.get(number - 1, ("",))
    return f"{names[0]}:{base}" if names[0] else base
