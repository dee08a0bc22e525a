"""What the measurements are made with: stopwatch, floors, servers, load."""
