"""Keys, invitations, answers and receipts: who asked, who answered, and what nobody can prove.

What each mark is worth is said in ``docs/trust.md``; the forms are in
``docs/invitation-format.md``.
"""
