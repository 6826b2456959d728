"""How a catalogue's vocabulary is read from its products and found in a message.

The way in is :mod:`catalog.vocabulary`. Building: ``census`` counts what the products say,
``categories``, ``product_types``, ``brands``, ``attributes``, ``values`` and ``features`` give the
lexicon's words and the catalogue's own their meaning, ``building`` joins them to ``phrases``.
Finding: ``reading`` looks phrases up (``spelling`` and ``homophones`` for misspelt ones,
``segments`` for Chinese word boundaries), ``context`` says which may be meant, ``relating`` settles
"X for Y", and ``finding`` chooses.
"""
