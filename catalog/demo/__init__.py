"""The demo shop: products, reviews, shoppers' behavior and pictures, all made from tables."""

from catalog.demo.products import demo_products

__all__ = ["demo_products"]
