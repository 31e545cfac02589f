"""How much of the messages is translated: by language, and by who reads them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from space.text.messages import SOURCE, read_catalogue, read_messages


@dataclass(frozen=True, slots=True)
class Share:
    """The messages of one folder in one language; `of` counts the English ones."""

    language: str
    reader: str
    translated: int
    of: int

    def __str__(self) -> str:
        """Such as "pt reader 397/401 98 %", never rounded up to 100 %."""
        percent = 100 * self.translated // self.of
        return f"{self.language} {self.reader} {self.translated}/{self.of} {percent} %"


def shares(folder: Path) -> Iterator[Share]:
    """The share of each file that there is, by language."""
    english = {
        path.parent.name: read_messages(SOURCE, folder, path.parent.name)
        for path in sorted(folder.glob(f"*/{SOURCE}.json"))
    }
    for language in sorted(read_catalogue(folder).keys() - {SOURCE}):
        for reader, messages in english.items():
            said: Mapping[str, str] = read_messages(language, folder, reader)
            if said:
                done = len(said.keys() & messages.keys())
                yield Share(language, reader, done, len(messages))
