"""A picture as one HTML page that steps through back-propagation."""

from minigrad.draw.page.document import page as page
