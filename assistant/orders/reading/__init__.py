"""What a customer's words mean against their own records. Pure; both languages alike."""
