"""Messages to people: an outbox in the database, then the app's bell and e-mail.

A message is stored in the action's own transaction; it leaves after commit, is tried again, and
tells its state: waiting, sent, failed. One ``dedupe`` key makes one message.
"""
