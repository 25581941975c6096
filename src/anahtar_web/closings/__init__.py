"""Month-end closing: the sums of a closed month are kept as they stood, and whatever changes them later is named."""
