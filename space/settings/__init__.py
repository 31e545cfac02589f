"""Settings: of operators in the environment, of the community on the wiki."""
