"""Why not every post can be filled, and the cheapest ways out, each verified by a solve."""
