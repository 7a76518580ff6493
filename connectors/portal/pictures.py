"""Pictures of released answers and bulletins, for every resident; nothing else of the newsroom is public."""

from __future__ import annotations

from aiohttp import web

from connectors.snapshot.pictures import ReleasedPictures
from contracts.media import PICTURE_TYPES, PICTURES

# A name stands for one content for ever; but a picture that was retracted must not stay in other people's caches.
KEPT = "public, max-age=604800, immutable"


class PicturePages:
    """``/pictures/<name>``."""

    def __init__(self, pictures: ReleasedPictures) -> None:
        self._pictures = pictures

    def add_routes(self, app: web.Application) -> None:
        """The one address."""
        app.router.add_get(PICTURES + "{name}", self.show)

    async def show(self, request: web.Request) -> web.FileResponse:
        """The file, 404 for what no release shows."""
        found = await self._pictures.find(request.match_info["name"])
        if found is None:
            raise web.HTTPNotFound
        headers = {"Content-Type": PICTURE_TYPES[found.suffix.removeprefix(".")], "Cache-Control": KEPT}
        return web.FileResponse(found, headers=headers)
