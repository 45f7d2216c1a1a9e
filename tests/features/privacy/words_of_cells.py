"""The command of personal data that names cells, each as people know it."""

COMMANDS = (("archives", "cells"),)
