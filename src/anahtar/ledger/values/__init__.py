"""Cells into values: numbers and dates by the evidence of their column, codes as text, money of other currencies."""
