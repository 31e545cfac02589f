"""Pictures of Commons as pages show them."""

from space.authoring.pictures import Picture
from space.codec.values.names import file_name
from tool.app.services import services
from tool.app.web.language import interface_language


def picture_of(name: str) -> Picture | None:
    """The picture of a file's name, None for none; raises `WikiUnavailableError`."""
    known = file_name(name)
    return services().pictures.look_up(known, interface_language()) if known else None
