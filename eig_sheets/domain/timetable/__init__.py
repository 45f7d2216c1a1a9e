"""The timetable of the jury's auditions: checked, proposed, or changed as little as possible."""
