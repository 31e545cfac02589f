"""MediaWiki's action API (`api.php`, formatversion 2), without a network.

`ApiWiki` says what to ask and reads the answers; a `Transport` carries both.
"""

from space.wiki.action_api.client import ApiWiki
from space.wiki.action_api.session import checked, well_formed
from space.wiki.action_api.transport import Transport

__all__ = ["ApiWiki", "Transport", "checked", "well_formed"]
