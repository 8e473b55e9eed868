"""The encrypted store on this laptop. The only room that speaks SQL; rows never leave it."""
