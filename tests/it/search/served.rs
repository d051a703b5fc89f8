//! The server: the same cases, pages without script, and manners.
