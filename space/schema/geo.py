"""Points on the Earth: degrees of latitude and longitude, WGS 84."""

from dataclasses import dataclass

DECIMALS = 6  # a hand's breadth


@dataclass(frozen=True, slots=True, order=True)
class Point:
    """Degrees north and east, WGS 84, rounded to `DECIMALS`."""

    latitude: float
    longitude: float

    def texts(self) -> tuple[str, str]:
        """Latitude and longitude in decimal notation, never with an exponent."""
        return _decimal(self.latitude), _decimal(self.longitude)

    def numbers(self) -> tuple[float | int, float | int]:
        """Latitude and longitude for JSON; whole ones as such, as wikis store them."""
        return _number(self.latitude), _number(self.longitude)


def _decimal(number: float) -> str:
    return f"{number:.{DECIMALS}f}".rstrip("0").rstrip(".")


def _number(number: float) -> float | int:
    return int(number) if number == int(number) else number
