"""What is kept on disk: the state folder, the ledger of e-mails, atomic files and their permissions."""
