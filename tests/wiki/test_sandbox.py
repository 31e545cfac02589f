import json

import pytest

from sandbox.accounts import BOT, BOT_PASSWORD
from sandbox.client import ApiError, Client
from tests.support.wiki.deployed import import_pages
from tests.support.wiki.sandbox import Sandbox

pytestmark = pytest.mark.wiki

PATROLLING = {"patrol", "autopatrol", "rollback"}
MOVING = {"move", "move-subpages"}


def rights_of(sandbox: Sandbox, name: str) -> set[str]:
    answer = sandbox.anonymous().get(
        action="query", list="users", ususers=name, usprop="rights"
    )
    return set(answer["query"]["users"][0]["rights"])


def refusal(client: Client, **parameters: object) -> str:
    with pytest.raises(ApiError) as caught:
        client.post(**parameters)
    return caught.value.code


def test_wiki_when_asked_has_the_extensions_space_relies_on(sandbox: Sandbox) -> None:
    answer = sandbox.anonymous().get(
        action="query", meta="siteinfo", siprop="extensions|namespaces|general"
    )["query"]
    names = {extension["name"] for extension in answer["extensions"]}
    assert {"Scribunto", "DiscussionTools", "Abuse Filter", "TemplateData"} <= names
    assert {"Echo", "VisualEditor", "InputBox", "SpamBlacklist"} <= names
    assert answer["namespaces"]["1728"]["name"] == "Event"
    assert answer["namespaces"]["0"]["subpages"]
    assert answer["general"]["server"] == sandbox.place.public_url
    assert answer["general"]["generator"].startswith("MediaWiki 1.43.")


@pytest.mark.parametrize(
    ("name", "has", "lacks"),
    [
        ("Noor", {"edit", "createpage", "applychangetags"}, PATROLLING | MOVING),
        ("Olu", {"edit", "move", "autoconfirmed"}, PATROLLING | {"changetags"}),
        ("Lena", {"edit", "move", "autoconfirmed"}, PATROLLING | {"editcontentmodel"}),
        ("Aiko", {"autopatrol"}, {"patrol", "rollback", "patrolmarks"}),
        ("Pavati", PATROLLING, {"patrolmarks", "delete", "changetags"}),
        ("SpaceBot", {"bot", "autopatrol", "apihighlimits"}, {"patrol", "delete"}),
        (
            "Admin",
            {"patrol", "delete", "deleterevision", "changetags"},
            {"upload_by_x"},
        ),
    ],
)
def test_account_when_looked_up_has_the_rights_of_its_kind_on_meta(
    sandbox: Sandbox, name: str, has: set[str], lacks: set[str]
) -> None:
    rights = rights_of(sandbox, name)
    assert has <= rights
    assert not lacks & rights


def test_edit_when_wiki_is_restored_is_gone(fresh_wiki: Sandbox) -> None:
    olu = fresh_wiki.login("Olu")
    assert olu.edit("Restored", "text")["result"] == "Success"
    assert olu.text("Restored") == "text"
    fresh_wiki.restore()
    assert fresh_wiki.anonymous().text("Restored") is None


def test_session_when_wiki_is_restored_is_void(fresh_wiki: Sandbox) -> None:
    olu = fresh_wiki.login("Olu")
    fresh_wiki.wiki.restore()
    with pytest.raises(ApiError) as caught:
        olu.get(action="query", assertuser="Olu")
    assert caught.value.code == "assertnameduserfailed"


def test_page_when_brought_in_by_a_script_is_known_to_the_server(
    fresh_wiki: Sandbox,
) -> None:
    olu = fresh_wiki.login("Olu")
    use = {"action": "parse", "text": "{{New}}", "contentmodel": "wikitext"}
    assert "Template:New" in olu.get(**use)["parse"]["text"]
    import_pages(fresh_wiki, {"Template:New": "brought in"})
    assert "brought in" in olu.get(**use, assertuser="Olu")["parse"]["text"]


def test_edit_when_wiki_is_read_only_is_refused(fresh_wiki: Sandbox) -> None:
    olu = fresh_wiki.login("Olu")
    fresh_wiki.switch(wgReadOnly="Maintenance")
    assert refusal(olu, action="edit", title="Read only", text="x") == "readonly"
    fresh_wiki.switch()
    assert olu.edit("Read only", "text")["result"] == "Success"


def test_edit_when_rate_limits_are_switched_on_is_limited(fresh_wiki: Sandbox) -> None:
    olu = fresh_wiki.login("Olu")
    fresh_wiki.switch(wgRateLimits={"edit": {"user": [2, 60]}})
    olu.edit("Limited", "one")
    assert refusal(olu, action="edit", title="Limited", text="two") == "ratelimited"
    fresh_wiki.switch()


def test_autoconfirmation_when_switched_off_holds_for_newcomers(
    fresh_wiki: Sandbox,
) -> None:
    fresh_wiki.switch(wgAutoConfirmCount=0, wgAutoConfirmAge=0)
    assert "autoconfirmed" in rights_of(fresh_wiki, "Noor")
    fresh_wiki.switch()
    assert "autoconfirmed" not in rights_of(fresh_wiki, "Noor")


def test_patrol_when_done_by_a_patroller_is_in_the_public_log(
    fresh_wiki: Sandbox,
) -> None:
    revision = fresh_wiki.login("Olu").edit("Patrolled", "text")["newrevid"]
    pavati = fresh_wiki.login("Pavati")
    pavati.post(action="patrol", revid=revision, token=pavati.token("patrol"))
    (entry,) = fresh_wiki.anonymous().get(
        action="query",
        list="logevents",
        letype="patrol",
        letitle="Patrolled",
        leprop="title|user|details",
    )["query"]["logevents"]
    assert (entry["user"], entry["params"]["curid"]) == ("Pavati", revision)


def test_patrol_when_tried_by_an_ordinary_account_is_refused(
    fresh_wiki: Sandbox,
) -> None:
    revision = fresh_wiki.login("Lena").edit("Not patrolled", "text")["newrevid"]
    olu = fresh_wiki.login("Olu")
    token = olu.token("patrol")
    code = refusal(olu, action="patrol", revid=revision, token=token)
    assert code == "permissiondenied"


def test_edit_when_made_logged_out_makes_a_temporary_account(
    fresh_wiki: Sandbox,
) -> None:
    visitor = fresh_wiki.anonymous()
    visitor.edit("By a visitor", "text")
    info = visitor.get(action="query", meta="userinfo")["query"]["userinfo"]
    assert info["name"].startswith("~2")


def test_bot_when_signed_in_by_bot_password_may_write_its_json_pages(
    fresh_wiki: Sandbox,
) -> None:
    bot = fresh_wiki.anonymous()
    answer = bot.post(
        action="login",
        lgname=f"{BOT.name}@{BOT_PASSWORD.app}",
        lgpassword=BOT_PASSWORD.password,
        lgtoken=bot.token("login"),
        token=None,
    )
    assert answer["login"]["result"] == "Success"
    fresh = Client(fresh_wiki.api_url)
    fresh.session = bot.session
    fresh.edit("User:SpaceBot/Space/Ledger/0.json", '{"a": 1}', bot=True)
    page = fresh.get(action="query", titles="User:SpaceBot/Space/Ledger/0.json")
    assert "missing" not in page["query"]["pages"][0]
    title = "User:SpaceBot/Space/Ledger/0.json"
    olu = fresh_wiki.login("Olu")
    code = refusal(olu, action="edit", title=title, text="{}")
    assert code == "customjsonprotected"


def test_jobs_when_run_have_updated_what_depends_on_a_template(
    fresh_wiki: Sandbox,
) -> None:
    olu = fresh_wiki.login("Olu")
    olu.edit("Template:Kind", "[[Category:Old kind]]")
    olu.edit("Uses a template", "{{Kind}}")
    olu.edit("Template:Kind", "[[Category:New kind]]")
    fresh_wiki.run_jobs()
    members = olu.get(
        action="query", list="categorymembers", cmtitle="Category:New kind"
    )["query"]["categorymembers"]
    assert {member["title"] for member in members} == {
        "Template:Kind",
        "Uses a template",
    }


def test_module_when_invoked_runs_in_luasandbox(fresh_wiki: Sandbox) -> None:
    admin = fresh_wiki.login("Admin")
    admin.edit(
        "Module:Hello",
        "return {hi = function(frame) return 'Hello ' .. frame.args[1] end}",
    )
    html = admin.get(
        action="parse", text="{{#invoke:Hello|hi|you}}", contentmodel="wikitext"
    )["parse"]["text"]
    assert "Hello you" in html


def test_discussion_when_someone_replies_is_read_as_threads(
    fresh_wiki: Sandbox,
) -> None:
    lena = fresh_wiki.login("Lena")
    lena.post(
        action="edit",
        title="Talk:Discussed",
        section="new",
        sectiontitle="A question",
        text="Where is it? ~~~~",
    )
    info = lena.get(
        action="discussiontoolspageinfo", page="Talk:Discussed", prop="threaditemshtml"
    )["discussiontoolspageinfo"]
    (heading,) = info["threaditemshtml"]
    assert heading["replies"][0]["author"] == "Lena"


def test_filter_when_added_refuses_or_warns_with_its_description(
    fresh_wiki: Sandbox,
) -> None:
    fresh_wiki.add_filter("No shouting", 'added_lines rlike "SHOUT"', "disallow")
    fresh_wiki.add_filter("No grumbling", 'added_lines rlike "grumble"', "warn")
    olu = fresh_wiki.login("Olu")
    shouting = {"action": "edit", "title": "Filtered", "text": "SHOUT"}
    assert refusal(olu, **shouting) == "abusefilter-disallowed"
    grumbling = {"action": "edit", "title": "Filtered", "text": "grumble"}
    assert refusal(olu, **grumbling) == "abusefilter-warning"
    assert olu.post(**grumbling)["edit"]["result"] == "Success"


def test_visual_editor_when_asked_turns_html_into_wikitext(
    fresh_wiki: Sandbox,
) -> None:
    olu = fresh_wiki.login("Olu")
    answer = olu.session.post(
        f"{fresh_wiki.place.public_url}/w/rest.php/v1/transform/html/to/wikitext",
        json={"html": "<p>Bold <b>text</b></p>"},
        timeout=30,
    )
    assert answer.text.strip() == "Bold '''text'''"


POINT = {"type": "Point", "coordinates": [13.405, 52.52]}
FEATURE = {"type": "Feature", "geometry": POINT}
SIZED = 'width="full" height="420"'


def feature(**properties: object) -> dict[str, object]:
    named = {name.replace("_", "-"): value for name, value in properties.items()}
    return {**FEATURE, "properties": named}


def at(*coordinates: object) -> dict[str, object]:
    return {**FEATURE, "geometry": {"type": "Point", "coordinates": coordinates}}


FRAMES: list[tuple[object, str, int]] = [
    (FEATURE, SIZED, 0),
    (
        [POINT, feature(title="X", marker_color="#36c", marker_symbol="-number")],
        SIZED,
        0,
    ),
    ({"type": "FeatureCollection", "features": [FEATURE]}, SIZED + ' alt="Map"', 0),
    ([{"type": "ExternalData", "service": "page", "title": "X.map"}], SIZED, 0),
    (FEATURE, 'width="300px" height="200" latitude="1" longitude="2" zoom="3"', 0),
    (FEATURE, 'width="full"', 1),
    (FEATURE, 'width="full" height="0"', 1),
    (FEATURE, SIZED + ' latitude="1"', 1),
    (FEATURE, SIZED + ' colour="red"', 1),
    (None, SIZED, 1),
    ({"type": "FeatureCollection", "features": FEATURE}, SIZED, 1),
    ({"type": "FeatureCollection", "features": [POINT]}, SIZED, 1),
    ({"type": "Feature", "properties": {}}, SIZED, 1),
    (at(13.405), SIZED, 1),
    (at(0, 0), SIZED, 1),
    (at(52, 113.4), SIZED, 1),
    (at("13", "52"), SIZED, 1),
    (feature(title={"en": "X"}), SIZED, 1),
    (feature(title=" X"), SIZED, 1),
    (feature(description="x" * 401), SIZED, 1),
    (feature(description="x\ny"), SIZED, 1),
    (feature(marker_size="huge"), SIZED, 1),
    (feature(marker_symbol="a b"), SIZED, 1),
    (feature(marker_color="blue"), SIZED, 1),
    (feature(fill_opacity=2), SIZED, 1),
]


def test_map_frame_when_a_map_breaks_a_rule_of_wikis_then_complains(
    fresh_wiki: Sandbox,
) -> None:
    fresh_wiki.switch(wgSpaceMapFrame=True)
    text = "".join(
        f"<mapframe {attributes}>{json.dumps(data)}</mapframe>"
        for data, attributes, _ in FRAMES
    )
    kept = fresh_wiki.anonymous().post(
        action="parse", text=text, contentmodel="wikitext", prop="properties"
    )["parse"]["properties"]["space-mapframe"]
    complaints = [len(frame["complaints"]) for frame in json.loads(kept)]
    assert complaints == [number for *_, number in FRAMES]
    fresh_wiki.switch()
