"""What the steps are made of; nothing in it knows Prefect."""
