"""How far coders agree: coefficients, the units they are counted on, and the table of them."""
