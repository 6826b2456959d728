"""Which size fits: the shop's size charts, its returns, and what a shopper says of themselves."""

from catalog.sizing.advice import SizeAdvice, advise_size
from catalog.sizing.babies import sizes_for_months
from catalog.sizing.body import Body, read_body
from catalog.sizing.charts import Chart, Returns, SizeGuide, SizesError, read_sizes
from catalog.sizing.systems import ShoeSize, Wearer, read_shoe_size, sizes_like

__all__ = [
    "Body",
    "Chart",
    "Returns",
    "ShoeSize",
    "SizeAdvice",
    "SizeGuide",
    "SizesError",
    "Wearer",
    "advise_size",
    "read_body",
    "read_shoe_size",
    "read_sizes",
    "sizes_for_months",
    "sizes_like",
]
