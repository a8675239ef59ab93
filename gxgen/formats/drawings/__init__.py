"""The illustrated edition's drawings in DrawingML, and the tables of words around them."""
