"""The workbook 汇总明细 behind a county's own report."""
