"""What a report prints, worded and formatted once for all its forms.

PDF, HTML and workbook take their text from the same values, so that they cannot disagree.
"""
