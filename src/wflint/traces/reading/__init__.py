"""From files to one table of spans, in bounded memory."""
