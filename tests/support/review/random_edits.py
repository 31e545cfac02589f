"""Random edits, verdicts and patrols, of which scenarios are made.

Rights, policy and what is hidden stay as they are in such a scenario, so that it is of
no matter when the bot reads.
"""

from hypothesis import strategies as st

from space.review.model import VerdictKind
from space.review.policy import Policy
from space.schema.kinds import Value
from tests.support.review.scenario import OPEN, PATROL, REVIEW, Scenario

PEOPLE = ["Ann", "Bea", "Mallory", "Rita", "Ravi", "Tove", "Bot", "FuzzyBot"]
TEXTS = ["A", "B", "C"]
HOURS = ["17:00", "18:00", "19:00"]
EVENT: dict[str, Value] = {
    "start": "2026-12-05 17:00",
    "timezone": "Pacific/Auckland",
    "organizers": ("Bea",),
}
KINDS = [kind.value for kind in VerdictKind]
POLICIES = [REVIEW, PATROL, OPEN]

Act = tuple[str, str, object]
people = st.sampled_from(PEOPLE)
picks = st.integers(0, 30)
policies = st.sampled_from(POLICIES)
random_edits = st.lists(
    st.one_of(
        st.tuples(st.just("edit"), people, st.sampled_from(TEXTS)),
        st.tuples(st.sampled_from(KINDS), people, picks),
        st.tuples(st.just("patrol"), st.just("Rita"), picks),
        st.tuples(st.just("cancel"), people, st.sampled_from(TEXTS)),
        st.tuples(st.just("move"), people, st.sampled_from(HOURS)),
        st.tuples(st.just("name"), people, st.sampled_from(["Bea", "Mallory"])),
    ),
    min_size=3,
    max_size=18,
)


def begun(policy: Policy) -> Scenario:
    scenario = Scenario(policy=policy)
    for name in PEOPLE:
        scenario.account(name)
    scenario.edit("Ann", "A", **EVENT)
    return scenario


def change(scenario: Scenario, who: str, **values: Value) -> int:
    """Edit some values of the newest text, and nothing else of it."""
    content = scenario.revisions[max(scenario.revisions)].content
    before = dict(content.values) if content else {"title": "A"}
    text = str(before.pop("title"))
    return scenario.edit(who, text, **{**before, **values})


def perform(scenario: Scenario, act: Act) -> None:
    what, who, which = act
    if what == "edit":
        scenario.edit(who, str(which), **EVENT)
    elif what == "cancel":
        scenario.edit(who, str(which), **EVENT, status="cancelled")
    elif what == "move":
        change(scenario, who, start=f"2026-12-05 {which}")
    elif what == "name":
        change(scenario, who, organizers=(str(which),))
    else:
        assert isinstance(which, int)
        numbers = sorted(scenario.revisions)
        revision = numbers[which % len(numbers)]
        if what == "patrol":
            scenario.patrol(who, revision)
        else:
            scenario.say(what, who, revision)
