"""The domain of Space: pure Python, no network, no web framework."""
