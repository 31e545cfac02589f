"""How the tool and the bots are doing, and what is stored."""
