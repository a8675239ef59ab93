"""Office packages: zip in and out, limits, relations, content types, safe XML, A1 names."""
