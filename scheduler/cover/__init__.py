"""Who takes the sessions of somebody who is absent for a day or a few."""
