"""What socialpoll costs, measured; run as ``python -m benchmarks [NAME ...] [--write]``.

Every module named ``bench_*`` is a benchmark. It has a ``NAME`` and a function ``run`` that
returns rows: dictionaries that share their keys, which become the columns of a table.
Benchmarks are not tests, and no test asserts a time.
"""
