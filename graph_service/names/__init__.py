"""Names of actors: how they are compared, found and told apart."""
