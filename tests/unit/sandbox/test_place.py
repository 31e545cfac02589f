from pathlib import Path

from sandbox.place import place_from


def test_place_when_nothing_is_chosen_is_the_demo() -> None:
    place = place_from({})
    assert place.folder == Path(".sandbox/demo").resolve()
    assert place.tree == Path(".sandbox/mediawiki").resolve()
    assert (place.wiki_port, place.gateway_port, place.tool_port) == (8080, 8090, 8100)
    assert place.public_url == "http://127.0.0.1:8090"
    assert place.api_url == "http://127.0.0.1:8090/w/api.php"


def test_place_when_the_environment_chooses_follows_it(tmp_path: Path) -> None:
    place = place_from(
        {
            "SPACE_SANDBOX_DIR": str(tmp_path),
            "SPACE_SANDBOX_PORT": "9000",
            "SPACE_MEDIAWIKI_DIR": str(tmp_path / "shared"),
        }
    )
    assert place.folder == tmp_path / "demo"
    assert place.tree == tmp_path / "shared"
    assert (place.wiki_port, place.gateway_port, place.tool_port) == (9000, 9010, 9020)


def test_place_when_arguments_choose_they_win(tmp_path: Path) -> None:
    place = place_from(
        {"SPACE_SANDBOX_PORT": "9000"},
        folder=str(tmp_path),
        name="other",
        port=7000,
        gateway_port=7001,
        tool_port=7002,
    )
    assert place.folder == tmp_path / "other"
    assert (place.wiki_port, place.gateway_port, place.tool_port) == (7000, 7001, 7002)


def test_arguments_when_given_to_another_command_find_the_same_place(
    tmp_path: Path,
) -> None:
    assert place_from({}, folder=str(tmp_path), port=7000).arguments == [
        f"--dir={tmp_path}",
        "--name=demo",
        "--port=7000",
        "--gateway-port=7010",
        "--tool-port=7020",
    ]
