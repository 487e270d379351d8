"""The questionnaire engine: an XLSForm workbook in, the next question out."""
