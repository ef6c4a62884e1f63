"""iCalendar files of a published term, for phones and mail programs."""
