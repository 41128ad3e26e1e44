"""The forms of an archive, one after the other. A form that was shipped is never changed again."""
