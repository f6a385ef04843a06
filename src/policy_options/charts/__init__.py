"""Results to SVG, one module per chart on shared primitives. Each returns a self-contained ``<svg>`` for a page or a PDF."""
