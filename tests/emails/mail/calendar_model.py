"""A calendar as RFC 5546 wants it: it reads invitations, in whatever order they come, and keeps what is to be kept."""

from __future__ import annotations

from icalendar import Calendar


class CalendarModel:
    """The appointments by UID. A message older than the last one read about the same appointment changes nothing."""

    def __init__(self) -> None:
        self.appointments = {}
        self._last = {}

    def receive(self, ics: bytes) -> None:
        calendar = Calendar.from_ical(ics)
        (appointment,) = calendar.walk("VEVENT")
        uid, age = str(appointment["uid"]), (int(appointment["sequence"]), appointment["dtstamp"].dt)
        if uid in self._last and age < self._last[uid]:
            return
        self._last[uid] = age
        if calendar["method"] == "CANCEL":
            self.appointments.pop(uid, None)
        elif calendar["method"] == "REQUEST":
            self.appointments[uid] = appointment

    def shown(self, uid: str):
        """The start, the end and the place of an appointment; None: it is not there."""
        appointment = self.appointments.get(uid)
        return appointment and (appointment["dtstart"].dt, appointment["dtend"].dt, appointment.get("location", ""))
