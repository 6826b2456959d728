"""Finds out what a shopper meant: text -> NLUResult."""
