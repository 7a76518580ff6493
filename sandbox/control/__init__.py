"""The control API under /sandbox: for the page and for tests. No part of it exists on the real platform."""
