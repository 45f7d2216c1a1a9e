"""The commands on outcomes that documentation tells to type ask Démarche Numérique, and how many to push."""

ELSEWHERE = {"decisions.fr.md"}
ASKED = [("outcomes", "push")]
