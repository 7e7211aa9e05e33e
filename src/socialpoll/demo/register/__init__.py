"""A population register to try things on: synthetic people, and what three agencies know of them.

Households in the eleven governorates of Oman, with Arabic names and chains of descent. Nobody in it
exists: given names and family names are common ones, put together by chance.
"""
