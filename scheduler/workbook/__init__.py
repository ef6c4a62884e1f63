"""The timetable workbook: written for people, read back with their edits."""
