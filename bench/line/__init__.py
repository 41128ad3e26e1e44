"""How exact the line's figures are, on links whose truth is known: ``python -m bench.line``."""
