/**
 * Calls under /api/v1 that belong to our own frame, desk and loader: they change with those, in one version, and are no
 * part of what is promised to others. docs/api.md describes them for who works on Vetrina.
 */
export const internalRoutes: readonly string[] = [
  "GET /api/v1/catalogue/products",
  "GET /api/v1/catalogue/products/{productId}",
  "GET /api/v1/catalogue/products/{productId}/related",
  "GET /api/v1/catalogue/search",
  "POST /api/v1/conversations",
  "POST /api/v1/conversations/{id}/assets/{assetId}/uncover",
  "GET /api/v1/conversations/{id}/export/items/{itemId}",
  "GET /api/v1/conversations/{id}/export/panel.pdf",
  "GET /api/v1/conversations/{id}/items/{source}/{sourceId}",
  "GET /api/v1/conversations/{id}/mirror",
  "POST /api/v1/conversations/{id}/room-token",
  "POST /api/v1/conversations/{id}/uploads",
  "DELETE /api/v1/conversations/{id}/uploads/{uploadId}",
  "GET /api/v1/conversations/{id}/uploads/{uploadId}",
  "HEAD /api/v1/conversations/{id}/uploads/{uploadId}",
  "PATCH /api/v1/conversations/{id}/uploads/{uploadId}",
  "GET /api/v1/desk/conversations/{id}",
  "POST /api/v1/desk/conversations/{id}/accept",
  "POST /api/v1/desk/conversations/{id}/end",
  "POST /api/v1/desk/conversations/{id}/join",
  "POST /api/v1/desk/conversations/{id}/leave",
  "POST /api/v1/desk/conversations/{id}/supervise",
  "GET /api/v1/desk/stream",
  "POST /api/v1/events",
  "GET /api/v1/products/{externalId}",
  "POST /api/v1/visitors",
  "POST /api/v1/visitors/identify",
];
