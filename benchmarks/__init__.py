"""Speed and size, as ratios and counts: `make bench`."""
