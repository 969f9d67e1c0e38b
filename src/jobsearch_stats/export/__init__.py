"""What leaves the package as a file: for a calendar, a spreadsheet, or to print and hand over."""
