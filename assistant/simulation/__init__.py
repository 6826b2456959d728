"""Simulated shoppers: how often, and how fast, the assistant finds what they came for.

Each shopper has one product of the catalogue in mind and some wishes that its record fulfils. They
open with a kind of thing, tell a wish a turn, answer what is asked, mistype, take a word back, ask
for the impossible, and page on; their words are in ``phrases`` and in no training data. A goal is
reached in the turn whose first five products include the one in mind. What is shown and said is
checked against the shop's records, never against what the assistant believes.
"""
