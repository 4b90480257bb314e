"""What things are: frozen records without input or output, and the tables between rooms."""
