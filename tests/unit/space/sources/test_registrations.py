from space.sources.registrations import RegistrationDecisions


def test_decisions_when_read_are_those_of_the_last_line_about_an_event() -> None:
    decisions = RegistrationDecisions.of(
        """Words. <!-- {{Space registration|1|hide}} -->
{{Space registration|17|hide}}
{{Space registration|18|approve}}
{{Space registration|4000000017|approve}}
{{Space registration|19|perhaps}}
{{Space registration|20}}
{{Space registration|seventeen|hide}}
{{Space registration|page=Event:Buy This}}
{{Space registration|page=Event:Fine|decision=approve}}
"""
    )

    assert decisions.approved == {17, 18}
    assert decisions.hidden == {19, 20}
    assert decisions.hides(21, "event:Buy this")
    assert not decisions.hides(17, "Event:Buy this")
    assert not decisions.hides(21, "Event:Fine")
    assert RegistrationDecisions.of("") == RegistrationDecisions()
