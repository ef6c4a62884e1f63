"""Why a timetable is as it is for one person, class or activity: facts, grounds, what-ifs."""
