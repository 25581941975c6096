"""What one run finds of losses: the bridge, the months, the places, the stress and the way back."""
