"""What e-mails say: the values of each, taken from the workbook; the appointments they bring; who may receive them."""
