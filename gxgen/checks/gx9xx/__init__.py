"""GX9xx: faults of gxgen itself."""
