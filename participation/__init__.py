"""What citizens, members and staff can do, and the rules of it: one module per noun."""
