"""Events that are announced elsewhere: what is taken of them, and how.

    source             the port: what a source is asked, and what it says
    entry              one event of a source, as the bot keeps it
    entry_pages        the bot's JSON pages of entries
    campaign_events    the registrations of the wiki's own CampaignEvents
    ics_calendar       public calendars in iCalendar that the settings page names
    ics_events         what is taken of their events
    ics_times          their times
    ics_losses         what of them could not be taken
    forgetting         when an entry is needed no more
    vocabulary         its types and topics as ours
    registrations      what reviewers decided on registered events
    claims             which page of ours is about which registered event
    lookalikes         which events of different sources may be one
    entry_records      an entry as a record of the store, under the community's policy

Another source is one more file like `campaign_events`.
"""
