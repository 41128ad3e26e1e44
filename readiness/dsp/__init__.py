"""Signal mathematics: numpy in, numbers out. Nothing here knows a device or a person."""
