"""The questionnaire engine: an XLSForm workbook in, the next question out; it knows neither rows nor chats."""
