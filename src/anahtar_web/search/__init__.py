"""Full text over the dossiers, only of what one may see."""
