"""The overlay: what readers see in place of fields of the published revision.

Each revision after the published one by somebody who may is compared with the published
values. A retraction (`retractions`) or a correction (`corrections`) shows until they
say again what was accepted, or a newer text is accepted; any other new value waits for
review, and what shows stays. A verdict that rejects a revision takes back the
corrections up to there, and none of them counts again; what was taken back before a
review stays so.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from space.codec.page import Reading
from space.review.corrections import (
    EVENT,
    GROUPS,
    STATUS,
    TIMES,
    Before,
    is_correction,
    is_own,
    value_of,
    values_of,
)
from space.review.model import Content, Judged, OverlayField, PageRevision
from space.review.retractions import COARSENING, retractable, takes_back
from space.review.same_text import normalised_sha1
from space.schema.kinds import Field, Value, Values, load_kind


@dataclass(frozen=True, slots=True)
class LaterEdit:
    """A revision after the published one by somebody who may retract.

    `before` is None if what stood there cannot be known, or is of no matter. `corrects`
    says whether it may hold corrections, too.
    """

    revision: PageRevision
    before: Before | None = None
    corrects: bool = False


@dataclass(frozen=True, slots=True)
class Overlay:
    """Fields with what they show, by name, and when that last changed."""

    fields: tuple[OverlayField, ...] = ()
    changed: datetime | None = None


def overlay_of(  # noqa: PLR0913 - the text, all that changes it, and what is known
    kind: str,
    published: Values,
    edits: Iterable[LaterEdit],
    rejected: Iterable[Judged] = (),
    known: Iterable[OverlayField] = (),
    *,
    decline: Judged | None = None,
) -> Overlay:
    """Find the overlay over `published`, the values of a page of this kind.

    `rejected` are verdicts that reject revisions, `decline` the one after which there
    are no corrections, whatever revision it is on. `known` was found before, in
    revisions of which that cannot be found again.
    """
    steps: list[_Step] = sorted([*known, *edits, *rejected], key=_order)
    layers = _Layers(kind, published)
    changed = None
    for step in [*steps, *([decline] if decline else [])]:
        before = dict(layers.fields)
        match step:
            case OverlayField():
                layers.fields[step.field] = step
                at = step.at
            case LaterEdit():
                layers.add(step)
                at = step.revision.timestamp
            case Judged():
                layers.reject()
                at = step.verdict.at
        if layers.fields != before:
            changed = max(changed or at, at)
    fields = layers.fields
    return Overlay(tuple(fields[name] for name in sorted(fields)), changed)


def apply(values: Values, overlay: Iterable[OverlayField]) -> Values:
    """The values that readers see: published ones with the overlay over them."""
    shown = dict(values)
    for laid in overlay:
        if laid.value is None:
            shown.pop(laid.field, None)
        else:
            shown[laid.field] = laid.value
    return MappingProxyType(shown)


def may_be_laid_over(field: Field) -> bool:
    """Whether an overlay may show another value of a field."""
    is_corrected = field.kind == EVENT and field.name in TIMES
    is_choice = field.name in {*STATUS, *COARSENING}
    return is_corrected or is_choice or retractable(field)


def remainder_sha1(text: str, reading: Reading) -> str | None:
    """SHA-1, in hex, of all that a text has beside fields that may be laid over.

    Without the marks of the Translate extension; None for a text that is no record.
    """
    if reading.kind is None:
        return None
    fields = load_kind(reading.kind).fields
    others = (
        f"{name}={value}"
        for name, value in reading.written
        if name not in fields or not may_be_laid_over(fields[name])
    )
    return normalised_sha1(
        "\n".join([text[: reading.start], *others, text[reading.end :]])
    )


def is_shown(
    newest: Content, published: Content, overlay: Iterable[OverlayField]
) -> bool:
    """Whether readers see all that a newer text says, by the overlay."""
    if newest.remainder is None or newest.remainder != published.remainder:
        return False
    if newest.kind is None or newest.kind != published.kind or newest.unread:
        return False
    shown = apply(published.values, overlay)
    fields = filter(may_be_laid_over, load_kind(newest.kind).fields.values())
    return all(each.value_in(shown) == each.value_in(newest.values) for each in fields)


_Step = OverlayField | LaterEdit | Judged


def _order(step: _Step) -> tuple[int, int]:
    """By revision; of one first what was known, and its rejection last."""
    match step:
        case OverlayField():
            return step.revision, 0
        case LaterEdit():
            return step.revision.id, 1
        case Judged():
            return step.revision, 2


@dataclass(slots=True)
class _Layers:
    """The overlay while it is found, and the values of corrections that were rejected.

    `fields` are by name.
    """

    kind: str
    published: Values
    fields: dict[str, OverlayField] = field(default_factory=dict)
    rejected: set[tuple[Value | None, ...]] = field(default_factory=set)

    @property
    def _shown(self) -> Values:
        return apply(self.published, self.fields.values())

    def add(self, edit: LaterEdit) -> None:
        """Take in what an edit takes back, gives back and corrects."""
        content = edit.revision.content
        if content is None or not content.values:
            return
        shown = self._shown
        self._retract(edit, content, shown)
        if self.kind == EVENT:
            self._restore_times(content)
            if edit.corrects:
                self._correct(edit, content, shown)

    def reject(self) -> None:
        """Take back the corrections, for good."""
        shown = self._shown
        for group in GROUPS:
            laid = [self.fields[name] for name in group if name in self.fields]
            if any(each.correction for each in laid):
                self.rejected.add(values_of(shown, group))
                self._drop(group)

    def _retract(self, edit: LaterEdit, content: Content, shown: Values) -> None:
        for name, each in load_kind(self.kind).fields.items():
            if name in content.unread or (self.kind == EVENT and name in TIMES):
                continue
            old, new = each.value_in(self.published), each.value_in(content.values)
            if new == old:
                self.fields.pop(name, None)
            elif takes_back(each, old, new) and (
                each.name not in STATUS
                or edit.before is None
                or is_own(each, self.published, shown, content.values, edit.before)
            ):
                self._lay(edit, name, new)

    def _restore_times(self, content: Content) -> None:
        if not content.unread.isdisjoint(TIMES):
            return
        if values_of(content.values, TIMES) == values_of(self.published, TIMES):
            self._drop(TIMES)

    def _correct(self, edit: LaterEdit, content: Content, shown: Values) -> None:
        for group in GROUPS:
            if values_of(content.values, group) in self.rejected or not is_correction(
                group, self.published, shown, content, edit.before
            ):
                continue
            laid = {name: self.fields.get(name) for name in group}
            self._drop(group)
            for name in group:
                value = value_of(content.values, name)
                if value == value_of(self.published, name):
                    continue
                known = laid[name]
                if known and known.value == value:
                    self.fields[name] = known
                else:
                    self._lay(edit, name, value, correction=True)

    def _lay(
        self,
        edit: LaterEdit,
        name: str,
        value: Value | None,
        *,
        correction: bool = False,
    ) -> None:
        number, at = edit.revision.id, edit.revision.timestamp
        self.fields[name] = OverlayField(name, value, number, at, correction)

    def _drop(self, names: Iterable[str]) -> None:
        for name in names:
            self.fields.pop(name, None)
