"""The questionnaire engine, from a workbook to a table."""
