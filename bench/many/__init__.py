"""Figures of growth: with companies and with history. Each module runs in a process of its own (`apart`)."""
