"""The web: read the request, call one function, render."""
