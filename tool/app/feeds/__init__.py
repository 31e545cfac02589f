"""Feeds, subscriptions, and frames for other sites."""
