"""Scripted customers with requests about a retailer's orders, and the database afterwards."""
