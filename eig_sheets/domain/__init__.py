"""Pure rules of the call: frames in, frames out; no clock, no file, no spreadsheet."""
