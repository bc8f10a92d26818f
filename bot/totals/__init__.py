"""What a campaign adds up to: workbook, tables, archive, picture, the office's own report."""
