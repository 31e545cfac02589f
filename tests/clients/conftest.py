"""Which clients a machine has: all of them on Debian 12, all but one elsewhere."""

import platform

release = platform.freedesktop_os_release()
debian_12 = (release.get("ID"), release.get("VERSION_ID")) == ("debian", "12")
# No later Debian has sabre/vobject; sandbox/install-packages knows.
collect_ignore = [] if debian_12 else ["test_sabre.py"]
