"""Random acts, of which stories are made.

Rights, policy and what is hidden stay as they are in such a story, so that it is of
no matter when the bot reads.
"""

from hypothesis import strategies as st

from space.review.model import VerdictKind
from space.review.policy import Policy
from tests.support.review.scenario import OPEN, PATROL, REVIEW, Story

PEOPLE = ["Ann", "Mallory", "Rita", "Ravi", "Tove", "Bot", "FuzzyBot"]
TEXTS = ["A", "B", "C"]
KINDS = [kind.value for kind in VerdictKind]
POLICIES = [REVIEW, PATROL, OPEN]

Act = tuple[str, str, object]
people = st.sampled_from(PEOPLE)
picks = st.integers(0, 30)
policies = st.sampled_from(POLICIES)
acts = st.lists(
    st.one_of(
        st.tuples(st.just("edit"), people, st.sampled_from(TEXTS)),
        st.tuples(st.sampled_from(KINDS), people, picks),
        st.tuples(st.just("patrol"), st.just("Rita"), picks),
        st.tuples(st.just("cancel"), people, st.sampled_from(TEXTS)),
    ),
    min_size=3,
    max_size=18,
)


def begun(policy: Policy) -> Story:
    story = Story(policy=policy)
    story.edit("Ann", "A")
    return story


def perform(story: Story, act: Act) -> None:
    what, who, which = act
    if what == "edit":
        story.edit(who, str(which))
    elif what == "cancel":
        story.edit(who, str(which), status="cancelled")
    else:
        assert isinstance(which, int)
        numbers = sorted(story.revisions)
        revision = numbers[which % len(numbers)]
        if what == "patrol":
            story.patrol(who, revision)
        else:
            story.say(what, who, revision)
