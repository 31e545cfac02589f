"""Pictures of 1200 by 630 pixels that stand for a page where its link is shared."""
