"""The only place that touches the system: devices, sockets, processes. Thin adapters."""
