"""How to reach citizens: the section of a plan, in words, tables and charts."""
