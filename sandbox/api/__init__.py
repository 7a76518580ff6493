"""The paths of openapi.zalo.me, as far as the product uses them."""
