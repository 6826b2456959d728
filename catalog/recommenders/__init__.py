"""Models that learn from what shoppers do, all behind one contract.

``interactions`` is what they learn from, ``contract`` what they promise, ``ids`` the one place
where outside ids become row numbers. Linear item-to-item models (``linear`` holds what is learned;
``item_neighbours``, ``ease``, ``transitions`` and ``smoothed`` learn it), ``popularity``,
``habits``, ``user_neighbours``, ``session_neighbours``, ``factors``, ``content``, ``blend`` over
any of them; for ratings ``rating_neighbours`` and ``rating_factors``. ``deep`` holds the nets,
``parts`` which of all these a shop's blend is made of, and how a killed training goes on.
"""
