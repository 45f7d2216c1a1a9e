"""Drafts of e-mails: the values of each, taken from the workbook; the appointments they bring; who may receive them."""
