"""The policy of each kind, as the settings page names it."""

import pytest

from space.review.policy import Policy
from space.settings.onwiki import Settings

MIXED = Policy(post="open", event="patrol", right="rollback")


def test_policy_when_settings_name_it_then_has_what_they_say() -> None:
    values = "post policy=open|event policy=review|reviewer right=rollback"
    policy = Policy.of_settings(Settings.of(f"{{{{Space settings|{values}}}}}"))
    assert policy == Policy(post="open", event="review", right="rollback")


@pytest.mark.parametrize(
    ("kind", "policy"), [("post", "open"), ("event", "patrol"), ("", "patrol")]
)
def test_policy_when_asked_of_a_kind_then_is_that_kinds(kind: str, policy: str) -> None:
    assert MIXED.of(kind) == policy


def test_kinds_when_policies_differ_then_each_is_alone() -> None:
    assert MIXED.alike("post") == ("post",)
    assert MIXED.alike("event") == ("event", "translation")
    alike = ("event", "post", "translation")
    assert Policy(post="open", event="open").alike("post") == alike
    assert MIXED.of("translation") == MIXED.of("event")
