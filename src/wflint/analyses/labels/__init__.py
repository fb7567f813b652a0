"""Which edges can be settled once and which have to be watched."""
