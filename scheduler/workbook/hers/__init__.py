"""What is hers in a timetable workbook: carried into the one that is made from it."""
