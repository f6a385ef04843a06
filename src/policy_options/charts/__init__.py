"""Results to SVG, a module a chart on shared primitives. Each returns one ``<svg>`` that stands alone in a page or a PDF."""
