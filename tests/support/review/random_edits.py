"""Random edits, verdicts and patrols, of which scenarios are made.

Rights, policy and what is hidden stay as they are in such a scenario, so that it is of
no matter when the bot reads.
"""

from hypothesis import strategies as st

from space.review.model import VerdictKind
from space.review.policy import Policy
from tests.support.review.scenario import OPEN, PATROL, REVIEW, Scenario

PEOPLE = ["Ann", "Mallory", "Rita", "Ravi", "Tove", "Bot", "FuzzyBot"]
TEXTS = ["A", "B", "C"]
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
    ),
    min_size=3,
    max_size=18,
)


def begun(policy: Policy) -> Scenario:
    scenario = Scenario(policy=policy)
    scenario.edit("Ann", "A")
    return scenario


def perform(scenario: Scenario, act: Act) -> None:
    what, who, which = act
    if what == "edit":
        scenario.edit(who, str(which))
    elif what == "cancel":
        scenario.edit(who, str(which), status="cancelled")
    else:
        assert isinstance(which, int)
        numbers = sorted(scenario.revisions)
        revision = numbers[which % len(numbers)]
        if what == "patrol":
            scenario.patrol(who, revision)
        else:
            scenario.say(what, who, revision)
