"""Questions for assistants, over the Model Context Protocol; its SDK comes with the extra `mcp`."""
