"""How a message sounds, and whether it touches what a person should answer: measured, not listed.

A multinomial logistic regression over the encoder's vector of the message and four figures of its
form (Hosmer et al., 2013, chapter 8), fitted by L-BFGS. What it was fitted on lies beside it.
"""

from assistant.tone.reader import ToneReader

__all__ = ["ToneReader"]
