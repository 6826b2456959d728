"""One answer out of everything that is known: what the shop recommends, to whom, and why.

``service`` is the way in: a ``Request`` becomes ``Recommendations``. It gathers candidates
(``sources``: the promoted version of ``served``, and what needs no training, ``neighbours``,
texts and popularity, over the live log of ``history``), applies the rules (``reranking``,
``consumables``) and says why (``reasons``).
"""
