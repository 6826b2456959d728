"""The demo shop: products, reviews, shoppers' behavior and pictures, all made from tables."""

from catalog.demo.pictures import draw
from catalog.demo.products import demo_products
from catalog.demo.reviews import demo_reviews
from catalog.demo.shoppers import demo_interactions

__all__ = ["demo_interactions", "demo_products", "demo_reviews", "draw"]
