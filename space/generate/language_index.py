"""The lines of `space/authoring/language_names.tsv`: a code, and its folded names."""

from babel.localedata import load, locale_identifiers

from space.codec.values.wikis import wiki_codes
from space.text.folding import lookup
from space.text.languages import read_language_code


def language_index() -> str:
    """The file's text: CLDR's names, in all of its languages, of those of Wikipedias.

    Each line ends in a tab. A name of two languages is left out.
    """
    wikis = wiki_codes()["wikipedia"]
    spoken = {(read_language_code(code) or code).partition("-")[0] for code in wikis}
    owners: dict[str, set[str]] = {}
    for locale in locale_identifiers():
        if len(locale.partition("_")[2]) == 2:  # a country's variety of a language
            continue
        for code, name in load(locale)["languages"].items():
            standard = read_language_code(code) or ""
            if standard.partition("-")[0] in spoken:
                owners.setdefault(lookup(str(name)), set()).add(standard)
    names: dict[str, list[str]] = {}
    for name, codes in sorted(owners.items()):
        first, *others = codes
        if name and not others:
            names.setdefault(first, []).append(name)
    lines = ("\t".join((code, *found, "\n")) for code, found in sorted(names.items()))
    return "".join(lines)
