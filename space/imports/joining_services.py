"""Services of meetings and chats, by the hosts and paths of links into them."""

MEETINGS = (
    *("meet.google.com", "zoom.us", "zoom.com", "zoomgov.com", "zoom.com.cn"),
    *("teams.microsoft.com", "teams.live.com", "teams.cloud.microsoft", "tel.meet"),
    *("meet.jit.si", "8x8.vc", "webex.com", "whereby.com", "gotomeeting.com"),
    *("meet.wikimedia.org", "bigbluebutton.org", "bluejeans.com", "meet.goto.com"),
    *("gotomeet.me", "join.skype.com", "chime.aws", "telemost.yandex.ru"),
    *("meeting.tencent.com", "voovmeeting.com", "senfcall.de", "meet.proton.me"),
    *("meet.wikimedia.de", "gather.town", "streamyard.com"),
)
"""Hosts whose pages, and those of hosts below them, are meetings."""

OWN_SERVERS = ("bbb", "bigbluebutton", "jitsi")
"""First labels of host names of self-hosted services."""

CHATS = (
    # Telegram: groups that are joined by invitation; t.me/name is a public one
    *(("t.me", "/joinchat/"), ("t.me", "/+"), ("t.me", "/%2b"), ("t.me", "/addlist/")),
    *(("telegram.me", "/joinchat/"), ("telegram.me", "/+"), ("telegram.me", "/%2b")),
    *(("telegram.dog", "/joinchat/"), ("telegram.dog", "/+")),
    # WhatsApp: groups, communities, and a person's telephone number
    *(("chat.whatsapp.com", "/"), ("wa.me", "/"), ("api.whatsapp.com", "/send")),
    *(("web.whatsapp.com", "/accept"), ("web.whatsapp.com", "/send")),
    *(("call.whatsapp.com", "/"), ("whatsapp.com", "/send")),
    # Discord
    *(("discord.gg", "/"), ("discord.com", "/invite/"), ("discordapp.com", "/invite/")),
    *(("dsc.gg", "/"), ("discord.me", "/")),
    # Signal, and a person's number there
    *(("signal.group", "/"), ("signal.me", "/"), ("signal.link", "/")),
    # Slack, Zulip, Mattermost
    *(("join.slack.com", "/"), ("slack.com", "/join/"), ("zulipchat.com", "/join/")),
    *(("community.mattermost.com", "/signup_user_complete"),),
    # Facebook's, Line, KakaoTalk, Viber, WeChat, VK, Zalo
    *(("m.me", "/j/"), ("m.me", "/ch/"), ("line.me", "/r/ti/"), ("line.me", "/ti/")),
    *(("open.kakao.com", "/"), ("invite.viber.com", "/"), ("chats.viber.com", "/")),
    *(("weixin.qq.com", "/g/"), ("u.wechat.com", "/"), ("vk.me", "/join/")),
    *(("zalo.me", "/g/"), ("groupme.com", "/join_group/")),
    # SimpleX, Threema, Session, Wire, Guilded, Revolt, Google Chat
    *(("simplex.chat", "/contact"), ("simplex.chat", "/invitation")),
    *(("threema.group", "/"), ("threema.id", "/"), ("account.wire.com", "/")),
    *(("guilded.gg", "/i/"), ("rvlt.gg", "/"), ("chat.google.com", "/room/")),
    *(("chat.google.com", "/dm/"), ("mail.google.com", "/chat/")),
)
"""Hosts, and what paths on them and on hosts below them begin with, in lower case."""
