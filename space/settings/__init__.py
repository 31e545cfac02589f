"""What an operator sets in the environment and the community on the wiki."""
