"""Whether two passages say the same in the same words."""
