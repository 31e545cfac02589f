"""Scribunto's Lua library under lupa, with Python in place of the PHP beneath it.

The library files are those of the sandbox's MediaWiki; only the leaves that need a
wiki are stood in for, as far as the modules call them. What only a wiki can answer
is tested on one (`tests/wiki`).

Of `formatDate` there is the writing of a date or a wall time, `2026-11-28 10:00`, in
English. PHP reads much more: zone names (some for others), offsets, `@seconds`, words,
31 February as 3 March. The modules have no use for it, so whatever else is handed
over is an error here.
"""

import hashlib
import json
import re
import subprocess
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from babel import Locale, UnknownLocaleError
from lupa import lua51

PLURALS = ("zero", "one", "two", "few", "many", "other")
LUALIB = "extensions/Scribunto/includes/Engines/LuaCommon/lualib"
MODULES = Path(__file__).resolve().parents[2] / "lua_templates"
NAMESPACES = {
    -2: "Media",
    -1: "Special",
    0: "",
    1: "Talk",
    2: "User",
    3: "User talk",
    4: "Project",
    6: "File",
    10: "Template",
    14: "Category",
    1728: "Event",
    1729: "Event talk",
}
IN_CATEGORY = 1200
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?: [0-9]{2}:[0-9]{2})?", re.ASCII)


class LuaError(Exception):
    """An error of a PHP callback, which Scribunto raises in Lua."""


class Scribunto:
    """A Lua state with Scribunto's library over the pages of a wiki.

    `pages` maps titles to texts; those that end in `.json` can be loaded as JSON.
    `title` is the page being parsed, `today` what the magic words say, `expensive` how
    many pages may be asked about, `language` is the reader's. `modules` are sources by
    title, in place of those of the repository. `tables` are pages of tabular data on
    Commons by title, as `mw.ext.data` has them; None for a wiki without JsonConfig.
    """

    def __init__(
        self,
        tree: Path,
        pages: Mapping[str, str] | None = None,
        *,
        title: str = "Space/Events/Example",
        today: str = "2026-11-22",
        messages: Iterable[str] = (),
        expensive: int = 100,
        language: str = "en",
        modules: Mapping[str, str] | None = None,
        tables: Mapping[str, Any] | None = None,
    ) -> None:
        self._lualib = tree / LUALIB
        self._pages = {"Space/Settings": "", "Space/Topics": ""} | dict(pages or {})
        self._title = title
        self._today = today
        self._language = language
        self._budget = expensive
        self.loaded: list[str] = []
        self._messages = frozenset(messages)
        self._files = _module_files()
        self._modules = dict(modules or {})
        self._tables = tables
        self._lua = lua51.LuaRuntime(unpack_returned_tuples=True)
        self._boot()

    def invoke(self, name: str, function: str, **arguments: str) -> str:
        """The wikitext of `{{#invoke:Space/<name>|<function>}}` in a template.

        `arguments` are those of the template's caller: `_1` for 1, `x_` for `x`.
        """
        table = self._lua.table_from({_key(k): v for k, v in arguments.items()})
        invoke = self._lua.globals()["invoke"]
        return str(invoke(f"Module:Space/{name}", function, table))

    def invoke_elsewhere(self, function: str, data: str, **arguments: str) -> str:
        """The wikitext of `{{#invoke:Movement lists|<function>|data=…}}`, likewise."""
        table = self._lua.table_from({_key(k): v for k, v in arguments.items()})
        own = self._lua.table_from({"data": data})
        invoke = self._lua.globals()["invoke"]
        return str(invoke("Module:Movement lists", function, table, own))

    def run(self, body: str, *arguments: Any) -> Any:
        """The value that a Lua function body returns, tables as dicts and lists."""
        evaluate = self._lua.globals()["evaluate"]
        return _plain(evaluate(body, *map(self._table, arguments)))

    def _table(self, value: Any) -> Any:
        if isinstance(value, Mapping):
            return self._lua.table_from({k: self._table(v) for k, v in value.items()})
        if isinstance(value, list | tuple):
            return self._lua.table_from([self._table(v) for v in value])
        return value

    def _boot(self) -> None:
        options = {
            "language": {},
            "message": {"lang": "en"},
            "ustring": {"stringLengthLimit": 2_097_152, "patternLengthLimit": 10_000},
            "title": {"thisTitle": self._title_data(self._title), "NS_MEDIA": -2},
            "text": {
                "comma": ", ",
                "and": " and ",
                "ellipsis": "…",
                "nowiki_protocols": {},
            },
            "html": {"uniqPrefix": "\x7f'\"`UNIQ-", "uniqSuffix": "-QINU`\"'\x7f"},
            "site": self._site(),
        }
        boot = self._lua.eval(
            "function(text, ...) return loadstring(text, '@host')(...) end"
        )
        host = (Path(__file__).parent / "host.lua").read_text(encoding="utf-8")
        boot(host, self._table(self._php()), self._table(options), self._source)

    def _source(self, name: str) -> str | None:
        if name in self._modules:
            return self._modules[name]
        if name in self._files:
            path = self._files[name]
            text = path.read_text(encoding="utf-8")
            return text.replace("<root>", "Space").replace("<bot>", "SpaceBot")
        for folder in ("", "ustring"):
            path = self._lualib / folder / f"{name}.lua"
            if not name.startswith("Module:") and path.exists():
                return path.read_text(encoding="utf-8")
        return None

    def _php(self) -> dict[str, dict[str, Callable[..., Any]]]:
        data = {} if self._tables is None else {"data": {"get": self._get_table}}
        return {
            **data,
            "mw": {
                "preprocess": self._preprocess,
                "loadJsonData": self._load_json,
                "frameExists": lambda _frame: True,
                "getAllExpandedArguments": lambda _frame: self._lua.table(),
                "getExpandedArgument": lambda _frame, _name: None,
            },
            "ustring": {"lower": _lower, "upper": _upper},
            "language": _language(self._table),
            "message": {
                "check": lambda _check, data: data["keys"][1] in self._messages
            },
            "title": {
                "newTitle": self._new_title,
                "makeTitle": self._make_title,
                "getContent": self._pages.get,
                "getExpensiveData": self._expensive,
                "getFileInfo": lambda title: self._table(
                    {"exists": title in self._pages}
                ),
                "getUrl": _url,
                "recordVaryFlag": lambda _title, _flag: None,
            },
            "text": {
                "getEntityTable": lambda: self._table(_entities()),
                "jsonEncode": lambda value, _flags=None: json.dumps(_plain(value)),
                "unstripNoWiki": lambda text, _original=None: text,
                "killMarkers": lambda text: text,
            },
            "hash": {"hashValue": _hash},
            "site": {
                "getNsIndex": _namespace_number,
                "pagesInCategory": lambda _name, _which: IN_CATEGORY,
            },
        }

    def _preprocess(self, _frame: str, text: str) -> str:
        year, month, day = self._today.split("-")
        words = {
            "USERLANGUAGE": self._language,
            "CURRENTYEAR": year,
            "CURRENTMONTH": month,
            "CURRENTDAY2": day,
            "REVISIONTIMESTAMP": "20261122120000",
        }
        for word, value in words.items():
            text = text.replace("{{" + word + "}}", value)
        return text

    def _spend(self) -> None:
        self._budget -= 1
        if self._budget < 0:
            raise LuaError("too many expensive function calls")

    def _load_json(self, title: str) -> Any:
        self._spend()
        self.loaded.append(title)
        if title not in self._pages:
            raise LuaError(f"no page {title}")
        return self._table(json.loads(self._pages[title]))

    def _get_table(self, title: str, _language: str) -> Any:
        """The table of `mw.ext.data.get(title, '_')`; false where there is none.

        Each look costs here, with JsonConfig the first of a page alone; it would refuse
        a wrong title, and pick a language that is asked for.
        """
        self._spend()
        name = f"Data:{title}"
        self.loaded.append(name)
        tables = self._tables or {}
        return self._table(tables[name]) if name in tables else False

    def _new_title(self, text: str | int, default: str | int | None = None) -> Any:
        if isinstance(text, int) or not text or set(text) & set("[]{}|<>#"):
            return None
        if default and _namespace_number(text.partition(":")[0]) is None:
            text = f"{default}:{text}"
        return self._table(self._title_data(text))

    def _make_title(self, namespace: int | str, text: str, *_rest: Any) -> Any:
        name = (
            NAMESPACES.get(namespace, "") if isinstance(namespace, int) else namespace
        )
        return self._table(self._title_data(f"{name}:{text}" if name else text))

    def _title_data(self, full: str) -> dict[str, Any]:
        prefix, colon, rest = full.partition(":")
        number = _namespace_number(prefix) if colon else None
        text = rest.strip() if number else full
        text = (text[:1].upper() + text[1:]).replace("_", " ")
        name = NAMESPACES[number or 0]
        return {
            "isCurrentTitle": full == self._title,
            "isLocal": True,
            "interwiki": "",
            "namespace": number or 0,
            "nsText": name,
            "text": text,
            "fragment": "",
            "thePartialUrl": text.replace(" ", "_"),
            "prefixedText": f"{name}:{text}" if name else text,
        }

    def _message_exists(self, _check: str, message: Any) -> bool:
        return message["keys"][1] in self._messages

    def _expensive(self, title: str) -> Any:
        self._spend()
        exists = title in self._pages or title == self._title
        return self._table({"id": 12 if exists else 0, "exists": exists})

    def _site(self) -> dict[str, Any]:
        spaces = {
            number: {
                "id": number,
                "name": name,
                "canonicalName": name,
                "aliases": {},
                "isSubject": number % 2 == 0,
                "isTalk": number % 2 == 1,
                "isContent": number == 0,
                "hasSubpages": True,
                "subject": number & ~1,
                "talk": number | 1,
                "associated": number ^ 1,
            }
            for number, name in NAMESPACES.items()
        }
        return {
            "namespaces": spaces,
            "stats": {},
            "siteName": "Test",
            "server": "//wiki.test",  # without a scheme, as Wikimedia has it
        }


def _module_files() -> Mapping[str, Path]:
    manifest = json.loads((MODULES / "manifest.json").read_text(encoding="utf-8"))
    return {page["title"]: MODULES / path for path, page in manifest.items()}


def _key(name: str) -> str | int:
    return int(name[1:]) if name[0] == "_" and name[1:].isdigit() else name.strip("_")


def _namespace_number(name: str) -> int | None:
    wanted = name.replace("_", " ").strip().casefold()
    names = {text.casefold(): number for number, text in NAMESPACES.items() if text}
    return names.get(wanted)


@cache
def _entities() -> dict[str, str]:
    """PHP's table of references, which has one name for each character.

    A third of the names of HTML 5 are missing.
    """
    table = 'get_html_translation_table(HTML_ENTITIES, ENT_QUOTES | ENT_HTML5, "UTF-8")'
    script = f"echo json_encode(array_flip({table}));"
    said = subprocess.run(["php", "-r", script], capture_output=True, check=True)
    table_of: dict[str, str] = json.loads(said.stdout)
    return table_of


def _lower(text: str) -> str:
    """`mb_strtolower` of PHP 8.2: full case mappings, none that depends on context."""
    return "".join(letter.lower() for letter in text)


def _upper(text: str) -> str:
    return "".join(letter.upper() for letter in text)


def _url(title: str, kind: str, query: Any = "", *_rest: Any) -> str:
    if kind == "localUrl" and not query:
        return f"/wiki/{title.replace(' ', '_')}"
    asked = query if isinstance(query, str) else urlencode(dict(query or {}))
    return f"http://wiki.test/{title.replace(' ', '_')}?{asked}"


def _hash(algorithm: str, text: str) -> str:
    return hashlib.new(algorithm, text.encode()).hexdigest()


def _language(table: Callable[[Any], Any]) -> dict[str, Callable[..., Any]]:
    return {
        "getContLangCode": lambda: "en",
        "isKnownLanguageTag": lambda code: code.islower() and _name(code, "en") != "",
        "fetchLanguageName": _name,
        "getFallbacksFor": lambda _code: table(["en"]),
        "formatDate": _format_date,
        "formatNum": lambda _code, number, *_: f"{int(number):,}",
        "convertPlural": lambda code, number, forms: _plural(
            code, number, [str(form) for form in forms.values()]
        ),
        "gender": lambda _code, _name, forms: forms[len(forms)],
        "isRTL": lambda code: code in {"ar", "fa", "he", "ur"},
        "lc": lambda _code, text: _lower(text),
        "uc": lambda _code, text: _upper(text),
        "ucfirst": lambda _code, text: text[:1].title() + text[1:],
    }


def _plural(code: str, number: int, forms: list[str]) -> str:
    """The form for a number alone (`7=…`), or the language's for it, or the last."""
    alone = {form.partition("=")[0]: form for form in forms if re.match(r"\d+=", form)}
    if str(number) in alone:
        return alone[str(number)].partition("=")[2]
    general = [form for form in forms if form not in alone.values()]
    rule = Locale.parse(code, sep="-").plural_form
    order = [tag for tag in PLURALS if tag in {*rule.tags, "other"}]
    return general[min(order.index(rule(number)), len(general) - 1)] if general else ""


def _name(code: str, language: str | None = None) -> str:
    """A language's name in another language, or in itself, by MediaWiki's codes."""
    if code == "sr-latn":
        return ""
    try:
        return (
            Locale.parse(
                {"sr-el": "sr-latn"}.get(code, code), sep="-"
            ).get_language_name(language or code)
            or ""
        )
    except (UnknownLocaleError, ValueError):
        return ""


def _format_date(_code: str, pattern: str, date: str = "", *_local: bool) -> str:
    moment = _moment(date)
    parts = {
        "Y": f"{moment.year:04}",
        "m": f"{moment.month:02}",
        "d": f"{moment.day:02}",
        "j": str(moment.day),
        "n": str(moment.month),
        "H": f"{moment.hour:02}",
        "i": f"{moment.minute:02}",
        "l": f"{moment:%A}",
        "D": f"{moment:%a}",
        "F": f"{moment:%B}",
        "M": f"{moment:%b}",
    }
    written, characters = "", iter(pattern)
    for character in characters:
        if character == "\\":
            written += next(characters)
        elif character == "x":  # MediaWiki's own: xg is the genitive month
            written += {"g": parts["F"]}[next(characters)]
        elif character == '"':
            written += "".join(takewhile('"'.__ne__, characters))
        else:
            # A letter that is not among them means something in PHP.
            known = character.isascii() and character.isalpha()
            written += parts[character] if known else character
    return written


def _moment(date: str) -> datetime:
    """A date or wall time in the one form in which PHP takes it for nothing else."""
    try:
        if _DATE.fullmatch(date):
            return datetime.fromisoformat(date).replace(tzinfo=UTC)
    except ValueError:
        pass
    raise LuaError(f"bad argument #2 to 'formatDate': invalid timestamp '{date}'")


def _plain(value: Any) -> Any:
    """Lua's tables as lists and dicts; an empty one is a list."""
    if lua51.lua_type(value) != "table":
        return value
    items = {key: _plain(item) for key, item in value.items()}
    if list(items) == list(range(1, len(items) + 1)):
        return list(items.values())
    return items
