"""Events on the calendar: dates, what they push out, who works at them."""
