"""The content that ships as an example: is it whole, in both languages, and ours to show?"""
