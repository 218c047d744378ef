"""Finding: from a question in ordinary Dutch to what may help, with danger first."""
