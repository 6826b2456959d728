"""What the reviews of a product praise and blame, counted by aspect."""

from catalog.opinions.digest import AspectCount, Digest, digest_reviews

__all__ = ["AspectCount", "Digest", "digest_reviews"]
