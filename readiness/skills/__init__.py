"""Skills to practise: what is given to type and to answer, and the figures. See docs/methods."""
