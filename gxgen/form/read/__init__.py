"""The Excel form read: from the bytes of a workbook to a report and what is wrong with it."""
