"""The telephone beside the computer, heard through the microphone: tones and keys."""
