"""The commands on returns that documentation tells to type read a folder or a mailbox, which no demonstration has."""

ELSEWHERE = {"retours.fr.md"}
ASKED = [("returns",)]
